"""The pages for phones, served from the terminal UI: where they are, and how a phone pairs with them."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text as RichText
from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from rollertrack.services.phones import begin_pairing
from rollertrack.tui.station_app import PhonePages, StationApp
from rollertrack.tui.styled_once import StyledOnce
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import phones as words

_INK_ON_PAPER = "#000000 on #ffffff"


class PhonesScreen(StyledOnce[bool], ModalScreen[bool]):
    """Where the pages are, as a code to scan; True when they are to be stopped."""

    app = getters.app(StationApp)
    DEFAULT_CSS = """
    PhonesScreen {
        align: center middle;
        background: $background 60%;
        #phones {
            width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 2;
            background: $background; border: round $primary 50%;
        }
        #phones-title { text-style: bold; color: $primary; }
        #phones-code { width: auto; }
        &.-low #phones { border: none; }
        &.-low #phones-title, &.-low #phones-notes { display: none; }
        #phones-notes { color: $foreground 60%; }
        #phones-foot { height: 1; align-horizontal: right; }
        #phones-foot Button { width: auto; margin-left: 2; background: $foreground 7%; }
        #phones-foot Button:focus { background: $primary; color: $background; text-style: bold; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 - Textual declares it for instances
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "pair", "Pair", tooltip="Show a code that pairs one phone", id="phones.pair"),
        Binding("x", "stop", "Stop", tooltip="Serve the pages no more", id="phones.stop"),
        Binding("escape,q", "leave", "Leave", tooltip="Go back; the pages stay", id="phones.leave"),
    ]

    def __init__(self, pages: PhonePages, notes: Sequence[str]) -> None:
        super().__init__()
        self._pages = pages
        self._notes = notes

    def compose(self) -> ComposeResult:
        """Title, code, address, notes, keys."""
        with Vertical(id="phones"):
            yield Words(words.TERMINAL_TITLE, id="phones-title")
            yield Static(id="phones-code", markup=False)
            yield Words(id="phones-address")
            yield Words("\n".join(self._notes), id="phones-notes")
            with Horizontal(id="phones-foot"):
                yield Button("a  Pair a phone", id="phones-pair", compact=True)
                yield Button("x  Stop", id="phones-stop", compact=True)
                yield Button("esc  Leave", id="phones-leave", compact=True)

    def on_mount(self) -> None:
        """Show where the pages are."""
        self._show(self._pages.address, words.opens_at(self._pages.address))

    def _show(self, text: str, told: str) -> None:
        lines = self._pages.code_lines(text)
        self.query_one("#phones-code", Static).update(RichText("\n".join(lines), _INK_ON_PAPER))
        self.query_one("#phones-address", Words).update(told)

    @work(exclusive=True)
    async def action_pair(self) -> None:
        """Show a code that pairs one phone, for who works here."""
        operator = self.app.operator
        try:
            found = await self.app.backend.run(begin_pairing, operator=operator)
        except Exception as error:
            self.app.show_error(error)
            return
        address = f"{self._pages.address}/pair/{found.code}"
        self._show(address, "\n".join(words.pair_lines(address, found.ends_at, operator)))

    def action_stop(self) -> None:
        """Serve the pages no more."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Go back; the pages stay."""
        self.dismiss(False)

    def on_button_pressed(self, pressed: Button.Pressed) -> None:
        """Do what the button says."""
        if pressed.button.id == "phones-pair":
            self.action_pair()
        else:
            self.dismiss(pressed.button.id == "phones-stop")
