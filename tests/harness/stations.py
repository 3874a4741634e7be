"""Stations on databases of their own, with a clock that tests move."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from rollertrack.services import people, policies, registering, washing
from rollertrack.services.station import Station
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
START = 1_800_000_000 * SECOND
QUICK_BATH = Bath("alcohol", minutes="10", cleaned=True)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: int = START) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


class Killed(BaseException):
    """The end of the program, at once."""


def cut_off(station: Station, monkeypatch: pytest.MonkeyPatch, key: str, value: str) -> None:
    """A change of the policy whose program ends behind its first batch."""

    def killed(_seconds: float) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr("time.sleep", killed)
        with pytest.raises(Killed):
            policies.set_policy(station, key, value)


@contextmanager
def station_at(path: Path, clock: Clock | None = None, seed: str = "dice") -> Iterator[Station]:
    """A station on a database; a new one has its first person, as any station does."""
    clock, dice = clock or Clock(), Random(seed)
    if not path.exists():
        content, state = _begun(seed, clock.now)
        path.write_bytes(content)
        dice.setstate(state)
    station = Station(Store(path), clock, dice.choice)
    if station.store.is_new:
        people.first_start(station)
    try:
        yield station
    finally:
        station.store.close()


def begun(path: Path) -> Path:
    """A database without any entry at a path where none is: migrating one takes longer than most tests."""
    if not path.exists():
        path.write_bytes(_without_entries())
    return path


@cache
def _without_entries() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        Store(path).close()
        return path.read_bytes()


@cache
def _begun(seed: str, now: int) -> tuple[bytes, tuple[Any, ...]]:
    """A database with its first person, and the dice as they lie then: made once, copied for each test."""
    with TemporaryDirectory() as folder:
        path, dice = Path(folder) / "a.db", Random(seed)
        station = Station(Store(path), Clock(now), dice.choice)
        people.first_start(station)
        station.store.close()
        return path.read_bytes(), dice.getstate()


def clock_of(station: Station) -> Clock:
    """The clock of a test's station."""
    assert isinstance(station.clock, Clock)
    return station.clock


def me(station: Station) -> str:
    """The code of the person who was there first."""
    return next(row.code for row in people.list_persons(station) if row.label == people.ME)


def ready_roller(station: Station, length: str = "0.25") -> str:
    """A new roller, just disinfected: the gate says USE."""
    code = registering.add(station, {"length": length}).codes[0]
    clock_of(station).now += HOUR
    washing.disinfect(station, [code], QUICK_BATH)
    return code
