"""The tables as they are now; no database is bound to them, each query is handed one."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CompositeKey,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)

from rollertrack.domain.journal_form import is_instant
from rollertrack.domain.standing import FOREVER


class _Over(SqliteDatabase):
    """Builds queries for a connection that is open, and leaves its errors as they are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(":memory:", autoconnect=False, lock_type="IMMEDIATE")
        self._open = connection

    def _connect(self) -> sqlite3.Connection:
        return self._open

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> sqlite3.Cursor:
        """Run one statement."""
        return self._open.execute(sql, params or ())


def over(connection: sqlite3.Connection) -> Any:
    """An open connection as peewee takes it."""
    database = _Over(connection)
    database.connect()
    return database


class DayField(TextField):
    """A day as YYYY-MM-DD."""


class EventRow(Model):
    """The journal: never updated, never deleted; triggers see to it."""

    stream = TextField()
    seq = IntegerField()
    kind = TextField()
    at = BigIntegerField()
    recorded_at = BigIntegerField()
    operator = TextField(null=True)
    person = TextField(null=True)
    solution = TextField(null=True)
    data = TextField()
    prev_hash = TextField()
    hash = TextField()

    class Meta:
        table_name = "event"
        primary_key = CompositeKey("stream", "seq")
        without_rowid = True


class StreamRow(Model):
    """The head of every stream, against which a cut tail shows, and its newest instant."""

    code = TextField(primary_key=True)
    head = IntegerField()
    hash = TextField()
    newest = BigIntegerField(index=True)

    class Meta:
        table_name = "stream"


class RollerRecord(Model):
    """A roller as lists need it: what it is, and the instants and counts of its standing."""

    id = AutoField()
    code = TextField(unique=True)
    name = TextField()
    form = TextField()
    length = IntegerField(null=True)
    lot = TextField()
    search = TextField()
    registered_at = BigIntegerField(null=True)
    label_printed_at = BigIntegerField(null=True)
    label_proven_at = BigIntegerField(null=True)
    label_mark = TextField(null=True)
    label_place = TextField()
    newest = BigIntegerField()
    retired_at = BigIntegerField(null=True)
    held = TextField()
    dead_from = BigIntegerField(null=True)
    dead_because = TextField()
    worn_on = BigIntegerField(null=True)
    worn_because = TextField()
    soaking_until = BigIntegerField(null=True, index=True)
    soaking_since = BigIntegerField(null=True)
    soak_ends = BigIntegerField(null=True)
    soak_agent = TextField()
    soak_fault = TextField()
    dirty_since = BigIntegerField(null=True, index=True)
    owes = TextField()
    new_since = BigIntegerField(null=True)
    clean_until = BigIntegerField(null=True)
    disinfected_at = BigIntegerField(null=True)
    care = TextField()
    uses = IntegerField()
    uses_limit = IntegerField(null=True)
    first_used = BigIntegerField(null=True)
    last_used = BigIntegerField(null=True)
    pace_from = BigIntegerField(null=True)
    pace_uses = IntegerField()
    bound_to = TextField(null=True)
    product = TextField()
    pack = TextField()
    in_service_from = BigIntegerField(null=True)
    ref = TextField()
    bin = TextField()
    snoozes = TextField()

    class Meta:
        table_name = "roller"


class PersonRecord(Model):
    """A person as lists need it."""

    code = TextField(primary_key=True)
    label = TextField()
    contraindications = TextField()
    sessions = IntegerField()
    last_session_at = BigIntegerField(null=True)

    class Meta:
        table_name = "person"


class SolutionRecord(Model):
    """A solution as lists need it; the strength in hundredths of a percent."""

    code = TextField(primary_key=True)
    agent = TextField()
    strength = IntegerField(null=True)
    lot = TextField()
    expiry = DayField(null=True)
    expires_at = BigIntegerField(null=True)
    opened_at = BigIntegerField()
    discarded_at = BigIntegerField(null=True)
    last_strip_at = BigIntegerField(null=True)
    last_strip_passed = BooleanField(null=True)
    snoozes = TextField()
    listing = TextField()
    use_days = IntegerField(null=True)
    topped_up_at = BigIntegerField(null=True)

    class Meta:
        table_name = "solution"


