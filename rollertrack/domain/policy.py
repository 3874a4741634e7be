"""The policy in force: every number the gate uses, each with its source."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from rollertrack.domain.agents import agent_name
from rollertrack.domain.events import Event, PolicySet, voided_entries
from rollertrack.domain.guide import AREA_WORDS
from rollertrack.domain.policy_table import CONVENTION, EDITABLE, NOTICES, Row
from rollertrack.domain.text import decimal_number, near_hint, strength, whole_number
from rollertrack.errors import BadInput

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

PROFILES = ("home", "clinic")
ROLES = ("disinfects", "cleans", "refused", "not-offered")
PROFILE_KEY = "profile"
DEFAULT = "default"
_ROWS: dict[str, Row] = {row.key: row for row in EDITABLE}
AGENT_NAMES = tuple(dict.fromkeys(key.split(".")[1] for key in _ROWS if key.endswith(".role")))
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
_BANDS = ((Decimal("0.30"), "to-0.30"), (Decimal("0.50"), "to-0.50"), (Decimal("1.00"), "to-1.00"))


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


class Policy:
    """A profile and the values changed in it."""

    def __init__(self, profile: str = "home", changes: Mapping[str, str] | None = None) -> None:
        self.profile = profile
        self.changes = changes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and (other.profile, other.changes) == (self.profile, self.changes)

    __hash__ = None  # type: ignore[assignment]  # its changes may be a dict

    def text(self, key: str) -> str:
        """The value of a key as it would be typed."""
        changed = (self.changes or {}).get(key)
        return changed if changed is not None else _default(_ROWS[key], self.profile)

    def number(self, key: str) -> int | None:
        """A whole number, None when the rule is off."""
        if key not in self._numbers:
            self._numbers[key] = None if (text := self.text(key)) == "none" else int(text)
        return self._numbers[key]

    def decimal(self, key: str) -> Decimal | None:
        """A decimal number, None when the rule is off."""
        if key not in self._decimals:
            self._decimals[key] = None if (text := self.text(key)) == "none" else Decimal(text)
        return self._decimals[key]

    # A verdict asks for the same few values again and again, at every instant at which its word may turn.

    @cached_property
    def _numbers(self) -> dict[str, int | None]:
        return {}

    @cached_property
    def _decimals(self) -> dict[str, Decimal | None]:
        return {}

    @cached_property
    def _agents(self) -> dict[str, AgentRule]:
        return {}

    @property
    def own_keys(self) -> frozenset[str]:
        """The keys that were changed in this profile, those a later version dropped apart."""
        return frozenset(key for key in self.changes or {} if key in _ROWS)

    @cached_property
    def freshness(self) -> int:
        """How long a disinfection stays fresh, in microseconds."""
        return (self.number("freshness.hours") or 0) * HOUR

    def floor(self, length: Decimal | None) -> int:
        """The shortest rest after a session with that length, in microseconds; none without needles."""
        if length is None:
            return 0
        shortest = (self.number("floor.hours") or 0) * HOUR
        return max(shortest, self._days("floor.over-0.50.days")) if length > _BANDS[1][0] else shortest

    @cached_property
    def session_window(self) -> int:
        """How long after its first piece another still belongs to the same session, in microseconds."""
        return (self.number("session.minutes") or 0) * MINUTE

    @cached_property
    def longest_soak(self) -> int:
        """The time in an agent beyond which its effect is not known, in seconds."""
        return (self.number("soak.longest") or 0) * 3_600

    @property
    def stricter(self) -> bool:
        """Whether the stricter of the maker's limit and the policy's holds (clinic), not the maker's own."""
        return self.profile == "clinic"

    def uses_band(self, form: str, length: Decimal | None) -> int | None:
        """The uses the policy allows for a form and length; None for a handpiece or a rule that is off."""
        if length is None:
            return None
        if form == "cartridge":
            return self.number("uses.cartridge")
        return self.number("uses." + next((name for top, name in _BANDS if length <= top), "over-1.00"))

    def interval(self, length: Decimal | None, area: str) -> int:
        """The rest after a session with that length on that area, in microseconds."""
        if length is None:
            return 0
        usual = self._usual_interval(length)
        scalp_top = self.decimal("interval.scalp.max-length")
        if scalp_top is not None and length <= scalp_top and AREA_WORDS.spelled(area) == "scalp":
            return min(usual, self._days("interval.scalp.days"))
        return usual

    def _usual_interval(self, length: Decimal) -> int:
        for top, name in _BANDS[:2]:
            if length <= top:
                return self._days(f"interval.{name}.days")
        return self._days("interval.under-2.00.days" if length < 2 else "interval.from-2.00.days")  # noqa: PLR2004 - mm, as the key says

    def _days(self, key: str) -> int:
        return (self.number(key) or 0) * DAY

    def agent(self, name: str) -> AgentRule:
        """The rule of an agent; an unknown name may be logged and does not disinfect."""
        if name not in AGENT_NAMES:
            return AgentRule(name, "unknown")
        if name not in self._agents:
            self._agents[name] = self._agent_rule(name)
        return self._agents[name]

    def _agent_rule(self, name: str) -> AgentRule:
        days, warn = self._facet(name, "solution-days"), self._facet(name, "solution-warn-days")
        minutes = self._facet(name, "minutes")
        return AgentRule(
            name=name,
            role=self.text(f"agent.{name}.role"),
            contact=None if minutes is None else int(minutes) * 60,
            weakest=self._facet(name, "strength-min"),
            strongest=self._facet(name, "strength-max"),
            assumed=self._facet(name, "strength-assumed"),
            solution_life=None if days is None else int(days) * 86_400,
            solution_warn=None if warn is None else int(warn) * 86_400,
            strip_test=self._yes(f"agent.{name}.strip-test"),
            rinse=self._yes(f"agent.{name}.rinse"),
            indicator=self._yes(f"agent.{name}.indicator"),
        )

    def _facet(self, name: str, facet: str) -> Decimal | None:
        key = f"agent.{name}.{facet}"
        return self.decimal(key) if key in _ROWS else None

    def _yes(self, key: str) -> bool:
        return key in _ROWS and self.text(key) == "yes"

    @property
    def sterile_needles(self) -> bool:
        """Whether needles must come out of a sterile pack; what was soaked or used does not count."""
        return self._yes("clinic.sterile-needles")

    @property
    def needs_operator(self) -> bool:
        """Whether a use and a disinfection must name the operator."""
        return self._yes("use.operator")

    @property
    def asks_lot(self) -> bool:
        """Whether a missing lot is worth saying."""
        return self._yes("use.lot")

    @cached_property
    def usual_agent(self) -> str:
        """The agent that screens and next steps propose first: one that the profile offers, while any is."""
        usual = self.text("agent.usual")
        offered = [name for name in AGENT_NAMES if self.agent(name).disinfects]
        return usual if usual in offered or not offered else offered[0]

    def settings(self) -> list[Setting]:
        """Every value in force with its source, the profile first and the notices last."""
        rows = [Setting(PROFILE_KEY, "Profile", self.profile, "home/clinic", "your choice")]
        for row in EDITABLE:
            changed = row.key in (self.changes or {})
            source = "set here" if changed else row.source
            rows.append(Setting(row.key, row.title, self.text(row.key), row.unit, source, changed))
        rows += [
            Setting(row.key, row.title, _default(row, self.profile), row.unit, row.source) for row in NOTICES
        ]
        return rows

    def is_convention(self, key: str) -> bool:
        """Whether the value of a key is only convention."""
        return key not in (self.changes or {}) and _ROWS[key].source.startswith(CONVENTION)


def policy_of(events: Iterable[Event], until: int | None = None) -> Policy:
    """The policy after a POLICY stream; each profile keeps its own changes; `until` leaves later ones out."""
    profile = "home"
    changes: dict[str, dict[str, str]] = {name: {} for name in PROFILES}
    entries = sorted(events, key=lambda each: each.seq)
    voided = voided_entries(entries)
    for event in entries:
        counts = event.seq not in voided and (until is None or event.at <= until)
        if counts and isinstance(event.body, PolicySet):
            if event.body.key == PROFILE_KEY:
                profile = event.body.value
            elif event.body.value == DEFAULT:
                changes[profile].pop(event.body.key, None)
            else:
                changes[profile][event.body.key] = event.body.value
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
    optional = row.unit == "mm" or row.key.startswith("due.")
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


def _default(row: Row, profile: str) -> str:
    return row.clinic if profile == "clinic" else row.home
