"""A database of before the retired and the new were states: its rows learn them, and are proved."""

from contextlib import closing
from pathlib import Path

from harness.store_rows import BEFORE_STATES, DAY, NOW, OTHER, ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain import events as ev
from rollertrack.domain.words import State
from rollertrack.store import queries
from rollertrack.store.store import Store


def _before(path: Path, *spoil: str) -> None:
    with outsider(path) as connection:
        for statement in (*BEFORE_STATES, *spoil):
            connection.execute(statement)


def _states(path: Path) -> dict[str, str]:
    at = NOW + 5 * DAY
    with closing(Store(path)) as store, store.reading():
        return {
            code: state for state in State for _, code in queries.roller_ids(store.database, at, state=state)
        }


def test_an_older_databases_rows_learn_them(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, ROLLER, ev.Retired(reason="worn"), NOW + 4 * DAY)
    now = rows(path, "roller")
    _before(path)
    assert _states(path) == {ROLLER: State.RETIRED, OTHER: State.NEW}
    assert rows(path, "roller") == now
    assert verified(path).fault == ""


def test_rows_whose_journal_cannot_be_read_learn_them_from_what_they_say(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, ROLLER, ev.Retired(reason="worn"), NOW + 4 * DAY)
    _before(
        path,
        "DROP TRIGGER event_no_update",
        f"UPDATE event SET data = '{{' WHERE stream = '{ROLLER}' AND seq = 2",
    )
    assert _states(path) == {ROLLER: State.RETIRED, OTHER: State.NEW}
