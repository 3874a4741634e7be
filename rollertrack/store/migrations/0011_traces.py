"""Every lot that a roller had, every bath it lay in, every use; and incidents: what a recall looks through.

Their rows are made behind the migrations, as all derived ones are.
"""

from typing import Any

from peewee import BigIntegerField, BooleanField, CompositeKey, IntegerField, Model, TextField


class LotSeen(Model):
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
        indexes = ((("look",), False), (("make",), False))


class Soak(Model):
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
        indexes = ((("solution", "started_at"), False), (("deed",), False))


class Touch(Model):
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
        indexes = ((("person", "at"), False), (("at",), False))


class Incident(Model):
    code = TextField(primary_key=True)
    cause = TextField()
    about = TextField()
    reason = TextField()
    question = TextField(index=True)
    opened_at = BigIntegerField()
    closed_at = BigIntegerField(null=True)
    rollers = IntegerField()
    persons = IntegerField()
    untold = IntegerField()

    class Meta:
        table_name = "incident"


def up(_migrator: Any, db: Any) -> None:
    tables = (LotSeen, Soak, Touch, Incident)
    with db.bind_ctx(tables):
        db.create_tables(tables, safe=False)
