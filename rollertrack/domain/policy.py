"""The policy in force: every number the gate uses, each with its source."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Generic, NamedTuple, Self, TypeVar, overload

from rollertrack.domain.events import Event, PolicySet, voided_entries
from rollertrack.domain.guide import AREA_WORDS
from rollertrack.domain.policy_table import CONVENTION, EDITABLE, NOTICES, Row
from rollertrack.domain.quantities import DAY, HOUR, MINUTE, SECOND
from rollertrack.domain.text import decimal_number, near_hint, strength, whole_number
from rollertrack.errors import BadInput

T = TypeVar("T")

PROFILES = ("home", "clinic")
ROLES = ("disinfects", "cleans", "refused", "not-offered")
PROFILE_KEY = "profile"
DEFAULT = "default"
_NONE = "none"
"""What is typed for a rule that is off."""
_ROWS: dict[str, Row] = {row.key: row for row in EDITABLE}
_USUAL = {
    "home": {row.key: row.home for row in EDITABLE},
    "clinic": {row.key: row.clinic for row in EDITABLE},
}
_OF_AGENTS: dict[str, dict[str, str]] = {}
"""The keys of each agent by what they say of it."""
for _key in _ROWS:
    if _key.startswith("agent.") and _key != "agent.usual":
        _, _agent, _facet = _key.split(".")
        _OF_AGENTS.setdefault(_agent, {})[_facet] = _key
AGENT_NAMES = tuple(_OF_AGENTS)
_HIGHEST = {"uses": 100, "days": 365, "hours": 720, "minutes": 720, "percent": 100}
# Where a whole number makes sense more narrowly than its unit does; each beside the page that goes furthest.
_BOUNDS = {
    "uses.over-1.00": (1, 10),  # a single use by the one source; a maker's own limit is registered
    "uses.cartridge": (1, 10),  # buylumni.com: 5
    "age.days": (1, 365),  # vuesdailleurs.org: a year
    "freshness.hours": (1, 168),  # a week, as for endoscopes by consensus
    "floor.hours": (12, 720),  # channels of short needles stay open for 12 h (PMC3160154)
    "session.minutes": (1, 480),  # a working day
    "interval.to-0.50.days": (2, 365),  # necolebitchie.com: 2–3 a week under 0.5 mm
    "interval.under-2.00.days": (7, 365),
    "interval.from-2.00.days": (14, 365),
    "interval.scalp.days": (3, 365),
    # High-level disinfectants never below CDC table 4, and no longer than it lets a solution live.
    "agent.glutaraldehyde.minutes": (20, 720),
    "agent.opa.minutes": (12, 720),
    "agent.peroxide-hld.minutes": (30, 720),
    "agent.glutaraldehyde.solution-days": (1, 30),
    "agent.opa.solution-days": (1, 14),
    "agent.peroxide-hld.solution-days": (1, 21),
    "agent.quat.solution-days": (1, 7),  # barbercosmo.ca.gov, older text: weekly
    "agent.bleach.solution-days": (1, 1),
}
# Between which percents a strength of one's own makes sense: below, the agent does nothing known.
_STRENGTHS = {
    name: (Decimal(low), Decimal(high))
    for name, (low, high) in {
        "alcohol": ("50", "100"), "peroxide": ("1", "35"), "quat": ("0.02", "20"), "bleach": ("0.05", "15"),
        "glutaraldehyde": ("1", "50"), "opa": ("0.2", "10"), "peroxide-hld": ("5", "35"),
    }.items()
}  # fmt: skip
_THIRD, _HALF = Decimal("0.30"), Decimal("0.50")


class Setting(NamedTuple):
    """One value in force: as text, its unit, where it comes from, and whether it was changed here."""

    key: str
    title: str
    value: str
    unit: str
    source: str
    changed: bool = False

    @property
    def convention(self) -> bool:
        """Whether the number is only convention: no study or rule was found behind it."""
        return not self.changed and self.source.startswith(CONVENTION)


class AgentRule(NamedTuple):
    """What the policy says of one agent; times in seconds, strengths in percent."""

    name: str
    role: str
    contact: int | None = None
    weakest: Decimal | None = None
    strongest: Decimal | None = None
    assumed: Decimal | None = None
    solution_life: int | None = None
    solution_warn: int | None = None
    strip_test: bool = False
    rinse: bool = False
    indicator: bool = False

    @property
    def disinfects(self) -> bool:
        """Whether a soak in this agent can count as a disinfection."""
        return self.role == "disinfects" and self.contact is not None


class Value(Generic[T]):
    """A value of the policy as an attribute: read from the text in force, once a policy; `off` for none."""

    def __init__(self, key: str, read: Callable[[str], T], off: T) -> None:
        self.row = _ROWS[key]
        self._read = read
        self._off = off

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, policy: None, owner: type) -> Self: ...

    @overload
    def __get__(self, policy: "Policy", owner: type) -> T: ...

    def __get__(self, policy: "Policy | None", owner: type) -> Self | T:
        if policy is None:
            return self
        text = policy.in_force[self.row.key]
        value = self._off if text == _NONE else self._read(text)
        vars(policy)[self._name] = value  # found before this one from now on
        return value


def _times(unit: int) -> Callable[[str], int]:
    """Reads a whole number of units."""
    return lambda text: int(text) * unit


def _span(unit: int) -> Callable[[str], int]:
    """Reads a number of units, of which the whole ones count."""
    return lambda text: int(Decimal(text)) * unit


def _yes(text: str) -> bool:
    return text == "yes"


# What the rows of an agent are called in its rule.
_FACETS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "role": ("role", str),
    "minutes": ("contact", _span(60)),
    "strength-min": ("weakest", Decimal),
    "strength-max": ("strongest", Decimal),
    "strength-assumed": ("assumed", Decimal),
    "solution-days": ("solution_life", _span(DAY // SECOND)),
    "solution-warn-days": ("solution_warn", _span(DAY // SECOND)),
    "strip-test": ("strip_test", _yes),
    "rinse": ("rinse", _yes),
    "indicator": ("indicator", _yes),
}


class Policy:
    """A profile and the values changed in it.

    Durations are in microseconds but for soaks, which like contact times are in seconds.
    """

    uses_to_030 = Value("uses.to-0.30", int, None)
    uses_to_050 = Value("uses.to-0.50", int, None)
    uses_to_100 = Value("uses.to-1.00", int, None)
    uses_over_100 = Value("uses.over-1.00", int, None)
    uses_cartridge = Value("uses.cartridge", int, None)
    age_days = Value("age.days", int, None)
    due_percent = Value("due.uses-percent", int, None)
    due_days = Value("due.days", int, None)
    freshness = Value("freshness.hours", _times(HOUR), 0)
    sterile_needles = Value("clinic.sterile-needles", _yes, False)
    longest_soak = Value("soak.longest", _times(3_600), 0)
    floor_usual = Value("floor.hours", _times(HOUR), 0)
    floor_over_050 = Value("floor.over-0.50.days", _times(DAY), 0)
    session_window = Value("session.minutes", _times(MINUTE), 0)
    interval_to_030 = Value("interval.to-0.30.days", _times(DAY), 0)
    interval_to_050 = Value("interval.to-0.50.days", _times(DAY), 0)
    interval_under_200 = Value("interval.under-2.00.days", _times(DAY), 0)
    interval_from_200 = Value("interval.from-2.00.days", _times(DAY), 0)
    interval_scalp = Value("interval.scalp.days", _times(DAY), 0)
    scalp_longest = Value("interval.scalp.max-length", Decimal, None)
    length_notice = Value("length.notice", Decimal, None)
    length_professional = Value("length.professional", Decimal, None)
    needs_operator = Value("use.operator", _yes, False)
    asks_lot = Value("use.lot", _yes, False)
    reaction_span = Value("reaction.days", _times(DAY), 0)
    ask_span = Value("ask.days", _span(DAY), None)
    agent_wished = Value("agent.usual", str, _NONE)
    is_usually_cleaned = Value("soak.cleaned", _yes, False)

    def __init__(self, profile: str = "home", changes: Mapping[str, str] | None = None) -> None:
        self.profile = profile
        self.changes = changes or {}
        self.in_force = {**_USUAL.get(profile, _USUAL["home"]), **self.changes}
        """Every value as it would be typed, by its key."""
        self._agents: dict[str, AgentRule] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and (other.profile, other.changes) == (self.profile, self.changes)

    __hash__ = None  # type: ignore[assignment]  # its changes may be a dict

    def text(self, key: str) -> str:
        """The value of a key as it would be typed."""
        return self.in_force[key]

    @property
    def own_rows(self) -> tuple[Row, ...]:
        """The rows whose value was changed in this profile."""
        return tuple(row for row in EDITABLE if row.key in self.changes)

    def floor(self, length: Decimal | None) -> int:
        """The shortest rest after a session with that length; none without needles."""
        if length is None:
            return 0
        return max(self.floor_usual, self.floor_over_050) if length > _HALF else self.floor_usual

    @property
    def stricter(self) -> bool:
        """Whether the stricter of the maker's limit and the policy's holds (clinic), not the maker's own."""
        return self.profile == "clinic"

    def uses_band(self, form: str, length: Decimal | None) -> int | None:
        """The uses the policy allows for a form and length; None for a handpiece or a rule that is off."""
        if length is None:
            return None
        if form == "cartridge":
            return self.uses_cartridge
        if length <= _THIRD:
            return self.uses_to_030
        if length <= _HALF:
            return self.uses_to_050
        return self.uses_to_100 if length <= 1 else self.uses_over_100

    def interval(self, length: Decimal | None, area: str) -> int:
        """The rest after a session with that length on that area."""
        if length is None:
            return 0
        usual = self._usual_interval(length)
        top = self.scalp_longest
        if top is not None and length <= top and AREA_WORDS.spelled(area) == "scalp":
            return min(usual, self.interval_scalp)
        return usual

    def is_interval_convention(self, length: Decimal, area: str) -> bool:
        """Whether the rest after a session with that length on that area is only convention."""
        if self.interval(length, area) < self._usual_interval(length):
            return self.is_convention(Policy.interval_scalp)
        bands = ((_THIRD, Policy.interval_to_030), (_HALF, Policy.interval_to_050))
        last = Policy.interval_under_200 if length < 2 else Policy.interval_from_200  # noqa: PLR2004 - mm
        return self.is_convention(next((band for top, band in bands if length <= top), last))

    def _usual_interval(self, length: Decimal) -> int:
        if length <= _THIRD:
            return self.interval_to_030
        if length <= _HALF:
            return self.interval_to_050
        return self.interval_under_200 if length < 2 else self.interval_from_200  # noqa: PLR2004 - mm, as the key says

    def agent(self, name: str) -> AgentRule:
        """The rule of an agent; an unknown name may be logged and does not disinfect."""
        if name not in self._agents:
            self._agents[name] = self._agent_rule(name)
        return self._agents[name]

    def _agent_rule(self, name: str) -> AgentRule:
        facts: dict[str, Any] = {"role": "unknown"}
        for facet, key in _OF_AGENTS.get(name, {}).items():
            attribute, read = _FACETS[facet]
            text = self.in_force[key]
            facts[attribute] = None if text == _NONE else read(text)
        return AgentRule(name, **facts)

    @property
    def usual_agent(self) -> str:
        """The agent that screens and next steps propose first: one that the profile offers, while any is."""
        wished = self.agent_wished
        if self.agent(wished).disinfects:
            return wished
        return next((name for name in AGENT_NAMES if self.agent(name).disinfects), wished)

    def settings(self) -> list[Setting]:
        """Every value in force with its source, the profile first and the notices last."""
        rows = [Setting(PROFILE_KEY, "Profile", self.profile, "home/clinic", "your choice")]
        for row in EDITABLE:
            changed = row.key in self.changes
            source = "set here" if changed else row.source
            rows.append(Setting(row.key, row.title, self.text(row.key), row.unit, source, changed))
        rows += [
            Setting(row.key, row.title, row.usual(self.profile), row.unit, row.source) for row in NOTICES
        ]
        return rows

    def is_convention(self, value: Value[Any]) -> bool:
        """Whether a value, such as `Policy.age_days`, is only convention."""
        return value.row.key not in self.changes and value.row.source.startswith(CONVENTION)


