"""Whether streams bear each other out: every use has its session, every code that is named its stream."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rollertrack.domain.code import is_code
from rollertrack.domain.events import (
    Affected,
    Binned,
    Event,
    IncidentOpened,
    PackFacts,
    Payload,
    Reaction,
    Recalled,
    Released,
    Retired,
    RollerFacts,
    Session,
    Taken,
    Used,
    effective,
)


@dataclass(slots=True)
class Pairing:
    """The uses and sessions seen that have not met their other half yet, as (person, roller, entry)."""

    _single: dict[tuple[str, str, int], str] = field(default_factory=dict)

    def add(self, stream: str, events: Sequence[Event]) -> None:
        """Take the events of one whole stream."""
        for event in effective(events):
            if isinstance(event.payload, Used) and event.person:
                self._meet((event.person, stream, event.seq), "use")
            elif isinstance(event.payload, Session):
                self._meet((stream, event.payload.roller, event.payload.entry), "session")

    def _meet(self, pair: tuple[str, str, int], half: str) -> None:
        if self._single.get(pair, half) != half:
            del self._single[pair]
        else:
            self._single[pair] = half

    def fault(self) -> str:
        """The first half without its other one, in words; empty when all have met."""
        if not self._single:
            return ""
        person, roller, entry = first = min(self._single)
        if self._single[first] == "use":
            return f"{roller} entry {entry}: this use is missing from the sessions of {person}"
        return f"{person}: a session names entry {entry} of {roller}, which is no use on this person"


@dataclass(slots=True)
class Named:
    """The codes that entries name, each with the first that does, and the streams that are there."""

    streams: set[str] = field(default_factory=set)
    _first: dict[str, str] = field(default_factory=dict)

    def add(self, stream: str, events: Sequence[Event]) -> None:
        """Take the events of one whole stream."""
        self.streams.add(stream)
        for event in events:
            for code in _codes(event):
                self._first.setdefault(code, f"{stream} entry {event.seq}")

    def fault(self) -> str:
        """The first code that is named and has no stream, in words; empty when each has one."""
        gone = sorted(self._first.keys() - self.streams)
        return f"{self._first[gone[0]]} names {gone[0]}, of which every entry is gone" if gone else ""


def _codes(event: Event) -> Iterator[str]:
    yield from filter(None, (event.operator, event.person, event.solution))
    yield from filter(None, _named_in(event.payload))


def _about(payload: Affected) -> str:
    """The code that an incident began with; a lot may look like one."""
    is_named = isinstance(payload, IncidentOpened) and payload.cause != "lot" and is_code(payload.about)
    return payload.about if is_named and isinstance(payload, IncidentOpened) else ""


def _named_in(payload: Payload) -> Sequence[str]:
    match payload:
        case (
            Session(roller=code)
            | Reaction(roller=code)
            | Retired(bin=code)
            | Binned(bin=code)
            | Taken(roller=code)
        ):
            return (code,)
        case Recalled(incident=code) | Released(incident=code):
            return (code,)
        case RollerFacts(product=product) | PackFacts(product=product):
            return (product, getattr(payload, "pack", ""))
        case Affected():
            return (*payload.rollers, *payload.persons, *payload.packs, _about(payload))
        case _:
            return ()
