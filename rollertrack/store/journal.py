"""The journal: read streams, append to them, and keep what is derived from them in step.

What writes rows, and what is derived for them, is loaded where something is written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from rollertrack.domain import person as persons
from rollertrack.domain import roller as rollers
from rollertrack.domain.code import Kind
from rollertrack.domain.events import POLICY_STREAM, Event, Payload
from rollertrack.domain.journal_form import FIRST_HASH, Damaged, Row, chained, read_row
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy, policy_of
from rollertrack.domain.roller import Roller
from rollertrack.domain.standing import Standing, standing
from rollertrack.errors import StoreFailed
from rollertrack.store.database import Database
from rollertrack.store.erasable import (
    KeptText,
    erase,
    named_by,
    new_salt,
    texts_apart,
    texts_for,
    write,
)

if TYPE_CHECKING:
    from rollertrack.store.derived import Derived

_STREAMS_A_BATCH = 500
_COLUMNS = ", ".join(Row._fields)
_NO_HEAD = (0, FIRST_HASH)


class Journal:
    """The streams as seen and extended inside one open transaction; `flush` writes what was appended."""

    def __init__(self, database: Database, salt: Callable[[], str] = new_salt) -> None:
        self._database = database
        self._salt = salt
        self._streams: dict[str, list[Event]] = {}
        self._hashes: dict[str, str] = {}
        self._pending: list[Row] = []
        self._texts: dict[str, KeptText] = {}
        self._named: dict[str, dict[str, None]] = {}
        self._stale: set[str] = set()
        self._policy: Policy | None = None
        self._rollers: dict[str, Roller] = {}
        self._persons: dict[str, Person | None] = {}
        self._standings: dict[str, Standing] = {}
        self.has_new_policy = False
        """Whether the last `flush` wrote to the policy: every roller's row then is to be calculated anew."""
        self.ends: list[tuple[str, int, str]] = []
        """What the last `flush` wrote to the end of each stream: its code, place and hash."""

    def stream(self, code: str) -> Sequence[Event]:
        """Every event of a stream in the order of entry; empty for an unknown code."""
        if code not in self._streams:
            ends = "SELECT head, hash FROM stream WHERE code = ?"
            head = self._database.execute_sql(ends, (code,)).fetchone() or _NO_HEAD
            self._keep(code, stream_rows(self._database, code), head)
        return self._streams[code]

    def read_ahead(self, codes: Iterable[str]) -> None:
        """Read many streams that will be asked for, in few queries."""
        wanted = iter([code for code in codes if code not in self._streams])
        while block := list(islice(wanted, _STREAMS_A_BATCH)):
            heads, rows = _heads(self._database, block), dict[str, list[Row]]()
            query = f"SELECT {_COLUMNS} FROM event WHERE stream IN ({_marks(block)}) ORDER BY stream, seq"
            for values in self._database.execute_sql(query, block):
                row = Row(*values)
                rows.setdefault(row.stream, []).append(row)
            texts = texts_for(self._database.execute_sql, [row for each in rows.values() for row in each])
            for code in block:
                self._keep(code, rows.get(code, []), heads.get(code, _NO_HEAD), texts)

    def _keep(
        self, code: str, rows: Sequence[Row], head: tuple[int, str], texts: Mapping[str, str] | None = None
    ) -> None:
        _must_be_whole(code, rows, head)
        if not rows:
            self._streams[code], self._hashes[code] = [], FIRST_HASH
            return
        found = texts_for(self._database.execute_sql, rows) if texts is None else texts
        self._streams[code] = _read(rows, found)
        self._hashes[code] = rows[-1].hash

    def policy(self, until: int | None = None) -> Policy:
        """The policy in force, or that of a past moment."""
        if until is not None:
            return policy_of(self.stream(POLICY_STREAM), until)
        if self._policy is None:
            self._policy = policy_of(self.stream(POLICY_STREAM))
        return self._policy

    def roller(self, code: str) -> Roller:
        """The roller of a stream as it stands here, folded once."""
        if code not in self._rollers:
            self._rollers[code] = rollers.fold(code, self.stream(code))
        return self._rollers[code]

    def person(self, code: str) -> Person | None:
        """The person of a stream as it stands here, folded once."""
        if code not in self._persons:
            self._persons[code] = persons.fold(code, self.stream(code))
        return self._persons[code]

    def standing(self, code: str) -> Standing:
        """Where a roller stands under the policy in force, found once."""
        if code not in self._standings:
            self._standings[code] = standing(self.roller(code), self.policy())
        return self._standings[code]

    def _unfold(self, stream: str) -> None:
        """Forget what a stream that changed came to; with the policy, where each roller stands."""
        self._rollers.pop(stream, None)
        self._persons.pop(stream, None)
        self._standings.pop(stream, None)
        if stream == POLICY_STREAM:
            self._policy = None
            self._standings.clear()

    def append(
        self,
        stream: str,
        payload: Payload,
        at: int,
        recorded_at: int,
        offset: int,
        *,
        operator: str | None = None,
        person: str | None = None,
        solution: str | None = None,
    ) -> Event:
        """Add an event behind the last of its stream."""
        before = self.stream(stream)
        event = Event(stream, len(before) + 1, at, recorded_at, payload, offset, operator, person, solution)
        # Texts about a person are kept beside the row, which holds the hashes that stand for them.
        if apart := texts_apart(event, self._salt):
            self._texts |= {each.reference: each for each in apart.values()}
        references = {name: each.reference for name, each in apart.items()} if apart else None
        row = chained(event, self._hashes[stream], references)
        self._pending.append(row)
        self._streams[stream].append(event)
        self._hashes[stream] = row.hash
        self._unfold(stream)
        if solution is not None:
            self._named.setdefault(solution, {})[stream] = None
        return event

    def erase(self, person: str) -> list[str]:
        """Erase every text about a person, also those of this transaction; gives what was erased.

        What was read of any stream is read anew, without them; so is what lists keep of incidents.
        """
        query = "SELECT DISTINCT stream FROM event WHERE person = ?"
        named = (stream for (stream,) in self._database.execute_sql(query, (person,)))
        self._stale.update(stream for stream in named if stream.startswith(Kind.INCIDENT))
        own = [each for each in self._texts.values() if each.person == person]
        for each in own:
            del self._texts[each.reference]
        erased = [*erase(self._database, person), *(each.text for each in own)]
        for code in list(self._streams):
            pending = [row for row in self._pending if row.stream == code]
            if not pending:
                del self._streams[code]
            else:
                self._reread(code, pending)
            self._unfold(code)
        return erased

    def _reread(self, code: str, pending: Sequence[Row]) -> None:
        """Read a stream anew, with what this transaction wrote behind it."""
        self._streams.pop(code, None)
        self.stream(code)
        own = {each.reference: each.text for each in self._texts.values()}
        self._streams[code] += _read(pending, own)
        for row in pending:
            self._hashes[code] = row.hash

    def rollers_in(self, solution: str) -> list[str]:
        """The rollers with an entry that names a solution, also in this transaction."""
        query = "SELECT DISTINCT stream FROM event WHERE solution = ?"
        written = (stream for (stream,) in self._database.execute_sql(query, (solution,)))
        return sorted({*written, *self._named.get(solution, ())})

    def begun(self, letter: str) -> list[str]:
        """The streams of a kind that were begun in this transaction and that no list shows yet."""
        return [row.stream for row in self._pending if row.seq == 1 and row.stream.startswith(letter)]

    def holds(self, code: str) -> bool:
        """Whether an event was written to a stream in this transaction, or read from it."""
        return bool(self._streams.get(code))

    @property
    def length(self) -> int:
        """How many events were appended and not yet written."""
        return len(self._pending)

    def take_back(self, length: int) -> None:
        """Forget the events appended after the first `length`."""
        reread = {row.stream for row in self._pending[length:]}
        for row in self._pending[length:]:
            for gone in named_by(row):
                self._texts.pop(gone, None)
        self._pending = self._pending[:length]
        for code in reread:
            self._unfold(code)
            self._reread(code, [row for row in self._pending if row.stream == code])

    def flush(self) -> None:
        """Write the appended events and the rows derived from their streams."""
        from rollertrack.store.derived import head_row
        from rollertrack.store.writing import append_rows, upsert, write_derived

        touched = dict.fromkeys(row.stream for row in self._pending)
        append_rows(self._database, self._pending)
        if self._texts:
            write(self._database, list(self._texts.values()))
            self._texts = {}
        heads = [
            head_row(code, self._streams[code], self._hashes[code], self._newest(code)) for code in touched
        ]
        self.ends = [(head["code"], head["head"], head["hash"]) for head in heads]
        upsert(self._database, "stream", heads)
        self.has_new_policy = POLICY_STREAM in touched
        self.read_ahead(sorted(self._stale))
        behind = dict.fromkeys((*touched, *sorted(self._stale)))
        write_derived(self._database, ((code, self._derived(code)) for code in behind))
        self._stale = set()
        self._pending = []

    def _newest(self, code: str) -> int | None:
        """The newest instant of a stream that is folded; None for another."""
        match code[0] if code != POLICY_STREAM else "":
            case Kind.ROLLER:
                return self.roller(code).newest
            case Kind.PERSON if person := self.person(code):
                return person.newest
            case _:
                return None

    def _derived(self, code: str) -> "Derived":
        """What is derived from a stream, from what it was folded to already."""
        from rollertrack.store.derived import Derived, derived, person_row, roller_row, rows_beside

        match code[0] if code != POLICY_STREAM else "":
            case Kind.ROLLER:
                folded = self.roller(code)
                row = roller_row(folded, self.standing(code))
                return Derived(row, rows_beside(folded, self._streams[code]))
            case Kind.PERSON:
                return Derived(person_row(self.person(code)))
            case _:
                return derived(code, self._streams[code], self.policy())


