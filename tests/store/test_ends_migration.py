"""A database of before a roller's row said what holds it: its rows are turned, and proved."""

from contextlib import closing
from pathlib import Path

import pytest
from harness.store_rows import BEFORE_ENDS, DAY, NOW, OTHER, ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain import events as ev
from rollertrack.domain.payloads import Payload
from rollertrack.store.store import Store


@pytest.mark.parametrize(
    ("held", "payload"),
    [
        ("", ev.Noted(text="nothing holds it")),
        ("retired", ev.Retired(reason="worn")),
        ("quarantined", ev.Quarantined(reason="dropped")),
        ("recalled", ev.Recalled(reason="lot")),
    ],
)
def test_an_older_databases_rows_are_turned(tmp_path: Path, held: str, payload: Payload) -> None:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, OTHER, payload, NOW + 4 * DAY)
    now = rows(path, "roller")
    with outsider(path) as connection:
        for statement in BEFORE_ENDS:
            connection.execute(statement)
    with closing(Store(path)):
        pass
    assert rows(path, "roller") == now
    with outsider(path) as connection:
        found = connection.execute("SELECT held FROM roller WHERE code = ?", (OTHER,)).fetchone()
    assert found == (held,)
    assert verified(path).fault == ""


def test_a_row_whose_journal_cannot_be_read_is_turned_as_it_stood(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, ROLLER, ev.Recalled(reason="lot"), NOW + 4 * DAY)
    with outsider(path) as connection:
        for statement in BEFORE_ENDS:
            connection.execute(statement)
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET data = '{' WHERE stream = ? AND seq = 2", (ROLLER,))
    Store(path).close()
    with outsider(path) as connection:
        kept = "SELECT held, dead_from FROM roller WHERE code = ?"
        assert connection.execute(kept, (ROLLER,)).fetchone() == ("recalled", 0)
