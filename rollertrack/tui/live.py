"""What every screen that shows a word of the gate does: follow the record and the clock."""

from rollertrack.domain.quantities import MINUTE
from rollertrack.domain.rows import Overview
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
