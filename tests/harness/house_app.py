"""A station on a real store with a clock that stands still, and the app at its desk."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from inspect import getfile
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from textual.pilot import Pilot
from textual.timer import Timer, TimerCallback

from harness.stations import DAY, HOUR, MINUTE, SECOND, begun
from rollertrack.domain.code import Kind, find
from rollertrack.domain.events import LabelPrinted
from rollertrack.services import keeping, people, registering, solutions, using, washing
from rollertrack.services.backend import Backend
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Station, deed
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store
from rollertrack.tui.app import RollerTrackApp
from rollertrack.tui.scanning.scan_input import Scanned, ScanUnreadable
from rollertrack.tui.screens.verdict import VerdictScreen

__all__ = ["DAY", "HOUR", "MINUTE", "SECOND"]
START = 1_795_343_520 * SECOND
"""Sunday, 22 November 2026, 10:32 UTC."""
HOSTILE = "[/nope] [@click=app.quit]x[/] 夜"


class DeskApp(RollerTrackApp):
    """The app, whose seconds pass when the test says so and not while a slow machine is at work."""

    # Textual looks for styles beside the module of the class.
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(getfile(RollerTrackApp)).parent / path for path in RollerTrackApp.CSS_PATH
    ]

    def set_interval(self, interval: float, callback: TimerCallback | None = None, **options: Any) -> Timer:
        return super().set_interval(interval, callback, **{**options, "pause": callback == self.on_second})


@dataclass
class House:
    """One database, one clock, one box of dice; `station` writes as another program would."""

    path: Path
    now: int = START
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    printing: Printing = field(default_factory=Printing)
    station: Station = field(init=False)

    def __post_init__(self) -> None:
        begun(self.path)
        self.station = self.open()
        people.first_start(self.station)

    def open(self) -> Station:
        """A station of its own on the same file."""
        return Station(Store(self.path), self.clock, self.dice.choice, printing=self.printing)

    def clock(self) -> int:
        return self.now

    def app(self, kind: type[RollerTrackApp] = DeskApp) -> RollerTrackApp:
        """The app with its own connection; pilots press keys without the timing of hands."""
        return kind(Backend(self.open), self.clock, scan_gap=0)

    def later(self, span: int) -> None:
        self.now += span

    def roller(self, name: str = "evening", length: str = "0.5", **facts: str | bool) -> str:
        return registering.add(self.station, {"name": name, "length": length, **facts}).codes[0]

    def person(self, label: str = "A.") -> str:
        return people.add_person(self.station, label).codes[0]

    def operator(self, label: str = "K.") -> str:
        return people.add_named(self.station, Kind.OPERATOR, label).codes[0]

    def bin(self, label: str = "yellow") -> str:
        return people.add_named(self.station, Kind.BIN, label).codes[0]

    def solution(self, **facts: str) -> str:
        said = SolutionFacts(**{"agent": "alcohol", "strength": "70", **facts})
        return solutions.add_solution(self.station, said).codes[0]

    def soak(self, *codes: str, minutes: str = "") -> None:
        washing.soak(self.station, codes, Bath("alcohol", minutes=minutes, cleaned=True))

    def wash(self, *codes: str, ago: int = 0) -> None:
        bath = Bath("alcohol", minutes="10", cleaned=True)
        washing.disinfect(self.station, codes, bath, at=self.now - ago)

    def use(self, code: str, ago: int = 0, **said: Any) -> None:
        use = Use(area="face", acknowledged=True, despite="it happened", **said)
        using.use(self.station, code, use, at=self.now - ago)

    def label(self, code: str, mark: str = "") -> None:
        """A label as the printer's deed leaves it in the record."""
        with deed(self.station) as now:
            now.append(
                code, LabelPrinted(media="62x29", place="tcp://printer", payload=mark + code, mark=mark)
            )

    def fresh(self, name: str = "evening", length: str = "0.5") -> str:
        """A roller the gate says USE to."""
        code = self.roller(name, length)
        self.wash(code)
        return code


def household(path: Path) -> House:
    """Every word once, with a history long enough to look at."""
    return copied(path, _live)


def copied(path: Path, live: Callable[[Path], House]) -> House:
    """What `live` makes of a new house: lived through once, copied for each test."""
    content, dice, now = _lived_through(live)
    path.write_bytes(content)
    house = House(path, now=now)
    house.dice.setstate(dice)
    return house


@cache
def _lived_through(live: Callable[[Path], House]) -> tuple[bytes, tuple[Any, ...], int]:
    """The database of a house, its dice as they lie and its clock as it stands afterwards."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        house = live(path)
        house.station.store.close()
        return path.read_bytes(), house.dice.getstate(), house.now


def _live(path: Path) -> House:
    house = House(path, now=START - 40 * DAY)
    names = ("travel", "weekend", "evening", "body", "scalp, from the summer kit", "old blue")
    lengths = ("0.3", "0.5", "0.5", "1.0", "0.25", "0.5")
    codes = [house.roller(name, length) for name, length in zip(names, lengths, strict=True)]
    travel, weekend, evening, payload, scalp, old = codes
    for _ in range(8):
        house.wash(old)
        house.use(old)
        house.later(4 * DAY)
    for code in (travel, evening, payload):
        house.wash(code)
        house.use(code)
        house.later(2 * DAY)
    house.wash(scalp)
    house.now = START - 14 * HOUR
    house.wash(travel)
    house.use(travel)
    house.now = START - HOUR
    house.wash(evening, payload)
    house.solution(lot="B-7", expiry="2026-12")
    keeping.note(house.station, evening, "a gift; spins well")
    house.now = START - 4 * MINUTE
    house.soak(weekend)
    house.now = START
    return house


async def scan(pilot: Pilot[None], *codes: str) -> None:
    """Scans, as the app hears them from its keys."""
    for code in codes:
        pilot.app.post_message(Scanned(code, code))
    await settle(pilot)


async def scan_label(pilot: Pilot[None], *texts: str) -> None:
    """Scans of labels, at the speed of a scanner; a mark may stand before the code."""
    for each in texts:
        pilot.app.post_message(Scanned(each, find(each), at_speed=True))
    await settle(pilot)


async def pass_second(pilot: Pilot[None]) -> None:
    """A second passes in the app."""
    app_of(pilot).on_second()
    await settle(pilot)


async def scan_torn(pilot: Pilot[None], text: str) -> None:
    """A scan that holds no valid code."""
    pilot.app.post_message(ScanUnreadable(text))
    await settle(pilot)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys, each with what it sets going."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Let the program do all that it can do for now; a form may stay open all the while."""
    for _ in range(2):  # a painting may ask for another
        await pilot.pause()


def app_of(pilot: Pilot[None]) -> RollerTrackApp:
    assert isinstance(pilot.app, RollerTrackApp)
    return pilot.app


def verdict(pilot: Pilot[None]) -> VerdictScreen:
    """The verdict on the screen."""
    assert isinstance(pilot.app.screen, VerdictScreen), pilot.app.screen
    return pilot.app.screen


def text(pilot: Pilot[None]) -> str:
    """Everything on the screen, line by line."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
