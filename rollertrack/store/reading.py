"""Rows as this program wrote them: a value that an outsider put there is one sentence, not a crash later."""

from typing import Any

from rollertrack.store.lookups import foreign
from rollertrack.store.tables import misfit, name_of

Row = dict[str, Any]


def dicts(database: Any, query: Any) -> list[Row]:
    """The rows of a query of whole rows of one table; StoreFailed where a value is not of its kind."""
    rows = list(query.dicts().execute(database.orm))
    for row in rows:
        _check(query.model, row)
    return rows


def tuples(database: Any, query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query of some columns of one table, checked as those of `dicts`."""
    names = [column.name for column in query.selected_columns]
    rows = list(query.tuples().execute(database.orm))
    for row in rows:
        _check(query.model, dict(zip(names, row, strict=True)))
    return rows


def _check(table: Any, row: Row) -> None:
    if column := misfit(table, row):
        which = f" of {row['code']}" if type(row.get("code")) is str else ""
        raise foreign(name_of(table), f"{column}{which}")
