"""The forms of disinfection: into the soak, out of it, and one already done."""

from collections.abc import Callable, Sequence

from rollertrack.domain.code import shown
from rollertrack.domain.policy import AGENT_NAMES, Policy
from rollertrack.domain.text import clean_line, strength
from rollertrack.domain.wording import minutes, spoken
from rollertrack.errors import BadInput, NotNow, Questioned
from rollertrack.services import lists, washing
from rollertrack.services.preview import Choices, choices, rehearse
from rollertrack.services.station import Done
from rollertrack.tui.contract import Front
from rollertrack.tui.dialogs.confirm import ConfirmDialog
from rollertrack.tui.forms.common import names, operator_fields, solution_options, when, when_field
from rollertrack.tui.forms.fields import Choice, Field, Option, Text, Tick
from rollertrack.tui.forms.form import Form
from rollertrack.tui.forms.sheet import NOTHING, Outlook, Said, Sheet

_OTHER = "other"
_BEFORE_USE = "before_use"


async def soak(app: Front, codes: Sequence[str], solution: str | None = None) -> Done | None:
    """Ask what rollers are soaked in, and start their contact time."""
    offered = await app.desk.ask(choices)
    fields = [*_bath_fields(offered, solution), when_field("Since", app.clock())]
    sheet = Sheet("Start a soak", fields, names(codes), "Start the soak", absent=_absent)
    return await _ask(app, sheet, washing.soak, codes)


async def disinfect(app: Front, codes: Sequence[str]) -> Done | None:
    """Ask how rollers were disinfected, and record it."""
    offered = await app.desk.ask(choices)
    fields = [
        *_bath_fields(offered, None, done=True), when_field("It ended", app.clock()),
        Tick(_BEFORE_USE, "All the same", "it was washed before that use, and owes a wash"),
    ]  # fmt: skip
    sheet = Sheet(
        "Record a disinfection", fields, names(codes), "Record it",
        absent=_absent, at_first=frozenset({_BEFORE_USE}),
    )  # fmt: skip
    return await _ask(app, sheet, washing.disinfect, codes)


def _unanswered() -> BadInput:
    return BadInput(_BEFORE_USE, "tick it, or undo the use and log it again with its time")


async def _ask(app: Front, sheet: Sheet, deed: Callable[..., Done], codes: Sequence[str]) -> Done | None:
    async def look(said: Said) -> Outlook:
        try:
            told = await app.desk.ask(
                rehearse, deed, codes, _bath(said), at=when(said), operator=said.chosen("operator")
            )
        except Questioned as question:
            return Outlook(questions={_BEFORE_USE: question.question}, trouble=_unanswered())
        unasked = NOTHING if said.tick(_BEFORE_USE) else frozenset({_BEFORE_USE})
        return Outlook(f"It will say: {told.message}", notes=told.warnings, absent=unasked)

    async def submit(said: Said) -> Done:
        try:
            return await app.desk.ask(
                deed, codes, _bath(said), at=when(said), operator=said.chosen("operator")
            )
        except Questioned:
            raise _unanswered() from None

    return await app.push_screen_wait(Form(sheet, submit, look))


def _bath_fields(offered: Choices, solution: str | None, *, done: bool = False) -> list[Field]:
    usual = offered.policy.usual_agent
    contact = offered.policy.agent(usual).contact
    return [
        Choice("solution", "Solution", solution_options(offered.solutions), solution or "",
               prompt="not named"),
        Choice("agent", "Agent", _agents(offered.policy), usual, blank=False),
        Text(_OTHER, "Its name", read=lambda text: clean_line("agent", text)),
        Text("strength", "Strength, %", read=lambda text: strength(text) if text.strip() else None,
             placeholder="as the policy assumes"),
        Text("minutes", "Minutes", str(contact // 60) if done and contact else "",
             placeholder="as the policy asks"),
        Tick("cleaned", "Cleaned first", "rinsed and washed before the soak"),
        Text("rinse", "Rinse", read=lambda text: clean_line("rinse", text),
             placeholder="such as boiled water"),
        *operator_fields(offered),
    ]  # fmt: skip


def _absent(said: Said) -> frozenset[str]:
    """A solution says what is in it; only another agent needs a name."""
    if said.chosen("solution"):
        return frozenset({"agent", _OTHER})
    return frozenset() if said.text("agent") == _OTHER else frozenset({_OTHER})


def _agents(policy: Policy) -> list[Option]:
    """Every agent of the policy, those that disinfect first, each with its contact time."""
    rules = sorted((policy.agent(name) for name in AGENT_NAMES), key=lambda rule: not rule.disinfects)
    told = {rule.name: minutes(rule.contact or 0) if rule.disinfects else "does not count" for rule in rules}
    return [
        *((f"{name} · {what}", name) for name, what in told.items()),
        ("another one · does not count", _OTHER),
    ]


def _bath(said: Said) -> washing.Bath:
    agent = said.text(_OTHER) if said.text("agent") == _OTHER else said.text("agent")
    return washing.Bath(
        agent="" if said.chosen("solution") else agent,
        solution=said.chosen("solution"),
        strength=said.text("strength"),
        minutes=said.text("minutes"),
        cleaned=said.tick("cleaned"),
        rinse=said.text("rinse"),
        before_use=said.tick(_BEFORE_USE),
    )


async def take_out(app: Front, codes: Sequence[str]) -> Done | None:
    """Say what taking rollers out of their soak records, above all when it is early, and ask once.

    One key must not be enough: a key may be pressed by accident, and this deed makes a roller a USE.
    """
    early = False
    try:
        told = await app.desk.ask(rehearse, washing.done, codes)
    except NotNow:
        early = True
        told = await app.desk.ask(rehearse, washing.done, codes, early=True)
    title = "The contact time is not up" if early else "Take out of the soak"
    left = f"{await _time_left(app, codes)} " if early else ""
    message = f"{left}If you take it out now, this is recorded: {told.message}"
    if not await app.push_screen_wait(ConfirmDialog(title, message, yes="Take it out", no="Let it soak")):
        return None
    return await app.desk.ask(washing.done, codes, early=early)


async def _time_left(app: Front, codes: Sequence[str]) -> str:
    overview = await app.desk.ask(lists.overview)
    now = app.clock()
    running = {soak.code: soak.due_at - now for soak in overview.soaks if soak.due_at > now}
    return " ".join(
        f"{shown(code)} needs another {spoken(running[code])}." for code in codes if code in running
    )
