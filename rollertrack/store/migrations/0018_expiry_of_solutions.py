"""When the printed date of a solution is over; which entry put something off, instead of when."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE solution ADD COLUMN expires_at BIGINT")
