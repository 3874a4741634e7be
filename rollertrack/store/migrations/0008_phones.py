"""Phones that may log deeds, codes by which one is paired, and links that a phone has opened."""

from typing import Any

from peewee import AutoField, BigIntegerField, Model, TextField


class Phone(Model):
    id = AutoField()
    token_hash = TextField(unique=True)
    name = TextField()
    operator = TextField(null=True)
    paired_at = BigIntegerField()
    seen_at = BigIntegerField()
    revoked_at = BigIntegerField(null=True)

    class Meta:
        table_name = "phone"


class Pairing(Model):
    code_hash = TextField(primary_key=True)
    operator = TextField(null=True)
    ends_at = BigIntegerField()

    class Meta:
        table_name = "pairing"


class Link(Model):
    base = TextField(primary_key=True)
    opened_at = BigIntegerField()

    class Meta:
        table_name = "link"


def up(_migrator: Any, db: Any) -> None:
    tables = (Phone, Pairing, Link)
    with db.bind_ctx(tables):
        db.create_tables(tables, safe=False)
