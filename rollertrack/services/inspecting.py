"""The inspector's report: everything of a span that an inspector asks for, read out of the journal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rollertrack.domain import events as ev
from rollertrack.domain import incident as incidents
from rollertrack.domain import pack as packs
from rollertrack.domain import solution as solutions
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Event, voided_entries
from rollertrack.domain.inspection import Inspection, Section
from rollertrack.domain.quantities import DAY
from rollertrack.domain.reports import Period, UseWash, Washed
from rollertrack.domain.solution import Solution
from rollertrack.domain.stream_names import StreamKind
from rollertrack.domain.text import required_line
from rollertrack.errors import BadInput
from rollertrack.labels import files
from rollertrack.services.caring import font_runs
from rollertrack.services.reporting import washes_of
from rollertrack.services.sealing import seal
from rollertrack.services.station import Done, Station
from rollertrack.store import queries, report_queries, stock_queries
from rollertrack.store.journal import Journal
from rollertrack.wording import inspection as say
from rollertrack.wording.dates import Moments

MOST_ROWS = 100_000
"""More than some thousand pages are no help to anybody."""


_KINDS = ("used", "disinfection_started", "disinfected", "received", "voided", *say.OF_PERSONS)
"""The kinds of entries that a section is made of; bins and incidents have lists of their own."""
_MISSING = (Washed.LATER, Washed.NOT_YET, Washed.NEVER)


class _Stream(NamedTuple):
    """A stream as the report reads it: its entries, and which of them were taken back."""

    events: Sequence[Event]
    gone: set[int]

    def counting(self) -> Iterator[Event]:
        """The entries that count, in the order of entry."""
        return (event for event in self.events if event.seq not in self.gone)


def inspection(station: Station, place: str, span: Period) -> Inspection:
    """The report of a span; `place` is what the establishment is called."""
    named = required_line("place", place)
    with station.store.reading() as journal:
        return _Reader(station, journal, span).report(named)


def write_inspection(
    station: Station, place: str, span: Period, to: str, *, page: str = "A4", force: bool = False
) -> Done:
    """Write the report as a PDF; the same journal and the same span make the same bytes."""
    from rollertrack.reports.inspection import PAGES, inspection_pages
    from rollertrack.services.labels.pages import pdf_target

    target = pdf_target(to, force=force)
    if page not in PAGES:
        raise BadInput("page", f"“{page[:20]}” is not known; one of {', '.join(PAGES)} is right")
    made = inspection(station, place, span)
    rows = sum(len(section.rows) for section in made.sections)
    if rows > MOST_ROWS:
        raise BadInput("from", f"{rows:,} rows are too many for paper; up to {MOST_ROWS:,} are right")
    data = inspection_pages(made, say.cover(made), page, font_runs)
    files.write_whole(target, data, force=force)
    return Done("report inspection", (), station.clock(), say.written(rows, target))


class _Reader:
    """Reads one span; a section a method, each of rows in the order in which things happened."""

    def __init__(self, station: Station, journal: Journal, span: Period) -> None:
        self._station = station
        self._journal = journal
        self._span = span
        self._database = station.store.database
        self._counts: Counter[str] = Counter()
        self._moment = Moments().spoken
        self._streams: dict[str, _Stream] = {}
        self._touched = report_queries.streams_between(self._database, *span, _KINDS)
        journal.read_ahead(self._touched)
        named = queries.named(self._database, Kind.OPERATOR)
        self._operators: dict[str, str] = {row["code"]: row["label"] for row in named}
        self._products = {row["code"]: row["name"] for row in stock_queries.products(self._database)}
        self._solutions: dict[str, Solution | None] = {}

    def report(self, place: str) -> Inspection:
        """All of it."""
        washes = washes_of(self._station, self._span)
        sections = (
            self._section(say.USES, self._uses()),
            self._section(say.WASHES, self._washes()),
            self._section(say.MISSING, self._missing(washes)),
            self._section(say.PACKS, self._packs()),
            self._section(say.BINS, self._bins()),
            self._section(say.INCIDENTS, self._incidents()),
            self._section(say.VOIDED, self._voided()),
            self._section(say.PERSONS, self._persons()),
        )
        outcomes = Counter(each.outcome for each in washes)
        return Inspection(
            place, self._span, self._journal.policy().profile, str(seal(self._station)),
            say.counts(self._counts, outcomes), sections,
        )  # fmt: skip

    def _section(self, heads: say.Heads, rows: Iterator[tuple[int, tuple[str, ...]]]) -> Section:
        ordered = sorted(rows)
        self._counts[heads.title] = len(ordered)
        return Section(
            heads.title, heads.columns, heads.widths, tuple(row for _, row in ordered), heads.empty
        )

    def _of(self, letter: str) -> Iterator[str]:
        """The streams of a kind that have an entry in the span."""
        return (code for code in self._touched if code[0] == letter and code != ev.POLICY_STREAM)

    def _stream(self, code: str) -> _Stream:
        if code not in self._streams:
            events = self._journal.stream(code)
            self._streams[code] = _Stream(events, voided_entries(events))
        return self._streams[code]

    def _is_in(self, at: int) -> bool:
        return self._span.since <= at <= self._span.until

    def _who(self, event: Event) -> str:
        code = event.operator or ""
        return self._operators.get(code) or (shown(code) if code else "")

    def _uses(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for code in self._of(Kind.ROLLER):
            stream = self._stream(code)
            facts, opened = _facts(stream), [e.at for e in stream.counting() if e.kind == "opened"]
            for event in stream.counting():
                use = event.payload
                if not isinstance(use, ev.Used) or not self._is_in(event.at):
                    continue
                intact = max((at for at in opened if at <= event.at), default=None)
                self._count_use(event, use, facts)
                yield event.at, (
                    self._moment(event.at), shown(event.person) if event.person else "", self._who(event),
                    say.joined(use.area, use.concern), shown(code), facts.lot if facts else "",
                    say.day(facts.expiry if facts else None), say.pack_state(facts, intact),
                    say.verdict(use),
                )  # fmt: skip

    def _count_use(self, event: Event, use: ev.Used, facts: ev.RollerFacts | None) -> None:
        self._counts["uses with a lot"] += bool(facts and facts.lot)
        self._counts["uses with an operator"] += event.operator is not None
        self._counts["uses with an area"] += bool(use.area)
        self._counts["uses against the gate"] += bool(use.despite)
        self._counts["uses entered late"] += event.recorded_at - event.at > DAY

    def _washes(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for bath in report_queries.baths_between(self._database, *self._span):
            stream = self._stream(bath.roller)
            event = stream.events[bath.entry - 1]
            agent = event.payload
            if not isinstance(agent, ev.Agent):  # what lists say differs from the journal, as verify tells
                continue
            ended = None if bath.good else _ends_of(stream).get(bath.entry)
            solution = self._solution(event.solution)
            self._counts["washes that count"] += bath.good
            self._counts["washes with a bottle"] += solution is not None
            yield event.at, (
                self._moment(bath.started_at), shown(bath.roller), self._who(event),
                say.agent(agent), say.contact(agent, bath.started_at, bath.ended_at),
                say.bottle(solution, agent), say.strip_before(solution, bath.started_at),
                say.counted(agent, ended, good=bath.good, is_over=bath.ended_at is not None),
            )  # fmt: skip

    def _solution(self, code: str | None) -> Solution | None:
        if code is None:
            return None
        if code not in self._solutions:
            self._solutions[code] = solutions.fold(code, self._journal.stream(code))
        return self._solutions[code]

    def _missing(self, washes: Sequence[UseWash]) -> Iterator[tuple[int, tuple[str, ...]]]:
        for each in washes:
            if each.outcome in _MISSING:
                used = self._stream(each.use.roller).events[each.use.entry - 1]
                yield each.use.at, (
                    self._moment(each.use.at), shown(each.use.roller), self._who(used), each.outcome.value,
                    say.waited(each.waited),
                )  # fmt: skip

    def _packs(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for code in self._of(StreamKind.PACK):
            pack = packs.fold(code, self._stream(code).events)
            if pack is None or not self._is_in(pack.received_at):
                continue
            facts = pack.facts
            self._counts["packs with a lot"] += bool(facts.lot)
            self._counts["packs with a certificate"] += bool(facts.certificate)
            self._counts["pieces received"] += facts.pieces
            yield pack.received_at, (
                self._moment(pack.received_at), self._products.get(facts.product, ""), str(facts.pieces),
                facts.lot, say.day(facts.expiry), facts.supplier, facts.invoice, facts.certificate,
                say.compared(facts),
            )  # fmt: skip

    def _bins(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        into = report_queries.retired_into(self._database, *self._span)
        for row in queries.named(self._database, Kind.BIN):
            code = row["code"]
            stream = self._stream(code)
            for event in stream.counting():
                if self._is_in(event.at):
                    yield event.at, (
                        self._moment(event.at), row["label"], shown(code), say.bin_entry(event),
                        self._who(event), "",
                    )  # fmt: skip
            if into.get(code):
                self._counts["rollers into a bin"] += into[code]
                yield self._span.until, (
                    say.IN_THE_SPAN, row["label"], shown(code), say.THROWN_IN, "", str(into[code]),
                )  # fmt: skip

    def _incidents(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for row in queries.incidents(self._database):
            found = incidents.fold(row["code"], self._journal.stream(row["code"]))
            if found is None or found.opened_at > self._span.until:
                continue
            if found.closed_at is not None and found.closed_at < self._span.since:
                continue
            self._counts["persons told"] += len(found.persons) - len(found.untold)
            self._counts["persons to tell"] += len(found.untold)
            yield found.opened_at, (
                self._moment(found.opened_at), shown(found.code), say.about(found), found.reason,
                str(len(found.rollers)), say.told(found), say.closed(found),
            )  # fmt: skip

    def _voided(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for code in self._touched:
            stream = self._stream(code)
            for event in stream.counting():
                void = event.payload
                if isinstance(void, ev.Voided) and self._is_in(event.at) and 0 < void.entry < event.seq:
                    yield event.at, (
                        self._moment(event.at), shown(code) if code != ev.POLICY_STREAM else code,
                        str(void.entry), say.taken_back(stream.events[void.entry - 1]), void.reason,
                        self._who(event),
                    )  # fmt: skip

    def _persons(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for code in self._of(Kind.PERSON):
            for event in self._stream(code).counting():
                # By the names of their kinds: a journal may hold none of them.
                if event.kind in say.OF_PERSONS and self._is_in(event.at):
                    self._counts[say.OF_PERSONS[event.kind]] += 1
                    yield event.at, (
                        self._moment(event.at), shown(code), say.OF_PERSONS[event.kind],
                        say.of_person(event), self._who(event),
                    )  # fmt: skip


def _facts(stream: _Stream) -> ev.RollerFacts | None:
    """The facts of a roller as entered last."""
    known = [event.payload for event in stream.counting() if isinstance(event.payload, ev.RollerFacts)]
    return known[-1] if known else None


def _ends_of(stream: _Stream) -> dict[int, ev.DisinfectionEnded]:
    """How each soak of a roller ended, by the number of the entry that it began with."""
    found: dict[int, ev.DisinfectionEnded] = {}
    began = 0
    for event in stream.counting():
        if isinstance(event.payload, ev.DisinfectionStarted):
            began = event.seq
        elif isinstance(event.payload, ev.DisinfectionEnded):
            found.setdefault(began, event.payload)
    return found
