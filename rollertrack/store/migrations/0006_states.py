"""A roller that was retired, and one that was never disinfected, are states of their own in a list."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE roller ADD COLUMN retired_at BIGINT")
    db.execute_sql("ALTER TABLE roller ADD COLUMN new_since BIGINT")
    db.execute_sql("UPDATE roller SET retired_at = 0 WHERE held = 'retired'")
    never = "owes = 'never disinfected' AND dirty_since IS NULL"
    db.execute_sql(f"UPDATE roller SET new_since = coalesce(registered_at, 0) WHERE {never}")
