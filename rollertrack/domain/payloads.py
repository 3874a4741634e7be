"""What an event says, a kind a class: facts by keyword, read from the journal for ever."""

from collections.abc import Set
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, NoReturn, Self, dataclass_transform

from rollertrack.errors import BadInput

# Numbers by what they count; the reader of stored rows keeps each of them in range.
Millimetres = Annotated[Decimal, "mm"]
Percent = Annotated[Decimal, "percent"]
Seconds = Annotated[int, "seconds"]
Count = Annotated[int, "count"]
Offset = Annotated[int, "minutes"]
Mark = Annotated[str, "mark"]
Instant = Annotated[int, "microseconds"]
Money = Annotated[int, "minor units"]
Tally = Annotated[int, "tally"]
"""A count that may be none."""
SHORTEST, LONGEST = Decimal("0.05"), Decimal("5.00")
"""What needles there are, in mm."""
Entries = tuple[Annotated[int, "count"], ...]


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class Payload:
    """What an event says, beside who, when and to what: facts by keyword, which then stay as they are.

    A type checker reads a kind as a dataclass; at run time thirty kinds share these methods, since a set
    generated for each, and what generates it, would take a fifth of the time of a `check`.
    """

    kind: ClassVar[str]
    types: ClassVar[dict[str, Any]] = {}
    """The type of every fact by name."""
    defaults: ClassVar[dict[str, Any]] = {}
    """The facts that may be left out, and what they are then."""
    needed: ClassVar[Set[str]] = frozenset()
    """The facts that must be said."""

    def __init_subclass__(cls) -> None:
        own = cls.__annotations__
        cls.types = cls.types | own
        cls.defaults = cls.defaults | {name: vars(cls)[name] for name in own if name in vars(cls)}
        cls._blank = dict.fromkeys(cls.types) | cls.defaults
        cls.needed = cls.types.keys() - cls.defaults.keys()

    _blank: ClassVar[dict[str, Any]] = {}

    def __init__(self, **facts: Any) -> None:
        said = self._blank | facts
        if len(said) > len(self._blank) or not self.needed <= facts.keys():
            wrong = sorted((facts.keys() - self.types.keys()) | (self.needed - facts.keys()))
            raise TypeError(f"{type(self).__name__} takes other facts: {', '.join(wrong)}")
        self.__dict__.update(said)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Refuse facts that do not go together."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} stays as it is")

    def changed(self, **facts: Any) -> Self:
        """The same with some facts changed."""
        return type(self)(**vars(self) | facts)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


class Noted(Payload):
    """Anything worth keeping."""

    kind = "noted"
    text: str


class Voided(Payload):
    """An earlier entry of the same stream was a mistake."""

    kind = "voided"
    entry: Count
    reason: str


ROLLER_KINDS = ("roller", "stamp", "cartridge", "handpiece")


def _check_needles(form: str, length: Decimal | None) -> None:
    """Refuse a kind that is none, and a length that does not go with it."""
    if form not in ROLLER_KINDS:
        raise BadInput("kind", f"“{form}” is not known; one of {', '.join(ROLLER_KINDS)} is right")
    if form == "handpiece":
        if length is not None:
            raise BadInput("length", "a handpiece has no needles; leave the length out")
    elif length is None:
        raise BadInput("length", f"a {form} needs its needle length in mm, such as 0.5")
    elif not SHORTEST <= length <= LONGEST:
        raise BadInput("length", f"{length} mm is out of range; {SHORTEST} to {LONGEST} mm is right")


class RollerFacts(Payload):
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
    product: str = ""
    """What it is a piece of, and of which pack: streams of their own; empty where nobody said."""
    pack: str = ""
    ref: str = ""
    """What it is called in the list it was imported from; empty where it was not."""

    def __post_init__(self) -> None:
        _check_needles(self.form, self.length)


class Registered(RollerFacts):
    """A roller entered the record."""

    kind = "registered"


