"""The printers of this station: where each is, what paper lies in it, whether it could print."""

from collections.abc import Callable
from typing import ClassVar, Concatenate

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.errors import RollerTrackError
from rollertrack.services.labels import printer_trials, printers
from rollertrack.services.labels.printer_trials import printer_status
from rollertrack.services.labels.printers import PrinterRow
from rollertrack.services.station import Station
from rollertrack.tui.helping import Help
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets.calm_list import MendList
from rollertrack.tui.widgets.key_line import KeyLine
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.tui.widgets.status_line import StatusLine
from rollertrack.wording.printable import printable

_NAME, _PAPER = 16, 10
_EMPTY = (
    "No printer is set yet. a adds one: a label printer, any printer of this computer, or a folder for PDFs."
)
_ASKING = "asking …"


class PrintersScreen(LiveScreen):
    """A printer a line; what one answered stands below the list."""

    help = Help(
        "Printers",
        "The printers in this station's settings. y sends a test label and says what became of it. i asks "
        "the printer how it stands: ready, out of paper, open, off. Enter mends where it is and what paper "
        "lies in it. What is changed here is written to the settings file; its comments stay.",
    )
    CSS_PATH = "printers.tcss"
    AUTO_FOCUS = "CalmList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", id="printers.add", tooltip="Add a printer"),
        Binding("y", "test", "test", id="printers.test", tooltip="Send it a test label"),
        Binding("i", "stand", "ask", id="printers.stand", tooltip="Ask it whether it could print"),
        Binding("x", "remove", "remove", id="printers.remove", tooltip="Remove it from the settings"),
        Binding("escape", "back", "back", id="printers.back", tooltip="Go back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[PrinterRow, ...] = ()
        self._answers: dict[str, Content] = {}

    def compose(self) -> ComposeResult:
        """The list, and what the chosen printer answered."""
        yield StatusLine("printers")
        yield MendList(id="list")
        yield Static(_EMPTY, id="none", markup=False)
        yield Static("", id="answer", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the settings."""
        self.reread()

    @property
    def chosen(self) -> PrinterRow | None:
        """The printer under the cursor."""
        place = self.query_one("#list", MendList).highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def reread(self) -> None:
        """Read the settings anew."""
        self.read("printers", self._load)

    async def _load(self) -> None:
        self._rows = await self.host.backend.run(printers.list_printers)
        options = self.query_one("#list", MendList)
        place = options.highlighted
        options.clear_options()
        options.add_options(Option(_told(row)) for row in self._rows)
        if self._rows:
            options.highlighted = min(place or 0, len(self._rows) - 1)
        self.set_class(not self._rows, "-none")
        self._show_answer()

    @on(OptionList.OptionHighlighted)
    def _show_answer(self) -> None:
        row = self.chosen
        answer = self.query_one("#answer", Static)
        answer.display = row is not None
        if row is not None:
            answer.update(self._answers.get(row.name) or _silence(row))
        self.refresh_bindings()

    def _keep_answer(self, name: str, answer: Content) -> None:
        self._answers[name] = answer
        if self.is_mounted:
            self._show_answer()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a printer is greyed out without one."""
        needs = action in {"test", "stand", "remove"}
        return None if needs and not self._rows else super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def _selected(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.action_mend()

    def action_add(self) -> None:
        """Add a printer."""
        self.host.do("add_printer")

    def action_mend(self) -> None:
        """Mend the chosen one."""
        if self.chosen:
            self._answers.pop(self.chosen.name, None)
            self.host.do("edit_printer", self.chosen.name)

    def action_remove(self) -> None:
        """Remove the chosen one."""
        if self.chosen:
            self.host.do("remove_printer", self.chosen)

    def action_stand(self) -> None:
        """Ask the chosen one how it stands."""
        self._ask(printer_status)

    def action_test(self) -> None:
        """Send the chosen one a test label."""
        self._ask(_test)

    def _ask(self, deed: Callable[Concatenate[Station, ...], str]) -> None:
        if self.chosen:
            self.host.attempt(self._asked, self.chosen.name, deed)

    async def _asked(self, name: str, deed: Callable[Concatenate[Station, ...], str]) -> None:
        self._keep_answer(name, Content.styled(_ASKING, "$foreground 60%"))
        try:
            told = Content(printable(await self.host.backend.run_printing(deed, name)))
        except RollerTrackError as error:
            told = Content.styled(f"✗ {printable(error.message)}", "$error")
        self._keep_answer(name, told)


def _test(station: Station, name: str) -> str:
    return printer_trials.test_print(station, name).message


def _silence(row: PrinterRow) -> Content:
    """What stands below the list before a printer was asked."""
    if row.fault:
        return Content.styled(f"✗ {printable(row.fault)}", "$error")
    return Content.styled("y sends a test label, i asks how it stands.", "$foreground 60%")


def _told(row: PrinterRow) -> Content:
    name, paper = cut(row.name, _NAME), cut(row.paper, _PAPER)
    more = [f"{row.facts['dpi']} dpi" if "dpi" in row.facts else "", "usual" if row.usual else ""]
    sign = ("✗ ", "bold $error") if row.fault else ("  ", "")
    return Content.assemble(
        sign,
        (name + " " * (_NAME - cell_len(name) + 2), "bold"),
        (paper + " " * (_PAPER - cell_len(paper) + 2), "$foreground 60%"),
        printable(row.place),
        ("".join(f" · {each}" for each in more if each), "$foreground 60%"),
    )
