"""The terminal UI: its themes, its keys, its scans, and the one place where a fault becomes a dialog."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from rollertrack.deeds.table import BY_NAME, PRODUCT, STATION, load
from rollertrack.scanner.slow_scans import PAUSE, is_box_alone
from rollertrack.services import lists
from rollertrack.services.backend import Backend
from rollertrack.services.lists import Opening
from rollertrack.tui import palette
from rollertrack.tui.deed_keys import commands, keys_of
from rollertrack.tui.scanning.scan_input import (
    ScanAwaited,
    ScanInput,
    Scanned,
    ScanTyped,
    ScanUnreadable,
)
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.station_app import StationApp
from rollertrack.tui.textual_private import TerminalApp
from rollertrack.wording import scans

_SECOND = 1.0
_FIRST_ROWS = 128
_PREFIX_SECONDS = 5.0


class RollerTrackApp(ScanInput, TerminalApp[None], StationApp):
    """RollerTrack in the terminal; every deed and every read goes through the backend."""

    TITLE = "RollerTrack"
    NOTIFICATION_TIMEOUT = 3.0
    # Read at the start: a style read when its screen opens has every style read and laid on again.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/bench.tcss", "screens/verdict.tcss"]
    # What is told has lines of its own above the keys, and none while nothing is: it covers nothing.
    CSS = """
    ToastRack { layer: default; dock: bottom; max-height: 50%; margin-bottom: 0; scrollbar-size: 0 0; }
    ToastHolder { align-horizontal: left; }
    Toast { width: 1fr; max-width: 100%; margin-top: 0; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(STATION),
        Binding("ctrl+p", "command_palette", "all", id="app.palette", priority=True, tooltip="Every command"),
        Binding("ctrl+q", "quit", "leave", show=False, id="app.quit", priority=True,
                tooltip="Leave RollerTrack"),
        Binding("question_mark", "explain", "help", key_display="?", id="app.help",
                tooltip="Explain what is focused"),
    ]  # fmt: skip

    def __init__(
        self,
        backend: Backend,
        clock: Callable[[], int],
        theme_name: str | None = None,
        keep_theme: Callable[[str], None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(backend, clock, **options)
        self._keep_theme = keep_theme
        # Before the first style is read: a theme put on later has every style read and laid on again.
        for theme in palette.THEMES:
            self.register_theme(theme)
        chosen = theme_name or palette.DARK.name
        self.theme = chosen if chosen in self.available_themes else palette.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The verdict colours, also for themes that are not ours."""
        return palette.variables(self.current_theme.dark)

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is spelled everywhere: ctrl+n, and no caret that would be read as a key of its own."""
        if "ctrl" in binding.parse_key()[0] and not binding.key_display:
            return binding.key
        return super().get_key_display(binding)

    def clear_notifications(self) -> None:
        """Take away what was told, with the lines it stood in: the toolkit would leave those, blank."""
        super().clear_notifications()
        self.screen.query("ToastHolder").remove()

    async def on_mount(self) -> None:
        """Show the bench, start the clock."""
        await self.push_screen(load(BY_NAME["list"].screen)(await self._first_rows()))
        self.theme_changed_signal.subscribe(self, self._theme_chosen)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Start the clock, and ask what the first picture did not wait for."""
        self.set_interval(_SECOND, self.on_second)
        self.on_second()
        self.attempt(self.tell_left_over)
        self.attempt(self.learn_products)

    def _theme_chosen(self, theme: Theme) -> None:
        """Let the theme stay for the next start; where it cannot be written, say so and go on."""
        if self._keep_theme is not None:
            self.attempt(asyncio.to_thread, self._keep_theme, theme.name)

    async def _first_rows(self) -> Opening | None:
        """The rows the first screen opens with: to draw it empty first would cost a second painting."""
        try:
            return await self.backend.run(lists.opening, _FIRST_ROWS)
        except Exception:  # the screen reads on its own and tells what is wrong
            return None

    async def on_event(self, event: events.Event) -> None:
        """What goes wrong in a key's action becomes a dialog too."""
        try:
            await super().on_event(event)
        except Exception as error:
            self.show_error(error)

    def on_scanned(self, scan: Scanned) -> None:
        """A scan, from anywhere: for what the screen in sight asks for, else for the gate."""
        if not self.top_takes_scan(scan.text, scan.code):
            self.attempt(self.scans.take, scan.text, at_speed=scan.at_speed)

    def on_scan_unreadable(self, scan: ScanUnreadable) -> None:
        """A scan that holds no valid code: a maker's box, or a STOP with the nearest codes."""
        if self.top_takes_scan(scan.text):
            return
        if is_box_alone(scan.text):
            self.attempt(self.take_box, scan.text)
        else:
            self.attempt(self.scans.take, scan.text)

    def on_scan_awaited(self, scan: ScanAwaited) -> None:
        """The prefix key was pressed: say that a scan is awaited, until it is no longer."""
        self.clear_notifications()
        if scan.waiting:
            self.notify(scans.SCAN_AWAITED, timeout=_PREFIX_SECONDS, markup=False)

    def on_scan_typed(self, scan: ScanTyped) -> None:
        """Letters of a code come by hand, where no field shows them: show them as they come."""
        self.clear_notifications()
        if scan.letters:
            self.notify(scans.typed_code_text(scan.letters), timeout=PAUSE, markup=False)

    def on_scan_flooded(self) -> None:
        """More came at once than anybody types: say that it is not all there."""
        self.notify(scans.FLOODED, severity="warning", markup=False)

    def action_deed(self, name: str) -> None:
        """Do a deed that needs no roller, or show its screen."""
        if BY_NAME[name].screen:
            self.open_screen(name)
        else:
            self.do(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing of stock is offered where nothing is bought by product."""
        if action == "deed" and parameters == ("stock",):
            return self.has_products
        return super().check_action(action, parameters)

    def action_explain(self) -> None:
        """Explain what is focused."""
        from rollertrack.tui.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every deed and every screen, for the command palette; deeds to what is in sight first."""
        if isinstance(screen, LiveScreen):
            yield from screen.own_commands()
        yield from commands(self.action_deed, STATION, without=() if self.has_products else ("stock",))
        if self.has_products:
            yield from commands(self.action_deed, PRODUCT, without=("order", "edit_product"))
        yield SystemCommand("Help", "Explain what is focused  (?)", self.action_explain)
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        yield SystemCommand("Quit", "Leave RollerTrack  (ctrl+q)", self.action_quit)
