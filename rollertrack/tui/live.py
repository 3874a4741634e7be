"""What every screen that shows a word of the gate does: follow the record and the clock."""

from collections.abc import Callable
from dataclasses import dataclass

from rollertrack.domain.quantities import MINUTE
from rollertrack.domain.rows import Overview, RunningSoak
from rollertrack.services import lists, policies
from rollertrack.services.backend import Backend
from rollertrack.services.station import Done
from rollertrack.tui.scanning.scan_results import ScanResult

UNREADABLE = "The record cannot be read. Use no roller until it can be."


class Live:
    """A screen the app calls on each change and each second, wherever in the stack it stands."""

    _minute = 0
    shows_queue = False
    """Whether what became of labels stands on it, so that nobody needs to be told."""

    def reread(self) -> None:
        """Read anew: something was written."""

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose something that was typed."""
        return False

    def take_result(self, result: ScanResult) -> bool:  # noqa: ARG002
        """Show a scan here, if this screen is one for it; else it comes over it."""
        return False

    def follow(self, done: Done) -> None:
        """A deed was done here; called before the reading that brings it in."""

    def show_unreadable(self) -> None:
        """The record cannot be read: show no word that may be stale."""

    def follow_printing(self) -> None:
        """A label was printed in the background, or printing has ended."""

    def show_overview(self, overview: Overview) -> None:
        """The counts were read anew."""

    def on_second(self, now: int) -> None:
        """A second has passed; `now` is in microseconds UTC."""

    def minute_begins(self, now: int) -> bool:
        """Whether another minute has begun since this was asked last: what tells of ages is read anew."""
        before, self._minute = self._minute, now // MINUTE
        return self._minute != before


@dataclass(frozen=True, slots=True)
class Changes:
    """The overview read anew, whether something was written meanwhile, and the soaks just finished.

    `news` says that the database was replaced.
    """

    overview: Overview
    written: bool
    finished: tuple[RunningSoak, ...]
    news: str = ""


class ChangeWatcher:
    """Asks cheaply every second, and reads only when there is a reason."""

    def __init__(self, backend: Backend, clock: Callable[[], int]) -> None:
        self._backend = backend
        self._clock = clock
        self._mark: int | None = None
        self._minute = -1
        self._overview: Overview | None = None
        self._announced: set[tuple[str, int]] = set()

    async def changes(self, *, certain: bool = False) -> Changes | None:
        """What is new, or None; `certain` reads in any case."""
        self._backend.look()
        mark, now = await self._backend.run(lists.change_mark), self._clock()
        is_first, written = self._mark is None, self._mark not in {None, mark}
        is_behind = self._overview is not None and self._overview.is_recalculating
        if is_behind:  # whoever changed the policy may be gone
            await self._backend.run(policies.go_on_recalculating)
        has_turned = now // MINUTE != self._minute or self._to_announce(now)
        if not (certain or written or is_first or is_behind or has_turned):
            return None
        self._overview = await self._backend.run(lists.overview)
        self._mark, self._minute = mark, now // MINUTE
        finished = self._to_announce(now)
        self._announced |= {(soak.code, soak.due_at) for soak in finished}
        news = await self._backend.run(lists.news) if written else ""
        return Changes(self._overview, written or certain, finished, news)

    def _to_announce(self, now: int) -> tuple[RunningSoak, ...]:
        soaks = self._overview.soaks if self._overview else ()
        return tuple(
            soak for soak in soaks if soak.due_at <= now and (soak.code, soak.due_at) not in self._announced
        )
