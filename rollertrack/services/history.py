"""The history of a code: every entry in words, with whom it names and what a mend changed."""

from collections.abc import Iterator, Sequence

from rollertrack.domain import events as ev
from rollertrack.domain.events import Event, voided_entries
from rollertrack.domain.quantities import MINUTE
from rollertrack.domain.rows import EventRow
from rollertrack.services.station import Station
from rollertrack.store import queries
from rollertrack.store.journal import Journal
from rollertrack.wording.events import describe_event, describe_mend

LATE_AFTER = 10 * MINUTE


def history_of(station: Station, journal: Journal, code: str) -> tuple[EventRow, ...]:
    """Every entry of a stream, the newest happening first, undone ones marked."""
    events = journal.stream(code)
    gone = voided_entries(events)
    named = {each for event in events for each in (event.person, event.operator) if each}
    labels = queries.labels(station.store.database, named)
    rows = [
        EventRow(
            event.seq, event.kind, event.at, event.recorded_at, event.offset, text,
            event.operator, event.person, event.seq in gone, event.recorded_at - event.at > LATE_AFTER,
            labels.get(event.operator or "", ""), labels.get(event.person or "", ""),
        )
        for event, text in _told(events, gone)
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.at, -row.seq)))


_FACTS = (
    ev.RollerFacts, ev.SolutionRegistered, ev.PersonRegistered, ev.NamedRegistered, ev.ProductFacts,
    ev.PackFacts,
)  # fmt: skip


def _told(events: Sequence[Event], gone: set[int]) -> Iterator[tuple[Event, str]]:
    """Each entry in words; a mend by what it changed of the facts that held before it."""
    facts: ev.Payload | None = None
    registered_at = events[0].at if events else 0
    for event in events:
        payload = event.payload
        if isinstance(payload, _FACTS) and facts is not None:
            yield event, describe_mend(facts, payload, registered_at)
        else:
            yield event, describe_event(event)
        if isinstance(payload, _FACTS) and event.seq not in gone:
            facts = payload
