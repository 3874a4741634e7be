"""What a screen may ask of the app it runs in."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ParamSpec, Protocol, cast

from textual.message_pump import MessagePump

from rollertrack.services.backend import Backend
from rollertrack.services.station import Done
from rollertrack.tui.printing.print_runner import PrintRunner
from rollertrack.tui.scanning.scan_results import ScanResult

P = ParamSpec("P")
Work = Callable[[], Coroutine[Any, Any, None]]


class Host(Protocol):
    """The app as its screens see it."""

    backend: Backend
    clock: Callable[[], int]
    on_sample: Callable[[], Awaitable[None]] | None
    printing: PrintRunner

    @property
    def operator(self) -> str | None:
        """Who works here now."""

    def attempt(self, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do work off the message queue; what goes wrong becomes a dialog."""

    def tell_unread(self, error: Exception) -> None:
        """Say that a read failed, unless it is said already that nothing can be read."""

    async def guard(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do work here and now; what goes wrong becomes a dialog."""

    def do(self, deed: str, *args: object) -> None:
        """Do a deed of `tui.deeds` by its name: ask what it needs, save, tell every screen."""

    def do_with(self, deed: Callable[..., Awaitable[object]], *args: object) -> None:
        """The same for a deed at hand."""

    def changed(self, done: Done) -> None:
        """Say what was done, and have everything that shows it read again."""

    def print_batch(self, batch: int) -> None:
        """Print what waits of a batch of the queue, in the background, and tell the outcome."""

    def open_record(self, code: str) -> None:
        """Show the record of a roller."""

    async def ask_gate(self, result: ScanResult) -> ScanResult:
        """A card of a roller as it is now."""

    def action_open(self, name: str) -> None:
        """Show a screen of the catalogue by its name."""

    def action_explain(self) -> None:
        """Explain what is focused."""

    def action_change_theme(self) -> None:
        """Choose the colours."""

    async def action_quit(self) -> None:
        """Leave."""

    def show_status(self) -> None:
        """Tell every top line how things stand."""

    def forget_scans(self) -> None:
        """Drop the scans that wait for their other half."""


def host(node: MessagePump) -> Host:
    """The app of a widget or screen."""
    return cast(Host, node.app)