def _heads(database: Database, codes: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The heads of streams: how many entries each has, and the hash of the last."""
    found = database.execute_sql(
        f"SELECT code, head, hash FROM stream WHERE code IN ({_marks(codes)})", codes
    )
    return {code: (head, last) for code, head, last in found}


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _must_be_whole(code: str, rows: Sequence[Row], head: tuple[int, str]) -> None:
    """Refuse a stream that was cut or has a gap: a use may be missing from it.

    Hashes are compared and not computed anew, which is left to verify.
    """
    end = _NO_HEAD
    for place, row in enumerate(rows, 1):
        if row.seq != place or (place > 1 and row.prev_hash != end[1]):
            break
        end = (place, row.hash)
    if head != end or end[0] != len(rows):
        raise StoreFailed(
            f"The record of {code} is not whole: entries are missing or were changed."
            " Run `rollertrack verify`."
        )


def _read(rows: Sequence[Row], texts: Mapping[str, str]) -> list[Event]:
    events: list[Event] = []
    try:
        for row in rows:
            events.append(read_row(row, texts))
    except Damaged as damage:
        raise StoreFailed(
            f"Entry {row.seq} of {row.stream} cannot be read: {damage}. Run `rollertrack verify`."
        ) from damage
    return events


def stream_rows(database: Database, code: str) -> list[Row]:
    """The rows of a stream in the order of entry, every value as it is kept."""
    query = f"SELECT {_COLUMNS} FROM event WHERE stream = ? ORDER BY seq"
    return list(map(Row._make, database.execute_sql(query, (code,))))


def rows_about(database: Database, person: str) -> list[Row]:
    """The rows of a person's stream, and those of others that name them."""
    query = f"SELECT {_COLUMNS} FROM event WHERE stream = ? OR person = ?"
    return [Row(*values) for values in database.execute_sql(query, (person, person))]


def all_rows(database: Database, more_than: str = "", to: str = "") -> Iterator[Row]:
    """Every row in the order of streams and entries, every value as it is kept.

    With bounds only those of the streams behind the first up to the second.
    """
    which, bounds = (" WHERE stream > ? AND stream <= ?", (more_than, to)) if to else ("", ())
    query = f"SELECT {_COLUMNS} FROM event{which} ORDER BY stream, seq"
    yield from map(Row._make, database.execute_sql(query, bounds))


def all_streams(database: Database) -> Iterator[tuple[str, list[Row]]]:
    """Every stream with its rows in the order of entry, one stream at a time, every value as it is kept."""
    return _by_stream(all_rows(database))


def rollers_between(database: Database, more_than: str, to: str) -> Iterator[tuple[str, list[Row]]]:
    """The streams behind one code up to another, each with its rows in the order of entry."""
    return _by_stream(all_rows(database, more_than, to))


def _by_stream(every: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    for code, rows in groupby(every, key=itemgetter(0)):
        yield code, list(rows)


def stream_batches(database: Database) -> Iterator[list[tuple[str, list[Row]]]]:
    """Every stream with its rows, some hundreds of streams at a time."""
    streams = all_streams(database)
    while batch := list(islice(streams, _STREAMS_A_BATCH)):
        yield batch
