"""What every screen that shows a word of the gate does: follow the record and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.screen import ModalScreen

from rollertrack.domain.quantities import MINUTE
from rollertrack.domain.rows import Overview, RunningSoak
from rollertrack.services import lists, policies
from rollertrack.services.backend import Backend
from rollertrack.services.station import Done
from rollertrack.services.stocked import has_products
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.wording.records import RECORD_UNREADABLE, soaks_over_text
from rollertrack.wording.registers import works_no_more


class Live:
    """A screen the app calls on each change and each second, wherever in the stack it stands."""

    unreadable: ClassVar[str] = RECORD_UNREADABLE
    """What stands in place of what cannot be read."""
    _minute = 0
    shows_queue = False
    """Whether what became of labels stands on it, so that nobody needs to be told."""

    _was_in_sight = False

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come in sight: what was styled a moment ago, as it was mounted, is not styled once more.

        What stands over another screen is: it takes its own place, the middle, only then.
        """
        event.refresh_styles = self._was_in_sight or isinstance(self, ModalScreen)
        self._was_in_sight = True

    def reread(self) -> None:
        """Read anew: something was written."""

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose something that was typed."""
        return False

    def take_result(self, result: ScanResult) -> bool:  # noqa: ARG002
        """Show a scan here, if this screen is one for it; else it comes over it."""
        return False

    def take_box(self, text: str) -> bool:  # noqa: ARG002
        """Take a scan of a maker's box, if this screen is one for it."""
        return False

    def take_scan(self, text: str, code: str) -> bool:  # noqa: ARG002
        """Take a scan as an answer to what this screen asks, or as what it notes; `code` may be empty."""
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

    def turns_within_a_minute(self, turn: int | None, now: int) -> bool:
        """Whether an instant at which a word may turn is near."""
        return turn is not None and now >= turn - MINUTE


@dataclass(frozen=True, slots=True)
class Changes:
    """The overview read anew, whether something was written meanwhile, and in words which soaks finished.

    `news` says that the database was replaced, `gone` that who worked here was closed.
    """

    overview: Overview
    written: bool
    finished: str
    news: str = ""
    gone: str = ""


class ChangeWatcher:
    """Asks cheaply every second, and reads only when there is a reason."""

    def __init__(self, backend: Backend, clock: Callable[[], int]) -> None:
        self._backend = backend
        self._clock = clock
        self._mark: int | None = None
        self._minute = -1
        self.overview: Overview | None = None
        self._announced: set[tuple[str, int]] = set()

    async def changes(self, *, certain: bool = False) -> Changes | None:
        """What is new, or None; `certain` reads in any case."""
        self._backend.look()
        mark, now = await self._backend.run(lists.change_mark), self._clock()
        is_first, written = self._mark is None, self._mark not in {None, mark}
        is_behind = self.overview is not None and self.overview.is_recalculating
        if is_behind:  # whoever changed the policy may be gone
            await self._backend.run(policies.go_on_recalculating)
        has_turned = now // MINUTE != self._minute or self._to_announce(now)
        if not (certain or written or is_first or is_behind or has_turned):
            return None
        self.overview = await self._backend.run(lists.overview)
        self._mark, self._minute = mark, now // MINUTE
        left = await self._backend.let_go() if written or certain else None
        finished = self._to_announce(now)
        self._announced |= {(soak.code, soak.due_at) for soak in finished}
        news = await self._backend.run(lists.news) if written else ""
        said = soaks_over_text(finished) if finished else ""
        gone = works_no_more(left) if left else ""
        return Changes(self.overview, written or certain, said, news, gone)

    async def finds_products(self) -> bool:
        """Whether anything is bought by product here."""
        return await self._backend.run(has_products)

    async def knows_box(self, text: str) -> bool:
        """Whether the barcode of a maker's box stands for a product; BadInput says what is wrong with it."""
        from rollertrack.services.boxes import look_at_box  # no screen needs it before the first box

        return (await self._backend.run(look_at_box, (text,))).product is not None

    def _to_announce(self, now: int) -> tuple[RunningSoak, ...]:
        soaks = self.overview.soaks if self.overview else ()
        return tuple(
            soak for soak in soaks if soak.due_at <= now and (soak.code, soak.due_at) not in self._announced
        )
