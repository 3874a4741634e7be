"""The forms of a solution: an opened bottle or jar, and its test strips."""

from collections.abc import Callable, Sequence

from rollertrack.domain.code import shown
from rollertrack.domain.policy import AGENT_NAMES
from rollertrack.domain.text import NOTE_LIMIT, clean_line
from rollertrack.errors import BadInput
from rollertrack.services import records, solutions
from rollertrack.services.preview import choices, rehearse
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Done
from rollertrack.tui.contract import Front
from rollertrack.tui.forms.common import about, when, when_field
from rollertrack.tui.forms.fields import Field, Pick, Text
from rollertrack.tui.forms.form import Form
from rollertrack.tui.forms.sheet import Outlook, Said, Sheet


async def add_solution(app: Front) -> Done | None:
    """Ask what was opened, and register it."""
    offered = await app.desk.ask(choices)
    usual = SolutionFacts(agent=offered.policy.usual_agent)
    fields = [*_fact_fields(usual), when_field("Opened", app.clock())]

    async def look(said: Said) -> Outlook:
        told = await app.desk.ask(rehearse, solutions.add_solution, _facts(said), at=when(said))
        agent = str(_facts(said).read()["agent"])
        return Outlook(
            f"Registers an opened solution of {agent}, with a code of its own.", notes=told.warnings
        )

    async def submit(said: Said) -> Done:
        return await app.desk.ask(solutions.add_solution, _facts(said), at=when(said))

    return await app.push_screen_wait(Form(Sheet("Open a solution", fields, button="Add"), submit, look))


async def edit_solution(app: Front, code: str) -> Done | None:
    """Show what is known of a solution as it stands, and mend what is changed."""
    fields = _fact_fields(await _known(app, code))

    async def look(said: Said) -> Outlook:
        _facts(said).read()
        named = [each.label for each in fields if each.key in said.changed]
        told = f"Mends {', '.join(named)}. What was disinfected in it before stays as it was judged."
        return Outlook(told if named else "Nothing is changed yet.")

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", "nothing is changed yet; leave with esc")
        changes = {key: said.text(key) for key in said.changed}
        return await app.desk.ask(solutions.edit_solution, code, SolutionFacts(**changes))

    scan = await app.desk.ask(records.identify, code)
    sheet = Sheet("Mend a solution", fields, about(scan.code, scan.label), "Save the changes")
    return await app.push_screen_wait(Form(sheet, submit, look))


async def discard_solution(app: Front, code: str) -> Done | None:
    """Ask why a solution is thrown away, and log it."""
    scan = await app.desk.ask(records.identify, code)

    async def look(_: Said) -> Outlook:
        return Outlook(f"Logs that {shown(code)} was thrown away. Nothing soaked in it later counts.")

    async def submit(said: Said) -> Done:
        return await app.desk.ask(solutions.discard_solution, code, said.text("reason"), at=when(said))

    reason = Text("reason", "Reason", read=lambda text: clean_line("reason", text, NOTE_LIMIT),
                  suggestions=("expired", "used up", "cloudy", "contaminated", "strip failed"))  # fmt: skip
    fields: list[Field] = [reason, when_field("When", app.clock())]
    sheet = Sheet("Discard a solution", fields, about(scan.code, scan.label), "Discard it")
    return await app.push_screen_wait(Form(sheet, submit, look))


async def _known(app: Front, code: str) -> SolutionFacts:
    """The facts of a solution as they would be typed."""
    row = next(row for row in await app.desk.ask(solutions.list_solutions) if row.code == code)
    strength = "" if row.strength is None else f"{row.strength.normalize():f}"
    return SolutionFacts(row.agent, strength, row.lot, row.expiry or "")


def _fact_fields(facts: SolutionFacts) -> list[Field]:
    def text(key: str, label: str, placeholder: str = "", suggestions: Sequence[str] = ()) -> Text:
        value = getattr(facts, key) or ""
        return Text(key, label, value, read=_reader(key), placeholder=placeholder, suggestions=suggestions)

    return [
        text("agent", "Agent", suggestions=AGENT_NAMES),
        text("strength", "Strength, %", "as printed"),
        text("lot", "Lot", "as printed"),
        text("expiry", "Expiry", "such as 2027-05 or 2027-05-31"),
    ]


def _facts(said: Said) -> SolutionFacts:
    return SolutionFacts(*(said.text(key) for key in ("agent", "strength", "lot", "expiry")))


def _reader(key: str) -> Callable[[str], object]:
    return lambda text: SolutionFacts(**{key: text}).read()


async def strip(app: Front, code: str) -> Done | None:
    """Ask what a test strip said, and log it."""
    scan = await app.desk.ask(records.identify, code)

    async def look(said: Said) -> Outlook:
        failed = " Nothing disinfected in it counts until one passes."
        verdict = said.text("strip")
        return Outlook(
            f"Logs that a strip of {shown(code)} {verdict}." + (failed if verdict == "failed" else "")
        )

    async def submit(said: Said) -> Done:
        return await app.desk.ask(
            solutions.log_strip, code, passed=said.text("strip") == "passed", at=when(said)
        )

    fields: list[Field] = [
        Pick("strip", "The strip", [("passed", "passed"), ("failed", "failed")], "passed"),
        when_field("When", app.clock()),
    ]
    sheet = Sheet("Test strip", fields, about(scan.code, scan.label), "Log the strip")
    return await app.push_screen_wait(Form(sheet, submit, look))
