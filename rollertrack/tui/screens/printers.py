"""The printers of this station: where each is, what paper lies in it, whether it could print."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Concatenate

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from rollertrack.deeds.table import BY_NAME, PRINTER, load
from rollertrack.domain.text import printable
from rollertrack.errors import RollerTrackError
from rollertrack.services.labels import printers
from rollertrack.services.labels.printers import PrinterRow
from rollertrack.services.station import Done, Station
from rollertrack.tui.deed_keys import keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen, MendList
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.tui.widgets.words import Words
from rollertrack.wording.printing import printer_facts

_NAME, _PAPER = 16, 10
_EMPTY = (
    "No printer is set yet. ctrl+o shows those of this computer, a adds one by its place: "
    "on the network, or a folder for PDFs."
)
_ASKING = "asking …"
_WITHOUT_ONE = {"add_printer", "find_printer"}


class PrintersScreen(ListScreen[PrinterRow]):
    """A printer a line; what one answered stands below the list."""

    help = Help(
        "Printers",
        "The printers in this station's settings. y sends a test label and says what became of it. i asks "
        "the printer how it stands: ready, out of paper, open, off. Enter mends where it is and what paper "
        "lies in it. Ctrl+O finds what is plugged in. What is changed here is written to the settings file; "
        "its comments stay.",
    )
    CSS_PATH = "printers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*keys_of(PRINTER), BACK]
    where = "printers"
    empty = _EMPTY
    list_type = MendList

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[str, Content] = {}

    def below(self) -> Sequence[Widget]:
        """What the chosen printer answered."""
        return [Words(id="answer")]

    async def read_rows(self) -> Sequence[PrinterRow]:
        """The printers of the settings."""
        return await self.app.backend.run(printers.list_printers)

    def key(self, row: PrinterRow) -> str:
        """Its name."""
        return row.name

    def prompt(self, row: PrinterRow) -> Content:
        """Its name, paper and place."""
        return _row_content(row)

    def show_chosen(self) -> None:
        """Show what the chosen printer answered."""
        row = self.chosen
        answer = self.query_one("#answer", Words)
        answer.display = row is not None
        if row is not None:
            answer.update(self._answers.get(row.name) or _silence(row))
        super().show_chosen()

    def _keep_answer(self, name: str, answer: Content) -> None:
        self._answers[name] = answer
        if self.is_mounted:
            self.show_chosen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a printer is greyed out without one."""
        needs = action == "deed" and not set(parameters) & _WITHOUT_ONE
        return None if needs and not self.rows else super().check_action(action, parameters)

    def action_choose(self) -> None:
        """Mend the chosen one."""
        self.action_deed("edit_printer")

    def action_deed(self, name: str) -> None:
        """Add a printer, or do a deed to the chosen one; what has no form is asked of the printer itself."""
        row, deed = self.chosen, BY_NAME[name]
        if name in _WITHOUT_ONE:
            self.app.do(name)
        elif row is not None and not deed.form:
            self.app.attempt(self._ask, row.name, load(deed.service))
        elif row is not None:
            self._answers.pop(row.name, None)
            self.app.do(name, row.name)

    async def _ask(self, name: str, deed: Callable[Concatenate[Station, ...], Done | str]) -> None:
        self._keep_answer(name, Content.styled(_ASKING, "$foreground 60%"))
        try:
            outcome = await self.app.backend.run_printing(deed, name)
            answer = Content(printable(outcome if isinstance(outcome, str) else outcome.message))
        except RollerTrackError as error:
            answer = Content.styled(f"✗ {printable(error.message)}", "$error")
        self._keep_answer(name, answer)


def _silence(row: PrinterRow) -> Content:
    """What stands below the list before a printer was asked."""
    if row.fault:
        return Content.styled(f"✗ {printable(row.fault)}", "$error")
    return Content.styled("y sends a test label, i asks how it stands.", "$foreground 60%")


def _row_content(row: PrinterRow) -> Content:
    sign = ("✗ ", "bold $error") if row.fault else ("  ", "")
    return Content.assemble(
        sign,
        (padded(row.name, _NAME) + "  ", "bold"),
        (padded(row.paper, _PAPER) + "  ", "$foreground 60%"),
        printable(row.place),
        (printer_facts(row.facts.get("dpi", ""), usual=row.usual), "$foreground 60%"),
    )
