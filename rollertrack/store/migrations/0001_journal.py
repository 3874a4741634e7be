"""The journal, its append-only triggers, and the first derived tables."""

from typing import Any

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


class Event(Model):
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


class Stream(Model):
    code = TextField(primary_key=True)
    head = IntegerField()
    hash = TextField()
    newest = BigIntegerField(index=True)

    class Meta:
        table_name = "stream"


class Roller(Model):
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
    newest = BigIntegerField()
    held = BooleanField()
    out_of_use = BooleanField()
    dead_from = BigIntegerField(null=True)
    dead_because = TextField()
    worn_on = BigIntegerField(null=True)
    worn_because = TextField()
    soaking_until = BigIntegerField(null=True, index=True)
    soaking_since = BigIntegerField(null=True)
    soak_agent = TextField()
    soak_fault = TextField()
    dirty_since = BigIntegerField(null=True, index=True)
    owes = TextField()
    clean_until = BigIntegerField(null=True)
    disinfected_at = BigIntegerField(null=True)
    care = TextField()
    uses = IntegerField()
    uses_limit = IntegerField(null=True)
    first_used = BigIntegerField(null=True)
    last_used = BigIntegerField(null=True)
    pace_from = BigIntegerField(null=True)
    pace_uses = IntegerField()
    bound_to = TextField(null=True, index=True)

    class Meta:
        table_name = "roller"


class Person(Model):
    code = TextField(primary_key=True)
    label = TextField()
    contraindications = TextField()
    sessions = IntegerField()
    last_session_at = BigIntegerField(null=True)

    class Meta:
        table_name = "person"


class Solution(Model):
    code = TextField(primary_key=True)
    agent = TextField()
    strength = IntegerField(null=True)
    lot = TextField()
    expiry = TextField(null=True)
    opened_at = BigIntegerField()
    discarded_at = BigIntegerField(null=True)
    last_strip_at = BigIntegerField(null=True)
    last_strip_passed = BooleanField(null=True)

    class Meta:
        table_name = "solution"


class Named(Model):
    code = TextField(primary_key=True)
    label = TextField()
    closed_at = BigIntegerField(null=True)

    class Meta:
        table_name = "named"


# The insert trigger also stops INSERT OR REPLACE, which slips past a delete trigger.
_TRIGGERS = (
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER event_append_only BEFORE INSERT ON event"
    " WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE stream = NEW.stream)"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)


def up(_migrator: Any, db: Any) -> None:
    tables = (Event, Stream, Roller, Person, Solution, Named)
    with db.bind_ctx(tables):
        db.create_tables(tables, safe=False)
    for trigger in _TRIGGERS:
        db.execute_sql(trigger)
