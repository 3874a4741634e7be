"""What becomes of labels that print in the background: told, and tried again."""

from collections.abc import Awaitable, Callable
from typing import ParamSpec, Protocol

from textual.screen import Screen

from rollertrack.domain.print_jobs import BatchEnding
from rollertrack.services.labels import queue
from rollertrack.tui.contract import Front
from rollertrack.tui.live import Live
from rollertrack.wording.printing import batch_ended, left_over

P = ParamSpec("P")

_LONG = 6.0


class PrintFront(Front, Protocol):
    """The app as it is needed to tell of printing."""

    @property
    def screen(self) -> Screen[object]:
        """The screen in sight."""

    def attempt(self, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do work off the message queue; what goes wrong becomes a dialog."""

    def notify(self, message: str, *, timeout: float | None, markup: bool) -> None:
        """Say something for a while."""

    def bell(self) -> None:
        """Ring."""

    def action_open(self, name: str) -> None:
        """Show a screen of the catalogue by its name."""


async def go_on(app: Front, batch: int) -> None:
    """Print what failed or waits of a batch, and nothing that was sent."""
    from rollertrack.services.labels import queue

    if failed := await app.backend.run(queue.failed, batch):
        await app.backend.run(queue.retry, failed)
    app.print_batch(batch)


async def tell_ending(app: PrintFront, ending: BatchEnding) -> None:
    """Tell how a batch ended; where the queue is not in sight, a failure asks what to do."""
    message = batch_ended(ending)
    if not ending.failed:
        app.notify(message, timeout=_LONG, markup=False)
        return
    app.bell()
    if not (isinstance(app.screen, Live) and app.screen.shows_queue):
        app.attempt(_ask_what_to_do, app, ending.progress.batch, message)


async def _ask_what_to_do(app: PrintFront, batch: int, message: str) -> None:
    from rollertrack.tui.dialogs.print_trouble import PrintTrouble, Way

    way = await app.push_screen_wait(PrintTrouble(message))
    if way is Way.RETRY:
        await go_on(app, batch)
    elif way is Way.QUEUE:
        app.action_open("queue")


async def tell_left_over(app: PrintFront) -> None:
    """Say what an earlier run left unprinted; it is never printed by itself."""
    if count := await app.backend.run(queue.left_over):
        app.notify(left_over(count), timeout=_LONG, markup=False)
