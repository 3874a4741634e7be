"""What the label of a bottle says of its days of use and its listing, and when more was poured in."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE solution ADD COLUMN listing TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE solution ADD COLUMN use_days INTEGER")
    db.execute_sql("ALTER TABLE solution ADD COLUMN topped_up_at BIGINT")
