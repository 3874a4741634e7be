"""The list of rollers with a box before each: what is ticked stays ticked, in sight or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from rollertrack.domain.code import shown
from rollertrack.domain.rows import RollerRow
from rollertrack.services.labels.listing import LabelRow
from rollertrack.tui.widgets.roller_columns import MARGIN, Column, Moment, Tone
from rollertrack.tui.widgets.roller_table import RollerTable
from rollertrack.wording import dates

_CHECKED, _UNCHECKED = "☒ ", "☐ "
_BOX = len(_CHECKED)
_CODE, _LENGTH, _LABEL, _WIDE_LABEL = 11, 4, 8, 20
_LEAST_NAME, _MOST_NAME = 6, 32
_ROOM_FOR_LENGTH, _ROOM_FOR_DATES = 42, 66


def _label(row: RollerRow, width: int, moment: Moment) -> str:
    if not isinstance(row, LabelRow) or row.printed_at is None:
        return "none" if width < _WIDE_LABEL else "never printed"
    word, at = ("unproven", row.printed_at) if row.proven_at is None else ("proven", row.proven_at)
    return word if width < _WIDE_LABEL else f"{word} {dates.when(at, moment.now, moment.zone)}"


_COLUMNS = {
    "code": Column("Code", lambda row, *_: shown(row.code), lead=0),
    "name": Column("Name", lambda row, *_: row.name),
    "length": Column("mm", lambda row, *_: "" if row.length is None else f"{row.length:.2f}", 1, right=True),
    "label": Column("Label", _label, tone=Tone.QUIET),
}


def widths(total: int) -> dict[str, int]:
    """The columns that fit `total` cells beside the box; the name takes what the others leave."""
    chosen = {"code": _CODE}
    if total >= _ROOM_FOR_LENGTH:
        chosen["length"] = _LENGTH
    chosen["label"] = _WIDE_LABEL if total >= _ROOM_FOR_DATES else _LABEL
    taken = 2 * MARGIN + _BOX + sum(_COLUMNS[key].lead + width for key, width in chosen.items())
    spare = total - taken - _COLUMNS["name"].lead
    chosen["name"] = max(_LEAST_NAME, min(_MOST_NAME, spare))
    return {key: chosen[key] for key in _COLUMNS if key in chosen}


class CheckboxTable(RollerTable):
    """Rollers to choose some of: space or a click on a box ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "check", "tick", id="table.tick", tooltip="Tick or untick this roller"),
    ]

    @dataclass
    class Checked(Message):
        """Other rollers are ticked now."""

        table: "CheckboxTable"

    def __init__(self, *, now: int = 0, id: str | None = None) -> None:  # noqa: A002
        super().__init__(now=now, id=id)
        self._checked: dict[str, None] = {}

    @property
    def checked(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order they were."""
        return tuple(self._checked)

    def check(self, codes: Iterable[str]) -> None:
        """Tick these and no others."""
        self._checked = dict.fromkeys(codes)
        self.refresh()
        self._say(self.Checked(self))

    def action_check(self) -> None:
        """Tick or untick the roller under the cursor, and go on to the next."""
        if self.row is not None:
            self._turn(self.row.code)
            self.move_to(self.cursor + 1)

    def on_click(self, event: events.Click) -> None:
        """A click on a box ticks it; elsewhere it moves the cursor, as in every list."""
        super().on_click(event)
        event.prevent_default()  # the toolkit would call the other handler once more
        if event.x < MARGIN + _BOX and self.is_row(event.y) and self.row is not None:
            self._turn(self.row.code)

    def _turn(self, code: str) -> None:
        if code in self._checked:
            del self._checked[code]
        else:
            self._checked[code] = None
        self.refresh()
        self._say(self.Checked(self))

    def fit(self, width: int) -> None:
        """Choose the columns for so many cells."""
        self._columns = widths(width)

    def heading(self) -> str:
        """The line over the columns."""
        titles = "".join(_COLUMNS[key].heading(width) for key, width in self._columns.items())
        return " " * (MARGIN + _BOX) + titles

    def pieces(self, row: RollerRow) -> list[tuple[str, Tone]]:
        """The box, then the columns."""
        box = (_CHECKED, Tone.PLAIN) if row.code in self._checked else (_UNCHECKED, Tone.QUIET)
        cells = (
            (_COLUMNS[key].cell(row, width, self._moment), _COLUMNS[key].tone)
            for key, width in self._columns.items()
        )
        return [box, *cells]
