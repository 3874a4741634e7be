"""What is done to the jobs of the print queue."""

from collections.abc import Sequence

from rollertrack.domain.quantities import plural
from rollertrack.services.labels import queue
from rollertrack.services.station import Done
from rollertrack.tui.dialogs import ConfirmDialog
from rollertrack.tui.station_app import StationApp


async def go_on(app: StationApp, batch: int) -> None:
    """Print what failed or waits of a batch, and nothing that was sent."""
    if failed := await app.backend.run(queue.failed, batch):
        await app.backend.run(queue.retry, failed)
    app.print_batch(batch)


async def cancel(app: StationApp, ids: Sequence[int]) -> Done | None:
    """Take jobs out of the queue; asks first when they are several."""
    if len(ids) > 1:
        message = f"Cancels {plural(len(ids), 'label')} that were not sent."
        if not await app.push_screen_wait(ConfirmDialog("Cancel them?", message, yes="Cancel them")):
            return None
    return await app.backend.run(queue.cancel, ids)


async def clear(app: StationApp) -> Done | None:
    """Remove what is finished."""
    return await app.backend.run(queue.clear)
