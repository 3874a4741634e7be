"""The rows a long list holds at the moment, and which blocks it lacks; pure."""

from collections.abc import Sequence

from rollertrack.domain.rows import RollerRow

BLOCK = 128
_MOST_ROWS = 64 * BLOCK


class RowStore:
    """Rows by their place in the list; the ones supplied longest ago make room for new ones."""

    def __init__(self) -> None:
        self._rows: dict[int, RollerRow] = {}

    def get(self, index: int) -> RollerRow | None:
        """The row at a place, or None while it is not here."""
        return self._rows.get(index)

    def put(self, start: int, rows: Sequence[RollerRow]) -> list[int]:
        """Keep rows from place `start`; returns the places where the row is new or differs."""
        changed = [index for index, row in enumerate(rows, start) if self._rows.get(index) != row]
        for index, row in enumerate(rows, start):
            self._rows.pop(index, None)
            self._rows[index] = row
        for index in list(self._rows)[: max(0, len(self._rows) - _MOST_ROWS)]:
            del self._rows[index]
        return changed

    def clear(self) -> None:
        """Forget every row."""
        self._rows.clear()

    def lacking(self, start: int, stop: int) -> tuple[int, int] | None:
        """The whole blocks, first place and end, to read so that no row of start…stop is missing."""
        absent = [index for index in range(start, stop) if index not in self._rows]
        return whole_blocks(absent[0], absent[-1] + 1) if absent else None


def whole_blocks(start: int, stop: int) -> tuple[int, int]:
    """The range widened to whole blocks."""
    return start // BLOCK * BLOCK, -(-stop // BLOCK) * BLOCK
