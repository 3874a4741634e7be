"""The terminal UI: its themes, its scans, and the one place where an error becomes a dialog."""

import os
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any, ClassVar, ParamSpec

from rich.text import Text
from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker

from rollertrack.domain.rows import Overview
from rollertrack.errors import DEBUG_VARIABLE, StoreFailed
from rollertrack.scanner.slow_scans import PAUSE
from rollertrack.services import lists, records
from rollertrack.services.backend import Backend
from rollertrack.services.lists import Opening
from rollertrack.services.station import Done
from rollertrack.tui import commands, palette
from rollertrack.tui.change_watcher import Changes, ChangeWatcher
from rollertrack.tui.contract import Touchable, Unexpected, ours
from rollertrack.tui.deed_table import SCREENS, STATION_DEEDS
from rollertrack.tui.dialogs.confirm import ConfirmDialog
from rollertrack.tui.dialogs.error import ErrorDialog
from rollertrack.tui.host import Work
from rollertrack.tui.live import Live
from rollertrack.tui.printing import print_deeds
from rollertrack.tui.printing.print_runner import PrintRunner
from rollertrack.tui.scanning.scan_flow import ScanFlow
from rollertrack.tui.scanning.scan_input import ScanAwaited, ScanInput, Scanned, ScanTyped, ScanUnreadable
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.tui.screens import catalogue
from rollertrack.tui.terminal_driver import TerminalApp
from rollertrack.tui.terminal_filter import PrintableApp
from rollertrack.tui.widgets.content import operator_texts
from rollertrack.tui.widgets.status_line import Situation, StatusLine
from rollertrack.wording.printable import printable
from rollertrack.wording.printing import printing_texts
from rollertrack.wording.records import soaks_over_text, typed_code_text

P = ParamSpec("P")

_SECOND = 1.0
_FIRST_ROWS = 128
_WARNING_SECONDS = 6.0
_PREFIX_SECONDS = 5.0
_PATIENCE = 10
_NO_ANSWER = "The database does not answer. Use no roller until it does."


