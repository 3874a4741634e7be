"""The filter over the list: words as you type, a chip for each state, the order."""

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from rollertrack.domain.words import State
from rollertrack.services.lists import SORTS
from rollertrack.tui.helping import Help
from rollertrack.tui.widgets.search_bar import SearchBar

Choice = State | None
_SORT_WORDS = {"washed": "disinfected"}
CHOICES: tuple[Choice, ...] = (None, *State)


class Chip(Static):
    """One state with its count; a click chooses it."""

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """This chip was clicked."""

        state: Choice

    def __init__(self, state: Choice) -> None:
        super().__init__(state or "all", markup=False)
        self.state = state

    def count(self, number: int) -> None:
        """Show how many rollers stand so."""
        self.update(Content(f"{self.state or 'all'} {number:,}"))

    def on_click(self, event: events.Click) -> None:
        """Choose this state."""
        event.stop()
        self.post_message(self.Chosen(self.state))


class SortChip(Static):
    """The order of the list; a click takes the next one."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """The next order is wanted."""

    def on_click(self, event: events.Click) -> None:
        """Take the next order."""
        event.stop()
        self.post_message(self.Clicked())


class FilterBar(SearchBar):
    """Tells what the list shall show; holds no list itself."""

    help = Help(
        "Filter",
        "Type any part of a code, a name, a maker or a lot: the list follows each letter. "
        "Enter or ↓ goes to the list, Esc clears the words. ← and → choose a state, Ctrl+O another order.",
    )
    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        padding: 0 1;
        margin-bottom: 1;
        Input { width: 22; max-width: 30%; background: $surface; }
        Chip { width: auto; padding: 0 1; color: $foreground 60%; margin-left: 1; }
        Chip:hover, SortChip:hover { color: $foreground; }
        Chip.-chosen { color: $primary; text-style: bold underline; }
        SortChip {
            width: auto; dock: right; padding-left: 1;
            color: $foreground 60%; background: $background;
        }
    }
    """

    @dataclass
    class Changed(Message):
        """Another list is wanted."""

        state: Choice
        search: str
        sort: str

    def __init__(self) -> None:
        super().__init__()
        self.state: Choice = None
        self.sort = SORTS[0]

    def compose(self) -> ComposeResult:
        """The words, the chips, the order."""
        yield self.field()
        for state in CHOICES:
            yield Chip(state)
        yield SortChip(self._order, markup=False)

    def on_mount(self) -> None:
        """Mark the first chip."""
        self._mark()

    def show_counts(self, counts: dict[State, int]) -> None:
        """Show how many rollers stand in each state."""
        for chip in self.query(Chip):
            chip.count(sum(counts.values()) if chip.state is None else counts.get(chip.state, 0))

    def clear(self) -> None:
        """Show every roller again."""
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.choose(None)

    def step_state(self, by: int) -> None:
        """Choose the next state, or the one before."""
        place = CHOICES.index(self.state) + by
        self.choose(CHOICES[place % len(CHOICES)])

    def choose(self, state: Choice) -> None:
        """Choose a state."""
        self.state = state
        self._mark()
        self.tell()

    def step_sort(self) -> None:
        """Take the next order."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self.query_one(SortChip).update(Content(self._order))
        self.tell()

    @property
    def _order(self) -> str:
        return f"↕ {_SORT_WORDS.get(self.sort, self.sort)}"

    @on(Chip.Chosen)
    def _chosen(self, chosen: Chip.Chosen) -> None:
        chosen.stop()
        self.choose(chosen.state)

    @on(SortChip.Clicked)
    def _sort_clicked(self, clicked: SortChip.Clicked) -> None:
        clicked.stop()
        self.step_sort()

    def tell(self) -> None:
        """Say that another list is wanted."""
        self.post_message(self.Changed(self.state, self.search, self.sort))

    def _mark(self) -> None:
        for chip in self.query(Chip):
            chip.set_class(chip.state is self.state, "-chosen")
