"""Whether the tables beside the journal hold what this program writes there.

They are print queue, sheets, blanks, phones and what deeds said. No hash guards them: what is checked is
form, and that what they name is there. Those of the lots, baths and uses of rollers follow from the journal.
"""

import json
from collections.abc import Iterator, Set
from typing import Any

from rollertrack.domain.code import Kind, is_code
from rollertrack.domain.print_jobs import JobState
from rollertrack.store.derived import Beside
from rollertrack.store.tables import (
    AnswerRow,
    BlankRow,
    LinkTable,
    PairingTable,
    PhoneTable,
    PrintJobRow,
    SheetRow,
    columns_of,
    misfit,
    name_of,
)
from rollertrack.store.writing import kept_beside

_MARKS = 1
_BESIDE_WORDS = {"lot_seen": "its lots", "soak": "its baths", "touch": "its uses"}


def beside_fault(database: Any, code: str, right: Beside) -> str:
    """What of a roller's lots, baths and uses differs from its stream, in words; empty when nothing does."""
    for table, rows in right.items():
        if kept_beside(database, table, code) != rows:
            what = _BESIDE_WORDS[table]
            return f"{code}: {what} in the list differ from the journal; run `rollertrack rebuild`"
    return ""


def orphans_beside(database: Any, known: Set[str]) -> str:
    """The first roller that is not known and has lots, baths or uses, in words; empty when none has."""
    for table, what in _BESIDE_WORDS.items():
        for (code,) in database.execute_sql(f"SELECT DISTINCT roller FROM {table}"):
            if code not in known:
                return f"{code}: {what} are in a list and not in the journal; run `rollertrack rebuild`"
    return ""


def side_fault(database: Any, streams: Set[str]) -> str:
    """The first row that is out of form or names a code without a record, in words; empty when none is."""
    blanks = set()
    for row in _rows(database, BlankRow):
        if column := _blank_misfit(row):
            return _misfit_text(f"the label printed ahead for {row['code']}", column)
        blanks.add(row["code"])
    for row in _rows(database, SheetRow):
        if column := misfit(SheetRow, row) or ("next_free" if row["next_free"] < 1 else ""):
            return _misfit_text(f"the sheet in {row['printer']}", column)
    highest = 0
    for row in _rows(database, PrintJobRow):
        if column := _job_misfit(row):
            return _misfit_text(f"print job {row['id']}", column)
        if row["code"][0] != Kind.CARD and row["code"] not in streams and row["code"] not in blanks:
            return f"print job {row['id']} names {row['code']}, of which every entry is gone"
        highest = max(highest, row["id"])
    return _numbers_fault(database, highest) or _unnamed_fault(database)


def _unnamed_fault(database: Any) -> str:
    """The first row out of form among those that no code names: phones, and what deeds said."""
    tables = (
        (AnswerRow, "what a deed said"),
        (PhoneTable, "a phone"),
        (PairingTable, "a pairing"),
        (LinkTable, "a link"),
    )
    for table, what in tables:
        for row in _rows(database, table):
            column = misfit(table, row) or (_list_misfit(row) if table is AnswerRow else "")
            if column:
                return _misfit_text(what, column)
    return ""


def _rows(database: Any, table: Any) -> Iterator[dict[str, Any]]:
    columns = columns_of(table)
    for values in database.orm.execute(table.select()):
        yield dict(zip(columns, values, strict=True))


def _misfit_text(what: str, column: str) -> str:
    return f"{what}: its {column} holds what no RollerTrack wrote; restore your last backup"


def _blank_misfit(row: dict[str, Any]) -> str:
    return misfit(BlankRow, row) or ("" if is_code(row["code"]) else "code")


def _list_misfit(row: dict[str, Any]) -> str:
    """The first column of several values in one that cannot be read."""
    for column in ("codes", "entries", "warnings"):
        try:
            fits = isinstance(json.loads(row[column]), list)
        except ValueError:
            fits = False
        if not fits:
            return column
    return ""


def _job_misfit(row: dict[str, Any]) -> str:
    if column := misfit(PrintJobRow, row):
        return column
    wrong = {
        "code": not is_code(row["code"]),
        "state": row["state"] not in set(JobState),
        "copies": row["copies"] < 1,
        "batch": row["batch"] < 1,
        "start": row["start"] is not None and row["start"] < 1,
        "attempts": row["attempts"] < 0,
        "mark": len(row["mark"]) > _MARKS,
        "operator": row["operator"] is not None and not is_code(row["operator"]),
    }
    return next((name for name, is_wrong in wrong.items() if is_wrong), "")


def _numbers_fault(database: Any, highest: int) -> str:
    """Whether a number might be given twice: a sender that comes back late would meet another's job."""
    name = name_of(PrintJobRow)
    kept = database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
    given = kept[0] if kept else 0
    if type(given) is not int or given < highest:
        return "the queue has forgotten which numbers it gave to print jobs; restore your last backup"
    return ""
