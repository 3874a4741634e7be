"""The printers of this computer as a list to choose from."""

from typing import ClassVar

from rich.text import Text as RichText
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.errors import ours
from rollertrack.services.labels.discovery import Discovered, FoundPrinter, find_printers
from rollertrack.tui.station_app import StationApp
from rollertrack.tui.styled_once import StyledOnce
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import discovery as say
from rollertrack.wording.sentences import capitalised

TYPED = FoundPrinter("", "", "", "")
"""None of those found: its place is typed."""
_TITLE = 34
_INDENT, _TROUBLED = "  ", "✗ "
_NONE = Discovered(())


class FoundPrinters(StyledOnce[FoundPrinter | None], ModalScreen[FoundPrinter | None]):
    """A printer a line; below the list where it is, what paper may lie in it, and what keeps it from use."""

    app = getters.app(StationApp)

    CSS_PATH = "found_printers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", tooltip="Leave without a printer", id="found.leave")
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found = _NONE
        self._is_looking = False

    def compose(self) -> ComposeResult:
        """Title, what was not found, list, what is known of the chosen one, keys."""
        with Vertical(id="found"):
            yield Static(say.TITLE, id="found-title", markup=False)
            yield Words(id="found-note")
            yield OptionList(id="found-list", markup=False, compact=True)
            yield Words(id="found-facts")
            yield Static(say.KEYS, id="found-keys", markup=False)

    def on_mount(self) -> None:
        """Look."""
        self._look()

    @work
    async def _look(self) -> None:
        if self._is_looking:
            return
        self._is_looking = True
        self._show(_NONE, say.LOOKING)
        try:
            found = await self.app.backend.run_printing(find_printers)
        except Exception as error:
            self._show(_NONE, self._told(error))
        else:
            self._show(found, "\n".join(found.notes or (() if found.printers else (say.NOTHING,))))
        finally:
            self._is_looking = False

    def _told(self, error: Exception) -> str:
        self.log.error(repr(error))
        return capitalised(ours(error).message)

    def _show(self, found: Discovered, note: str) -> None:
        self._found = found
        words = self.query_one("#found-note", Words)
        words.update(note)
        words.display = bool(note)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(map(_line, found.printers))
        options.add_options([Option(_INDENT + say.TYPED), Option(_INDENT + say.AGAIN)])
        options.highlighted = 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell what is known of the line under the cursor."""
        facts = (
            say.found_facts(each.place, each.media, each.kept_as, each.trouble)
            for each in self._found.printers
        )
        lines = (*facts, say.TYPED_WHY, say.AGAIN_WHY)
        self.query_one("#found-facts", Words).update(lines[event.option_index])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = [*self._found.printers, TYPED][event.option_index : event.option_index + 1]
        if chosen:
            self.dismiss(chosen[0])
        else:
            self._look()

    def action_leave(self) -> None:
        """Leave without a printer."""
        self.dismiss(None)


def _line(found: FoundPrinter) -> Option:
    line = RichText(no_wrap=True, overflow="ellipsis")
    line.append(_TROUBLED if found.trouble else _INDENT, "bold")
    line.append(f"{padded(found.title, _TITLE)}  ")
    line.append(say.kept_as(found.kept_as) if found.kept_as else found.place, "dim")
    return Option(line)
