"""The filters over lists: words as you type, and what else there is to choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from rollertrack.domain.words import State
from rollertrack.services.labels.listing import LabelListing
from rollertrack.services.lists import REVERSED, SORTS
from rollertrack.tui.help import Help
from rollertrack.tui.widgets.words import Words
from rollertrack.wording.printing import checked_text, counted_text
from rollertrack.wording.records import NEW_OR_SHOWN, NO_MATCH, all_retired

_LONGEST = 100


class SearchBar(Horizontal):
    """A filter with a field for words; what else there is to choose, and how it is told, is its kind's."""

    class Left(Message):
        """The hands go back to the list."""

    @staticmethod
    def field() -> Input:
        """The field for the words."""
        return Input(placeholder="/ filter", id="search", compact=True, max_length=_LONGEST)

    @property
    def search(self) -> str:
        """The words typed."""
        return self.query_one(Input).value

    def focus_search(self) -> None:
        """Put the cursor into the words."""
        self.query_one(Input).focus()

    def tell(self) -> None:
        """Say that another list is wanted."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self, changed: Input.Changed) -> None:
        changed.stop()
        self.tell()

    @on(Input.Submitted)
    def _submitted(self, submitted: Input.Submitted) -> None:
        submitted.stop()
        self.post_message(self.Left())

    def on_key(self, event: events.Key) -> None:
        """Down leaves to the list; Esc clears first."""
        if event.key in {"down", "escape"}:
            event.stop()
            if event.key == "escape":
                self.query_one(Input).value = ""
            self.post_message(self.Left())


Choice = State | None
_SORT_WORDS = {"washed": "disinfected"}
_SORT_COLUMNS = {"uses": "used", "washed": "disinfected"}
_FALLING = frozenset({"uses", "washed"})
"""The orders that begin with the most or the newest."""
CHOICES: tuple[Choice, ...] = (None, *State)


_GAP = 3
_MORE = "›"
"""Behind the chips: there are more, which ← and → bring into sight."""


class Chip(Words):
    """One state with its count; a click chooses it."""

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """This chip was clicked."""

        state: Choice

    def __init__(self, state: Choice) -> None:
        # Nobody has counted yet, and nobody has chosen.
        super().__init__(state or "all", classes="-none" if state else "-chosen")
        self.state = state

    def count(self, number: int) -> None:
        """Show how many rollers stand so; a state that no roller is in takes no room, unless it is chosen."""
        self.update(counted_text(self.state or "all", number))
        self.set_class(number == 0 and self.state is not None, "-none")

    @property
    def is_empty(self) -> bool:
        """Whether no roller stands so: nobody sees the chip, unless it is chosen."""
        return self.has_class("-none")

    def on_click(self, event: events.Click) -> None:
        """Choose this state."""
        event.stop()
        self.post_message(self.Chosen(self.state))


class SortChip(Words):
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
        "Type words or parts of them: of a code, a name, a person, a maker, a lot, a pack's expiry (2027-01 "
        "or jan 2027), a state and what stands beside it. All must hold; whole words come first. Enter or ↓ "
        "goes to the list, Esc clears the words. ← and → choose a state, Ctrl+O or a click on a title "
        "another order.",
    )
    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        padding: 0 1;
        margin-bottom: 1;
        Input { width: 22; max-width: 30%; background: $surface; }
        Horizontal { width: 1fr; height: 1; }
        Chip { width: auto; color: $foreground 60%; margin-left: 3; }
        &.-tight Chip { margin-left: 2; }
        &.-tightest Chip { margin-left: 1; }
        Chip:hover, SortChip:hover { color: $foreground; }
        Chip.-none, Chip.-beyond, #more { display: none; }
        #more.-shown { display: block; width: auto; color: $foreground 60%; }
        Chip.-chosen { display: block; color: $primary; text-style: bold underline; }
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
        self._counts: dict[State, int] = {}

    def compose(self) -> ComposeResult:
        """The words, the order, the chips."""
        yield self.field()
        yield SortChip(f"{self.mark} {self._base}")
        with Horizontal():
            for state in CHOICES:
                yield Chip(state)
            yield Words(_MORE, id="more")

    def show_counts(self, counts: dict[State, int]) -> None:
        """Show how many rollers stand in each state."""
        self._counts = counts
        for chip in self.query(Chip):
            chip.count(_in_use(counts) if chip.state is None else counts.get(chip.state, 0))
        self._fit()

    @property
    def why_none(self) -> str:
        """What stands in place of an empty list: that nothing fits, or that every roller is retired."""
        retired = self._counts.get(State.RETIRED, 0)
        is_filtered = self.search or self.state is not None
        return NO_MATCH if is_filtered or not retired else all_retired(retired, NEW_OR_SHOWN)

    def on_resize(self) -> None:
        """Stand closer where there is little room."""
        self._fit()

    @property
    def _offered(self) -> list[Chip]:
        """The chips of the states that a roller is in, and the chosen one."""
        return [chip for chip in self.query(Chip) if chip.state is self.state or not chip.is_empty]

    def _fit(self) -> None:
        room = self.query_one(Horizontal).size.width
        if not room:
            return
        chips = self._offered
        said = [cell_len(str(chip.content)) for chip in chips]
        for lost, name in enumerate(("-tight", "-tightest")):
            self.set_class(room < sum(said) + (_GAP - lost) * len(said), name)
        widths = [each + 1 for each in said]
        chosen = next(place for place, chip in enumerate(chips) if chip.state is self.state)
        seen = window(widths, chosen, room - len(_MORE) - 1) if room < sum(widths) else range(len(chips))
        for place, chip in enumerate(chips):
            chip.set_class(place not in seen, "-beyond")
        self.query_one("#more").set_class(len(seen) < len(chips), "-shown")

    def clear(self) -> None:
        """Show every roller in use again."""
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.choose(None)

    def step_state(self, by: int) -> None:
        """Choose the next state that a roller is in, or the one before."""
        shown = [chip.state for chip in self._offered]
        self.choose(shown[(shown.index(self.state) + by) % len(shown)])

    def choose(self, state: Choice) -> None:
        """Choose a state."""
        self.state = state
        self._mark()
        self.tell()

    def step_sort(self) -> None:
        """Take the next order."""
        self._sort_by(SORTS[(SORTS.index(self._base) + 1) % len(SORTS)])

    def sort_by_column(self, column: str) -> None:
        """Take the order of a column, or turn it round where the list has it; some columns give none."""
        sort = next((each for each in SORTS if _SORT_COLUMNS.get(each, each) == column), None)
        if sort is not None:
            self._sort_by(f"{REVERSED}{sort}" if self.sort == sort else sort)

    def _sort_by(self, sort: str) -> None:
        self.sort = sort
        self.query_one(SortChip).update(f"{self.mark} {_SORT_WORDS.get(self._base, self._base)}")
        self.tell()

    @property
    def _base(self) -> str:
        return self.sort.removeprefix(REVERSED)

    @property
    def mark(self) -> str:
        """The way the order goes."""
        return "▾" if (self._base in _FALLING) is not self.sort.startswith(REVERSED) else "▴"

    @property
    def sort_column(self) -> str:
        """The column that the list is ordered by."""
        return _SORT_COLUMNS.get(self._base, self._base)

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
        self._fit()


def window(widths: Sequence[int], chosen: int, room: int) -> range:
    """Which of so many pieces in a row stand wholly in a room, the chosen one among them."""
    start = 0
    while start < chosen and sum(widths[start : chosen + 1]) > room:
        start += 1
    end = start + 1
    while end < len(widths) and sum(widths[start : end + 1]) <= room:
        end += 1
    return range(start, end)


def _in_use(counts: dict[State, int]) -> int:
    """All but the retired."""
    return sum(counts.values()) - counts.get(State.RETIRED, 0)


class Half(Words):
    """All rollers, or only those without a proven label; a click chooses it."""

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """This one was clicked."""

        unproven: bool

    def __init__(self, words: str, *, unproven: bool) -> None:
        super().__init__(words)
        self._words = words
        self.unproven = unproven

    def count(self, number: int) -> None:
        """Show how many rollers there are."""
        self.update(counted_text(self._words, number))

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
        yield Words(id="ticked")

    def on_mount(self) -> None:
        """Mark the first half."""
        self._mark()

    def show_counts(self, listing: LabelListing) -> None:
        """Show how many rollers there are of each."""
        for half in self.query(Half):
            half.count(listing.total_unproven if half.unproven else listing.total)

    def show_ticked(self, count: int) -> None:
        """Show how many are ticked."""
        self.query_one("#ticked", Words).update(checked_text(count))

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
