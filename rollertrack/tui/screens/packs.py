"""The packs of a product: the boxes that came, and what is left of each."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from rollertrack.deeds.table import PACK
from rollertrack.domain.stock import PackRow
from rollertrack.domain.text import printable
from rollertrack.services import stock_records
from rollertrack.tui.deed_keys import keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen, MendList
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import stock as say

_WIDTHS = (12, 18, 20, 20)


class PacksScreen(ListScreen[PackRow]):
    """A box a line, the newest first."""

    help = Help(
        "Packs",
        "The boxes that came of a product. Enter mends what was written of one, and its rollers follow. "
        "ctrl+k keeps it aside with all its rollers, or releases it; z takes a mistaken receipt back, while "
        "its pieces lie as they came; x writes off pieces that have no codes.",
    )
    list_type = MendList
    where = "packs"
    empty = "No box of it has come yet. Scan one, wherever you are."
    BINDINGS: ClassVar[list[BindingType]] = [*keys_of(PACK), BACK]

    DEFAULT_CSS = """
    PacksScreen #product { height: auto; padding: 0 2; margin-bottom: 1; border-bottom: solid $panel; }
    """

    def __init__(self, product: str) -> None:
        super().__init__()
        self._product = product

    def above(self) -> Sequence[Widget]:
        """What the boxes are of."""
        return [Words(Content.styled(printable(self._product), "bold"), id="product")]

    async def read_rows(self) -> Sequence[PackRow]:
        """Every pack of the product."""
        return await self.app.backend.run(stock_records.list_packs, self._product)

    def key(self, row: PackRow) -> str:
        """Its name in the journal."""
        return row.code

    def prompt(self, row: PackRow) -> Content:
        """Code, lot, expiry, what is left."""
        code, _, lot, until, left, held = say.pack_cells(row)
        cells = zip((code, lot, until, left), _WIDTHS, strict=True)
        line = "  ".join(padded(printable(cell), width) for cell, width in cells)
        return Content.assemble(line, (held, "bold $verdict-stop"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Deeds need a pack."""
        return None if action == "deed" and self.chosen is None else True

    def action_deed(self, name: str) -> None:
        """Do a deed to the chosen pack."""
        if self.chosen:
            self.app.do(name, self.chosen.code)

    def action_choose(self) -> None:
        """Mend the chosen pack."""
        self.action_deed("edit_pack")
