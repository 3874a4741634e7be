"""What deeds said when they were done, by the id they were asked with: asked again, they say it again."""

from typing import Any

from peewee import BigIntegerField, Model, TextField


class Deed(Model):
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


def up(_migrator: Any, db: Any) -> None:
    with db.bind_ctx([Deed]):
        db.create_tables([Deed], safe=False)
