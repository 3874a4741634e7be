"""The filter over the rollers to print: words as you type, all of them or those without a proven label."""

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rollertrack.services.labels.listing import LabelListing
from rollertrack.tui.helping import Help
from rollertrack.tui.widgets.search_bar import SearchBar


class Half(Static):
    """All rollers, or only those without a proven label; a click chooses it."""

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """This one was clicked."""

        unproven: bool

    def __init__(self, words: str, *, unproven: bool) -> None:
        super().__init__(words, markup=False)
        self._words = words
        self.unproven = unproven

    def count(self, number: int) -> None:
        """Show how many rollers there are."""
        self.update(Content(f"{self._words} {number:,}"))

    def on_click(self, event: events.Click) -> None:
        """Choose this one."""
        event.stop()
        self.post_message(self.Chosen(self.unproven))


class LabelFilter(SearchBar):
    """Tells which rollers the list shall show; holds no list itself."""

    help = Help(
        "Filter",
        "Type any part of a code, a name, a maker or a lot: the list follows each letter. "
        "Enter or ↓ goes to the list, Esc clears the words. ← and → choose all rollers or those "
        "without a label that a scan has proven.",
    )
    DEFAULT_CSS = """
    LabelFilter {
        height: 1;
        padding: 0 1;
        margin-bottom: 1;
        Input { width: 16; background: $surface; }
        Half { width: auto; padding: 0 1; color: $foreground 60%; margin-left: 1; }
        Half:hover { color: $foreground; }
        Half.-chosen { color: $primary; text-style: bold underline; }
        #ticked { width: 1fr; text-align: right; color: $foreground 60%; }
    }
    """

    @dataclass
    class Changed(Message):
        """Another list is wanted."""

        unproven: bool
        search: str

    def __init__(self) -> None:
        super().__init__()
        self.unproven = False

    def compose(self) -> ComposeResult:
        """The words, the two halves, how many are ticked."""
        yield self.field()
        yield Half("all", unproven=False)
        yield Half("without a proven label", unproven=True)
        yield Static("", id="ticked", markup=False)

    def on_mount(self) -> None:
        """Mark the first half."""
        self._mark()

    def show_counts(self, listing: LabelListing) -> None:
        """Show how many rollers there are of each."""
        for half in self.query(Half):
            half.count(listing.total_unproven if half.unproven else listing.total)

    def show_ticked(self, count: int) -> None:
        """Show how many are ticked."""
        self.query_one("#ticked", Static).update(f"{count:,} ticked" if count else "none ticked")

    def choose(self, *, unproven: bool) -> None:
        """Choose all rollers, or those without a proven label."""
        if unproven != self.unproven:
            self.unproven = unproven
            self._mark()
            self.tell()

    @on(Half.Chosen)
    def _chosen(self, chosen: Half.Chosen) -> None:
        chosen.stop()
        self.choose(unproven=chosen.unproven)

    def tell(self) -> None:
        """Say that another list is wanted."""
        self.post_message(self.Changed(self.unproven, self.search))

    def _mark(self) -> None:
        for half in self.query(Half):
            half.set_class(half.unproven == self.unproven, "-chosen")
