"""What was asked for with the id of a deed: the same id may not stand for something else."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE deed ADD COLUMN asked TEXT NOT NULL DEFAULT ''")
