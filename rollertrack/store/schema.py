"""Whether a database has the schema that the migrations make: tables, indexes and triggers, word for word."""

import re
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from rollertrack.store import database as files

Schema = Mapping[tuple[str, str], tuple[str, str]]
"""By type and name: the table something belongs to, and the words that made it."""

_WORDS = (
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
)


def schema_fault(database: Any) -> str:
    """The first difference from the schema of this version, in words; empty when there is none.

    A table that another program keeps beside ours is its own affair; a trigger or an index is not, since
    it takes part in what we write.
    """
    made, found = made_schema(), _schema(database)
    ours = {name for kind, name in made if kind == "table"}
    for key, words in made.items():
        kind, name = key
        if key not in found:
            loss = ": the journal is not protected any more" if kind == "trigger" else ""
            return f"the {kind} {name} is gone{loss}"
        if found[key] != words:
            return f"the {kind} {name} is not as RollerTrack made it"
    for (kind, name), (table, _) in found.items():
        if (kind, name) not in made and (kind == "trigger" or (kind == "index" and table in ours)):
            return f"the {kind} {name} is not of RollerTrack"
    return ""


def made_schema() -> Schema:
    """The schema that the migrations make."""
    return _schema_made_by(files.MIGRATIONS)


@cache
def _schema_made_by(_folder: Path) -> Schema:
    """The same, asked of a database in memory once for each folder of migrations."""
    with closing(made_database()) as database:
        return _schema(database)


def made_database() -> files.Database:
    """A new database in memory at this program's version; it is open until it is closed."""
    database = files.in_memory()
    database.connection().executescript(_made_by(files.MIGRATIONS))
    return database


@cache
def _made_by(folder: Path) -> str:
    """What makes such a database, in words: the migrations take ten times as long to come to the same."""
    from playhouse.migrations import Runner

    with closing(files.in_memory()) as database:
        Runner(database.orm, str(folder), files.HISTORY).up()
        return "\n".join(database.connection().iterdump())


def _schema(database: Any) -> Schema:
    return {
        (kind, name): (table, _plain(sql))
        for kind, name, table, sql in database.execute_sql(_WORDS).fetchall()
    }


def _plain(sql: str) -> str:
    """The words of a statement: a library of another day may quote and space them in another way."""
    return re.sub(r"\s+", " ", sql.replace('"', "").replace("IF NOT EXISTS ", "")).strip()
