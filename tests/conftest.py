"""For every test: one time zone, since what is shown is local time, and no blinking cursor."""

import asyncio
import gc
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from harness.idle import WatchedPolicy
from harness.pilots import without_waste
from hypothesis import settings

if TYPE_CHECKING:
    from harness.command_calls import World
    from harness.form_app import Place
    from harness.stations import Clock

    from rollertrack.services.station import Station

pytest_plugins = ["harness.pictures"]

# How long an example takes says something of the machine, and nothing of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Dozens of tests start the program, and every worker rewrites every test: let all read what one compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What is imported and collected stays to the end: nothing of it is garbage to be looked for.
gc.disable()


_IN_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30
_LONGEST_NAME = 100


def pytest_configure() -> None:
    """Put what tests write where no disk is waited for, if there is room: every commit is flushed to it."""
    if os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than cores, for while some wait for paintings or programs; each costs a collecting."""
    return 2 + (os.cpu_count() or 1)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A name for a long text: every worker tells the names of all tests, and one text of them had 50 MiB."""
    if isinstance(val, str | bytes) and len(val) > _LONGEST_NAME:
        return f"{argname} of {len(val)}"
    return None


def pytest_collection_finish() -> None:
    """What was collected stays to the end; a seventh of a run went into looking through it for garbage."""
    gc.freeze()
    gc.set_threshold(50_000, 20)
    gc.enable()


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def _still_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual.widgets import Input

    monkeypatch.setattr(vars(Input)["cursor_blink"], "_default", False)


@pytest.fixture
def place(tmp_path: Path, _still_cursor: None) -> Iterator["Place"]:
    """A store in a folder and the app of the forms at its desk."""
    from harness.form_app import Place

    place = Place(tmp_path)
    yield place
    place.station.store.close()


@pytest.fixture(scope="session")
def event_loop_policy() -> asyncio.AbstractEventLoopPolicy:
    """Loops that know when they are idle."""
    return WatchedPolicy()


@pytest.fixture(autouse=True)
def _wait_until_idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pilots wait until the program is idle; Textual guesses that from the time the processor took."""
    policy = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(WatchedPolicy())
    without_waste(monkeypatch)
    yield
    asyncio.set_event_loop_policy(policy)


@pytest.fixture
def clock() -> "Clock":
    """The clock of that station, for a test to put."""
    from harness.stations import Clock

    return Clock()


@pytest.fixture
def station(tmp_path: Path, clock: "Clock") -> Iterator["Station"]:
    """A station on a new database, for the tests of deeds that ask for no other."""
    from harness.stations import station_at

    with station_at(tmp_path / "station.db", clock) as found:
        yield found


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> "World":
    """What most commands are tried on: a database that has seen some life, made once and never changed."""
    from harness.command_calls import new_world

    return new_world(tmp_path_factory.mktemp("template"))


@pytest.fixture
def world(template: "World", tmp_path: Path) -> "World":
    """A copy of it for one test."""
    from harness.command_calls import copy_of

    return copy_of(template, tmp_path)
