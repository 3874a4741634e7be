"""One person: how long the skin rests, what to ask first, the sessions, the rollers of their own."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rollertrack.deeds.table import PERSON
from rollertrack.domain.text import printable
from rollertrack.errors import BadCode
from rollertrack.services import person_files
from rollertrack.tui.deed_keys import keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import ListScreen
from rollertrack.tui.widgets.content import fields_table
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording import persons as words

Line = str | tuple[str, int, tuple[str, ...]]
"""What stands over others, or a roller's code with its place among those of its kind and its columns."""


class PersonScreen(ListScreen[Line]):
    """A person, read anew whenever something is written and each minute."""

    help = Help(
        "A person",
        "◔ until when no needles touch this skin, ! until when a rest is advised, after which length and "
        "place; both as of now. What stands at Ask first is asked, never judged. Below, the sessions and the "
        "rollers of their own; Enter opens a roller. A scan of a person shows the same in short, and "
        "Enter opens this.",
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
    PersonScreen #head { padding: 0 2; text-style: bold; }
    PersonScreen #facts { height: auto; padding: 0 2; margin-bottom: 1; border-bottom: solid $panel; }
    """

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self._asks = False
        self._is_gone = False

    def on_screen_resume(self, _event: events.ScreenResume) -> None:
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
        self.query_one("#head", Static).update(Content(printable(words.heading(file))))
        self.query_one("#facts", Static).update(fields_table(words.person_lines(file)))
        self._asks = file.policy.ask_span is not None
        sessions = _columns(
            [each.roller for each in file.sessions],
            [words.session_cells(each, file) for each in file.sessions],
        )
        rollers = _columns(
            [each.code for each in file.rollers],
            [words.roller_cells(each, file.now) for each in file.rollers],
        )
        first: list[Line] = [words.SESSIONS, *sessions] if sessions else []
        return [*first, words.ROLLERS, *rollers] if rollers else first

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody is asked where the policy asks for nothing."""
        if parameters == ("ask",) and not self._asks:
            return False
        return super().check_action(action, parameters)

    def is_heading(self, row: Line) -> bool:
        """Whether it stands over others."""
        return isinstance(row, str)

    def key(self, row: Line) -> str:
        """The heading, or the roller and its place."""
        return row if isinstance(row, str) else f"{row[0]} {row[1]}"

    def prompt(self, row: Line) -> Content:
        """A heading, or a line in columns."""
        if isinstance(row, str):
            return Content.styled(row, "bold")
        first, *rest = row[2]
        return Content.assemble((f"  {first}", "bold"), "  ", "  ".join(rest))

    def action_choose(self) -> None:
        """Open the record of the chosen roller."""
        if self.chosen is not None and not isinstance(self.chosen, str):
            self.app.open_record(self.chosen[0])

    def action_label(self) -> None:
        """Print the person's label."""
        self.app.do("label", [self.code])

    def action_deed(self, name: str) -> None:
        """Do a deed to this person."""
        self.app.do(name, self.code)


def _columns(codes: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[Line]:
    """Rows in columns as wide as their widest cell, with the codes of their rollers; an empty column goes."""
    plain = [tuple(printable(cell) for cell in row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*plain, strict=True)]
    return [
        (code, place, tuple(padded(cell, width) for cell, width in zip(row, widths, strict=True) if width))
        for place, (code, row) in enumerate(zip(codes, plain, strict=True))
    ]