class Amended(RollerFacts):
    """A registration was mended; holds every fact anew."""

    kind = "amended"


class Opened(Payload):
    """A sterile pack was opened."""

    kind = "opened"


class Used(Payload):
    """One session on the person of the event, with the verdict it was decided on.

    `depth` is what a pen was dialled to; `infected` that it touched infected skin.
    """

    kind = "used"
    word: str
    findings: tuple[str, ...] = ()
    acknowledged: bool = False
    despite: str = ""
    area: str = ""
    concern: str = ""
    inspected: str = ""
    note: str = ""
    depth: Millimetres | None = None
    infected: bool = False
    after: Instant | None = None
    """The newest moment of entering on the person's record, where it lay later than the clock said."""


class Agent(Payload):
    """The agent of a disinfection and how it was judged when it was logged.

    `required` is the contact time in force, in seconds, None for an agent that does not disinfect;
    `objection` says why the disinfection cannot count, empty when nothing stands against it. `solution_head`
    is how many entries the solution had then, `load` the number of an autoclave's load; `longest` is the time
    in the agent, in seconds, beyond which its effect is not known.
    """

    agent: str
    strength: Percent | None = None
    required: Seconds | None = None
    objection: str = ""
    cleaned: bool = False
    rinse: str = ""
    lot: str = ""
    solution_expiry: date | None = None
    solution_head: Count | None = None
    load: str = ""
    longest: Seconds | None = None


class DisinfectionStarted(Agent):
    """The needles went into the agent; `planned` is the contact time to wait for, in seconds.

    `machine`, `boot` and `ticks` (microseconds since that start of the computer) are read from the boot
    clock as it was entered, which no change of the wall clock moves; empty where the system has none.
    """

    kind = "disinfection_started"
    planned: Seconds
    machine: str = ""
    boot: str = ""
    ticks: Instant | None = None


class DisinfectionEnded(Payload):
    """The needles came out; `early` when before the planned time was up, the boot clock as at the start.

    `objection` says why what was done at the end keeps the disinfection from counting: no rinse after an
    agent that must be rinsed off, an `indicator` (passed, failed, or empty when nobody read it).
    """

    kind = "disinfection_ended"
    early: bool = False
    rinsed: bool = False
    rinse: str = ""
    indicator: str = ""
    objection: str = ""
    machine: str = ""
    boot: str = ""
    ticks: Instant | None = None


class Disinfected(Agent):
    """A disinfection recorded afterwards; the event's time is when it ended, `seconds` how long it took."""

    kind = "disinfected"
    seconds: Seconds
    rinsed: bool = False
    indicator: str = ""


class Doubted(Payload):
    """What earlier disinfections were decided on turned out false: they do not count, whenever it is asked.

    `entries` are their numbers in this stream; the event's solution is the one they were done in.
    """

    kind = "doubted"
    entries: Entries
    reason: str


class Inspected(Payload):
    """The needles were looked at."""

    kind = "inspected"
    ok: bool
    reason: str = ""


class Bound(Payload):
    """Set aside for the person of the event before the first use."""

    kind = "bound"


class Quarantined(Payload):
    """Put aside until it is released."""

    kind = "quarantined"
    reason: str


class Released(Payload):
    """Taken out of quarantine or recall; with the code of an `incident` out of its recall alone."""

    kind = "released"
    reason: str
    incident: str = ""


class Recalled(Payload):
    """It was called back; `incident` is the code of what for, empty where none was opened."""

    kind = "recalled"
    reason: str
    incident: str = ""


class Retired(Payload):
    """The end of its life; `bin` is the code of the sharps bin it went into."""

    kind = "retired"
    reason: str
    bin: str = ""


class Binned(Payload):
    """A roller that was retired already went into a sharps bin; `bin` is its code."""

    kind = "binned"
    bin: str


