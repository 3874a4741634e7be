"""What the screens that are lists share: rows read anew, the cursor kept, a sentence where there is none."""

from collections.abc import Hashable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets.lines import KeyLine, StatusLine


class CalmList(OptionList):
    """An option list that looks like the list of rollers; nothing in it is read as markup."""

    DEFAULT_CSS = """
    CalmList {
        height: 1fr;
        padding: 0 1;
        border: none;
        background: transparent;
        scrollbar-size: 1 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus { border: none; background-tint: transparent; }
        .option-list--option-highlighted, &:focus .option-list--option-highlighted {
            background: $primary 18%;
            color: $foreground;
            text-style: none;
        }
        .option-list--option-hover { background: $foreground 6%; }
        .option-list--option-disabled { color: $foreground; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual names it
        super().__init__(id=id, markup=False)


class MendList(CalmList):
    """A list whose Enter mends the chosen line, and whose keys say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "edit", key_display="enter", id="list.mend", tooltip="Mend the chosen one")
    ]


class OpenList(CalmList):
    """A list whose Enter opens the chosen line, and whose keys say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "open", key_display="enter", id="list.open", tooltip="Open the chosen one")
    ]


Row = TypeVar("Row")
BACK = Binding("escape", "back", "back", id="list.back", tooltip="Go back")
"""Each screen has it at its own place among its keys."""


class ListScreen(LiveScreen, Generic[Row]):
    """A list of rows below a top line; of what is read anew, only what differs is drawn."""

    where: ClassVar[str]
    """What the top line calls it."""
    empty: ClassVar[str]
    """What stands there instead of an empty list."""
    has_ages: ClassVar[bool] = False
    """Whether a row says how long ago or how soon, so that it is read anew each minute."""
    list_type: ClassVar[type[CalmList]] = CalmList
    AUTO_FOCUS = "CalmList"
    DEFAULT_CSS = """
    ListScreen {
        #none {
            display: none; height: 1fr; padding: 0 8; content-align: center middle; text-align: center;
            color: $foreground 60%;
        }
        &.-none #none { display: block; }
        &.-none #list { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self.wanted: Hashable | None = None
        """The key of a row that the cursor goes to as soon as it is there."""

    def compose(self) -> ComposeResult:
        """What a kind of list shows above it, the list or its sentence, what it shows below."""
        yield StatusLine(self.where)
        yield from self.above()
        yield from self.listed()
        yield from self.below()
        yield KeyLine()

    def above(self) -> Sequence[Widget]:
        """What stands above the list."""
        return ()

    def listed(self) -> Sequence[Widget]:
        """The list, and the sentence that stands in its place."""
        return self.list_type(id="list"), Static(self.empty, id="none", markup=False)

    def below(self) -> Sequence[Widget]:
        """What stands below the list."""
        return ()

    async def read_rows(self) -> Sequence[Row]:
        """The rows as they are now."""
        raise NotImplementedError

    def prompt(self, row: Row) -> Content:
        """A row in the words of the screen."""
        raise NotImplementedError

    def key(self, row: Row) -> Hashable:
        """What stays the same of a row whatever becomes of it."""
        return row

    def is_heading(self, row: Row) -> bool:  # noqa: ARG002
        """Whether a row only stands over others and cannot be chosen."""
        return False

    def show_chosen(self) -> None:
        """Another row is chosen, or the same one reads otherwise."""
        self.refresh_bindings()

    def action_choose(self) -> None:
        """What Enter does to the chosen row."""

    def on_mount(self) -> None:
        """Read the rows."""
        self.reread()

    def reread(self) -> None:
        """Read the rows anew."""
        self.read("list", self._load)

    def on_second(self, now: int) -> None:
        """Read anew each minute what tells of ages."""
        if self.has_ages and self.minute_begins(now):
            self.reread()

    async def _load(self) -> None:
        self.show_rows(await self.read_rows())

    @property
    def options(self) -> CalmList:
        """The list."""
        return self.query_one("#list", CalmList)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        place = self.options.highlighted if self.is_mounted else None
        return self.rows[place] if place is not None and place < len(self.rows) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Draw what differs, and keep the cursor where it is."""
        before, self.rows = self.rows, rows
        place = self.options.highlighted
        keys = [self.key(row) for row in rows]
        if self.wanted in keys:
            place, self.wanted = keys.index(self.wanted), None
        if before and keys == [self.key(row) for row in before]:
            for index, (old, new) in enumerate(zip(before, rows, strict=True)):
                if self.has_ages or old != new:
                    self.options.replace_option_prompt_at_index(index, self.prompt(new))
        else:
            self.options.clear_options()
            self.options.add_options(Option(self.prompt(row), disabled=self.is_heading(row)) for row in rows)
            self.options.highlighted = self._nearest(place or 0)
        self.set_class(not rows, "-none")
        self.show_chosen()

    def redraw(self) -> None:
        """Draw every row anew, as it reads in the room and at the time there is."""
        for place, row in enumerate(self.rows):
            self.options.replace_option_prompt_at_index(place, self.prompt(row))

    def on_resize(self) -> None:
        """Let the rows take the room there is."""
        self.redraw()

    def _nearest(self, place: int) -> int | None:
        """The place of the row to choose, on or after a place, or before it where there is none."""
        places = [index for index, row in enumerate(self.rows) if not self.is_heading(row)]
        return next((index for index in places if index >= place), places[-1] if places else None)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.show_chosen()

    @on(OptionList.OptionSelected)
    def _selected(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.action_choose()
