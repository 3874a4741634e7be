"""Until when a soak is known to be good: twelve hours after it began, where an older version began it."""

from typing import Any

_TWELVE_HOURS = 12 * 3_600_000_000


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE roller ADD COLUMN soak_ends BIGINT")
    db.execute_sql(f"UPDATE roller SET soak_ends = soaking_since + {_TWELVE_HOURS}")
