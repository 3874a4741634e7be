"""Events: the rows of the journal, which kinds of them each stream holds, and which still count."""

from collections.abc import Sequence, Set
from operator import attrgetter
from typing import NamedTuple

from rollertrack.domain.payloads import (
    INCIDENT_CAUSES,
    ROLLER_KINDS,
    Affected,
    Agent,
    Amended,
    Asked,
    BarcodeBound,
    Binned,
    Bound,
    CareGiven,
    Closed,
    Collected,
    Contraindication,
    Count,
    Counted,
    Discarded,
    Disinfected,
    DisinfectionEnded,
    DisinfectionStarted,
    Doubted,
    Entries,
    Forgotten,
    Found,
    IncidentClosed,
    IncidentOpened,
    IncidentWidened,
    Inspected,
    Instant,
    LabelPrinted,
    LabelProven,
    Mark,
    Millimetres,
    Money,
    NamedAmended,
    NamedRegistered,
    Noted,
    Offset,
    Opened,
    Ordered,
    OrderEnded,
    PackAmended,
    PackFacts,
    PackReceived,
    Payload,
    Percent,
    PersonAmended,
    PersonRegistered,
    PolicySet,
    ProductAmended,
    ProductFacts,
    ProductRegistered,
    Quarantined,
    Reaction,
    Recalled,
    Registered,
    Released,
    Reopened,
    Retired,
    RollerFacts,
    Seconds,
    Session,
    Snoozed,
    SolutionAmended,
    SolutionRegistered,
    Taken,
    Tally,
    Tested,
    Told,
    ToppedUp,
    Used,
    Voided,
    WrittenOff,
)

__all__ = [
    "INCIDENT_CAUSES",
    "PAYLOADS",
    "POLICY_STREAM",
    "ROLLER_KINDS",
    "Affected",
    "Agent",
    "Amended",
    "Asked",
    "BarcodeBound",
    "Binned",
    "Bound",
    "CareGiven",
    "Closed",
    "Collected",
    "Contraindication",
    "Count",
    "Counted",
    "Discarded",
    "Disinfected",
    "DisinfectionEnded",
    "DisinfectionStarted",
    "Doubted",
    "Entries",
    "Event",
    "Forgotten",
    "Found",
    "IncidentClosed",
    "IncidentOpened",
    "IncidentWidened",
    "Inspected",
    "Instant",
    "LabelPrinted",
    "LabelProven",
    "Mark",
    "Millimetres",
    "Money",
    "NamedAmended",
    "NamedRegistered",
    "Noted",
    "Offset",
    "Opened",
    "OrderEnded",
    "Ordered",
    "PackAmended",
    "PackFacts",
    "PackReceived",
    "Payload",
    "Percent",
    "PersonAmended",
    "PersonRegistered",
    "Placed",
    "PolicySet",
    "ProductAmended",
    "ProductFacts",
    "ProductRegistered",
    "Quarantined",
    "Reaction",
    "Recalled",
    "Registered",
    "Released",
    "Reopened",
    "Retired",
    "RollerFacts",
    "Seconds",
    "Session",
    "Snoozed",
    "SolutionAmended",
    "SolutionRegistered",
    "Taken",
    "Tally",
    "Tested",
    "Told",
    "ToppedUp",
    "Used",
    "Voided",
    "WrittenOff",
    "as_entered",
    "at_the_latest",
    "closed_at",
    "collected_at",
    "effective",
    "entered_since",
    "in_order",
    "newest_deed",
    "payloads_of",
    "untimed_entries",
    "voided_entries",
]  # fmt: skip

POLICY_STREAM = "POLICY"


class Event(NamedTuple):
    """One row of the journal: `at` and `recorded_at` in microseconds UTC, `offset` in minutes."""

    stream: str
    seq: int
    at: int
    recorded_at: int
    payload: Payload
    offset: int = 0
    operator: str | None = None
    person: str | None = None
    solution: str | None = None

    @property
    def kind(self) -> str:
        """The name of what happened."""
        return self.payload.kind


_ROLLER = (
    Registered, Amended, Opened, Used, DisinfectionStarted, DisinfectionEnded, Disinfected, Inspected, Bound,
    Quarantined, Released, Recalled, Retired, Binned, Snoozed, Noted, LabelPrinted, LabelProven, Doubted,
    Voided,
)  # fmt: skip
_PERSON = (
    PersonRegistered, PersonAmended, Session, Contraindication, Asked, Reaction, CareGiven, Forgotten, Noted,
    Voided,
)  # fmt: skip
_NAMED = (NamedRegistered, NamedAmended, Closed, Reopened, Voided)
_PRODUCT = (
    ProductRegistered, ProductAmended, BarcodeBound, Ordered, OrderEnded, Counted, Closed, Reopened, Noted,
    Snoozed, Voided,
)  # fmt: skip
_PACK = (
    PackReceived, PackAmended, Taken, WrittenOff, Found, Quarantined, Released, Recalled, Noted, Voided,
)  # fmt: skip

