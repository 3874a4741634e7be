"""Rollers out of a CSV file of any program: what becomes of each row, and then all of them in one deed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.code import Kind
from rollertrack.domain.events import Noted, Quarantined, Registered
from rollertrack.errors import BadInput
from rollertrack.reports.sniff import Line
from rollertrack.services.import_files import AS_IT_IS, How, Source, read_file, said
from rollertrack.services.import_rows import ImportedRow, all_it_says, no_roller, read_row
from rollertrack.services.registering import free_code, name_of_one, numbered
from rollertrack.services.station import Deed, Done, Station, deed, new_codes, once
from rollertrack.store import queries
from rollertrack.wording import importing as say

__all__ = [
    "AS_IT_IS", "KNOWN", "NEW", "SKIPPED", "WRONG", "Fate", "How", "Plan", "import_file", "planned",
]  # fmt: skip

NEW, KNOWN, SKIPPED, WRONG = "new", "known", "skipped", "wrong"
MOST_ROLLERS = 100_000
_LONGEST_REF, _DIGEST = 70, 8


class Fate(NamedTuple):
    """What becomes of a row: `line` is where it begins, `text` what is made of it, or why nothing is."""

    line: int
    fate: str
    text: str
    row: ImportedRow | None = None
    key: str = ""
    """The name by which it is known again: its code, its name elsewhere, or all that it says."""


class Plan(NamedTuple):
    """A file read and judged against what is on record."""

    source: Source
    fates: tuple[Fate, ...]

    def of(self, fate: str) -> list[Fate]:
        """The rows with a fate."""
        return [each for each in self.fates if each.fate == fate]

    @property
    def rollers(self) -> int:
        """How many rollers the new rows are."""
        return sum(each.row.pieces for each in self.fates if each.fate == NEW and each.row is not None)


def planned(station: Station, file: str, how: How = AS_IT_IS) -> Plan:
    """What becomes of each row of a file; nothing is written."""
    source = read_file(file, how)
    with station.store.reading():
        return _judged(station, source)


@once
def import_file(
    station: Station, file: str, how: How = AS_IT_IS, *, skip_bad: bool = False,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Register the new rollers of a file, all or none; a row that is wrong stops it unless it is skipped."""
    source = read_file(file, how)
    with deed(station, at, operator, say.IMPORT) as now:
        plan = _judged(station, source)
        wrong = plan.of(WRONG)
        if wrong and not skip_bad:
            raise BadInput("file", *say.wrong_rows(len(wrong), wrong[0].line, wrong[0].text))
        codes, entries = _register(now, plan.of(NEW))
        message = say.imported(len(codes), len(plan.of(KNOWN)), len(plan.of(SKIPPED)), len(wrong))
        return Done("import", tuple(codes), now.at, message, tuple(entries))


def _register(now: Deed, fates: Sequence[Fate]) -> tuple[list[str], list[int]]:
    rows = [(each.key, each.row) for each in fates if each.row is not None]
    fresh = iter(new_codes(now, Kind.ROLLER, sum(row.pieces for _, row in rows if not row.code)))
    codes: list[str] = []
    entries: list[int] = []
    for key, row in rows:
        for place, facts in enumerate(numbered(Registered(**row.facts), row.pieces)):
            code = free_code(now, row.code) if row.code else next(fresh)
            ref = row.ref if row.code else _piece(key, place)
            entries.append(now.append(code, facts.changed(ref=ref)).seq)
            if row.hold:
                now.append(code, Quarantined(reason=row.hold))
            for note in row.notes:
                now.append(code, Noted(text=note))
            codes.append(code)
    return codes, entries


def _piece(key: str, place: int) -> str:
    """The name elsewhere of one of several pieces; a long one is cut, and what was cut stands as a hash."""
    if place == 0:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:_DIGEST]
    whole = key if len(key) <= _LONGEST_REF else f"{key[: _LONGEST_REF - _DIGEST - 1]}~{digest}"
    return f"{whole} #{place + 1}"


def _judged(station: Station, source: Source) -> Plan:
    read = list(_rows(source))
    database = station.store.database
    codes = [each.row.code for each in read if each.row and each.row.code]
    names = [each.row.ref if each.row.code else each.key for each in read if each.row]
    refs = queries.codes_of_refs(database, names)
    here = queries.names_and_lengths(database, [*codes, *refs.values()])
    seen: dict[str, int] = {}
    fates = []
    for each in read:
        fate = each
        if each.row is not None:
            known = each.row.code if each.row.code in here else refs.get(each.key, "")
            if each.key in seen:
                fate = each._replace(
                    fate=WRONG, text=say.twice(each.row.code or each.row.ref, seen[each.key])
                )
            elif known:
                fate = each._replace(fate=KNOWN, text=_as_known(known, here[known], each.row))
            elif each.row.code and each.fate == NEW and (other := refs.get(each.row.ref)):
                fate = each._replace(text=f"{each.text} · {say.ref_known(each.row.ref, other)}")
            if fate.fate != SKIPPED:
                seen.setdefault(each.key, each.line)
        fates.append(fate)
    plan = Plan(source, tuple(fates))
    if plan.rollers > MOST_ROLLERS:
        raise BadInput("file", f"holds {plan.rollers:,} rollers; at most {MOST_ROLLERS:,} are right")
    return plan


def _as_known(code: str, here: tuple[str, Decimal | None], row: ImportedRow) -> str:
    """That a row is on record under a code, with what differs; a length that was only guessed is none."""
    length = None if row.guessed else row.facts.get("length")
    return say.known_as(code, here, (name_of_one(row.facts.get("name", ""), row.pieces), length))


def _rows(source: Source) -> Iterator[Fate]:
    alike: dict[str, int] = {}
    lists_lengths = _lists_lengths(source)
    for line in source.table.rows:
        try:
            cells = said(line, source)
        except BadInput as error:
            yield Fate(line.number, WRONG, error.message)
        else:
            yield _fate(line, cells, source.order, no_roller(cells, lists_lengths=lists_lengths), alike)


def _fate(line: Line, cells: Mapping[str, str], order: str, other: str, alike: dict[str, int]) -> Fate:
    """What becomes of a row by what it says alone; `other` is why it is clearly no roller."""
    try:
        row = read_row(cells, order)
    except BadInput as error:
        return Fate(line.number, SKIPPED if other else WRONG, other or error.message)
    if row.is_gone or row.pieces == 0:
        return Fate(line.number, SKIPPED, say.GONE if row.is_gone else say.NONE_LEFT)
    key = row.code or row.ref or all_it_says(line.cells, alike)
    try:
        facts = Registered(**row.facts)
    except BadInput as error:
        return Fate(line.number, SKIPPED if other else WRONG, other or error.message, row, key)
    if other:
        return Fate(line.number, SKIPPED, other, row, key)
    return Fate(line.number, NEW, say.row_text(facts, row.pieces, row.guessed, row.hold), row, key)


def _lists_lengths(source: Source) -> bool:
    """Whether most rows of a table name a needle length, as those of rollers alone do."""
    rows, places = source.table.rows, source.used.get("length", ())
    filled = sum(any("".join(row.cells[place : place + 1]).strip() for place in places) for row in rows)
    return filled * 2 >= len(rows)
