"""Rollers' newest labels: mark, place, an index of the unproven; and the codes of labels printed ahead."""

import json
from itertools import groupby
from operator import itemgetter
from typing import Any

_STATEMENTS = (
    "CREATE TABLE blank (code TEXT NOT NULL PRIMARY KEY, drawn_at BIGINT NOT NULL)",
    "ALTER TABLE roller ADD COLUMN label_mark TEXT",
    "ALTER TABLE roller ADD COLUMN label_place TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX roller_unproven ON roller (label_printed_at)"
    " WHERE label_printed_at IS NOT NULL AND label_proven_at IS NULL",
)
_ENTRIES = (
    "SELECT stream, seq, kind, data FROM event WHERE kind IN ('label_printed', 'voided')"
    " AND stream IN (SELECT code FROM roller WHERE label_printed_at IS NOT NULL)"
    " ORDER BY stream, seq DESC"
)


def _newest_label(entries: Any) -> tuple[str, str] | None:
    """Mark and place of the newest label that was not taken back; the newest entry comes first."""
    voided: set[int] = set()
    for _, seq, kind, data in entries:
        said = json.loads(data)
        if seq in voided:
            continue
        if kind == "label_printed":
            return said.get("mark", ""), said["place"]
        if said["entry"] < seq:
            voided.add(said["entry"])
    return None


def up(_migrator: Any, db: Any) -> None:
    for statement in _STATEMENTS:
        db.execute_sql(statement)
    entries = db.execute_sql(_ENTRIES).fetchall()
    for code, of_one in groupby(entries, itemgetter(0)):
        if label := _newest_label(of_one):
            told = (*label, code)
            db.execute_sql(f"UPDATE roller SET label_mark = {db.param}, label_place = {db.param}"
                           f" WHERE code = {db.param}", told)  # fmt: skip