PAYLOADS: dict[str, dict[str, type[Payload]]] = {
    letter: {payload.kind: payload for payload in payloads}
    for letter, payloads in {
        "R": _ROLLER,
        "P": _PERSON,
        "S": (SolutionRegistered, SolutionAmended, Tested, ToppedUp, Discarded, Snoozed, Voided),
        "U": _NAMED,
        "B": (*_NAMED, Collected),
        "M": _PRODUCT,
        "C": _PACK,
        "I": (IncidentOpened, IncidentWidened, Told, IncidentClosed, Noted, Voided),
        POLICY_STREAM: (PolicySet, Voided),
    }.items()
}


def payloads_of(stream: str) -> dict[str, type[Payload]]:
    """The kinds of event a stream may hold, by name."""
    return PAYLOADS[stream if stream == POLICY_STREAM else stream[:1]]


_NUMBER = attrgetter("seq")


def voided_entries(events: Sequence[Event]) -> set[int]:
    """The numbers of the entries that were taken back; a void of a void brings its entry back."""
    voided: set[int] = set()
    for event in sorted(events, key=_NUMBER, reverse=True):
        if isinstance(event.payload, Voided) and event.seq not in voided and event.payload.entry < event.seq:
            voided.add(event.payload.entry)
    return voided


_NO_DEEDS = (Voided, Doubted, LabelPrinted, LabelProven, Forgotten)


def newest_deed(events: Sequence[Event]) -> Event | None:
    """The entry that an undoing means when none is named: the newest that counts and was a deed of its own.

    Undoings and doubts follow from other entries, those of a label are no deed of the user's, and what was
    erased does not come back.
    """
    gone = voided_entries(events)
    deeds = (each for each in events if each.seq not in gone and not isinstance(each.payload, _NO_DEEDS))
    return max(deeds, key=_NUMBER, default=None)


class Placed(NamedTuple):
    """An event and its place in time.

    `high` is the newest moment of entering before it: an entry below it was made by a clock that had gone
    back. `effective_at` (microseconds UTC) says where it stands among the others: what was entered as it
    happened comes after all that was entered before, whatever a clock says; what was entered late keeps its
    time.
    """

    event: Event
    effective_at: int
    high: int

    @property
    def is_astray(self) -> bool:
        """Whether it was entered by a clock that had gone back, so that its time is not known."""
        return self.event.recorded_at < self.high


def as_entered(
    events: Sequence[Event], timeless: Set[int] | None = None, voided: Set[int] | None = None
) -> list[Placed]:
    """The events that nothing took back, voids too, in the order of entry.

    `timeless` are its untimed entries and `voided` those taken back, where they are known already. Of what
    was entered by a clock that had gone back only the order of entry is known: its time moves up by as much
    as the clock lay behind.
    """
    if voided is None:
        voided = voided_entries(events)
    if timeless is None:
        timeless = untimed_entries(events, voided)
    high, found = 0, []
    for event in sorted(events, key=_NUMBER):
        if event.seq not in voided:
            high = max(high, getattr(event.payload, "after", None) or 0)
            found.append(Placed(event, event.at + max(0, high - event.recorded_at), high))
            if event.seq not in timeless:
                high = max(high, event.recorded_at)
    return found


def at_the_latest(each: Placed, entered: Sequence[Placed]) -> int | None:
    """The latest that something can have happened; None when no entry since shows a clock put right."""
    return entered_since(each, entered) if each.is_astray else each.effective_at


def entered_since(each: Placed, entered: Sequence[Placed]) -> int | None:
    """When the next entry was made by a clock that was right again."""
    later = (other for other in entered if other.event.seq > each.event.seq and not other.is_astray)
    return next((other.event.recorded_at for other in later), None)


def in_order(entered: Sequence[Placed]) -> list[Placed]:
    """What happened, in the order in which it did; no voids among it."""
    counting = [each for each in entered if not isinstance(each.event.payload, Voided)]
    return sorted(counting, key=_PLACE)


_PLACE = attrgetter("effective_at", "event.seq")


def effective(events: Sequence[Event]) -> list[Event]:
    """The events that still count, in the order in which they happened; no voids among them."""
    return [each.event for each in in_order(as_entered(events))]


def closed_at(counting: Sequence[Event]) -> int | None:
    """When an operator or a bin was closed, by the entries that count; None for one in use.

    The entry made last decides: to close and to open again are said after one another, whatever their times.
    A bin that was taken away is closed by that.
    """
    known = (each for each in counting if isinstance(each.payload, Closed | Reopened | Collected))
    last = max(known, key=_NUMBER, default=None)
    return last.at if last is not None and not isinstance(last.payload, Reopened) else None


def collected_at(counting: Sequence[Event]) -> int | None:
    """When a sharps bin was taken away; None while it stands here."""
    return max((each.at for each in counting if isinstance(each.payload, Collected)), default=None)


def untimed_entries(events: Sequence[Event], voided: Set[int] | None = None) -> Set[int]:
    """The entries whose time says nothing: those taken back, and registrations that were mended since.

    A registration that other entries lean on cannot be taken back; to mend it is the cure when the clock
    was wrong as it was made.
    """
    voided = voided_entries(events) if voided is None else voided
    facts = [
        each.seq
        for each in events
        if each.seq not in voided and each.payload.kind in {"registered", "amended"}
    ]
    return voided | set(sorted(facts)[:-1])
