"""The settings of this station that are asked for: what prints when nothing is named."""

from rollertrack.services.labels import printers
from rollertrack.services.preview import choices
from rollertrack.services.station import Done, Station
from rollertrack.tui.forms.fields import Choice, Said
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import done as say
from rollertrack.wording.previews import will_say, written_by_hand


async def settings(app: StationApp) -> Done | None:
    """Ask for the usual printer and paper, and say where everything else is set."""
    offered = await app.backend.run(choices)
    page, where = await app.backend.run(_page)

    async def previewed(said: Said) -> Preview:
        message = say.usual_kept(said.chosen("printer"), said.chosen("media"))
        return Preview(will_say(message), notes=(written_by_hand(where),))

    async def submit(said: Said) -> Done:
        return await app.backend.run(printers.save_usual, said.chosen("printer"), said.chosen("media"))

    fields = [
        Choice("printer", "Usual printer", [(name, name) for name in offered.printers], page[0] or "",
               prompt="the only one, if there is one"),
        Choice("media", "Usual paper", [(name, name) for name in offered.media], page[1] or "",
               prompt="as the printer has it"),
    ]  # fmt: skip
    return await app.push_screen_wait(Form(FormSpec("Settings", fields, button="Keep it"), submit, previewed))


def _page(station: Station) -> tuple[tuple[str | None, str | None], str]:
    """The usual printer and paper as they are written, and the file they stand in."""
    book = station.printing.book
    page = book.read()
    return (page.printer, page.media), book.where
