"""The print queue, and where the next free label lies on a sheet."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CompositeKey, IntegerField, Model, TextField
from playhouse.sqlite_ext import AutoIncrementField


class PrintJob(Model):
    # Numbers are never given twice: a sender that comes back late must not meet another's job.
    id = AutoIncrementField()
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


class Sheet(Model):
    printer = TextField()
    media = TextField()
    next_free = IntegerField()

    class Meta:
        table_name = "sheet"
        primary_key = CompositeKey("printer", "media")


def up(_migrator: Any, db: Any) -> None:
    tables = (PrintJob, Sheet)
    with db.bind_ctx(tables):
        db.create_tables(tables, safe=False)