def policy_of(events: Iterable[Event], until: int | None = None) -> Policy:
    """The policy after a POLICY stream; each profile keeps its own changes; `until` leaves later ones out."""
    profile = "home"
    changes: dict[str, dict[str, str]] = {name: {} for name in PROFILES}
    entries = sorted(events, key=lambda each: each.seq)
    voided = voided_entries(entries)
    for event in entries:
        counts = event.seq not in voided and (until is None or event.at <= until)
        if counts and isinstance(event.payload, PolicySet):
            if event.payload.key == PROFILE_KEY:
                profile = event.payload.value
            elif event.payload.value == DEFAULT:
                changes[profile].pop(event.payload.key, None)
            else:
                changes[profile][event.payload.key] = event.payload.value
    return Policy(profile, changes[profile])


def checked_setting(key: str, value: str) -> tuple[str, str]:
    """A key and value as they may be stored; BadInput names what would be right."""
    key, value = key.strip().lower(), value.strip().lower()
    if key == PROFILE_KEY:
        return key, _one_of(key, value, PROFILES)
    row = _ROWS.get(key)
    if row is None:
        hint = near_hint(key, [PROFILE_KEY, *_ROWS], "`policy show` lists all")
        raise BadInput("policy key", f"“{key[:60]}” cannot be set; {hint}")
    return key, value if value == DEFAULT else _checked_value(row, value)


