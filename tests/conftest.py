"""For every test: one time zone, since what is shown is local time, and no blinking cursor."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tui_forms_app import Place


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: half of a screen's test is waiting until the screen is still."""
    return 2 * (os.cpu_count() or 1)


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
    from tui_forms_app import Place

    place = Place(tmp_path)
    yield place
    place.station.store.close()
