"""What is in stock by product, and below it what to order, why, and what to open next."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from rollertrack.deeds.table import PRODUCT
from rollertrack.domain.stock import Advice, StockRow
from rollertrack.domain.text import printable
from rollertrack.services import stock
from rollertrack.services.station import Done
from rollertrack.tui.deed_keys import keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, CalmList, ListScreen
from rollertrack.tui.screens.packs import PacksScreen
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import stock as say

_WIDTHS = (0, 4, 6, 6, 4, 4, 3, 4, 7, 9)
"""Cells of each column; the name has the rest."""
_GAP = 2
_LEAST_NAME = 12
_MARGINS = 6
_INKS = {Advice.NOW: "bold $verdict-stop", Advice.BY: "$foreground", Advice.TOO_FEW: "$foreground 60%"}
_MOST_NEXT = 3


class ProductList(CalmList):
    """A list whose Enter shows the packs of the chosen product, and whose keys say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "packs", key_display="enter", id="list.packs",
                tooltip="Show the packs of the chosen product"),
    ]  # fmt: skip


class StockScreen(ListScreen[StockRow]):
    """A product a line; the pane below tells of the chosen one."""

    help = Help(
        "Stock",
        "What lies sealed of each product, what is in use, and when to order. Pace is what was opened a "
        "week; the order point covers a delivery with 95 %. Scan a maker's box to receive it, wherever you "
        "are. v opens the piece that expires first, m logs an order, c counts the shelf.",
    )
    CSS_PATH = "stock.tcss"
    list_type = ProductList
    where = "stock"
    empty = "No product yet. Scan a maker's box, or press a to add a product."
    has_ages = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(PRODUCT),
        Binding("v", "open_next", "open next", id="stock.open", tooltip="Open the piece that expires first"),
        BACK,
    ]

    def above(self) -> Sequence[Widget]:
        """The heads of the columns."""
        return [Words(id="heads")]

    def below(self) -> Sequence[Widget]:
        """The chosen product in full."""
        return [Words(id="detail")]

    async def read_rows(self) -> Sequence[StockRow]:
        """Every product that is still bought."""
        return await self.app.backend.run(stock.stock)

    def key(self, row: StockRow) -> str:
        """Its name in the journal."""
        return row.code

    def follow(self, done: Done) -> None:
        """Put the cursor on a product that was just added."""
        self.wanted = next(iter(done.codes), None)

    def on_resize(self) -> None:
        """Let the names take the room there is."""
        self.query_one("#heads", Words).update(Content.styled(self._line(say.STOCK_HEAD), "$foreground 60%"))

    def prompt(self, row: StockRow) -> Content:
        """A product in columns, loud where it is time to order."""
        *cells, order_by = say.stock_cells(row, self.app.clock())
        line = self._line((*cells, ""))
        ink = _INKS.get(row.ordering.advice, "$foreground 60%")
        return Content.assemble(line[: -_WIDTHS[-1]], (padded(order_by, _WIDTHS[-1]), ink))

    def _line(self, cells: Sequence[str]) -> str:
        last, bare = len(_WIDTHS) - 1, self.app.size.width - _MARGINS - sum(_WIDTHS)
        gap = _GAP if bare - _GAP * last >= _LEAST_NAME else 1
        widths = (max(_LEAST_NAME, bare - gap * last), *_WIDTHS[1:])
        places = enumerate(zip(cells, widths, strict=True))
        return (" " * gap).join(
            padded(cell, width, right=0 < place < last) for place, (cell, width) in places
        )

    def show_chosen(self) -> None:
        """Tell of the chosen product."""
        super().show_chosen()
        if self.is_mounted:
            self.query_one("#detail", Words).update(self._detail(self.chosen))

    def _detail(self, row: StockRow | None) -> Content:
        if row is None:
            return Content("")
        now, ink = self.app.clock(), _INKS.get(row.ordering.advice, "")
        lines = [
            Content.styled(printable(say.stock_line(row)), "bold"),
            Content.styled(say.order_line(row, now), ink),
            Content.assemble(("Why   ", "$foreground 60%"), say.why_text(row)),
        ]
        for place, piece in enumerate(([row.next.piece] if row.next.piece else []) + list(row.next.others)):
            if place < _MOST_NEXT:
                code, lot, until, left = say.sealed_cells(piece)
                head = "Open next   " if place == 0 else " " * len("Open next   ")
                told = "   ".join(filter(None, (code, printable(lot), until, left)))
                lines.append(Content.assemble((head, "$foreground 60%"), told))
        lines.append(Content.assemble(("Packs   ", "$foreground 60%"), printable(say.packs_text(row))))
        return Content("\n").join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done to a product needs one; a box may always come."""
        needs_one = action == "open_next" or (action == "deed" and parameters[0] not in _WITHOUT_PRODUCT)
        if needs_one and self.chosen is None:
            return None
        if action == "open_next" and self.chosen is not None:
            return True if self.chosen.next.piece is not None else None
        return True

    def action_deed(self, name: str) -> None:
        """Do a deed to the chosen product."""
        if name == "count":
            self.app.open_screen(name)
        elif name == "receive" and self.chosen:
            self.app.do(name, (), self.chosen.code)
        elif name in _WITHOUT_PRODUCT:
            self.app.do(name)
        elif self.chosen:
            self.app.do(name, self.chosen.code)

    def action_open_next(self) -> None:
        """Open the piece to open next: its pack, or use one out of its box."""
        piece = self.chosen.next.piece if self.chosen else None
        if piece is None:
            return
        if piece.code == piece.pack:
            self.app.do("use_piece", piece.pack)
        else:
            self.app.do("open_pack", piece.code)

    def action_choose(self) -> None:
        """Show the packs of the chosen product."""
        if self.chosen:
            self.app.clear_notifications()
            self.app.push_screen(PacksScreen(self.chosen.name))


_WITHOUT_PRODUCT = frozenset({"add_product", "receive", "count"})