def _checked_value(row: Row, value: str) -> str:
    choices = {"yes/no": ("yes", "no"), "role": ROLES, "agent": AGENT_NAMES}.get(row.unit)
    if choices:
        return _one_of(row.key, agent_name(value) if row.unit == "agent" else value, choices)
    if ".strength-" in row.key:
        return _checked_strength(row, value)
    optional = row.unit == "mm" or row.key.startswith(("due.", "ask."))
    if value == "none" and optional:
        return value
    if row.unit == "mm":
        number = decimal_number(value, row.key, "0.05 to 5 mm or none is right")
        if not Decimal("0.05") <= number <= 5:  # noqa: PLR2004 - mm
            raise BadInput(row.key, f"{value} is out of range; 0.05 to 5 mm or none is right")
        return str(number)
    return str(whole_number(row.key, value, *_BOUNDS.get(row.key, (1, _HIGHEST[row.unit]))))


def _checked_strength(row: Row, value: str) -> str:
    """A strength in percent between bounds that make sense for the agent; only an assumed one may be none."""
    optional = row.key.endswith("-assumed")
    if value == "none" and optional:
        return value
    low, high = _STRENGTHS[row.key.split(".")[1]]
    number = strength(value, row.key)
    if not low <= number <= high:
        right = f"{low} to {high} percent" + (" or none" if optional else "")
        raise BadInput(row.key, f"{value} is out of range; {right} is right")
    return f"{number:f}"


