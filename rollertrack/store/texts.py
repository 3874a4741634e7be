"""What the records say in their own words, read for the doctor alone."""

from typing import Any

from peewee import fn

from rollertrack.store.tables import EventRow, NamedRecord, PersonRecord, RollerRecord, SolutionRecord

_TEXTS = (
    RollerRecord.name,
    RollerRecord.lot,
    PersonRecord.label,
    SolutionRecord.agent,
    SolutionRecord.lot,
    NamedRecord.label,
)


def characters(database: Any) -> str:
    """Every character of the names, labels and lots on record, each once, in order."""
    found: set[str] = set()
    for column in _TEXTS:
        cursor = database.orm.execute(column.model.select(column).distinct().tuples())
        for (text,) in cursor:
            found.update(text)
    return "".join(sorted(found))


def entry_count(database: Any) -> int:
    """How many entries the journal has."""
    return int(EventRow.select(fn.count()).scalar(database.orm))
