"""What every screen that shows a word of the gate does: follow the record and the clock."""

from rollertrack.domain.rows import Overview
from rollertrack.services.station import Done

UNREADABLE = "The record cannot be read. Use no roller until it can be."


class Live:
    """A screen the app calls on each change and each second, wherever in the stack it stands."""

    shows_queue = False
    """Whether what became of labels stands on it, so that nobody needs to be told."""

    def reread(self) -> None:
        """Read anew: something was written."""

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
