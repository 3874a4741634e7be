"""Two clocks of a computer, and how much of the time between two entries surely passed.

The wall clock may be put forward or back; the boot clock counts from the start of the computer, through
its sleep, and nobody moves it.
"""

from typing import NamedTuple

from rollertrack.domain.events import DisinfectionEnded, DisinfectionStarted, Event
from rollertrack.domain.quantities import SECOND

_BREATH = SECOND
"""What two readings of two clocks, one after the other, may differ by."""


class Beat(NamedTuple):
    """A reading of the boot clock: of which computer, since which start of it, how long (microseconds)."""

    machine: str = ""
    boot: str = ""
    ticks: int | None = None


NO_BEAT = Beat()


class Ran(NamedTuple):
    """How much of a stretch surely passed (microseconds), and why that is less than the wall clock says.

    `most` is what may have passed.
    """

    time: int
    most: int
    doubt: str = ""


def beat_of(event: Event) -> Beat:
    """The boot clock's reading that an entry carries; empty in entries made without one."""
    payload = event.payload
    if isinstance(payload, DisinfectionStarted | DisinfectionEnded):
        return Beat(payload.machine, payload.boot, payload.ticks)
    return NO_BEAT


def surely_ran(start: Event, at: int, recorded_at: int, beat: Beat) -> Ran:
    """How long surely passed from a start to `at`, told at `recorded_at` as the boot clock stood at `beat`.

    Within one start of one computer the boot clock decides. After a restart only the time since then is sure,
    and never more than the wall clock says; on another computer nothing is. Where either reading is missing
    the wall clock must do.
    """
    passed = at - start.at
    first = beat_of(start)
    if first.ticks is None or beat.ticks is None:
        return Ran(passed, passed)
    by_wall = recorded_at - start.recorded_at
    if (first.machine, first.boot) == (beat.machine, beat.boot) and beat.ticks >= first.ticks:
        ahead = by_wall - (beat.ticks - first.ticks)
        if not beat.boot:
            ahead = max(0, ahead)  # it may have been restarted: then more than this passed
        ran = passed - ahead
        most = ran if beat.boot else passed
        return Ran(passed, passed) if abs(ahead) <= _BREATH else Ran(ran, most, _CHANGED)
    if first.machine != beat.machine:
        return Ran(0, passed, ELSEWHERE)
    lost = max(0, by_wall - beat.ticks)
    return Ran(passed - lost, passed, _RESTARTED) if lost > _BREATH else Ran(passed, passed)


ELSEWHERE = "it was begun on another computer, whose clock may differ"
_CHANGED = "the clock was changed meanwhile"
_RESTARTED = "the computer was restarted meanwhile, and only the time since then is sure"
