"""The app as its screens and forms see it: deeds by name, errors as dialogs, screens kept up to date."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any, ParamSpec, Protocol

from textual.app import App
from textual.screen import Screen
from textual.worker import Worker

from rollertrack.deeds.table import BY_NAME, load
from rollertrack.errors import RollerTrackError, StoreFailed, ours
from rollertrack.services import codes
from rollertrack.services.backend import Backend
from rollertrack.services.station import Done
from rollertrack.tui.dialogs import ConfirmDialog, ErrorDialog, LiveQuestion, Question
from rollertrack.tui.live import Changes, ChangeWatcher, Live
from rollertrack.tui.print_runner import PrintRunner
from rollertrack.tui.scanning.scan_flow import ScanFlow
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.tui.widgets.lines import Situation, StatusLine, operator_texts
from rollertrack.wording.previews import FORGET_FORM, HOW_TO_LEAVE, LEAVE, LEAVE_PHONES

P = ParamSpec("P")
Work = Callable[[], Coroutine[Any, Any, None]]

_WARNING_SECONDS = 6.0
_PRINTED_SECONDS = 6.0
_PATIENCE = 10
_NO_ANSWER = "The database does not answer. Use no roller until it does."


class PhonePages(Protocol):
    """The server of the pages, on a thread of its own."""

    address: str
    """Where phones find the pages; empty while they are not served."""

    def start(self) -> Sequence[str]:
        """Begin to answer; what keeps phones from finding it. BadInput where it cannot."""

    def stop(self) -> None:
        """Answer no more, once what is under way is answered."""

    @property
    def texts(self) -> tuple[str, ...]:
        """That the pages are served, for the top line, the longest first."""

    def code_lines(self, text: str) -> Sequence[str]:
        """A text as a code for a phone's camera, two modules above each other in a character."""


