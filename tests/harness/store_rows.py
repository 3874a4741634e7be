"""A small database with every kind of record, and the hands of an outsider in it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from harness.stations import begun
from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, make
from rollertrack.domain.events import POLICY_STREAM, Payload
from rollertrack.domain.journal_form import Row, chain_hash
from rollertrack.store import upkeep
from rollertrack.store.journal import Journal
from rollertrack.store.store import Store
from rollertrack.store.upkeep import Verified

NOW = 1_800_000_000_000_000
DAY = 86_400_000_000
_DICE = Random("codes of the store's tests")
ROLLER, OTHER, PERSON, SOLUTION, OPERATOR, BIN = (
    make(Kind(letter), _DICE.choice) for letter in ("R", "R", "P", "S", "U", "B")
)
COLUMNS = Row._fields


def append(journal: Journal, stream: str, payload: Payload, at: int = NOW, **more: Any) -> None:
    """An event that happened and was recorded at one moment."""
    journal.append(stream, payload, at, at, 0, **more)


def fill(path: Path) -> Path:
    """Write a database in which every table has rows and one roller has five entries."""
    with closing(Store(begun(path))) as store, store.transaction() as journal:
        append(journal, PERSON, ev.PersonRegistered(label="me"))
        append(journal, OPERATOR, ev.NamedRegistered(label="ann"))
        append(journal, BIN, ev.NamedRegistered(label="yellow"))
        append(journal, SOLUTION, ev.SolutionRegistered(agent="alcohol", strength=Decimal(70)))
        append(journal, POLICY_STREAM, ev.PolicySet(key="age.days", value="60"))
        for code in (ROLLER, OTHER):
            append(journal, code, ev.Registered(length=Decimal("0.50"), name="evening"))
        wash = ev.Disinfected(agent="alcohol", required=600, seconds=600)
        append(journal, ROLLER, wash, NOW + DAY, solution=SOLUTION)
        append(journal, ROLLER, ev.Used(word="USE", area="face"), NOW + DAY, person=PERSON)
        append(journal, PERSON, ev.Session(roller=ROLLER, entry=3, area="face"), NOW + DAY)
        append(journal, ROLLER, ev.Noted(text="soft handle"), NOW + 2 * DAY)
        append(journal, ROLLER, wash, NOW + 3 * DAY, operator=OPERATOR)
    return path


def copied(template: Path, target: Path) -> Path:
    """A database of one's own, like the template."""
    shutil.copyfile(template, target)
    return target


@contextmanager
def outsider(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of another program, each statement on its own."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


BEFORE_EXPIRIES = (
    "ALTER TABLE solution DROP COLUMN expires_at",
    "DELETE FROM schema_migration WHERE name = '0018_expiry_of_solutions'",
)
"""What turns a database of now into one that kept no instant of when a bottle's date is over."""

BEFORE_LABELS = (
    *BEFORE_EXPIRIES,
    "ALTER TABLE solution DROP COLUMN listing",
    "ALTER TABLE solution DROP COLUMN use_days",
    "ALTER TABLE solution DROP COLUMN topped_up_at",
    "DELETE FROM schema_migration WHERE name = '0016_solution_labels'",
)
"""What turns a database of now into one that kept nothing of what the labels of bottles say."""

BEFORE_DUE = (
    *BEFORE_LABELS,
    "DROP INDEX roller_ref",
    "DROP INDEX roller_bin",
    "ALTER TABLE roller DROP COLUMN ref",
    "ALTER TABLE roller DROP COLUMN bin",
    "ALTER TABLE roller DROP COLUMN snoozes",
    "ALTER TABLE solution DROP COLUMN snoozes",
    "ALTER TABLE product DROP COLUMN snoozes",
    "ALTER TABLE named DROP COLUMN registered_at",
    "ALTER TABLE named DROP COLUMN collected_at",
    "DELETE FROM schema_migration WHERE name = '0015_due'",
)
"""What turns a database of now into one that put nothing off and knew no bin's contents."""

BEFORE_STOCK = (
    *BEFORE_DUE,
    "DROP INDEX roller_product",
    "ALTER TABLE roller DROP COLUMN product",
    "ALTER TABLE roller DROP COLUMN pack",
    "ALTER TABLE roller DROP COLUMN in_service_from",
    "DROP TABLE product",
    "DROP TABLE pack",
    "DELETE FROM schema_migration WHERE name = '0012_stock'",
)
"""What turns a database of now into one that knew no products."""

BEFORE_TRACES = (
    *BEFORE_STOCK,
    "DROP TABLE lot_seen",
    "DROP TABLE soak",
    "DROP TABLE touch",
    "DROP TABLE incident",
    "DELETE FROM schema_migration WHERE name = '0011_traces'",
)
"""What turns a database of now into one that traced nothing."""

BEFORE_STATES = (
    *BEFORE_STOCK,
    "ALTER TABLE roller DROP COLUMN retired_at",
    "ALTER TABLE roller DROP COLUMN new_since",
    "DELETE FROM schema_migration WHERE name = '0006_states'",
)
"""What turns a database of now into one whose lists knew neither the retired nor the new."""

BEFORE_ENDS = (
    *BEFORE_STATES,
    "ALTER TABLE roller ADD COLUMN out_of_use BOOL NOT NULL DEFAULT 0",
    "UPDATE roller SET out_of_use = 1, dead_from = 17 WHERE dead_from = 0",
    "UPDATE roller SET held = held <> ''",
    "DELETE FROM schema_migration WHERE name = '0005_ends'",
)
"""What turns a database of now into one whose rollers had a flag for what holds them."""


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """An outsider who takes the triggers away, and puts them back afterwards."""
    with outsider(path) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)


def rows(path: Path, table: str = "event") -> list[tuple[Any, ...]]:
    """Every row of a table, as an outsider reads it; without the row numbers of the list of rollers."""
    with outsider(path) as connection:
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})") if name != "id"]
        return sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)


def verified(path: Path) -> Verified:
    """What verify finds."""
    with closing(Store(path)) as store, store.reading():
        return upkeep.verify(store.database)


def rehash(connection: sqlite3.Connection, stream: str, seq: int) -> None:
    """Give a row the hash that fits what it says now."""
    columns = ", ".join(COLUMNS)
    row = connection.execute(
        f"SELECT {columns} FROM event WHERE stream = ? AND seq = ?", (stream, seq)
    ).fetchone()
    connection.execute(
        "UPDATE event SET hash = ? WHERE stream = ? AND seq = ?",
        (chain_hash(row[9], row[:9]), stream, seq),
    )
