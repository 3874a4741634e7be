"""Every kind of event as a frozen dataclass, with one canonical JSON form and a strict reading of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from rollertrack.domain.text import LONGEST, SHORTEST
from rollertrack.errors import BadInput

POLICY_STREAM = "POLICY"

# Numbers by what they count; the reader of stored rows keeps each of them in range.
Millimetres = Annotated[Decimal, "mm"]
Percent = Annotated[Decimal, "percent"]
Seconds = Annotated[int, "seconds"]
Count = Annotated[int, "count"]
Offset = Annotated[int, "minutes"]

ROLLER_KINDS = ("roller", "stamp", "cartridge", "handpiece")


@dataclass(frozen=True, eq=False, repr=False)
class Body:
    """What an event says, beside who, when and to what.

    Thirty kinds share these methods: a set generated for each would slow every start.
    """

    kind: ClassVar[str]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RollerFacts(Body):
    """A roller as registered: what was bought, what stands on the pack, the maker's own limits."""

    form: str = "roller"
    length: Millimetres | None = None
    name: str = ""
    maker: str = ""
    model: str = ""
    needles: Count | None = None
    material: str = ""
    lot: str = ""
    expiry: date | None = None
    expiry_offset: Offset | None = None
    """The station's offset on the day of expiry, in minutes: daylight saving differs from day to day."""
    sterile: bool = False
    single_use: bool = False
    max_uses: Count | None = None
    max_days: Count | None = None

    def __post_init__(self) -> None:
        if self.form not in ROLLER_KINDS:
            raise BadInput("kind", f"“{self.form}” is not known; one of {', '.join(ROLLER_KINDS)} is right")
        if self.form == "handpiece":
            if self.length is not None:
                raise BadInput("length", "a handpiece has no needles; leave the length out")
        elif self.length is None:
            raise BadInput("length", f"a {self.form} needs its needle length in mm, such as 0.5")
        elif not SHORTEST <= self.length <= LONGEST:
            raise BadInput("length", f"{self.length} mm is out of range; {SHORTEST} to {LONGEST} mm is right")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Registered(RollerFacts):
    """A roller entered the record."""

    kind = "registered"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Amended(RollerFacts):
    """A registration was mended; holds every fact anew."""

    kind = "amended"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Opened(Body):
    """A sterile pack was opened."""

    kind = "opened"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Used(Body):
    """One session on the person of the event, with the verdict it was decided on."""

    kind = "used"
    word: str
    findings: tuple[str, ...] = ()
    acknowledged: bool = False
    despite: str = ""
    area: str = ""
    concern: str = ""
    inspected: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Agent(Body):
    """The agent of a disinfection and how it was judged when it was logged.

    `required` is the contact time in force, in seconds, None for an agent that does not disinfect;
    `objection` says why the disinfection cannot count, empty when nothing stands against it.
    """

    agent: str
    strength: Percent | None = None
    required: Seconds | None = None
    objection: str = ""
    cleaned: bool = False
    rinse: str = ""
    lot: str = ""
    solution_expiry: date | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class DisinfectionStarted(Agent):
    """The needles went into the agent; `planned` is the contact time to wait for, in seconds."""

    kind = "disinfection_started"
    planned: Seconds


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class DisinfectionEnded(Body):
    """The needles came out; `early` when before the planned time was up."""

    kind = "disinfection_ended"
    early: bool = False


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Disinfected(Agent):
    """A disinfection recorded afterwards; the event's time is when it ended, `seconds` how long it took."""

    kind = "disinfected"
    seconds: Seconds


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Inspected(Body):
    """The needles were looked at."""

    kind = "inspected"
    ok: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Bound(Body):
    """Set aside for the person of the event before the first use."""

    kind = "bound"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Quarantined(Body):
    """Put aside until it is released."""

    kind = "quarantined"
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Released(Body):
    """Taken out of quarantine or recall."""

    kind = "released"
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Recalled(Body):
    """Its lot was called back."""

    kind = "recalled"
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Retired(Body):
    """The end of its life; `bin` is the code of the sharps bin it went into."""

    kind = "retired"
    reason: str
    bin: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Noted(Body):
    """Anything worth keeping."""

    kind = "noted"
    text: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class LabelPrinted(Body):
    """A label was sent to a printer or file; sent, not proven. `mark` tells it from earlier ones."""

    kind = "label_printed"
    media: str
    place: str
    payload: str
    copies: Count = 1
    mark: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class LabelProven(Body):
    """The printed label was scanned back."""

    kind = "label_proven"
    mark: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Voided(Body):
    """An earlier entry of the same stream was a mistake."""

    kind = "voided"
    entry: Count
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PersonRegistered(Body):
    """A person entered the record, by a short label."""

    kind = "registered"
    label: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PersonAmended(PersonRegistered):
    """The label of a person was mended."""

    kind = "amended"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Session(Body):
    """A use as the person's skin saw it; `entry` is the use's number in the roller's stream."""

    kind = "session"
    roller: str
    entry: Count
    length: Millimetres | None = None
    area: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Contraindication(Body):
    """A reason to ask a professional first was noted, or (`present` false) no longer holds."""

    kind = "contraindication"
    name: str
    present: bool = True


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class SolutionRegistered(Body):
    """A bottle or jar was opened, at the time of the event."""

    kind = "registered"
    agent: str
    strength: Percent | None = None
    lot: str = ""
    expiry: date | None = None
    expiry_offset: Offset | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class SolutionAmended(SolutionRegistered):
    """The facts of a solution were mended."""

    kind = "amended"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Tested(Body):
    """A test strip was dipped."""

    kind = "tested"
    passed: bool


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Discarded(Body):
    """The solution was thrown away."""

    kind = "discarded"
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class NamedRegistered(Body):
    """An operator or a sharps bin entered the record."""

    kind = "registered"
    label: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class NamedAmended(NamedRegistered):
    """The label of an operator or bin was mended."""

    kind = "amended"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Closed(Body):
    """An operator left, or a bin was closed."""

    kind = "closed"
    reason: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PolicySet(Body):
    """A value of the policy was changed."""

    kind = "set"
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the journal: `at` and `recorded_at` in microseconds UTC, `offset` in minutes."""

    stream: str
    seq: int
    at: int
    recorded_at: int
    body: Body
    offset: int = 0
    operator: str | None = None
    person: str | None = None
    solution: str | None = None

    @property
    def kind(self) -> str:
        """The name of what happened."""
        return self.body.kind


_ROLLER = (
    Registered, Amended, Opened, Used, DisinfectionStarted, DisinfectionEnded, Disinfected, Inspected, Bound,
    Quarantined, Released, Recalled, Retired, Noted, LabelPrinted, LabelProven, Voided,
)  # fmt: skip
_NAMED = (NamedRegistered, NamedAmended, Closed)

BODIES: dict[str, dict[str, type[Body]]] = {
    letter: {body.kind: body for body in bodies}
    for letter, bodies in {
        "R": _ROLLER,
        "P": (PersonRegistered, PersonAmended, Session, Contraindication, Noted, Voided),
        "S": (SolutionRegistered, SolutionAmended, Tested, Discarded, Voided),
        "U": _NAMED,
        "B": _NAMED,
        POLICY_STREAM: (PolicySet,),
    }.items()
}


def bodies_of(stream: str) -> dict[str, type[Body]]:
    """The kinds of event a stream may hold, by name."""
    return BODIES[stream if stream == POLICY_STREAM else stream[:1]]


def voided_entries(events: Sequence[Event]) -> set[int]:
    """The numbers of the entries that were taken back; a void of a void brings its entry back."""
    voided: set[int] = set()
    for event in sorted(events, key=lambda each: -each.seq):
        if isinstance(event.body, Voided) and event.seq not in voided and event.body.entry < event.seq:
            voided.add(event.body.entry)
    return voided


def effective(events: Sequence[Event]) -> list[Event]:
    """The events that still count, ordered by when they happened, then by entry; no voids among them."""
    voided = voided_entries(events)
    kept = [each for each in events if each.seq not in voided and not isinstance(each.body, Voided)]
    return sorted(kept, key=lambda each: (each.at, each.seq))