class Snoozed(Payload):
    """Something due is put off: `what` is its kind, `until` the instant from which it is due again."""

    kind = "snoozed"
    what: str
    until: Instant
    reason: str


class LabelPrinted(Payload):
    """A label was sent to a printer or file; sent, not proven. `mark` tells it from earlier ones."""

    kind = "label_printed"
    media: str
    place: str
    payload: str
    copies: Count = 1
    mark: Mark = ""


class LabelProven(Payload):
    """The printed label was scanned back."""

    kind = "label_proven"
    mark: Mark = ""


class PersonRegistered(Payload):
    """A person entered the record, by a short label."""

    kind = "registered"
    label: str


class PersonAmended(PersonRegistered):
    """The label of a person was mended."""

    kind = "amended"


class Session(Payload):
    """A use as the person's skin saw it; `entry` is the use's number in the roller's stream.

    `depth` is what a pen was dialled to, None for the whole length.
    """

    kind = "session"
    roller: str
    entry: Count
    length: Millimetres | None = None
    area: str = ""
    depth: Millimetres | None = None
    after: Instant | None = None
    """The newest moment of entering on the roller's record, where it lay later than the clock said."""
    concern: str = ""


class Contraindication(Payload):
    """A reason to ask a professional first was noted, or (`present` false) no longer holds."""

    kind = "contraindication"
    name: str
    present: bool = True


class Asked(Payload):
    """The health questions were asked; `answers` is all that holds, `none` that nothing does."""

    kind = "asked"
    answers: tuple[str, ...] = ()
    none: bool = False


HANDED_OVER = ("on the screen", "on paper", "printed")
"""How a care slip is handed over, where nobody says it in other words."""


class CareGiven(Payload):
    """What to do before or after a session was handed over; `which` of the two, and `how`."""

    kind = "care_given"
    which: str
    how: str = ""


class Forgotten(Payload):
    """So many texts about the person were erased, the label among them; the code and what was done stay."""

    kind = "forgotten"
    texts: Tally


class Reaction(Payload):
    """Skin reacted; `roller` and `entry` name the use it is laid to, empty where nobody knows."""

    kind = "reaction"
    text: str
    roller: str = ""
    entry: Count | None = None


class SolutionRegistered(Payload):
    """A bottle or jar was opened, at the time of the event.

    `listing` is where its label says that it is listed; `use_days` for how many days it says it may be used.
    """

    kind = "registered"
    agent: str
    strength: Percent | None = None
    lot: str = ""
    expiry: date | None = None
    expiry_offset: Offset | None = None
    listing: str = ""
    use_days: Count | None = None


class SolutionAmended(SolutionRegistered):
    """The facts of a solution were mended; `opened` is when it was opened, None as registered."""

    kind = "amended"
    opened: Instant | None = None


class Tested(Payload):
    """A test strip was dipped."""

    kind = "tested"
    passed: bool


class ToppedUp(Payload):
    """More was poured in; its life is that of what was opened first."""

    kind = "topped_up"


class Discarded(Payload):
    """The solution was thrown away."""

    kind = "discarded"
    reason: str


class NamedRegistered(Payload):
    """An operator or a sharps bin entered the record."""

    kind = "registered"
    label: str


class NamedAmended(NamedRegistered):
    """The label of an operator or bin was mended."""

    kind = "amended"


class Closed(Payload):
    """An operator left, or a bin was closed."""

    kind = "closed"
    reason: str = ""


class Reopened(Payload):
    """An operator who left works here again, or a bin that was closed takes more."""

    kind = "reopened"
    reason: str = ""


class Collected(Payload):
    """A sharps bin was taken away, closed or not, by a `hauler` who gave a `receipt`."""

    kind = "collected"
    hauler: str
    receipt: str = ""


INCIDENT_CAUSES = ("lot", "solution", "strip", "reaction", "injury", "other")