class RollerTrackApp(ScanInput, TerminalApp[None], PrintableApp[None]):
    """RollerTrack in the terminal; every deed and every read goes through the backend."""

    TITLE = "RollerTrack"
    NOTIFICATION_TIMEOUT = 3.0
    # Over the line of keys, one row high: nothing that must be read or pressed stands there.
    CSS = """
    ToastRack { margin-bottom: 0; }
    ToastHolder { align-horizontal: left; }
    Toast { width: auto; max-width: 100%; margin-top: 0; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(row.key, f"do('{row.name}')", row.label, show=row.in_footer, id=f"deed.{row.name}",
                    tooltip=row.does)
            for row in STATION_DEEDS if row.key
        ),
        *(
            Binding(row.key, f"open('{row.name}')", row.label, show=row.in_footer, id=f"screen.{row.name}",
                    tooltip=row.does)
            for row in SCREENS if row.key
        ),
        Binding("ctrl+p", "command_palette", "all", id="app.palette", priority=True, tooltip="Every command"),
        Binding("ctrl+q", "quit", "leave", show=False, id="app.quit", priority=True,
                tooltip="Leave RollerTrack"),
        Binding("question_mark", "explain", "help", key_display="?", id="app.help",
                tooltip="Explain what is focused"),
    ]  # fmt: skip

    def __init__(
        self, backend: Backend, clock: Callable[[], int], theme_name: str | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.backend = backend
        self.clock = clock
        self.overview: Overview | None = None
        self.on_sample: Callable[[], Awaitable[None]] | None = None
        self.is_sample = False
        self._theme_name = theme_name
        self._watcher = ChangeWatcher(backend, clock)
        self._scans = ScanFlow(backend, clock, self._show_result, self.wrote)
        self.printing = PrintRunner(backend, self._follow_printing, partial(print_deeds.tell_ending, self))
        self._trouble = ""
        self._is_checking = False
        self._waited = 0
        self._is_printing = False
        self._busy: set[Screen[Any]] = set()
        self._operator_label: tuple[str, str] = ("", "")

    @property
    def operator(self) -> str | None:
        """The code of who works here now."""
        return self.backend.operator

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The verdict colours, also for themes that are not ours."""
        return palette.variables(self.current_theme.dark)

    async def on_mount(self) -> None:
        """Put the themes on, show the bench, start the clock."""
        for theme in palette.THEMES:
            self.register_theme(theme)
        chosen = self._theme_name or palette.DARK.name
        self.theme = chosen if chosen in self.available_themes else palette.DARK.name
        await self.push_screen(catalogue.bench(await self._first_rows()))
        self.set_interval(_SECOND, self.on_second)
        self.on_second()
        self.attempt(print_deeds.tell_left_over, self)

    async def _first_rows(self) -> Opening | None:
        """The rows the first screen opens with: to draw it empty first would cost a second painting."""
        try:
            return await self.backend.run(lists.opening, _FIRST_ROWS)
        except Exception:  # the screen reads on its own and tells what is wrong
            return None

    def on_unmount(self) -> None:
        """Close the stores; a deed under way is finished first."""
        self.backend.close()

    async def on_event(self, event: events.Event) -> None:
        """What goes wrong in a key's action becomes a dialog too."""
        try:
            await super().on_event(event)
        except Exception as error:
            self.show_error(error)

    def _fatal_error(self) -> None:
        """Leave with one sentence; Textual's own last words are a traceback.

        It offers no public place for this. A widget that failed while it was drawn cannot go on.
        """
        if DEBUG_VARIABLE in os.environ or self._exception is None:
            super()._fatal_error()
        else:
            sentence = Unexpected(self._exception).message
            self._exit_renderables.append(Text(printable(sentence) + f" ({DEBUG_VARIABLE}=1 shows where.)"))
            self._close_messages_no_wait()

    def attempt(self, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do work off the message queue; what goes wrong becomes a dialog."""
        guarded: Work = partial(self.guard, partial(work, *args, **kwargs))
        _: Worker[None] = self.run_worker(guarded, exit_on_error=False)

    async def guard(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do work here and now; what goes wrong becomes a dialog."""
        try:
            await work()
        except Exception as error:
            self.show_error(error)

    def show_error(self, error: Exception) -> None:
        """Say in a dialog what went wrong and what to do; the program goes on."""
        self.log.error(repr(error))
        if not self.is_running:
            return
        ended = ours(error)
        if not any(isinstance(each, ErrorDialog) and each.says(ended.message) for each in self.screen_stack):
            self.push_screen(ErrorDialog(ended.title, ended.message))

    def tell_unread(self, error: Exception) -> None:
        """Say that a read failed, unless it is said already that nothing can be read."""
        if not self._trouble:
            self.show_error(error)

    def do(self, deed: str, *args: object) -> None:
        """Do a deed of `tui.deeds` by its name."""
        from rollertrack.tui import deeds

        self.do_with(getattr(deeds, deed), *args)

    def do_with(self, deed: Callable[..., Awaitable[object]], *args: object) -> None:
        """Do a deed, one at a time on each screen: a key pressed twice asks once."""
        screen = self.screen
        if screen not in self._busy:
            self.clear_notifications()
            self._busy.add(screen)
            self.attempt(self._do, screen, deed, args)

    async def _do(
        self, screen: Screen[Any], deed: Callable[..., Awaitable[object]], args: tuple[object, ...]
    ) -> None:
        try:
            await deed(self, *args)
        finally:
            self._busy.discard(screen)

    def changed(self, done: Done) -> None:
        """Say what was done, and have everything that shows it read again."""
        self.notify(done.message, markup=False)
        for warning in done.warnings:
            self.notify(warning, severity="warning", timeout=_WARNING_SECONDS, markup=False)
        self.wrote(done)

    def wrote(self, done: Done) -> None:
        """Have everything that shows what was done read again."""
        for screen in self._live_screens():
            screen.follow(done)
        self.attempt(self._check_changes, certain=True)

    def print_batch(self, batch: int) -> None:
        """Print what waits of a batch of the queue, in the background, and tell the outcome."""
        self.attempt(self.printing.run, batch)

    def _follow_printing(self) -> None:
        is_printing = self.printing.progress is not None
        if is_printing is not self._is_printing:  # the seconds keep the count
            self._is_printing = is_printing
            self.show_status()
        for screen in self._live_screens():
            screen.follow_printing()

    def on_second(self) -> None:
        """A second has passed."""
        if self.is_running:
            self.attempt(self._on_second)

    async def _on_second(self) -> None:
        now = self.clock()
        for screen in self._live_screens():
            screen.on_second(now)
        self.show_status()
        self._waited = self._waited + 1 if self._is_checking else 0
        if not self._is_checking:
            await self._check_changes()
        elif self._waited >= _PATIENCE:
            self._show_unreadable(StoreFailed(_NO_ANSWER))

    async def _check_changes(self, *, certain: bool = False) -> None:
        self._is_checking = True
        try:
            changes = await self._watcher.changes(certain=certain)
        except Exception as error:
            self._show_unreadable(error)
        else:
            if self._trouble:
                self._trouble = ""
                self.attempt(self._check_changes, certain=True)
            if changes is not None:
                self._spread(changes)
        finally:
            self._is_checking = False

    def _show_unreadable(self, error: Exception) -> None:
        """Say once that the record cannot be read; the status line goes on saying it."""
        if not self._trouble:
            self.show_error(error)
        self._trouble = "✗ the record cannot be read"
        for screen in self._live_screens():
            screen.show_unreadable()
        self.show_status()

    def _spread(self, changes: Changes) -> None:
        self.overview = changes.overview
        for screen in self._live_screens():
            screen.show_overview(changes.overview)
            if changes.written:
                screen.reread()
        self.show_status()
        if changes.news:
            self.show_error(StoreFailed(changes.news))
        if changes.finished:
            self.bell()
            self.notify(soaks_over_text(changes.finished), markup=False)

    def _live_screens(self) -> list[Live]:
        return [screen for screen in self.screen_stack if isinstance(screen, Live) and screen.is_mounted]

    def show_status(self) -> None:
        """Tell every top line how things stand."""
        self._learn_operator()
        who = operator_texts(*self._operator_label) if self.operator else ()
        situation = Situation(
            self.overview, self.clock(), who, self._trouble, self.is_sample,
            printing_texts(self.printing.progress, stopping=self.printing.is_stopping),
        )  # fmt: skip
        for screen in self.screen_stack:
            for line in screen.query(StatusLine):
                line.show(situation)

    def _learn_operator(self) -> None:
        if self.operator and self.operator != self._operator_label[0]:
            self._operator_label = (self.operator, "")
            self.attempt(self._name_operator, self.operator)

    async def _name_operator(self, code: str) -> None:
        self._operator_label = (code, (await self.backend.run(records.identify, code)).label)
        self.show_status()

    def on_scanned(self, scan: Scanned) -> None:
        """A scan, from anywhere."""
        self.attempt(self._scans.take, scan.text, at_speed=scan.at_speed)

    def on_scan_unreadable(self, scan: ScanUnreadable) -> None:
        """A scan that holds no valid code: a STOP with the nearest codes."""
        self.attempt(self._scans.take, scan.text)

    def on_scan_awaited(self, scan: ScanAwaited) -> None:
        """The prefix key was pressed: say that a scan is awaited, until it is no longer."""
        self.clear_notifications()
        if scan.waiting:
            self.notify("Waiting for a scan; Esc leaves.", timeout=_PREFIX_SECONDS, markup=False)

    def on_scan_typed(self, scan: ScanTyped) -> None:
        """Letters of a code come by hand, where no field shows them: show them as they come."""
        self.clear_notifications()
        if scan.letters:
            self.notify(typed_code_text(scan.letters), timeout=PAUSE, markup=False)

    def on_scan_flooded(self) -> None:
        """More came at once than anybody types: say that it is not all there."""
        self.notify("Too much came at once; the rest was left out.", severity="warning", markup=False)

    async def _show_result(self, result: ScanResult) -> None:
        self.clear_notifications()
        screen = self.screen
        if (show := getattr(screen, "show_result", None)) is not None:
            show(result)
        else:
            await self.push_screen(catalogue.verdict(result))
        self.show_status()

    async def ask_gate(self, result: ScanResult) -> ScanResult:
        """A card of a roller as it is now."""
        return await self._scans.gate.ask_again(result)

    def forget_scans(self) -> None:
        """Drop the scans that wait for their other half."""
        self._scans.session.forget()

    def open_record(self, code: str) -> None:
        """Show the record of a roller."""
        self.clear_notifications()
        self.push_screen(catalogue.record(code))

    def action_do(self, deed: str) -> None:
        """Do a deed that needs no roller."""
        self.do(deed)

    def action_open(self, name: str) -> None:
        """Show a screen, unless it shows already."""
        wanted = catalogue.BY_NAME[name]()
        if type(wanted) is not type(self.screen):
            self.clear_notifications()
            self.push_screen(wanted)

    async def action_quit(self) -> None:
        """Leave; asks first where a form holds something typed."""
        if not any(isinstance(screen, Touchable) and screen.is_touched for screen in self.screen_stack):
            self.exit()
        elif not isinstance(self.screen, ConfirmDialog):
            self.attempt(self._ask_to_leave)

    async def _ask_to_leave(self) -> None:
        message = "Leave, and forget what you typed in the form?"
        if await self.push_screen_wait(ConfirmDialog("Leave RollerTrack", message, yes="Leave", no="Stay")):
            self.exit()

    def action_explain(self) -> None:
        """Explain what is focused."""
        self.push_screen(catalogue.help_on(self.screen))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every deed and every screen, for the command palette."""
        yield from commands.of(self, screen)
