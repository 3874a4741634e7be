"""Whether every use stands in the person's stream too, and every session has its use."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rollertrack.domain.events import Event, Session, Used, effective


@dataclass(slots=True)
class Pairing:
    """The uses and sessions seen that have not met their other half yet, as (person, roller, entry)."""

    _single: dict[tuple[str, str, int], str] = field(default_factory=dict)

    def add(self, stream: str, events: Sequence[Event]) -> None:
        """Take the events of one whole stream."""
        for event in effective(events):
            if isinstance(event.body, Used) and event.person:
                self._meet((event.person, stream, event.seq), "use")
            elif isinstance(event.body, Session):
                self._meet((stream, event.body.roller, event.body.entry), "session")

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