class NamedRecord(Model):
    """An operator or a sharps bin."""

    code = TextField(primary_key=True)
    label = TextField()
    closed_at = BigIntegerField(null=True)
    registered_at = BigIntegerField()
    collected_at = BigIntegerField(null=True)

    class Meta:
        table_name = "named"


class ProductRecord(Model):
    """A product as lists need it; `barcodes` are their names, each between blanks."""

    code = TextField(primary_key=True)
    name = TextField()
    name_key = TextField(index=True)
    form = TextField()
    length = IntegerField(null=True)
    maker = TextField()
    model = TextField()
    sterile = BooleanField()
    single_use = BooleanField()
    coded = BooleanField()
    pack_size = IntegerField(null=True)
    reorder_level = IntegerField(null=True)
    delivery_days = IntegerField(null=True)
    ordered = IntegerField()
    expected = DayField(null=True)
    barcodes = TextField()
    registered_at = BigIntegerField()
    closed_at = BigIntegerField(null=True)
    snoozes = TextField()

    class Meta:
        table_name = "product"


class PackRecord(Model):
    """A pack as lists need it; `left` counts the pieces in it that have no code."""

    code = TextField(primary_key=True)
    product = TextField(index=True)
    lot = TextField()
    lot_norm = TextField(index=True)
    expiry = DayField(null=True)
    expires_at = BigIntegerField(null=True)
    received_at = BigIntegerField()
    coded = BooleanField()
    pieces = IntegerField()
    left = IntegerField()
    held = TextField()

    class Meta:
        table_name = "pack"


class LotSeenRow(Model):
    """A lot that a registration, or a mend of one, gave a roller, also one that was taken back."""

    roller = TextField()
    entry = IntegerField()
    at = BigIntegerField()
    lot = TextField()
    norm = TextField()
    look = TextField()
    make = TextField()
    counts = BooleanField()
    stands = BooleanField()

    class Meta:
        table_name = "lot_seen"
        primary_key = CompositeKey("roller", "entry")
        without_rowid = True


class SoakRow(Model):
    """A bath of a roller, also one that was taken back; without an end it may lie there yet."""

    roller = TextField()
    entry = IntegerField()
    solution = TextField(null=True)
    deed = TextField()
    agent = TextField()
    operator = TextField(null=True)
    started_at = BigIntegerField()
    ended_at = BigIntegerField(null=True)
    good = BooleanField()
    voided = BooleanField()

    class Meta:
        table_name = "soak"
        primary_key = CompositeKey("roller", "entry")
        without_rowid = True


class TouchRow(Model):
    """A use of a roller, also one that was taken back."""

    roller = TextField()
    entry = IntegerField()
    person = TextField(null=True)
    operator = TextField(null=True)
    at = BigIntegerField()
    area = TextField()
    concern = TextField()
    voided = BooleanField()

    class Meta:
        table_name = "touch"
        primary_key = CompositeKey("roller", "entry")
        without_rowid = True


class IncidentRecord(Model):
    """An incident as lists need it; `question` is what a second recall is known by."""

    code = TextField(primary_key=True)
    cause = TextField()
    about = TextField()
    reason = TextField()
    question = TextField()
    opened_at = BigIntegerField()
    closed_at = BigIntegerField(null=True)
    rollers = IntegerField()
    persons = IntegerField()
    untold = IntegerField()

    class Meta:
        table_name = "incident"


class PrintJobRow(Model):
    """A label that waits for its printer, or what became of it; no part of the journal."""

    id = AutoField()
    batch = IntegerField(index=True)
    code = TextField(index=True)
    title = TextField()
    what = TextField()
    printer = TextField()
    media = TextField()
    copies = IntegerField()
    flag = BooleanField()
    start = IntegerField(null=True)
    mark = TextField()
    state = TextField(index=True)
    note = TextField()
    doubtful = BooleanField()
    cleared = BooleanField()
    attempts = IntegerField()
    lease_until = BigIntegerField(null=True)
    operator = TextField(null=True)
    at = BigIntegerField(null=True)
    at_offset = IntegerField()
    created_at = BigIntegerField()
    changed_at = BigIntegerField()

    class Meta:
        table_name = "print_job"


