"""The form that hands a care slip over: which one, how, and to whom."""

from functools import partial
from pathlib import Path

from rollertrack.domain.care import AFTER, BEFORE
from rollertrack.services import caring
from rollertrack.services.preview import choices
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Choice, Field, Pick, Said, Text, person_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.screens.handing_over import HandingOverScreen
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import care as say

_WHICH = [("before", BEFORE), ("after", AFTER)]
_HOW = [("on the screen", say.ON_SCREEN), ("a page, A5", say.ON_PAPER), ("label printer", say.BY_PRINTER)]
_OF = {say.ON_SCREEN: frozenset({"to", "force", "printer"}), say.ON_PAPER: frozenset({"printer"}),
       say.BY_PRINTER: frozenset({"to", "force"})}  # fmt: skip
"""The fields that a way of handing over does not ask."""


async def give_care(
    app: StationApp, person: str = "", which: str = AFTER, how: str = say.ON_SCREEN
) -> Done | None:
    """Ask which slip and how, do it, and log who was given it."""
    offered = await app.backend.run(choices)
    labels = {row.code: row.label for row in offered.persons}
    names = [(name, name) for name in offered.printers]
    usual = offered.usual_printer or next(iter(offered.printers), "")
    fields: list[Field] = [
        Pick("which", "Slip", _WHICH, which),
        Pick("how", "How", _HOW, how),
        person_field(offered, person or None),
        Choice("printer", "Printer", names, usual, prompt="the usual one"),
        Text("to", "File", str(Path.home() / "rollertrack-care.pdf"), longest=LONGEST_NOTE),
        Checkbox("force", "Replace it", "a file of that name goes"),
    ]

    async def previewed(said: Said) -> Preview:
        label = labels.get(said.text("person"), "")
        return Preview(say.give_preview(said.text("which"), said.text("how"), label))

    shown: list[Said] = []

    async def submit(said: Said) -> Done:
        way = said.text("how")
        if way == say.ON_SCREEN:
            shown.append(said)  # nothing is given before it was seen: below
            return Done("care", (), app.clock(), "")
        hand_over = partial(
            caring.hand_over, which=said.text("which"), person=said.chosen("person"),
            to=said.text("to") if way == say.ON_PAPER else None,
            how=way if said.chosen("person") else "",
            printer=said.text("printer") if way == say.BY_PRINTER else None, force=said.is_checked("force"),
        )  # fmt: skip
        # Where deeds are done from the start: asked anew there, it would write or print a second time.
        backend = app.backend
        run = backend.run_printing if way == say.BY_PRINTER else backend.run_drawing
        done = await run(hand_over)
        return caring.all_of(done, app.clock())

    spec = FormSpec(
        "Care slip", fields, button="Hand over", absent=lambda said: _OF.get(said.text("how"), frozenset())
    )
    done: Done | None = await app.push_screen_wait(Form(spec, submit, previewed))
    if not shown or done is None:
        return done
    whom = shown[0].chosen("person")
    slip = HandingOverScreen(shown[0].text("which"), labels.get(whom or "", ""))
    await app.push_screen_wait(slip)
    return await app.backend.run(caring.given_on_screen, slip.which, whom) if slip.is_given else None
