"""The forms of disinfection: into the soak, and one already done."""

from collections.abc import Callable, Sequence

from rollertrack.domain.policy import AGENT_NAMES, AUTOCLAVE, Policy, agent_name
from rollertrack.domain.text import clean_line, strength
from rollertrack.errors import BadInput, Questioned
from rollertrack.services import washing
from rollertrack.services.preview import Choices, choices, rehearse
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import (
    Checkbox,
    Choice,
    Field,
    Option,
    Pick,
    Said,
    Text,
    operator_fields,
    solution_options,
    when,
    when_field,
    word_field,
)
from rollertrack.tui.forms.form import NOTHING, Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording.records import rollers_named

_OTHER, _BEFORE_USE = "other", "before_use"
RINSED, _LOAD, INDICATOR = "rinsed", "load", "indicator"


async def soak(app: StationApp, codes: Sequence[str], solution: str | None = None) -> Done | None:
    """Ask what rollers are soaked in, and start their contact time."""
    offered = await app.backend.run(choices)
    fields = [
        *_bath_fields(offered, solution), *await _pack_fields(app, codes), when_field("Since", app.clock())
    ]  # fmt: skip
    spec = FormSpec("Start a soak", fields, rollers_named(codes), "Start the soak", absent=_absence(offered))
    return await _ask(app, spec, washing.soak, codes)


async def disinfect(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Ask how rollers were disinfected, and record it."""
    offered = await app.backend.run(choices)
    fields = [
        *_bath_fields(offered, None, done=True), *await _pack_fields(app, codes),
        when_field("It ended", app.clock()),
        Checkbox(_BEFORE_USE, "All the same", "it was washed before that use, and owes a wash"),
    ]  # fmt: skip
    spec = FormSpec(
        "Record a disinfection", fields, rollers_named(codes), "Record it",
        absent=_absence(offered), at_first=frozenset({_BEFORE_USE}),
    )  # fmt: skip
    return await _ask(app, spec, washing.disinfect, codes)


def _unanswered() -> BadInput:
    return BadInput(_BEFORE_USE, "tick it, or undo the use and log it again with its time")


async def _ask(
    app: StationApp, spec: FormSpec, deed: Callable[..., Done], codes: Sequence[str]
) -> Done | None:
    async def previewed(said: Said) -> Preview:
        try:
            rehearsed = await app.backend.run(
                rehearse, deed, codes, _bath(said), at=when(said), operator=said.chosen("operator")
            )
        except Questioned as question:
            return Preview(questions={_BEFORE_USE: question.message}, trouble=_unanswered())
        unasked = NOTHING if said.is_checked(_BEFORE_USE) else frozenset({_BEFORE_USE})
        return Preview(previews.will_say(rehearsed.message), notes=rehearsed.warnings, absent=unasked)

    async def submit(said: Said) -> Done:
        try:
            return await app.backend.run(
                deed, codes, _bath(said), at=when(said), operator=said.chosen("operator")
            )
        except Questioned:
            raise _unanswered() from None

    return await app.push_screen_wait(Form(spec, submit, previewed))


async def _pack_fields(app: StationApp, codes: Sequence[str]) -> list[Field]:
    """Whether the pack was opened, of rollers that lie sterile in a sealed one."""
    if not await app.backend.run(washing.sealed, codes):
        return []
    return [Checkbox("opened", "Pack opened", "the sterile pack was opened for it")]


def ending_fields() -> list[Field]:
    """What the end of some agents asks for; each is shown where it is."""
    return [
        Checkbox(RINSED, "Rinsed", "when it came out; else it does not count"),
        Pick(
            INDICATOR,
            "Indicator",
            [("passed", "passed"), ("failed", "failed"), ("not read", "unread")],
            "unread",
        ),
    ]


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
        Checkbox("cleaned", "Cleaned first", "rinsed and washed before the soak",
                 value=offered.policy.is_usually_cleaned),
        word_field("rinse", "Rinse", placeholder="such as boiled water"),
        *(ending_fields() if done else ()),
        word_field(_LOAD, "Load", placeholder="its number"),
        *operator_fields(offered),
    ]  # fmt: skip


def _absence(offered: Choices) -> Callable[[Said], frozenset[str]]:
    """A solution says what is in it, another agent needs a name, and each agent asks for its own end."""
    held = {row.code: agent_name(row.agent) for row in offered.solutions}

    def absent(said: Said) -> frozenset[str]:
        solution = said.chosen("solution")
        agent = held.get(solution, "") if solution else said.text("agent")
        if agent == _OTHER:
            agent = agent_name(said.text(_OTHER))
        rule = offered.policy.agent(agent)
        hidden = {"agent"} if solution else set()
        hidden |= {_OTHER} if solution or said.text("agent") != _OTHER else set()
        hidden |= set() if rule.rinse else {RINSED}
        hidden |= {"strength", "rinse"} if agent == AUTOCLAVE else {_LOAD}
        return frozenset(hidden if rule.indicator else hidden | {INDICATOR})

    return absent


def _agents(policy: Policy) -> list[Option]:
    """Every agent of the policy, those that disinfect first, each with its contact time."""
    return [*previews.agent_choices(policy, AGENT_NAMES), ("another one · does not count", _OTHER)]


def _bath(said: Said) -> washing.Bath:
    agent = said.text(_OTHER) if said.text("agent") == _OTHER else said.text("agent")
    return washing.Bath(
        agent="" if said.chosen("solution") else agent,
        solution=said.chosen("solution"),
        strength=said.text("strength"),
        minutes=said.text("minutes"),
        cleaned=said.is_checked("cleaned"),
        rinse=said.text("rinse"),
        before_use=said.is_checked(_BEFORE_USE),
        rinsed=said.is_checked(RINSED),
        load=said.text(_LOAD),
        indicator=said.text(INDICATOR),
        opened=said.is_checked("opened"),
    )