class SheetRow(Model):
    """Where the next free label lies on the sheet in a printer, from 1."""

    printer = TextField()
    media = TextField()
    next_free = IntegerField()

    class Meta:
        table_name = "sheet"
        primary_key = CompositeKey("printer", "media")


class BlankRow(Model):
    """A code on a label that was printed ahead of its roller; it stays here when a roller has claimed it."""

    code = TextField(primary_key=True)
    drawn_at = BigIntegerField()

    class Meta:
        table_name = "blank"


class ErasableRow(Model):
    """A text about a person under the hash that stands for it in the journal; it may be erased."""

    reference = TextField(primary_key=True)
    person = TextField(index=True)
    salt = TextField()
    text = TextField()

    class Meta:
        table_name = "erasable"
        without_rowid = True


class RewrittenRow(Model):
    """A stream whose texts were moved out of its rows, and how its chain ended before."""

    stream = TextField(primary_key=True)
    entries = IntegerField()
    hash = TextField()

    class Meta:
        table_name = "rewritten"
        without_rowid = True


class AnswerRow(Model):
    """What a deed said, under the id it was asked with; no part of the journal, and kept for a while."""

    id = TextField(primary_key=True)
    deed = TextField()
    codes = TextField()
    entries = TextField()
    at = BigIntegerField()
    message = TextField()
    warnings = TextField()
    recorded_at = BigIntegerField(index=True)

    class Meta:
        table_name = "deed"


class PhoneTable(Model):
    """A phone that was paired; its token is kept as a hash alone."""

    id = AutoField()
    token_hash = TextField(unique=True)
    name = TextField()
    operator = TextField(null=True)
    paired_at = BigIntegerField()
    seen_at = BigIntegerField()
    revoked_at = BigIntegerField(null=True)

    class Meta:
        table_name = "phone"


class PairingTable(Model):
    """A code that pairs one phone, as a hash, until it ends."""

    code_hash = TextField(primary_key=True)
    operator = TextField(null=True)
    ends_at = BigIntegerField()

    class Meta:
        table_name = "pairing"


class LinkTable(Model):
    """A link base that a phone has opened, and when first."""

    base = TextField(primary_key=True)
    opened_at = BigIntegerField()

    class Meta:
        table_name = "link"


DERIVED = (
    StreamRow, RollerRecord, PersonRecord, SolutionRecord, NamedRecord, ProductRecord, PackRecord,
    LotSeenRow, SoakRow, TouchRow, IncidentRecord,
)  # fmt: skip


def name_of(table: Any) -> str:
    """The name of a table in the database."""
    return str(table._meta.table_name)  # noqa: SLF001 - the way that peewee's own guide names


@cache
def columns_of(table: Any) -> dict[str, Any]:
    """The columns of a table by name, in the order in which they are selected."""
    meta = table._meta  # noqa: SLF001 - as above
    return {name: meta.fields[name] for name in meta.sorted_field_names}


def misfit(table: Any, row: Mapping[str, Any]) -> str:
    """The first column of a row, as SQLite keeps it, that holds no value of its type; empty when all do.

    SQLite lets an outsider write a value of any type into any column.
    """
    columns = columns_of(table)
    for name, value in row.items():
        column = columns[name]
        if not (column.null if value is None else _fits(column, value)):
            return name
    return ""


def _fits(column: Any, value: Any) -> bool:
    match column:
        case DayField():
            return type(value) is str and _is_day(value)
        case TextField():
            return type(value) is str
        case BigIntegerField():  # every one of them is an instant
            return is_instant(value) or (value == FOREVER and column.name == "clean_until")
        case BooleanField():
            return type(value) in {int, bool} and value in (0, 1)
        case _:
            return type(value) is int


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
