"""The rows of rollers after a change of the policy: calculated anew in batches, others in between.

While it is under way a table of its own says how far it has come, whoever goes on with it; there is none
when all is done. The gate never waits for it: it judges by the journal.
"""

from rollertrack.domain.counting import newest_instant
from rollertrack.domain.journal_form import Damaged
from rollertrack.domain.policy import Policy
from rollertrack.errors import StoreFailed
from rollertrack.store.database import Database
from rollertrack.store.derived import Derived, derived
from rollertrack.store.erasable import events_of
from rollertrack.store.journal import Journal, rollers_between, stream_batches
from rollertrack.store.writing import write_derived

ROLLERS_A_BATCH = 500
ROLLERS_A_DEED = 50
"""What another deed does of it beside its own: little, so that nobody waits."""
TABLE = "recalculation"
_BEYOND = "S"
"""Behind every code of a roller."""


def begin(database: Database) -> None:
    """Say that every roller is to be calculated anew."""
    database.execute_sql(f"CREATE TABLE IF NOT EXISTS {TABLE} (done TEXT NOT NULL)")
    database.execute_sql(f"DELETE FROM {TABLE}")
    database.execute_sql(f"INSERT INTO {TABLE} VALUES ('R')")


def done_until(database: Database) -> str:
    """The code up to which rollers are calculated; behind all of them when nothing is under way."""
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if not database.execute_sql(there, (TABLE,)).fetchone():
        return _BEYOND
    ((done,),) = database.execute_sql(f"SELECT done FROM {TABLE}").fetchall()
    return str(done)


def is_under_way(database: Database) -> bool:
    """Whether some rollers are still to be calculated."""
    return done_until(database) != _BEYOND


def go_on(database: Database, policy: Policy, most: int) -> None:
    """Calculate the next rollers, at most some; what cannot be read of them is left to verify."""
    done = done_until(database)
    if done == _BEYOND:
        return
    query = "SELECT code FROM stream WHERE code > ? AND code < ? ORDER BY code LIMIT ?"
    codes = database.execute_sql(query, (done, _BEYOND, most)).fetchall()
    is_last = len(codes) < most
    last = _BEYOND if is_last else codes[-1][0]
    for code, rows in rollers_between(database, done, last):
        try:
            events = events_of(database, rows)
        except Damaged:
            continue
        write_derived(database, [(code, Derived(derived(code, events, policy).row))])
    if is_last:
        database.execute_sql(f"DROP TABLE {TABLE}")
    else:
        database.execute_sql(f"UPDATE {TABLE} SET done = ?", (last,))


def rederive(database: Database) -> None:
    """Bring every derived row up to this program's rules; what cannot be read is left to verify.

    The heads stay as they are: they prove the end of each stream.
    """
    try:
        policy = Journal(database).policy()
    except StoreFailed:
        return
    for batch in stream_batches(database):
        for code, rows in batch:
            try:
                events = events_of(database, rows)
            except Damaged:
                continue
            newest = newest_instant(events)
            database.execute_sql("UPDATE stream SET newest = ? WHERE code = ?", (newest, code))
            write_derived(database, [(code, derived(code, events, policy))])
