"""Out of the soak: one question, or a form where the end of a soak asks for more."""

from collections.abc import Sequence

from rollertrack.errors import NotNow
from rollertrack.services import lists, washing
from rollertrack.services.preview import rehearse
from rollertrack.services.station import Done
from rollertrack.tui.dialogs import Question
from rollertrack.tui.forms.fields import Checkbox, Said
from rollertrack.tui.forms.form import NOTHING, Form, FormSpec, Preview
from rollertrack.tui.forms.washing import INDICATOR, RINSED, ending_fields
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording.records import rollers_named

_FIELD_OF = {"rinse": RINSED, "indicator": INDICATOR}


async def take_out(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Say what taking rollers out of their soak records, above all when it is early, and ask once.

    One key must not be enough: a key may be pressed by accident, and this deed makes a roller a USE.
    """
    if asked := await app.backend.run(washing.asked_at_end, codes):
        return await _take_out_asking(app, codes, asked)
    early = False

    async def ask() -> Question:
        nonlocal early
        early = await _is_early(app, codes)
        rehearsed = await app.backend.run(rehearse, washing.done, codes, early=early)
        title = "The contact time is not up" if early else "Take out of the soak"
        running = await _time_left(app, codes) if early else {}
        message = previews.taking_out_preview(rehearsed.message, running)
        sense = (early, frozenset(running) if early else rehearsed.message)
        return Question(title, message, sense, await _turn(app, codes))

    if not await app.confirm_live(ask, yes="Take it out", no="Let it soak"):
        return None
    return await app.backend.run(washing.done, codes, early=early)


async def _take_out_asking(app: StationApp, codes: Sequence[str], asked: frozenset[str]) -> Done | None:
    """Ask what the end of the soak needs to count; too early, the form says what that would record."""
    fields = [each for each in ending_fields() if each.key in {_FIELD_OF[name] for name in asked}]
    too_early = Checkbox("early", "Too early", "take it out although the time is not up; it does not count")
    fields.append(too_early)  # shown where it is too early

    def ending(said: Said) -> washing.Ending:
        return washing.Ending(rinsed=said.is_checked(RINSED), indicator=said.text(INDICATOR))

    async def previewed(said: Said) -> Preview:
        is_early, turns_at = await _is_early(app, codes), await _turn(app, codes)
        early, absent = is_early and said.is_checked("early"), NOTHING if is_early else frozenset({"early"})
        try:
            done = await app.backend.run(rehearse, washing.done, codes, early=early, ending=ending(said))
        except NotNow as error:
            return Preview(notes=(error.message,), turns_at=turns_at)
        message = previews.will_say(done.message)
        return Preview(message, notes=done.warnings, absent=absent, turns_at=turns_at)

    async def submit(said: Said) -> Done:
        return await app.backend.run(washing.done, codes, early=said.is_checked("early"), ending=ending(said))

    spec = FormSpec("Take it out", fields, rollers_named(codes), "Take it out", at_first=frozenset({"early"}))
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def _is_early(app: StationApp, codes: Sequence[str]) -> bool:
    """Whether taking rollers out now is too early for it to count; raises what keeps them in at any time."""
    try:
        await app.backend.run(rehearse, washing.done, codes)
    except NotNow:
        return True
    return False


async def _turn(app: StationApp, codes: Sequence[str]) -> int | None:
    """When what is said of rollers in a soak may be otherwise: a time is up, or has been for too long."""
    rows = [await app.backend.run(lists.roller_row, code) for code in codes]
    return min((row.until for row in rows if row is not None and row.until is not None), default=None)


async def _time_left(app: StationApp, codes: Sequence[str]) -> dict[str, int]:
    overview = await app.backend.run(lists.overview)
    now = app.clock()
    running = {soak.code: soak.due_at - now for soak in overview.soaks if soak.due_at > now}
    return {code: running[code] for code in codes if code in running}
