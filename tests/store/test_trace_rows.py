"""What a recall looks through is derived like every list: kept in step, proved, and made anew."""

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from harness.event_rows import INCIDENT
from harness.store_rows import (
    BEFORE_TRACES,
    NOW,
    OTHER,
    PERSON,
    ROLLER,
    SOLUTION,
    append,
    fill,
    outsider,
    rows,
    tampering,
    verified,
)

from rollertrack.domain import events as ev
from rollertrack.store.derived import BESIDE
from rollertrack.store.journal import Journal
from rollertrack.store.rebuilding import rebuild
from rollertrack.store.store import Store

TABLES = (*BESIDE, "incident")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, OTHER, ev.Amended(length=Decimal("0.50"), lot="A-12", maker="Titan"), NOW + 1)
        append(journal, OTHER, ev.DisinfectionStarted(agent="quat", planned=60), NOW + 2)
        opened = ev.IncidentOpened(
            cause="lot",
            about="A-12",
            reason="a letter",
            rollers=(OTHER,),
            persons=(PERSON,),
            query=("lot", "A12"),
        )
        append(journal, INCIDENT, opened, NOW + 3)
        append(journal, INCIDENT, ev.Told(how="by letter"), NOW + 4, person=PERSON)
    return path


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows(path, table) for table in TABLES}


def test_every_table_has_rows(path: Path) -> None:
    assert all(everything(path).values())
    assert verified(path).fault == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (f"UPDATE lot_seen SET lot = 'B7' WHERE roller = '{OTHER}'", f"{OTHER}: its lots in the list differ"),
        (f"UPDATE lot_seen SET stands = 0 WHERE roller = '{OTHER}'", f"{OTHER}: its lots in the list differ"),
        (f"DELETE FROM lot_seen WHERE roller = '{OTHER}' AND entry = 1", f"{OTHER}: its lots in the list"),
        ("UPDATE soak SET ended_at = ended_at + 1", f"{ROLLER}: its baths in the list differ"),
        (f"UPDATE soak SET ended_at = 7 WHERE roller = '{OTHER}'", f"{OTHER}: its baths in the list differ"),
        ("UPDATE soak SET solution = NULL", f"{ROLLER}: its baths in the list differ"),
        ("UPDATE touch SET voided = 1", f"{ROLLER}: its uses in the list differ"),
        ("DELETE FROM touch", f"{ROLLER}: its uses in the list differ"),
        ("UPDATE incident SET untold = 1", f"{INCIDENT}: untold in the list differs"),
        ("DELETE FROM incident", f"{INCIDENT}: its row in the list is missing"),
        (
            "INSERT INTO touch SELECT 'RBBBBBBBB', entry, person, operator, at, area, concern, voided"
            " FROM touch",
            "RBBBBBBBB: its uses are in a list and not in the journal",
        ),
    ],
)
def test_a_row_that_differs_is_named_and_rebuild_mends_it(change: str, named: str, path: Path) -> None:
    before = everything(path)
    with outsider(path) as connection:
        connection.execute(change)
    fault = verified(path).fault
    assert named in fault
    assert fault.endswith("rollertrack rebuild`")
    with closing(Store(path)) as store:
        rebuild(store.database, path, "9999")
    assert everything(path) == before
    assert verified(path).fault == ""


def test_an_older_database_learns_them(path: Path) -> None:
    before = everything(path)
    with outsider(path) as connection:
        for statement in BEFORE_TRACES:
            connection.execute(statement)
    Store(path).close()
    assert everything(path) == before
    assert verified(path).fault == ""


@pytest.mark.parametrize("code", [ROLLER, PERSON, SOLUTION])
def test_a_code_that_an_incident_names_is_missed(code: str, tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    opened = ev.IncidentOpened(cause="other", about=code, reason="x", rollers=(), persons=())
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, INCIDENT, opened)
    assert verified(path).fault == f"{INCIDENT} entry 1 names {code}, of which every entry is gone"


def test_a_lot_that_reads_like_a_code_names_none(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    opened = ev.IncidentOpened(cause="lot", about=ROLLER, reason="x")
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, INCIDENT, opened)
    assert verified(path).fault == ""


def test_an_incident_that_is_gone_is_missed_by_its_rollers(path: Path) -> None:
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, OTHER, ev.Recalled(reason="x", incident=INCIDENT), NOW + 5)
    with tampering(path) as connection:
        for table, column in (("event", "stream"), ("stream", "code"), ("incident", "code")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = '{INCIDENT}'")
    assert verified(path).fault == f"{OTHER} entry 4 names {INCIDENT}, of which every entry is gone"


def test_a_deed_writes_no_row_that_stays_as_it_was(path: Path) -> None:
    with closing(Store(path)) as store:
        with store.transaction() as journal:
            append(journal, ROLLER, ev.Noted(text="soft"), NOW + 9)
        before = store.database.connection().total_changes
        journal = Journal(store.database)
        with store.database.atomic():
            append(journal, ROLLER, ev.Used(word="USE"), NOW + 10, person=PERSON)
            journal.flush()
        # The entry, the head of its stream, the roller's row, and one use beside it.
        assert store.database.connection().total_changes - before == 4