class StationApp(App[None]):
    """Does deeds, tells what came of them, and lets every screen follow the record and the clock."""

    def __init__(self, backend: Backend, clock: Callable[[], int], **options: Any) -> None:
        super().__init__(**options)
        self.backend = backend
        self.clock = clock
        self.on_sample: Callable[[], Awaitable[None]] | None = None
        self.is_sample = False
        self.opening_on: Screen[Any] | None = None
        self.checkup: Callable[[], Sequence[Any]] = tuple
        """Looks at everything that the station needs, a check of the doctor each; as wiring knows to."""
        self.phones: PhonePages | None = None
        """What serves the pages for phones; as wiring knows to."""
        self.wants_labels = False
        """Whether labels were wanted with the rollers registered last."""
        self.has_products = False
        """Whether anything is bought by product here: nothing of stock is shown before."""
        self.scans = ScanFlow(backend, clock, self._show_result, self.wrote)
        self.printing = PrintRunner(backend, self._follow_printing, self.printing_ended)
        self._watcher = ChangeWatcher(backend, clock)
        self.overview = self._watcher.overview
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

    def on_unmount(self) -> None:
        """Close the stores; a deed under way is finished first."""
        if self.phones is not None:
            self.phones.stop()
        self.backend.close()

    def attempt(self, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do work off the message queue; what goes wrong becomes a dialog."""
        guarded: Work = partial(self._guard, partial(work, *args, **kwargs))
        _: Worker[None] = self.run_worker(guarded, exit_on_error=False)

    async def _guard(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:
            self.show_error(error)

    def show_error(self, error: Exception) -> None:
        """Say in a dialog what went wrong and what to do; the program goes on."""
        self.log.error(repr(error))
        if not self.is_running:
            return
        dialog = ErrorDialog.of(ours(error))
        shown = [each.message for each in self.screen_stack if isinstance(each, ErrorDialog)]
        if dialog.message not in shown:
            self.push_screen(dialog)

    def tell_unread(self, error: Exception) -> None:
        """Say that a read failed, unless it is said already that nothing can be read."""
        if not self._trouble:
            self.show_error(error)

    def do(self, deed: str, *args: object, then: Callable[[Done], Awaitable[None]] | None = None) -> None:
        """Perform a deed, one at a time on each screen: a key pressed twice asks once."""
        screen = self.screen
        if screen not in self._busy:
            self.clear_notifications()
            self._busy.add(screen)
            self.opening_on = screen
            self.attempt(self._do, screen, deed, args, then)

    async def _do(
        self,
        screen: Screen[Any],
        deed: str,
        args: tuple[object, ...],
        then: Callable[[Done], Awaitable[None]] | None,
    ) -> None:
        try:
            done = await self.perform(deed, *args)
            if done is not None and then is not None:
                await then(done)
        finally:
            self.opening_on = None
            self._busy.discard(screen)

    async def perform(self, deed: str, *args: object) -> Done | None:
        """Have the form of a deed ask what it must and do it; an error becomes a dialog, a success is told.

        None when the user left, or when an error was shown. From a worker only.
        """
        try:
            done: Done | None = await load(BY_NAME[deed].form)(self, *args)
        except RollerTrackError as error:
            self.show_error(error)
            return None
        if done is not None:
            self.changed(done)
        return done

    def changed(self, done: Done) -> None:
        """Say what was done, and have everything that shows it read again."""
        self.notify(done.message, markup=False)
        for warning in done.warnings:
            self.notify(warning, severity="warning", timeout=_WARNING_SECONDS, markup=False)
        self.wrote(done)

    def wrote(self, done: Done) -> None:
        """Have everything that shows what was done read again."""
        for screen in self.live_screens:
            screen.follow(done)
        self.attempt(self._check_changes, certain=True)
        self.attempt(self.learn_products)

    async def learn_products(self) -> None:
        """Look whether anything is bought by product by now; asked no more once something is."""
        if not self.has_products:
            self.has_products = await self._watcher.finds_products()
            if self.has_products:
                self.screen.refresh_bindings()

    def top_takes_scan(self, text: str, code: str = "") -> bool:
        """Whether the screen in sight takes what is scanned; `code` is empty where it holds none."""
        return isinstance(self.screen, Live) and self.screen.take_scan(text, code)

    async def take_box(self, text: str) -> None:
        """A maker's box was scanned: into the form that waits for one, or to be received."""
        screen = self.screen
        if isinstance(screen, Live) and screen.take_box(text):
            return
        if self.has_products and not screen.is_modal and await self._watcher.knows_box(text):
            self.clear_notifications()
            await self.perform("receive", (text,))
            return
        await self.scans.take(text)

    @property
    def live_screens(self) -> list[Live]:
        """The screens that follow the record, the one in sight last."""
        return [screen for screen in self.screen_stack if isinstance(screen, Live) and screen.is_mounted]

    def on_second(self) -> None:
        """A second has passed."""
        if self.is_running:
            self.attempt(self._on_second)

    async def _on_second(self) -> None:
        now = self.clock()
        for screen in self.live_screens:
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
            self._waited = 0

    def _show_unreadable(self, error: Exception) -> None:
        """Say once that the record cannot be read; the status line goes on saying it."""
        if not self._trouble:
            self.show_error(error)
        self._trouble = "✗ the record cannot be read"
        for screen in self.live_screens:
            screen.show_unreadable()
        self.show_status()

    def _spread(self, changes: Changes) -> None:
        self.overview = changes.overview
        for screen in self.live_screens:
            screen.show_overview(changes.overview)
            if changes.written:
                screen.reread()
        self.show_status()
        if changes.written:
            self.attempt(self.learn_products)
        if changes.news:
            self.show_error(StoreFailed(changes.news))
        if changes.gone:
            self.notify(changes.gone, markup=False)
        if changes.finished:
            self.bell()
            self.notify(changes.finished, markup=False)

    def show_status(self) -> None:
        """Tell every top line how things stand."""
        self._learn_operator()
        who = operator_texts(*self._operator_label) if self.operator else ()
        situation = Situation(
            self.overview, self.clock(), who, self._trouble, self.is_sample,
            self.printing.texts, self.phones.texts if self.phones else ("",),
        )  # fmt: skip
        for screen in self.screen_stack:
            for line in screen.query(StatusLine):
                line.show(situation)

    def _learn_operator(self) -> None:
        if self.operator and self.operator != self._operator_label[0]:
            self._operator_label = (self.operator, "")
            self.attempt(self._name_operator, self.operator)

    async def _name_operator(self, code: str) -> None:
        self._operator_label = (code, (await self.backend.run(codes.identify, code)).label)
        self.show_status()

    async def confirm(self, title: str, message: str, *, yes: str = "Yes", no: str = "No") -> bool:
        """Ask once; the answer that changes nothing has the focus. From a worker only."""
        return await self.push_screen_wait(ConfirmDialog(title, message, yes=yes, no=no))

    async def confirm_live(
        self, ask: Callable[[], Awaitable[Question]], *, yes: str = "Yes", no: str = "No"
    ) -> bool:
        """Ask what `ask` puts, anew as it turns, which stands by itself when this ends. From a worker only.

        A yes to what has turned since it was shown is no yes: the question is put again.
        """
        question = await ask()
        while True:
            dialog = LiveQuestion(question, ask, yes, no)
            is_yes = await self.push_screen_wait(dialog)
            if dialog.failure is not None:
                raise dialog.failure
            if not is_yes:
                return False
            question = await ask()
            if question.sense == dialog.question.sense:
                return True

    async def action_quit(self) -> None:
        """Leave; asks first where a form holds something typed, or phones find their pages here."""
        is_touched = any(screen.is_touched for screen in self.live_screens)
        if not is_touched and not (self.phones and self.phones.address):
            self.exit()
        elif not isinstance(self.screen, ConfirmDialog):
            self.attempt(self.ask_to_leave, FORGET_FORM if is_touched else LEAVE_PHONES)

    def action_help_quit(self) -> None:
        """Ctrl+C leaves nothing: say which key does."""
        self.notify(HOW_TO_LEAVE, markup=False)

    async def ask_to_leave(self, question: str = LEAVE) -> None:
        """Leave if the answer is yes. From a worker only."""
        if await self.confirm("Leave RollerTrack", question, yes="Leave", no="Stay"):
            self.exit()

    def print_batch(self, batch: int) -> None:
        """Print what waits of a batch of the queue, in the background, and tell the outcome."""
        self.attempt(self.printing.run, batch)

    def _follow_printing(self) -> None:
        is_printing = self.printing.progress is not None
        if is_printing is not self._is_printing:  # the seconds keep the count
            self._is_printing = is_printing
            self.show_status()
        for screen in self.live_screens:
            screen.follow_printing()

    async def printing_ended(self, failed: int | None, message: str) -> None:
        """Tell how a batch ended; where the queue is not in sight, one that failed asks what to do."""
        if failed is None:
            self.notify(message, timeout=_PRINTED_SECONDS, markup=False)
            return
        self.bell()
        if not (isinstance(self.screen, Live) and self.screen.shows_queue):
            self.attempt(self._ask_what_to_do, failed, message)

    async def _ask_what_to_do(self, batch: int, message: str) -> None:
        from rollertrack.tui.dialogs import PrintTrouble, Way

        way = await self.push_screen_wait(PrintTrouble(message))
        if way is Way.RETRY:
            await self.perform("retry_labels", batch)
        elif way is Way.QUEUE:
            self.open_screen("queue")

    async def tell_left_over(self) -> None:
        """Say what an earlier run left unprinted; it is never printed by itself."""
        if said := await self.printing.left_over():
            self.notify(said, timeout=_PRINTED_SECONDS, markup=False)

    def open_screen(self, deed: str, wanted: str | None = None) -> None:
        """Show the screen of a deed, unless it shows already; the cursor of a list on what is wanted."""
        kind = load(BY_NAME[deed].screen)
        if type(self.screen) is not kind:
            self.clear_notifications()
            screen = kind()
            if wanted is not None:
                screen.wanted = wanted
            self.push_screen(screen)

    def open_record(self, code: str) -> None:
        """Show the record of a roller, or a person."""
        self.clear_notifications()
        shows = "show_person" if codes.is_person(code) else "show"
        self.push_screen(load(BY_NAME[shows].screen)(code))

    async def _show_result(self, result: ScanResult) -> None:
        self.clear_notifications()
        screen = self.screen
        if not (isinstance(screen, Live) and screen.take_result(result)):
            await self.push_screen(load(BY_NAME["check"].screen)(result))
        self.show_status()
