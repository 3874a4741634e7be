"""A pack as folded from the events of its stream."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain import events as ev
from rollertrack.domain.counting import entered_facts
from rollertrack.domain.events import Event, PackFacts, effective
from rollertrack.domain.quantities import end_of_day
from rollertrack.domain.roller import Hold


class Pack(NamedTuple):
    """A pack as it came, and what became of the pieces in it that have no code.

    `taken` are the codes under which pieces went on; `quarantined` and `recalls`, one for each incident that
    called it back, keep all of it aside.
    """

    code: str
    facts: PackFacts
    received_at: int
    offset: int
    taken: tuple[str, ...] = ()
    written_off: int = 0
    found: int = 0
    last_taken_at: int | None = None
    quarantined: Hold | None = None
    recalls: tuple[tuple[str, Hold], ...] = ()

    @property
    def recalled(self) -> Hold | None:
        """What it was called back for last, None when nothing of that stands."""
        return self.recalls[-1][1] if self.recalls else None

    @property
    def left(self) -> int:
        """How many pieces without a code should lie in it; none where each has its own."""
        if self.facts.coded:
            return 0
        return max(0, self.facts.pieces - len(self.taken) - self.written_off + self.found)

    @property
    def held(self) -> str:
        """Why it is kept aside; empty when it is not."""
        return "recalled" if self.recalled else "quarantined" if self.quarantined else ""

    @property
    def expires_at(self) -> int | None:
        """The first instant after its expiry."""
        if self.facts.expiry is None:
            return None
        offset = self.facts.expiry_offset
        return end_of_day(self.facts.expiry, self.offset if offset is None else offset)


def fold(code: str, events: Sequence[Event]) -> Pack | None:
    """The pack after its events, or None when none receives one."""
    counting = effective(events)
    known = entered_facts(counting, ev.PackReceived, PackFacts)
    if known is None:
        return None
    received, facts = known
    pack = Pack(code, facts, received.at, received.offset)
    for event in counting:
        match event.payload:
            case ev.Taken(roller=roller):
                pack = pack._replace(taken=(*pack.taken, roller), last_taken_at=event.at)
            case ev.WrittenOff(pieces=pieces):
                pack = pack._replace(written_off=pack.written_off + pieces)
            case ev.Found(pieces=pieces):
                pack = pack._replace(found=pack.found + pieces)
            case ev.Quarantined(reason=reason):
                pack = pack._replace(quarantined=Hold(event.at, reason))
            case ev.Recalled(reason=reason, incident=incident):
                others = [each for each in pack.recalls if each[0] != incident]
                pack = pack._replace(recalls=(*others, (incident, Hold(event.at, reason))))
            case ev.Released(incident=incident):
                pack = _released(pack, incident)
    return pack


def _released(pack: Pack, incident: str) -> Pack:
    """As with a roller: a recall under a quarantine, and each of several, needs a release of its own."""
    if incident:
        return pack._replace(recalls=tuple(each for each in pack.recalls if each[0] != incident))
    return pack._replace(quarantined=None) if pack.quarantined else pack._replace(recalls=pack.recalls[:-1])