def _one_of(field: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise BadInput(field, f"“{value[:40]}” is not known; one of {', '.join(choices)} is right")
    return value


AUTOCLAVE = "autoclave"

_SYNONYMS = {
    "alcohol": (
        "isopropanol", "isopropyl", "isopropyl alcohol", "rubbing alcohol", "ipa", "2 propanol",
        "propan 2 ol", "propanol", "ethanol", "ethyl alcohol",
    ),
    "peroxide": ("hydrogen peroxide", "h2o2"),
    "quat": (
        "quats", "qac", "quaternary ammonium", "quaternary ammonium compound", "benzalkonium",
        "benzalkonium chloride", "barbicide",
    ),
    "bleach": (
        "sodium hypochlorite", "hypochlorite", "naocl", "household bleach", "chlorine bleach",
    ),
    "glutaraldehyde": ("glutaral",),
    "opa": (
        "ortho phthalaldehyde", "orthophthalaldehyde", "o phthalaldehyde", "phthalaldehyde", "cidex opa",
    ),
    "peroxide-hld": ("peroxide hld", "hydrogen peroxide hld", "high level peroxide"),
    "autoclave": ("steam", "autoclaved", "steam autoclave", "steam sterilizer", "steam steriliser"),
    "chlorhexidine": ("chlorhexidine gluconate", "chx"),
    "denture": ("denture tablet", "denture tablets"),
    "ultrasonic": ("ultrasonic bath", "ultrasound"),
    "soap": ("soap and water", "dish soap"),
    "uv": ("uv c", "uvc", "uv light", "uv box"),
    "boiling": ("boil", "boiled", "boiling water"),
}  # fmt: skip
_NAMES = {said: name for name, others in _SYNONYMS.items() for said in others}


def agent_name(text: str) -> str:
    """The name in the policy of an agent as people call it; an unknown one in small letters as it is.

    A maker's brand stands for an agent only where it is never sold as another one.
    """
    said = unicodedata.normalize("NFKC", text).casefold().replace("-", " ")
    return _NAMES.get(" ".join(said.split()), text.strip().lower())
