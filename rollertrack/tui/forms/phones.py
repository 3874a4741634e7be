"""The pages for phones from the terminal UI: one key starts them, shows where they are, and stops them."""

import asyncio

from rollertrack.errors import BadInput
from rollertrack.services.station import Done
from rollertrack.tui.phones import PhonesScreen
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import phones as words


async def phones(app: StationApp) -> Done | None:
    """Serve the pages if they are not served yet, and show where; stop them when that is asked for."""
    pages = app.phones
    if pages is None:
        raise BadInput("serve", words.NOT_FROM_HERE)
    notes = () if pages.address else await asyncio.to_thread(pages.start)
    app.show_status()
    if not await app.push_screen_wait(PhonesScreen(pages, notes)):
        return None
    await asyncio.to_thread(pages.stop)
    app.show_status()
    return Done("serve", (), app.clock(), words.STOPPED)
