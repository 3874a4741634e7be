"""Lists and the whole record as CSV, for spreadsheets and other programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from rollertrack.domain.code import Kind
from rollertrack.domain.text import required_line
from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.files import named_file
from rollertrack.labels import files
from rollertrack.reports.tables import EUROPEAN, USUAL, Style, csv_bytes, style_of
from rollertrack.services import lists, people, roller_tables
from rollertrack.services.station import Done, Station
from rollertrack.wording import done as say

__all__ = ["EUROPEAN", "USUAL", "export_tables", "style_of", "table_of", "table_target", "write_documents"]

Document = Mapping[str, Any]


def write_documents(
    to: str,
    columns: Sequence[str],
    documents: Iterable[Document],
    style: Style = USUAL,
    *,
    force: bool = False,
) -> str:
    """Write documents as a table, a row each, to a file that is not there yet; a sentence says so."""
    path = table_target(to, force=force)
    rows = _rows(columns, documents)
    files.write_whole(path, csv_bytes(columns, rows, style), force=force)
    return say.rows_written(len(rows), path)


def table_of(columns: Sequence[str], documents: Iterable[Document], style: Style = USUAL) -> bytes:
    """Documents as a table, a row each."""
    return csv_bytes(columns, _rows(columns, documents), style)


_ENDINGS = ("", ".csv", ".tsv", ".txt")


def table_target(to: str, *, force: bool = False) -> Path:
    """The file that a table may be written to; BadInput for an ending that promises another kind of file."""
    path = named_file("csv", to)
    if path.suffix.lower() not in _ENDINGS:
        raise BadInput("csv", f"{path.name!r} should end in .csv; every spreadsheet opens that")
    files.check_target(path, field="csv", force=force)
    return path


def _rows(columns: Sequence[str], documents: Iterable[Document]) -> list[list[Any]]:
    return [[_cell(each.get(column)) for column in columns] for each in documents]


def _cell(value: Any) -> Any:
    """A value of a document as a cell: truth in words, several things behind each other."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return value if isinstance(value, str | int | float | Decimal | None) else str(value)


def export_tables(station: Station, folder: str, style: Style = USUAL, *, force: bool = False) -> Done:
    """Write a table of each kind of record into a folder, which is made where there is none."""
    place = named_file("csv", required_line("csv", folder, 4_096))
    if place.exists() and not place.is_dir():
        raise BadInput("csv", f"{place} is no folder; name one, or a new one")
    targets = {name: place / f"{name}.csv" for name in _TABLES}
    for path in targets.values():
        files.check_target(path, field="csv", force=force)
    with station.store.reading():
        made = {name: _table(station, name, style) for name in _TABLES}
    is_new = _make(place)
    try:
        files.write_all({targets[name]: data for name, (data, _) in made.items()}, force=force)
    except DeviceFailed:
        if is_new:
            with suppress(OSError):
                place.rmdir()
        raise
    rows = sum(count for _, count in made.values())
    return Done("export tables", (), station.clock(), say.tables_written(len(made), rows, place))


def _make(place: Path) -> bool:
    """Make a folder where there is none; whether it was made."""
    is_new = not place.exists()
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput("csv", f"{place} cannot be made: {why}") from None
    return is_new


def _table(station: Station, name: str, style: Style) -> tuple[bytes, int]:
    columns, read = _TABLES[name]
    rows = _rows(columns, read(station))
    return csv_bytes(columns, rows, style), len(rows)


def _persons(station: Station) -> Iterator[Document]:
    return map(roller_tables.timed, people.list_persons(station))


def _operators(station: Station) -> Iterator[Document]:
    return map(roller_tables.timed, people.list_named(station, Kind.OPERATOR))


def _bins(station: Station) -> Iterator[Document]:
    return map(roller_tables.timed, people.list_named(station, Kind.BIN))


def _solutions(station: Station) -> Iterator[Document]:
    return map(roller_tables.timed, lists.list_solutions(station))


def _products(station: Station) -> Iterator[Document]:
    from rollertrack.services.stock_records import list_products  # home has none

    return (roller_tables.with_moments(each._asdict()) for each in list_products(station))


def _packs(station: Station) -> Iterator[Document]:
    from rollertrack.services.stock_records import list_packs

    return (roller_tables.with_moments(each._asdict()) for each in list_packs(station))


_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Station], Iterable[Document]]]] = {
    "rollers": (roller_tables.ROLLERS, roller_tables.rollers),
    "uses": (roller_tables.USES, roller_tables.uses),
    "disinfections": (roller_tables.BATHS, roller_tables.baths),
    "persons": (("code", "label", "contraindications", "sessions", "last_session_at"), _persons),
    "operators": (("code", "label", "closed_at"), _operators),
    "bins": (("code", "label", "registered_at", "closed_at", "collected_at"), _bins),
    "solutions": (
        ("code", "agent", "strength", "lot", "expiry", "opened_at", "discarded_at", "last_strip_at",
         "last_strip_passed", "listing", "use_days", "topped_up_at"), _solutions,
    ),
    "products": (
        ("code", "name", "form", "length", "coded", "pack_size", "barcodes", "ordered", "expected",
         "closed_at"),
        _products,
    ),
    "packs": (
        ("code", "product", "name", "lot", "expiry", "pieces", "left", "held", "received_at"), _packs,
    ),
}  # fmt: skip
"""Each file with its columns and what fills them."""
