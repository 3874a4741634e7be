"""Products and packs, and of each roller what it is a piece of and since when it is in service."""

from typing import Any

from peewee import BigIntegerField, BooleanField, IntegerField, Model, TextField


class Product(Model):
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
    expected = TextField(null=True)
    barcodes = TextField()
    registered_at = BigIntegerField()
    closed_at = BigIntegerField(null=True)

    class Meta:
        table_name = "product"


class Pack(Model):
    code = TextField(primary_key=True)
    product = TextField(index=True)
    lot = TextField()
    lot_norm = TextField(index=True)
    expiry = TextField(null=True)
    expires_at = BigIntegerField(null=True)
    received_at = BigIntegerField()
    coded = BooleanField()
    pieces = IntegerField()
    left = IntegerField()
    held = TextField()

    class Meta:
        table_name = "pack"


def up(_migrator: Any, db: Any) -> None:
    tables = (Product, Pack)
    with db.bind_ctx(tables):
        db.create_tables(tables, safe=False)
    db.execute_sql("ALTER TABLE roller ADD COLUMN product TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE roller ADD COLUMN pack TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE roller ADD COLUMN in_service_from BIGINT")
    # Home has no product, and its rollers take no room in it.
    db.execute_sql("CREATE INDEX roller_product ON roller (product) WHERE product <> ''")
