"""Whatever an outsider does to the journal or the lists, verify names it."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import Connection, IntegrityError

import pytest
from harness.store_rows import (
    BIN,
    COLUMNS,
    OPERATOR,
    OTHER,
    PERSON,
    ROLLER,
    SOLUTION,
    copied,
    fill,
    outsider,
    rehash,
    rows,
    tampering,
    verified,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.domain.code import Kind, make
from rollertrack.domain.journal_form import Damaged
from rollertrack.errors import StoreFailed
from rollertrack.store import lookups, print_queue
from rollertrack.store.store import Store
from rollertrack.store.upkeep import Verified

DERIVED = ("stream", "roller", "person", "solution", "named")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("template") / "a.db")


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return copied(template, tmp_path / "a.db")


def rebuild(path: Path) -> None:
    with closing(Store(path)) as store:
        store.rebuild()


def test_an_untouched_database_proves_whole(path: Path) -> None:
    assert verified(path) == Verified(streams=7, events=12)


def _alter(connection: Connection) -> None:
    connection.execute(f"UPDATE event SET at = at - 1 WHERE stream = '{ROLLER}' AND seq = 2")


def _alter_and_rehash(connection: Connection) -> None:
    _alter(connection)
    rehash(connection, ROLLER, 2)


def _alter_the_last_and_rehash(connection: Connection) -> None:
    connection.execute(f"UPDATE event SET at = at + 1 WHERE stream = '{ROLLER}' AND seq = 5")
    rehash(connection, ROLLER, 5)


def _drop(connection: Connection) -> None:
    connection.execute(f"DELETE FROM event WHERE stream = '{ROLLER}' AND seq = 3")


def _drop_and_close_up(connection: Connection) -> None:
    _drop(connection)
    for seq in (4, 5):
        connection.execute(f"UPDATE event SET seq = {seq - 1} WHERE stream = '{ROLLER}' AND seq = {seq}")


def _reorder(connection: Connection) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        connection.execute(f"UPDATE event SET seq = {new} WHERE stream = '{ROLLER}' AND seq = {old}")


def _cut_the_tail(connection: Connection) -> None:
    connection.execute(f"DELETE FROM event WHERE stream = '{ROLLER}' AND seq > 3")


def _cut_all(connection: Connection) -> None:
    connection.execute(f"DELETE FROM event WHERE stream = '{ROLLER}'")


def _move(connection: Connection) -> None:
    connection.execute(f"UPDATE event SET stream = '{OTHER}', seq = 2 WHERE stream = '{ROLLER}' AND seq = 5")


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_alter, f"{ROLLER} entry 2: its content was altered"),
        (_alter_and_rehash, f"{ROLLER} entry 3: it does not follow"),
        (_alter_the_last_and_rehash, f"{ROLLER} entry 5: the head says"),
        (_drop, f"{ROLLER} entry 4: entry 3 is missing"),
        (_drop_and_close_up, f"{ROLLER} entry 3: it does not follow"),
        (_reorder, f"{ROLLER} entry 2: it does not follow"),
        (_cut_the_tail, f"{ROLLER} entry 3: the head says entry 5; the end of the stream was cut"),
        (_cut_all, f"{ROLLER}: every entry of this stream is gone"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_tampering_is_named_is_not_hidden_by_rebuild_and_stops_the_gate(
    tamper: Callable[[Connection], None], named: str, path: Path
) -> None:
    with tampering(path) as connection:
        tamper(connection)
    assert verified(path).fault.startswith(named)
    with pytest.raises(Damaged, match=named):
        rebuild(path)
    assert verified(path).fault.startswith(named)
    if tamper is not _alter:  # that one only the hash can tell
        with closing(Store(path)) as store, store.reading() as journal, pytest.raises(StoreFailed):
            journal.stream(ROLLER)


def test_an_entry_moved_to_another_stream_is_named(path: Path) -> None:
    with tampering(path) as connection:
        _move(connection)
    assert min(OTHER, ROLLER) in verified(path).fault


@pytest.mark.parametrize(
    "value", ["x'00ff'", "CAST(x'7bff7d' AS TEXT)", "1.5", "'not json'", "'[]'", '\'{"offset":0,"x":1}\'']
)
@pytest.mark.parametrize("hashed", [False, True])
def test_content_of_any_form_is_named_not_stumbled_over(value: str, hashed: bool, path: Path) -> None:
    with tampering(path) as connection:
        connection.execute(f"UPDATE event SET data = {value} WHERE stream = '{OTHER}' AND seq = 1")
        if hashed and not value.startswith(("x'", "CAST")):
            rehash(connection, OTHER, 1)
    assert verified(path).fault.startswith(f"{OTHER} entry 1: ")


@pytest.mark.parametrize("column", COLUMNS)
def test_bytes_in_any_column_are_a_fault(column: str, path: Path) -> None:
    with tampering(path) as connection:
        connection.execute(f"UPDATE event SET {column} = x'ff' WHERE stream = '{ROLLER}' AND seq = 3")
    assert verified(path).fault


@pytest.mark.parametrize("code", [PERSON, SOLUTION, OPERATOR])
def test_a_record_that_is_gone_whole_is_missed_by_the_entries_that_name_it(code: str, path: Path) -> None:
    with tampering(path) as connection:
        connection.execute(f"DELETE FROM event WHERE stream = '{code}'")
        for table in DERIVED:
            connection.execute(f"DELETE FROM {table} WHERE code = '{code}'")
    assert verified(path).fault.endswith(f"names {code}, of which every entry is gone")
    rebuild(path)
    assert verified(path).fault.endswith(f"names {code}, of which every entry is gone")


def test_a_roller_that_is_gone_whole_is_missed_by_its_person(path: Path) -> None:
    with tampering(path) as connection:
        for table, column in (("event", "stream"), ("stream", "code"), ("roller", "code")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = '{ROLLER}'")
    assert verified(path).fault == f"{PERSON} entry 2 names {ROLLER}, of which every entry is gone"


_IDLE = "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            ("DROP TRIGGER event_no_update",),
            "the trigger event_no_update is gone: the journal is not protect",
        ),
        (
            ("DROP TRIGGER event_no_delete", _IDLE),
            "the trigger event_no_delete is not as RollerTrack made it",
        ),
        (
            ("CREATE TRIGGER x AFTER INSERT ON roller BEGIN UPDATE roller SET dirty_since = NULL; END",),
            "the trigger x is not of RollerTrack",
        ),
        (("DROP INDEX stream_newest",), "the index stream_newest is gone"),
        (("CREATE INDEX x ON event (at)",), "the index x is not of RollerTrack"),
        (("ALTER TABLE roller ADD COLUMN colour TEXT",), "the table roller is not as RollerTrack made it"),
    ],
)
def test_a_schema_that_is_not_ours_is_named_and_rebuild_hides_no_trigger(
    change: tuple[str, ...], named: str, path: Path
) -> None:
    with outsider(path) as connection:
        for statement in change:
            connection.execute(statement)
    assert verified(path).fault.startswith(named)
    if "trigger" in named:
        with closing(Store(path)) as store, suppress(StoreFailed):
            store.rebuild()
        assert verified(path).fault.startswith(named)


def test_what_another_program_keeps_beside_is_its_own_affair_and_outlives_a_rebuild(path: Path) -> None:
    with outsider(path) as connection:
        connection.execute("CREATE TABLE _replication (id INTEGER, seq INTEGER)")
        connection.execute("INSERT INTO _replication VALUES (1, 2)")
        connection.execute("ANALYZE")
    assert not verified(path).fault
    rebuild(path)
    assert rows(path, "_replication") == [(2,)]
    assert not verified(path).fault


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE print_job SET state = 'printed'", "print job 1: its state holds what no RollerTrack wrote"),
        ("UPDATE print_job SET copies = 'many'", "print job 1: its copies holds what no"),
        ("UPDATE print_job SET created_at = 1 << 60", "print job 1: its created_at holds what no"),
        ("UPDATE print_job SET code = 'RBBBBBBBB'", "print job 1: its code holds what no"),
        (
            "UPDATE print_job SET code = 'RBBDEFGHO'",
            "print job 1 names RBBDEFGHO, of which every entry is gone",
        ),
        ("UPDATE sqlite_sequence SET seq = 0", "the queue has forgotten which numbers"),
        ("UPDATE sheet SET next_free = 0", "the sheet in office: its next_free holds what no"),
        (
            "UPDATE blank SET code = 'RBBDEFGHE'",
            "the label printed ahead for RBBDEFGHE: its code holds what no",
        ),
        ("UPDATE blank SET drawn_at = 'today'", "the label printed ahead for"),
    ],
)
def test_what_lies_beside_the_journal_is_checked_for_its_form(change: str, named: str, path: Path) -> None:
    job = {
        "code": ROLLER, "title": "evening", "what": "label", "printer": "office", "media": "l7160",
        "copies": 1, "flag": False, "start": None, "mark": "", "operator": None, "at": None,
        "at_offset": 0, "created_at": 1, "changed_at": 1,
    }  # fmt: skip
    with closing(Store(path)) as store, store.transaction():
        print_queue.add(store.database, [job])
        print_queue.remember_next_free(store.database, "office", "l7160", 5)
        lookups.keep_blanks(store.database, [make(Kind.ROLLER, lambda letters: letters[0])], 1)
    assert not verified(path).fault
    with outsider(path) as connection:
        connection.execute(change)
    assert verified(path).fault.startswith(named)


_VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.text(max_size=12), st.binary(max_size=4), st.floats()
)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 11), column=st.sampled_from(COLUMNS), value=_VALUES)
def test_no_column_of_any_entry_can_be_changed_unseen(
    place: int, column: str, value: object, template: Path
) -> None:
    copy = copied(template, template.with_name("copy.db"))
    before = rows(template)
    stream, seq = before[place][:2]
    change = f"UPDATE event SET {column} = ? WHERE stream = ? AND seq = ?"
    with tampering(copy) as connection, suppress(IntegrityError, UnicodeEncodeError):
        connection.execute(change, (value, stream, seq))
    assert bool(verified(copy).fault) == (rows(copy) != before)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE roller SET uses = 0", f"{ROLLER}: uses in the list differs"),
        (
            "UPDATE roller SET clean_until = 1 WHERE uses = 1",
            f"{ROLLER}: clean_until in the list differs",
        ),
        (f"UPDATE roller SET name = 'x' WHERE code = '{OTHER}'", f"{OTHER}: name in the list differs"),
        ("UPDATE person SET sessions = 7", f"{PERSON}: sessions in the list differs"),
        ("UPDATE solution SET strength = NULL", f"{SOLUTION}: strength in the list differs"),
        (f"UPDATE named SET label = 'red' WHERE code = '{BIN}'", f"{BIN}: label in the list differs"),
        (f"DELETE FROM roller WHERE code = '{ROLLER}'", f"{ROLLER}: its row in the list is missing"),
        ("UPDATE stream SET newest = newest - 1", "newest in the list differs"),
        (
            "INSERT INTO named (code, label) VALUES ('UBBBBBBBB', 'ghost')",
            "UBBBBBBBB: it is in the list and not in",
        ),
    ],
)
def test_a_list_that_differs_is_named_and_rebuild_mends_it(change: str, named: str, path: Path) -> None:
    before = {table: rows(path, table) for table in DERIVED}
    with outsider(path) as connection:
        connection.execute(change)
    fault = verified(path).fault
    assert named in fault
    assert fault.endswith("rollertrack rebuild`")
    rebuild(path)
    assert {table: rows(path, table) for table in DERIVED} == before
    assert verified(path) == Verified(streams=7, events=12)
