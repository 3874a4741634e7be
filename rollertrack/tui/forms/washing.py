"""The forms of disinfection: into the soak, out of it, and one already done."""

from collections.abc import Callable, Sequence

from rollertrack.domain.policy import AGENT_NAMES, AUTOCLAVE, Policy, agent_name
from rollertrack.domain.text import clean_line, strength
from rollertrack.errors import BadInput, NotNow, Questioned
from rollertrack.services import lists, washing
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
_RINSED, _LOAD, _INDICATOR = "rinsed", "load", "indicator"
_FIELD_OF = {"rinse": _RINSED, "indicator": _INDICATOR}


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
            return Preview(questions={_BEFORE_USE: question.question}, trouble=_unanswered())
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


def _ending_fields() -> list[Field]:
    """What the end of some agents asks for; each is shown where it is."""
    return [
        Checkbox(_RINSED, "Rinsed", "when it came out; else it does not count"),
        Pick(
            _INDICATOR,
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
        *(_ending_fields() if done else ()),
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
        hidden |= set() if rule.rinse else {_RINSED}
        hidden |= {"strength", "rinse"} if agent == AUTOCLAVE else {_LOAD}
        return frozenset(hidden if rule.indicator else hidden | {_INDICATOR})

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
        rinsed=said.is_checked(_RINSED),
        load=said.text(_LOAD),
        indicator=said.text(_INDICATOR),
        opened=said.is_checked("opened"),
    )


async def take_out(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Say what taking rollers out of their soak records, above all when it is early, and ask once.

    One key must not be enough: a key may be pressed by accident, and this deed makes a roller a USE.
    """
    if asked := await app.backend.run(washing.asked_at_end, codes):
        return await _take_out_asking(app, codes, asked)
    early = False
    try:
        rehearsed = await app.backend.run(rehearse, washing.done, codes)
    except NotNow:
        early = True
        rehearsed = await app.backend.run(rehearse, washing.done, codes, early=True)
    title = "The contact time is not up" if early else "Take out of the soak"
    running = await _time_left(app, codes) if early else {}
    message = previews.taking_out_preview(rehearsed.message, running)
    if not await app.confirm(title, message, yes="Take it out", no="Let it soak"):
        return None
    return await app.backend.run(washing.done, codes, early=early)


async def _take_out_asking(app: StationApp, codes: Sequence[str], asked: frozenset[str]) -> Done | None:
    """Ask what the end of the soak needs to count; too early, the form says what that would record."""
    fields = [each for each in _ending_fields() if each.key in {_FIELD_OF[name] for name in asked}]
    try:
        await app.backend.run(rehearse, washing.done, codes)
    except NotNow:
        fields.append(
            Checkbox("early", "Too early", "take it out although the time is not up; it does not count")
        )

    def ending(said: Said) -> washing.Ending:
        return washing.Ending(rinsed=said.is_checked(_RINSED), indicator=said.text(_INDICATOR))

    async def previewed(said: Said) -> Preview:
        rehearsed = await app.backend.run(
            rehearse, washing.done, codes, early=said.is_checked("early"), ending=ending(said)
        )
        return Preview(previews.will_say(rehearsed.message), notes=rehearsed.warnings)

    async def submit(said: Said) -> Done:
        return await app.backend.run(washing.done, codes, early=said.is_checked("early"), ending=ending(said))

    spec = FormSpec("Take it out", fields, rollers_named(codes), "Take it out")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def _time_left(app: StationApp, codes: Sequence[str]) -> dict[str, int]:
    overview = await app.backend.run(lists.overview)
    now = app.clock()
    running = {soak.code: soak.due_at - now for soak in overview.soaks if soak.due_at > now}
    return {code: running[code] for code in codes if code in running}
