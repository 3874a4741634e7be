"""A value of another type, put into any column from outside: one usual sentence, never a failure of ours."""

import sqlite3
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest
from harness.command_calls import World, copy_of, new_world

READS = (
    ("check", "{ready}"), ("show", "{ready}"), ("log", "{ready}"), ("list",), ("list", "--json"), ("due",),
    ("person", "list"), ("solution", "list"), ("operator", "list"), ("show", "{person}"), ("queue",),
    ("unproven",), ("policy", "show"), ("export",), ("outage", "--to", "{page}"),
)  # fmt: skip
VALUES = ("'abc'", "x'00ff'", "1.5", "9000000000000000000", "''")
OF_LISTS = {
    "roller": ("list",), "person": ("person", "list"), "solution": ("solution", "list"),
    "named": ("operator", "list"), "stream": ("check", "{ready}"), "event": ("log", "{ready}"),
    "print_job": ("queue",), "sheet": ("verify",), "blank": ("verify",),
}  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = new_world(tmp_path_factory.mktemp("template"))
    world.settings(f'[printers]\nfiles = "pdf:{world.folder}"')
    world.done("label", "{ready}", "--media", "l7160", "--printer", "files")
    world.done("label", "--blank", "1", "--to", "{picture}")
    return world


def altered(path: Path, table: str, column: str, value: str) -> bool:
    """Put a value into every row of a column; whether the database took it."""
    with closing(sqlite3.connect(path)) as connection:
        for trigger in ("event_no_update", "event_no_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        try:
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {value}")
        except sqlite3.IntegrityError:
            return False
        connection.commit()
    return True


@pytest.mark.parametrize("table", OF_LISTS)
def test_no_value_in_any_column_makes_a_read_fail_in_a_way_of_its_own(
    table: str, template: World, tmp_path: Path
) -> None:
    world = copy_of(template, tmp_path)
    whole = world.database.read_bytes()
    with closing(sqlite3.connect(world.database)) as connection:
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    others = cycle(READS)
    for column in columns:
        for number, value in enumerate(VALUES):
            path = tmp_path / f"{column}-{number}.db"
            path.write_bytes(whole)
            if not altered(path, table, column, value):
                continue
            for words in (OF_LISTS[table], next(others)):
                answer = world.call("--database", str(path), *words)
                assert "RollerTrack failed" not in answer.err, (column, value, words, answer.err)
                assert answer.err.count("\n") <= 1
                assert answer.out or answer.err
