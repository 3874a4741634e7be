"""A roller's row says what holds it, and from when it is dead, without a flag beside each.

The table is poured anew: a column cannot be dropped before SQLite 3.35.
"""

from typing import Any

from peewee import AutoField, BigIntegerField, IntegerField, Model, TextField


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
    label_mark = TextField(null=True)
    label_place = TextField()
    newest = BigIntegerField()
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


_TURNED = {
    "held": "CASE WHEN held THEN dead_because ELSE '' END",
    "dead_from": "CASE WHEN out_of_use THEN 0 ELSE dead_from END",
}
_UNPROVEN = (
    "CREATE INDEX roller_unproven ON roller (label_printed_at)"
    " WHERE label_printed_at IS NOT NULL AND label_proven_at IS NULL"
)
_COLUMNS = "SELECT name FROM pragma_table_info('roller')"
_INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'roller' AND sql IS NOT NULL"


def up(_migrator: Any, db: Any) -> None:
    columns = [column for (column,) in db.execute_sql(_COLUMNS).fetchall() if column != "out_of_use"]
    old = ", ".join(_TURNED.get(column, column) for column in columns)
    for (index,) in db.execute_sql(_INDEXES).fetchall():
        db.execute_sql(f'DROP INDEX "{index}"')
    db.execute_sql("ALTER TABLE roller RENAME TO roller_before")
    with db.bind_ctx([Roller]):
        db.create_tables([Roller], safe=False)
    db.execute_sql(f"INSERT INTO roller ({', '.join(columns)}) SELECT {old} FROM roller_before")
    db.execute_sql("DROP TABLE roller_before")
    db.execute_sql(_UNPROVEN)
