"""One person: how long the skin rests, what to ask first, the sessions, the rollers of their own."""

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rollertrack.deeds.table import PERSON
from rollertrack.domain.person_file import OwnRoller, PersonFile, SessionLine
from rollertrack.domain.text import printable
from rollertrack.errors import BadCode
from rollertrack.services import person_files
from rollertrack.tui.deed_keys import commands, keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import ListScreen
from rollertrack.tui.widgets.content import fields_table
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording import persons as words

Line = str | SessionLine | OwnRoller
"""What stands over others, a session, a roller of their own."""
_DETAIL = 40
_MARGINS, _GAP, _LEAST = 5, 2, 6
_NAME = 1


class PersonScreen(ListScreen[Line]):
    """A person, read anew whenever something is written and each minute."""

    help = Help(
        "A person",
        "◔ until when no needles touch this skin, ! until when a rest is advised, after which length and "
        "place; both as of now. What stands at Ask first is asked, never judged. Below, the sessions and the "
        "rollers of their own, in a wide window with all of the chosen one beside them; Enter opens a "
        "roller. A scan of a person shows the same in short, and Enter opens this.",
    )
    where = "person"
    empty = "No session and no roller is on record yet; esc goes back."
    has_ages = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(PERSON),
        Binding("ctrl+l", "label", "label", id="person.label", tooltip="Print the person's label"),
        Binding("escape", "back", "back", id="person.back", tooltip="Go back"),
    ]
    DEFAULT_CSS = """
    PersonScreen {
        #head { padding: 0 2; text-style: bold; }
        #facts { height: auto; padding: 0 2; margin-bottom: 1; border-bottom: solid $panel; }
        #list { width: 1fr; }
        #detail { display: none; width: 40; height: 1fr; padding: 0 2; border-left: solid $panel; }
        &.-wide #detail { display: block; }
    }
    """

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self._file: PersonFile | None = None
        self._widths: dict[type[Line], list[int]] = {}
        self._is_gone = False

    def listed(self) -> Sequence[Widget]:
        """The list, beside it all of the chosen line."""
        return [Horizontal(*super().listed(), Static(id="detail", markup=False))]

    def on_screen_resume(self) -> None:
        """Leave, if the person went while another screen stood above."""
        self._leave_if_gone()

    def _leave_if_gone(self) -> None:
        if self._is_gone and self.is_current:
            self.action_back()

    def above(self) -> Sequence[Widget]:
        """What is known of them."""
        return [Static(id="head", markup=False), Static(id="facts", markup=False)]

    async def read_rows(self) -> Sequence[Line]:
        """Sessions, then rollers."""
        try:
            file = await self.app.backend.run(person_files.show_person, self.code)
        except BadCode:
            # The registration was undone: there is no such person any more.
            self._is_gone = True
            self._leave_if_gone()
            return []
        self._file = file
        self.query_one("#head", Static).update(Content(printable(words.heading(file))))
        self.query_one("#facts", Static).update(fields_table(words.person_lines(file)))
        self._fit(file)
        first: list[Line] = [words.SESSIONS, *file.sessions] if file.sessions else []
        return [*first, words.ROLLERS, *file.rollers] if file.rollers else first

    def _fit(self, file: PersonFile) -> None:
        """Give each column the room it needs; where there is none, what is long is cut, a lot last."""
        room = self.app.size.width - _MARGINS - (0 if self.is_narrow else _DETAIL)
        sessions = [words.session_cells(each, file) for each in file.sessions]
        last = len(sessions[0]) - 1 if sessions else 0
        rollers = [words.roller_cells(each, file.now) for each in file.rollers]
        self._widths = {
            SessionLine: _widths(sessions, room, range(words.FIXED_CELLS, last), [last]),
            OwnRoller: _widths(rollers, room, [_NAME]),
        }

    def on_resize(self) -> None:
        """Let the columns take the room there is."""
        if self._file is not None:
            self._fit(self._file)

    @property
    def _asks(self) -> bool:
        return self._file is not None and self._file.policy.ask_span is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody is asked where the policy asks for nothing."""
        if parameters == ("ask",) and not self._asks:
            return False
        return super().check_action(action, parameters)

    def own_commands(self) -> Iterable[SystemCommand]:
        """The deeds to this person."""
        return commands(self.action_deed, PERSON, to=self.code, without=() if self._asks else ("ask",))

    def is_heading(self, row: Line) -> bool:
        """Whether it stands over others."""
        return isinstance(row, str)

    def key(self, row: Line) -> Hashable:
        """The heading, the roller, or the session by its time and its roller."""
        match row:
            case SessionLine():
                return row.at, row.roller
            case OwnRoller():
                return row.code
        return row

    def prompt(self, row: Line) -> Content:
        """A heading, or a line in columns."""
        if isinstance(row, str) or self._file is None:
            return Content.styled(str(row), "bold")
        widths = self._widths[type(row)]
        cells = zip(self._cells(row, self._file), widths, strict=True)
        first, *rest = [padded(cell, width) for cell, width in cells if width]
        return Content.assemble((f"  {first}", "bold"), "  ", "  ".join(rest))

    def _cells(self, row: SessionLine | OwnRoller, file: PersonFile) -> tuple[str, ...]:
        if isinstance(row, SessionLine):
            return words.session_cells(row, file)
        return words.roller_cells(row, file.now)

    def show_chosen(self) -> None:
        """Tell all of the chosen line."""
        super().show_chosen()
        row, file = self.chosen, self._file
        told: Sequence[words.Field] = ()
        if file is not None and isinstance(row, SessionLine):
            told = words.session_fields(row, file)
        elif file is not None and isinstance(row, OwnRoller):
            told = words.roller_fields(row, file.now)
        self.query_one("#detail", Static).update(fields_table(told))

    def action_choose(self) -> None:
        """Open the record of the chosen roller."""
        match self.chosen:
            case SessionLine(roller=code) | OwnRoller(code=code):
                self.app.open_record(code)

    def action_label(self) -> None:
        """Print the person's label."""
        self.app.do("label", [self.code])

    def action_deed(self, name: str) -> None:
        """Do a deed to this person."""
        self.app.do(name, self.code)


def _widths(rows: Sequence[Sequence[str]], room: int, *yielding: Sequence[int]) -> list[int]:
    """The cells of each column, as many as its widest text takes, 0 for an empty one.

    Of those `yielding` the widest is cut first, the first group before the next.
    """
    widths = [max(cell_len(printable(cell)) for cell in column) for column in zip(*rows, strict=True)]
    for group in yielding:
        while sum(width + _GAP for width in widths if width) - _GAP > room:
            widest = max(group, key=widths.__getitem__, default=None)
            if widest is None or widths[widest] <= _LEAST:
                break
            widths[widest] -= 1
    return widths
