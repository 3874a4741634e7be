"""The forms of the rest of a roller's life: inspect, put aside, release, retire, note, undo."""

from collections.abc import Callable, Sequence

from rollertrack.services import bins, codes, keeping, records
from rollertrack.services.keeping import Codes
from rollertrack.services.preview import choices, rehearse
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import (
    Choice,
    Field,
    Pick,
    Said,
    bin_field,
    line_field,
)
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording.records import rollers_named
from rollertrack.wording.sentences import capitalised

_FAULTS = ("bent needle", "rust", "loose head", "does not roll freely", "dropped")
_ENDS = ("used up", "too old", *_FAULTS, "used on another person", "lost")


async def inspect(app: StationApp, code: str) -> Done | None:
    """Ask how the needles look, and log it."""
    subject = await _subject(app, code)
    fields: list[Field] = [
        Pick("looks", "The needles", [("are fine", "ok"), ("failed", "fail")], "ok"),
        line_field("fail", "What is wrong", _FAULTS),
    ]

    async def previewed(said: Said) -> Preview:
        return Preview(previews.inspection_preview(code, ok=said.text("looks") == "ok"))

    async def submit(said: Said) -> Done:
        fail = said.text("fail") if said.text("looks") == "fail" else None
        return await app.backend.run(keeping.inspect, code, fail=fail)

    spec = FormSpec("Inspect", fields, subject, "Log the inspection", absent=_without_fault)
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _without_fault(said: Said) -> frozenset[str]:
    return frozenset() if said.text("looks") == "fail" else frozenset({"fail"})


async def quarantine(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Ask why rollers are put aside, and do it."""
    result = previews.quarantine_preview(codes)
    return await _ask_line(app, codes, "Quarantine", "reason", keeping.quarantine, result)


async def release(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Ask why rollers may come back, and release them."""
    result = previews.release_preview(codes)
    return await _ask_line(app, codes, "Release", "reason", keeping.release, result)


async def note(app: StationApp, code: str) -> Done | None:
    """Ask for a note, and write it."""
    return await _ask_line(app, code, "Note", "note", keeping.note, previews.note_preview(code))


async def _ask_line(
    app: StationApp, codes: Codes, title: str, key: str, deed: Callable[..., Done], result: str
) -> Done | None:
    async def previewed(_: Said) -> Preview:
        return Preview(result)

    async def submit(said: Said) -> Done:
        return await app.backend.run(deed, codes, said.text(key))

    fields = [line_field(key, capitalised(key), _FAULTS if title == "Quarantine" else ())]
    spec = FormSpec(title, fields, await _subjects(app, codes), title)
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def retire(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Ask why the life of rollers ends and into which bin, and retire them."""
    offered = await app.backend.run(choices)

    async def previewed(_: Said) -> Preview:
        return Preview(previews.retiring_preview(codes))

    async def submit(said: Said) -> Done:
        return await app.backend.run(
            keeping.retire, codes, said.text("reason"), sharps_bin=said.chosen("bin")
        )

    fields: list[Field] = [line_field("reason", "Reason", _ENDS), bin_field(offered)]
    spec = FormSpec("Retire", fields, await _subjects(app, codes), "Retire")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def bin_into(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Ask into which sharps bin rollers that are used up went, and log it."""
    offered = await app.backend.run(choices)

    async def previewed(_: Said) -> Preview:
        return Preview(previews.binning_preview(codes))

    async def submit(said: Said) -> Done:
        return await app.backend.run(
            bins.into_bin, said.chosen("bin") or "", codes, reason=said.text("reason")
        )

    fields: list[Field] = [
        bin_field(offered, needed=True),
        line_field("reason", "Reason", _ENDS, "used up"),
    ]
    spec = FormSpec("Into the bin", fields, await _subjects(app, codes), "Log it")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def undo(app: StationApp, code: str, entry: int | None = None) -> Done | None:
    """Ask which entry was a mistake and why, and take it back; the entry itself stays in the record."""
    lines = [line for line in await app.backend.run(records.log, code) if not line.voided]
    scan = await app.backend.run(codes.identify, code)
    newest = await app.backend.run(keeping.undone_unasked, scan.code)

    async def previewed(said: Said) -> Preview:
        if not said.text("reason").strip():
            return Preview(previews.MARKS_UNDONE)
        done = await app.backend.run(rehearse, keeping.undo, code, said.text("reason"), entry=_entry(said))
        return Preview(previews.will_say(done.message))

    async def submit(said: Said) -> Done:
        return await app.backend.run(keeping.undo, code, said.text("reason"), entry=_entry(said))

    options = [(previews.entry_choice(line), str(line.seq)) for line in lines]
    fields: list[Field] = [
        Choice("entry", "Entry", options, str(entry or newest or ""), blank=False),
        line_field("reason", "Reason", ("logged by mistake", "wrong roller", "wrong person")),
    ]
    spec = FormSpec("Undo", fields, previews.code_and_name(scan.code, scan.label), "Undo it", start="reason")
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _entry(said: Said) -> int | None:
    chosen = said.chosen("entry")
    return int(chosen) if chosen else None


async def _subject(app: StationApp, code: str) -> str:
    scan = await app.backend.run(codes.identify, code)
    return previews.code_and_name(scan.code, scan.label)


async def _subjects(app: StationApp, codes: Codes) -> str:
    """One roller by code and name, several by their codes or their number."""
    if isinstance(codes, str) or len(codes) == 1:
        return await _subject(app, codes if isinstance(codes, str) else codes[0])
    return rollers_named(codes)
