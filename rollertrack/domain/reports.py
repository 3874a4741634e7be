"""What a report is: a span of time, named columns, a row for each thing counted; and how washes are timed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from rollertrack.domain.quantities import HOUR

Cell = str | int | float | None
SameDay = Callable[[int, int], bool]
"""Whether two instants lie on one day where the station stands."""
BANDS = (30, 50, 100)
"""Needle lengths up to which a band goes, in hundredths of a mm; one more is for what is longer."""


class Period(NamedTuple):
    """A span of time: its first and its last instant, microseconds UTC."""

    since: int
    until: int


class Report(NamedTuple):
    """Numbers of one kind: its columns by name, its rows, and what must be said of them."""

    name: str
    period: Period
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def documents(self) -> list[dict[str, Cell]]:
        """Each row with its cells by the names of their columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def band_of(length: int | None) -> int:
    """The band of a needle length in hundredths of a mm, counted from 0; -1 for a part without needles."""
    return -1 if length is None else sum(length > band for band in BANDS)


class Washed(StrEnum):
    """When a roller was disinfected after a use, if it was."""

    HOUR = "within the hour"
    DAY = "same day"
    LATER = "later"
    NOT_YET = "not yet"
    NEVER = "never"
    THROWN_AWAY = "thrown away instead"
    SINGLE_USE = "single use, waits for the bin"


class UseSeen(NamedTuple):
    """A use that counts: of which roller, by its number in that roller's stream, and when."""

    roller: str
    entry: int
    at: int


class WashSeen(NamedTuple):
    """A disinfection that counts: when it began and ended."""

    roller: str
    started_at: int
    ended_at: int


class UseWash(NamedTuple):
    """A use with the disinfection after it: how long it waited, in microseconds, None for none."""

    use: UseSeen
    waited: int | None
    outcome: Washed


class LifeSeen(NamedTuple):
    """How the life of a roller ended, if it did: when retired or worn out, its limit, its first use."""

    retired_at: int | None = None
    worn_on: int | None = None
    uses_limit: int | None = None
    first_used: int | None = None

    def unwashed(self, now: int) -> Washed:
        """What becomes of its last use where no disinfection came after it."""
        if self.retired_at is not None:
            return Washed.THROWN_AWAY
        if self.worn_on is None or self.worn_on > now:
            return Washed.NOT_YET
        # No soak helps what one use ends; what had more of them should have been washed for the last, too.
        return Washed.SINGLE_USE if self.uses_limit == 1 or self.worn_on == self.first_used else Washed.NEVER


def washes_after(
    uses: Sequence[UseSeen], washes: Iterable[WashSeen], unwashed: Washed, same_day: SameDay
) -> Iterator[UseWash]:
    """For each use of one roller, in order, the first disinfection that ended after it and before the next.

    One that was used again without any was never washed; `unwashed` is what became of the last.
    """
    done = sorted(washes, key=lambda wash: wash.ended_at)
    for place, use in enumerate(uses):
        following = uses[place + 1].at if place + 1 < len(uses) else None
        wash = next((each for each in done if each.ended_at > use.at), None)
        if wash is not None and (following is None or wash.ended_at <= following):
            waited = max(0, wash.started_at - use.at)
            yield UseWash(use, waited, _when(use.at, use.at + waited, same_day))
        elif following is not None:
            yield UseWash(use, None, Washed.NEVER)
        else:
            yield UseWash(use, None, unwashed)


def _when(used: int, washed: int, same_day: SameDay) -> Washed:
    if washed - used <= HOUR:
        return Washed.HOUR
    return Washed.DAY if same_day(used, washed) else Washed.LATER
