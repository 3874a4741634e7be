"""The forms of a pack: mend it, keep it aside, write pieces off, take its receipt back."""

from collections.abc import Callable
from typing import Any

from rollertrack.domain import money
from rollertrack.errors import BadInput
from rollertrack.services import packs, stock_records
from rollertrack.services.preview import rehearse
from rollertrack.services.product_facts import read_pack_facts
from rollertrack.services.station import Done, Station
from rollertrack.services.stock_records import PackRecord
from rollertrack.tui.forms.fields import Field, Said, Text, line_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording import stock as say

_FACTS = ("lot", "expiry", "price", "supplier", "invoice", "certificate")


async def edit_pack(app: StationApp, pack: str) -> Done | None:
    """Show a pack as it stands, and mend what is changed."""
    known = await app.backend.run(stock_records.show_pack, pack)
    fields = [_fact(known, key) for key in _FACTS]

    def changes(said: Said) -> dict[str, str]:
        return {key: said.text(key) for key in _FACTS if key in said.changed}

    async def previewed(said: Said) -> Preview:
        if not said.changed:
            return Preview(previews.NOTHING_CHANGED)
        rehearsed = await app.backend.run(rehearse, packs.edit_pack, pack, changes(said))
        named = [each.label for each in fields if each.key in said.changed]
        return Preview(previews.mending_preview(named, previews.will_say(rehearsed.message)))

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", previews.NOT_CHANGED)
        return await app.backend.run(packs.edit_pack, pack, changes(said))

    spec = FormSpec("Mend a pack", fields, say.pack_name(known.pack, known.name), "Save the changes")
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _fact(known: PackRecord, key: str) -> Text:
    value = getattr(known.pack.facts, key)
    typed = money.shown(value, "") if key == "price" else "" if value is None else str(value)
    return Text(key, say.FACT_LABELS[key], typed, read=lambda text: read_pack_facts({key: text}))


async def hold_pack(app: StationApp, pack: str) -> Done | None:
    """Ask why a pack is kept aside, or why it may come back, and log it."""
    known = await app.backend.run(stock_records.show_pack, pack)
    if known.pack.held:
        return await _reasoned(app, known, packs.release_pack, "Release a pack", "Release it")
    return await _reasoned(app, known, packs.hold_pack, "Keep a pack aside", "Keep it aside")


async def undo_pack(app: StationApp, pack: str) -> Done | None:
    """Ask why a receipt was a mistake, and take it back."""
    known = await app.backend.run(stock_records.show_pack, pack)
    return await _reasoned(app, known, packs.undo_pack, "Take a receipt back", "Take it back")


async def write_off(app: StationApp, pack: str) -> Done | None:
    """Ask how many pieces are gone and why, and log it."""
    known = await app.backend.run(stock_records.show_pack, pack)
    pieces = Text("pieces", "Pieces", str(known.pack.left or ""))
    return await _reasoned(app, known, packs.write_off, "Write pieces off", "Write them off", pieces)


async def _reasoned(
    app: StationApp, known: PackRecord, deed: Callable[..., Done], title: str, button: str, *more: Field
) -> Done | None:
    """A deed to a pack that needs a reason, and what more it asks."""
    code = known.pack.code

    def facts(said: Said) -> dict[str, Any]:
        return {each.key: said.text(each.key) for each in more}

    async def previewed(said: Said) -> Preview:
        reason = said.text("reason").strip() or "as you say"

        def play(station: Station) -> Done:
            return deed(station, code, reason, **facts(said))

        rehearsed = await app.backend.run(rehearse, play)
        return Preview(previews.will_say(rehearsed.message))

    async def submit(said: Said) -> Done:
        return await app.backend.run(deed, code, said.text("reason"), **facts(said))

    fields: list[Field] = [*more, line_field("reason", "Reason")]
    spec = FormSpec(title, fields, say.pack_name(known.pack, known.name), button)
    return await app.push_screen_wait(Form(spec, submit, previewed))
