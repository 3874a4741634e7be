"""The forms of a solution: an opened bottle or jar, and its test strips."""

from collections.abc import Callable, Sequence

from rollertrack.domain.policy import AGENT_NAMES
from rollertrack.errors import BadInput
from rollertrack.services import codes, lists, solutions
from rollertrack.services.preview import choices, rehearse
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import (
    Field,
    Pick,
    Said,
    Text,
    line_field,
    moment_field,
    when,
    when_field,
)
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews


async def add_solution(app: StationApp) -> Done | None:
    """Ask what was opened, and register it."""
    offered = await app.backend.run(choices)
    usual = SolutionFacts(agent=offered.policy.usual_agent)
    fields = [*_fact_fields(usual), when_field("Opened", app.clock())]

    async def previewed(said: Said) -> Preview:
        rehearsed = await app.backend.run(rehearse, solutions.add_solution, _facts(said), at=when(said))
        agent = str(_facts(said).read()["agent"])
        return Preview(previews.solution_preview(agent), notes=rehearsed.warnings)

    async def submit(said: Said) -> Done:
        return await app.backend.run(solutions.add_solution, _facts(said), at=when(said))

    return await app.push_screen_wait(
        Form(FormSpec("Open a solution", fields, button="Add"), submit, previewed)
    )


async def edit_solution(app: StationApp, code: str) -> Done | None:
    """Show what is known of a solution as it stands, and mend what is changed."""
    fields = [
        *_fact_fields(known := await _known(app, code)),
        moment_field("opened", "Opened", known.opened, app.clock()),
    ]

    async def previewed(said: Said) -> Preview:
        if not said.changed:
            return Preview(previews.NOTHING_CHANGED)
        rehearsed = await app.backend.run(rehearse, solutions.edit_solution, code, _changes(said))
        named = [each.label for each in fields if each.key in said.changed]
        return Preview(previews.mending_preview(named, previews.will_say(rehearsed.message)))

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", previews.NOT_CHANGED)
        return await app.backend.run(solutions.edit_solution, code, _changes(said))

    scan = await app.backend.run(codes.identify, code)
    spec = FormSpec(
        "Mend a solution", fields, previews.code_and_name(scan.code, scan.label), "Save the changes"
    )
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def top_up(app: StationApp, code: str) -> Done | None:
    """Say what topping up does not do, and log it."""
    scan = await app.backend.run(codes.identify, code)

    async def previewed(said: Said) -> Preview:
        rehearsed = await app.backend.run(rehearse, solutions.top_up, code, at=when(said))
        return Preview(previews.will_say(rehearsed.message))

    async def submit(said: Said) -> Done:
        return await app.backend.run(solutions.top_up, code, at=when(said))

    fields = [when_field("When", app.clock())]
    spec = FormSpec("Top up a solution", fields, previews.code_and_name(scan.code, scan.label), "Log it")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def discard_solution(app: StationApp, code: str) -> Done | None:
    """Ask why a solution is thrown away, and log it."""
    scan = await app.backend.run(codes.identify, code)

    async def previewed(said: Said) -> Preview:
        why = said.text("reason").strip() or "as you say"
        rehearsed = await app.backend.run(rehearse, solutions.discard_solution, code, why, at=when(said))
        return Preview(previews.discarding_preview(rehearsed.message))

    async def submit(said: Said) -> Done:
        return await app.backend.run(solutions.discard_solution, code, said.text("reason"), at=when(said))

    reasons = ("expired", "used up", "cloudy", "contaminated", "strip failed")
    reason = line_field("reason", "Reason", reasons)
    fields: list[Field] = [reason, when_field("When", app.clock())]
    spec = FormSpec("Discard a solution", fields, previews.code_and_name(scan.code, scan.label), "Discard it")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def _known(app: StationApp, code: str) -> SolutionFacts:
    """The facts of a solution as they would be typed."""
    row = next(row for row in await app.backend.run(lists.list_solutions) if row.code == code)
    strength = previews.strength_as_typed(row.strength)
    days = "" if row.use_days is None else str(row.use_days)
    return SolutionFacts(row.agent, strength, row.lot, row.expiry or "", row.opened_at, row.listing, days)


def _fact_fields(facts: SolutionFacts) -> list[Field]:
    def text(key: str, label: str, placeholder: str = "", suggestions: Sequence[str] = ()) -> Text:
        value = getattr(facts, key) or ""
        return Text(key, label, value, read=_reader(key), placeholder=placeholder, suggestions=suggestions)

    return [
        text("agent", "Agent", suggestions=AGENT_NAMES),
        text("strength", "Strength, %", "as printed"),
        text("lot", "Lot", "as printed"),
        text("expiry", "Expiry", "such as 2027-05 or 31 May 2027"),
        text("use_days", "Days of use", "once open, as printed; empty for the policy's alone"),
        text("listing", "Listed", "a VAH, EPA or EN number, as printed"),
    ]


def _changes(said: Said) -> SolutionFacts:
    return SolutionFacts(**{key: said.text(key) for key in said.changed})


def _facts(said: Said) -> SolutionFacts:
    keys = ("agent", "strength", "lot", "expiry", "listing", "use_days")
    return SolutionFacts(**{key: said.text(key) for key in keys})


def _reader(key: str) -> Callable[[str], object]:
    return lambda text: SolutionFacts(**{key: text}).read()


async def strip(app: StationApp, code: str) -> Done | None:
    """Ask what a test strip said, and log it."""
    scan = await app.backend.run(codes.identify, code)

    async def previewed(said: Said) -> Preview:
        passed = said.text("strip") == "passed"
        rehearsed = await app.backend.run(rehearse, solutions.log_strip, code, passed=passed, at=when(said))
        return Preview(previews.strip_preview(rehearsed.message, passed=passed))

    async def submit(said: Said) -> Done:
        return await app.backend.run(
            solutions.log_strip, code, passed=said.text("strip") == "passed", at=when(said)
        )

    fields: list[Field] = [
        Pick("strip", "The strip", [("passed", "passed"), ("failed", "failed")], "passed"),
        when_field("When", app.clock()),
    ]
    spec = FormSpec("Test strip", fields, previews.code_and_name(scan.code, scan.label), "Log the strip")
    return await app.push_screen_wait(Form(spec, submit, previewed))