class Affected(Payload):
    """Rollers and packs put aside, persons touched for one reason, all by code; `query` is what was asked.

    `since` and `until` bound what was asked for in time, None where nothing does.
    """

    reason: str
    rollers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    since: Instant | None = None
    until: Instant | None = None
    packs: tuple[str, ...] = ()


class IncidentOpened(Affected):
    """Something went wrong; `about` is the lot or the code that it began with."""

    kind = "opened"
    cause: str
    about: str = ""


class IncidentWidened(Affected):
    """The same was asked once more, and found more."""

    kind = "widened"


class Told(Payload):
    """The person of the event was told of it."""

    kind = "told"
    how: str


class IncidentClosed(Payload):
    """Nothing is left to be done about it."""

    kind = "closed"
    outcome: str


class PolicySet(Payload):
    """A value of the policy was changed."""

    kind = "set"
    key: str
    value: str


class ProductFacts(Payload):
    """What is bought again and again: what each of its pieces is, how it is packed and ordered.

    `coded` says that every piece gets a code and a label when its pack comes; else it gets its code when it
    is used. `price` is that of a piece, `delivery_days` how long an order takes, `reorder_level` the stock at
    which its user wants to order whatever the pace is.
    """

    name: str
    form: str = "roller"
    length: Millimetres | None = None
    maker: str = ""
    model: str = ""
    needles: Count | None = None
    material: str = ""
    sterile: bool = False
    single_use: bool = False
    max_uses: Count | None = None
    max_days: Count | None = None
    pack_size: Count | None = None
    coded: bool = True
    price: Money | None = None
    currency: str = ""
    reorder_level: Count | None = None
    delivery_days: Count | None = None

    def __post_init__(self) -> None:
        _check_needles(self.form, self.length)


class ProductRegistered(ProductFacts):
    """A product entered the record."""

    kind = "registered"


class ProductAmended(ProductFacts):
    """The facts of a product were mended; holds every fact anew."""

    kind = "amended"


class BarcodeBound(Payload):
    """A maker's barcode stands for so many pieces of the product."""

    kind = "barcode_bound"
    scheme: str
    key: str
    pieces: Count = 1


class Ordered(Payload):
    """So many pieces were ordered."""

    kind = "ordered"
    pieces: Count
    expected: date | None = None
    supplier: str = ""
    ref: str = ""


class OrderEnded(Payload):
    """An order is over: it came, or will not come; `entry` is its number in this stream."""

    kind = "order_ended"
    entry: Count
    reason: str


class Counted(Payload):
    """The shelf was counted: codes and names that were missing or not expected, texts that nothing knows."""

    kind = "counted"
    expected: Tally
    found: Tally
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    place: str = ""


class PackFacts(Payload):
    """A pack as it came: what stands on it, what it cost, where it came from.

    `scanned` is the text of its barcode as it came, `compared` that a person said the pack reads so;
    `certificate` is the reference of the maker's certificate of sterilisation.
    """

    product: str
    pieces: Count
    lot: str = ""
    expiry: date | None = None
    expiry_offset: Offset | None = None
    made: date | None = None
    serial: str = ""
    coded: bool = True
    price: Money | None = None
    currency: str = ""
    supplier: str = ""
    invoice: str = ""
    certificate: str = ""
    scanned: str = ""
    compared: bool = False


class PackReceived(PackFacts):
    """A pack came."""

    kind = "received"


class PackAmended(PackFacts):
    """The facts of a pack were mended; holds every fact anew."""

    kind = "amended"


class Taken(Payload):
    """A piece without a code was taken out to be used, under the code of that roller from then on."""

    kind = "taken"
    roller: str


class WrittenOff(Payload):
    """Pieces without codes are gone without having been used."""

    kind = "written_off"
    pieces: Count
    reason: str


class Found(Payload):
    """Pieces without codes were found that the record did not know of."""

    kind = "found"
    pieces: Count
    reason: str
