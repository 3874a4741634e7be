"""Which columns of a roller list fit a width, and what stands in them; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum

from rich.cells import cell_len, set_cell_size

from rollertrack.domain.code import shown
from rollertrack.domain.rows import RollerRow
from rollertrack.domain.text import printable
from rollertrack.wording import dates
from rollertrack.wording.records import whose_text
from rollertrack.wording.states import row_state_in

USED, LEFT = "▰", "▱"


def cells(uses: int, limit: int | None, width: int) -> tuple[int, int]:
    """How many cells of the bar are used and how many are left, together at most `width`.

    A limit above the width is drawn to scale: one use always shows, and only the last one fills the bar.
    No limit, no bar: (0, 0).
    """
    if not limit or limit < 0 or width < 1:
        return 0, 0
    total = min(limit, width)
    if uses <= 0 or uses >= limit:
        return (0, total) if uses <= 0 else (total, 0)
    used = uses * total // limit
    used = min(max(used, 1), total - 1) if total > 1 else 0
    return used, total - used


def bar(uses: int, limit: int | None, width: int) -> str:
    """The bar as text."""
    used, left = cells(uses, limit, width)
    return USED * used + LEFT * left


def count(uses: int, limit: int | None) -> str:
    """The same as numbers: 3/8, or only the uses when there is no limit."""
    return f"{uses}" if limit is None else f"{uses}/{limit}"


MARGIN = 1
_NONE = "—"
_FULL_DATE = dates.LONGEST_SHORT_DAY


class Tone(Enum):
    """How loud a piece of a line is; only the state has a colour."""

    STATE = "state"
    PLAIN = "plain"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant, in microseconds UTC, and the zone (None: local) that dates are told for."""

    now: int
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column, `lead` blank cells before it; `short` is its title where it is narrow."""

    title: str
    text: Callable[[RollerRow, int, Moment], str]
    lead: int = 2
    right: bool = False
    tone: Tone = Tone.PLAIN
    short: str = ""

    def heading(self, width: int, mark: str = "") -> str:
        """The title over a column of this width, with the mark of the order behind it."""
        fits = len(self.title) + len(mark) <= width or not self.short
        return self.fit((self.title if fits else self.short) + mark, width)

    def cell(self, row: RollerRow, width: int, moment: Moment) -> str:
        """The text of a row, cut and padded to exactly lead + width cells."""
        return self.fit(self.text(row, width, moment), width)

    def fit(self, text: str, width: int) -> str:
        """Any text, cut with an ellipsis and padded to exactly lead + width cells."""
        return " " * self.lead + padded(text, width, right=self.right)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text cut and padded to exactly so many cells."""
    piece = cut(text, width)
    padding = " " * (width - cell_len(piece))
    return padding + piece if right else piece + padding


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, ending in … when something is left out."""
    clean = printable(text)
    if cell_len(clean) <= width:
        return clean
    return set_cell_size(clean, width - 1).rstrip() + "…" if width > 0 else ""


def _state(row: RollerRow, width: int, moment: Moment) -> str:
    return row_state_in(row, moment.now, width)


def _life(row: RollerRow, width: int, _: Moment) -> str:
    return bar(row.uses, row.uses_limit, width)


def _disinfected(row: RollerRow, _: int, moment: Moment) -> str:
    at = row.disinfected_at
    return _NONE if at is None else dates.when(at, moment.now, moment.zone)


def _replace(row: RollerRow, width: int, moment: Moment) -> str:
    if row.replace_on is None:
        return _NONE
    counted = 99 if width >= _FULL_DATE else 999
    return dates.days_left(row.replace_on, moment.now, moment.zone, counted)


COLUMNS: Mapping[str, Column] = {
    "state": Column("State", _state, lead=0, tone=Tone.STATE),
    "code": Column("Code", lambda row, *_: shown(row.code)),
    "name": Column("Name", lambda row, *_: row.name),
    "for": Column("For", lambda row, *_: whose_text(row)),
    "length": Column("mm", lambda row, *_: "" if row.length is None else f"{row.length:.2f}", 1, right=True),
    "life": Column("Life", _life, tone=Tone.QUIET),
    "used": Column("Used", lambda row, *_: count(row.uses, row.uses_limit), 1, right=True),
    "disinfected": Column("Disinfected", _disinfected, tone=Tone.QUIET),
    "replace": Column("Replace", _replace, right=True, short="Left"),
    "limit": Column("Limit", lambda row, *_: row.replace_because, tone=Tone.QUIET),
}

_ALWAYS = {"state": 18, "code": 11, "length": 4, "used": 5}
_LEAST_NAME = 6
# What wider lists add, step by step, as long as the name keeps the cells given last.
_STEPS: tuple[tuple[dict[str, int], int], ...] = (
    ({"replace": 5}, 6),
    ({"for": 8}, 8),
    ({"state": 20}, 8),
    ({"life": 5}, 22),
    ({"life": 8}, 22),
    ({"replace": 9}, 22),
    ({"disinfected": 11}, 22),
    ({"state": 24}, 22),
    ({"limit": 12}, 22),
    ({"life": 10}, 22),
)
_STRETCH = (("name", 22), ("limit", 24), ("for", 14), ("name", 32), ("for", 24), ("limit", 40))


def widths(total: int) -> dict[str, int]:
    """The columns that fit `total` cells with the cells each has, in the order they stand."""
    chosen = dict(_ALWAYS)
    for added, name in _STEPS:
        if total - _needed(chosen | added) < name:
            break
        chosen |= added
    chosen["name"] = _LEAST_NAME
    spare = total - _needed({key: width for key, width in chosen.items() if key != "name"}) - _LEAST_NAME
    for key, most in _STRETCH:
        if key in chosen and spare > 0:
            more = min(spare, max(0, most - chosen[key]))
            chosen[key] += more
            spare -= more
    return {key: chosen[key] for key in COLUMNS if key in chosen}


def header(columns: Mapping[str, int], ordered: str = "", mark: str = "") -> str:
    """The titles, each over its column; the mark stands at the one that the list is ordered by."""
    marks = {ordered: mark}
    return " " * MARGIN + "".join(
        COLUMNS[key].heading(width, marks.get(key, "")) for key, width in columns.items()
    )


def column_at(columns: Mapping[str, int], x: int) -> str | None:
    """The column whose title stands at a cell of the line, counted from 0."""
    end = MARGIN
    for key, width in columns.items():
        end += COLUMNS[key].lead + width
        if MARGIN <= x < end:
            return key
    return None


def pieces(row: RollerRow, columns: Mapping[str, int], moment: Moment) -> list[tuple[str, Tone]]:
    """One line of the list after its margin, as texts with their tones."""
    return [(COLUMNS[key].cell(row, width, moment), COLUMNS[key].tone) for key, width in columns.items()]


def _needed(chosen: Mapping[str, int]) -> int:
    """Cells for the columns, the lead of the name, and a margin on both sides."""
    return 2 * MARGIN + COLUMNS["name"].lead + sum(COLUMNS[key].lead + width for key, width in chosen.items())
