"""What is put off, which bin a roller went into, what it was called elsewhere; when a bin came and went."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    for table, column in (
        ("roller", "ref"),
        ("roller", "bin"),
        ("roller", "snoozes"),
        ("solution", "snoozes"),
        ("product", "snoozes"),
    ):
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE named ADD COLUMN registered_at BIGINT NOT NULL DEFAULT 0")
    db.execute_sql("ALTER TABLE named ADD COLUMN collected_at BIGINT")
    # Few rollers were imported, and only those that are retired lie in a bin.
    db.execute_sql("CREATE INDEX roller_ref ON roller (ref) WHERE ref <> ''")
    db.execute_sql("CREATE INDEX roller_bin ON roller (bin) WHERE bin <> ''")
