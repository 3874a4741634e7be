"""The journal as the inspector's report reads it: streams of a span, who did it, what is counted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import POLICY_STREAM, Event, voided_entries
from rollertrack.domain.reports import Period
from rollertrack.services.station import Station
from rollertrack.store import queries, report_queries
from rollertrack.store.journal import Journal
from rollertrack.wording.dates import Moments
from rollertrack.wording.inspection import OF_PERSONS

Rows = Iterator[tuple[int, tuple[str, ...]]]
"""Rows of a section, each with its instant, microseconds UTC."""
_KINDS = ("used", "disinfection_started", "disinfected", "received", "voided", *OF_PERSONS)
"""The kinds of entries that a section is made of; bins and incidents have lists of their own."""


class Stream(NamedTuple):
    """A stream as the report reads it: its entries, and which of them were taken back."""

    events: Sequence[Event]
    gone: set[int]

    def counting(self) -> Iterator[Event]:
        """The entries that count, in the order of entry."""
        return (event for event in self.events if event.seq not in self.gone)


class Inspected:
    """One span of a journal, read once."""

    def __init__(self, station: Station, journal: Journal, span: Period) -> None:
        self.journal = journal
        self.span = span
        self.database = station.store.database
        self.counts: Counter[str] = Counter()
        self.moment = Moments().spoken
        self._streams: dict[str, Stream] = {}
        self.touched = report_queries.streams_between(self.database, *span, _KINDS)
        journal.read_ahead(self.touched)
        named = queries.named(self.database, Kind.OPERATOR)
        self._operators: dict[str, str] = {row["code"]: row["label"] for row in named}

    def of(self, letter: str) -> Iterator[str]:
        """The streams of a kind that have an entry in the span."""
        return (code for code in self.touched if code[0] == letter and code != POLICY_STREAM)

    def stream(self, code: str) -> Stream:
        """A stream, read once."""
        if code not in self._streams:
            events = self.journal.stream(code)
            self._streams[code] = Stream(events, voided_entries(events))
        return self._streams[code]

    def is_in(self, at: int) -> bool:
        """Whether an instant lies in the span."""
        return self.span.since <= at <= self.span.until

    def who(self, event: Event) -> str:
        """Who did it, by the label of those who work here."""
        code = event.operator or ""
        return self._operators.get(code) or (shown(code) if code else "")
