"""The forms of a solution: an opened bottle or jar, and its test strips."""

from collections.abc import Callable

from rollertrack.domain.code import shown
from rollertrack.domain.policy import AGENT_NAMES
from rollertrack.services import records, solutions
from rollertrack.services.preview import choices
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
    fields: list[Field] = [
        Text("agent", "Agent", offered.policy.usual_agent, read=_reader("agent"), suggestions=AGENT_NAMES),
        Text("strength", "Strength, %", read=_reader("strength"), placeholder="as printed"),
        Text("lot", "Lot", read=_reader("lot"), placeholder="as printed"),
        Text("expiry", "Expiry", read=_reader("expiry"), placeholder="such as 2027-05 or 2027-05-31"),
        when_field("Opened", app.clock()),
    ]

    async def look(said: Said) -> Outlook:
        agent = str(_facts(said).read()["agent"])
        counts = offered.policy.agent(agent).disinfects
        notes = () if counts else (f"{agent} does not disinfect under the policy.",)
        return Outlook(f"Registers an opened solution of {agent}, with a code of its own.", notes=notes)

    async def submit(said: Said) -> Done:
        return await app.desk.ask(solutions.add_solution, _facts(said), at=when(said))

    return await app.push_screen_wait(Form(Sheet("Open a solution", fields, button="Add"), submit, look))


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
