"""A count of the shelf: each scan ticks, and nothing is written before its end."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from rollertrack.domain.shelf import Count, Seen, Tick
from rollertrack.domain.text import printable
from rollertrack.errors import RollerTrackError
from rollertrack.services import counting_stock
from rollertrack.tui.help import Help
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets.lines import KeyLine, StatusLine
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import counting as say

_LAST, _MISSING = 6, 6
_INKS = {
    Tick.FOUND: "$foreground", Tick.TWICE: "$foreground 60%", Tick.UNEXPECTED: "bold $verdict-care",
    Tick.OTHER_KIND: "$foreground 60%", Tick.UNKNOWN: "bold $verdict-stop",
}  # fmt: skip
_WIDTHS = (2, 15, 18)


class CountScreen(LiveScreen):
    """Takes every scan while it is in sight; of one product, or of all."""

    help = Help(
        "A count",
        "Scan what lies on the shelf, one after the other: rollers by their labels, and boxes whose pieces "
        "have no labels by the maker's barcode. What is missing stands below. z takes the last scan back. x "
        "ends the count and writes it down; esc leaves without a trace.",
    )
    CSS_PATH = "count.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "take_back", "take the last back", id="count.back", tooltip="Take the last scan back"),
        Binding("x", "end", "end the count", id="count.end", tooltip="End the count and write it down"),
        Binding("escape", "back", "leave", id="count.leave", tooltip="Leave; nothing is written"),
    ]

    def __init__(self, product: str | None = None) -> None:
        super().__init__()
        self._product = product
        self._texts: list[str] = []
        self._count: Count | None = None
        self._sound: list[str] = []
        """The scans that were counted without a fault of the program."""

    def compose(self) -> ComposeResult:
        """How far it is, the last scans, what is missing."""
        yield StatusLine("count")
        yield Words(id="total")
        yield Words(id="last")
        yield Words(id="missing")
        yield Words(id="others")
        yield KeyLine()

    def on_mount(self) -> None:
        """Look what should be there."""
        self.reread()

    def reread(self) -> None:
        """Count anew what was scanned: something was written meanwhile."""
        self.read("count", self._load)

    async def _load(self) -> None:
        texts = list(self._texts)
        try:
            await self._count_them(texts)
        except RollerTrackError:
            raise
        except Exception:
            await self._without_faulty(texts)
        self._draw()

    async def _count_them(self, texts: list[str]) -> None:
        self._count = await self.app.backend.run(counting_stock.counted, texts, self._product)
        self._sound = texts

    async def _without_faulty(self, texts: list[str]) -> None:
        """Leave out each new scan on which the program fails: the others must still be counted and ended."""
        if texts[: len(self._sound)] != self._sound:
            self._sound = []
        for text in texts[len(self._sound) :]:
            try:
                await self._count_them([*self._sound, text])
            except RollerTrackError:
                raise
            except Exception as error:
                self.app.show_error(error)
        self._texts[: len(texts)] = self._sound

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose scans."""
        return bool(self._texts)

    def take_scan(self, text: str, code: str) -> bool:  # noqa: ARG002
        """Tick what was scanned."""
        self._texts.append(text)
        self.reread()
        return True

    def show_unreadable(self) -> None:
        """Say that what stands here may be stale."""
        self.query_one("#total", Words).update(self.unreadable)

    def _draw(self) -> None:
        count = self._count
        if count is None:
            return
        total = Content.styled(say.count_total(count), "bold")
        newest = self._line(count.seen[-1]) if count.seen else Content.styled(say.NOTHING_WRITTEN, "dim")
        self.query_one("#total", Words).update(Content.assemble(total, "     ", newest))
        self.query_one("#last", Words).update(
            Content("\n").join(self._line(each) for each in count.seen[: -_LAST - 1 : -1])
        )
        self.query_one("#missing", Words).update(self._missing(count))
        self.query_one("#others", Words).update(Content(f"{say.others_text(count)}\n{say.NOTHING_WRITTEN}"))
        self.refresh_bindings()

    def _line(self, seen: Seen) -> Content:
        cells = [printable(cell) for cell in say.seen_cells(seen)]
        text = "".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=False))
        return Content.styled(f"{text}{cells[-1]}", _INKS[seen.tick])

    def _missing(self, count: Count) -> Content:
        now, missing = self.app.clock(), count.missing
        lines = [Content.styled(say.missing_head(len(missing)), "bold")]
        for each in missing[:_MISSING]:
            cells = [printable(cell) for cell in say.missing_cells(each, now)]
            lines.append(Content("  " + "".join(cell.ljust(18) for cell in cells)))
        if len(missing) > _MISSING:
            lines.append(Content.styled("  " + say.more_missing(len(missing) - _MISSING), "dim"))
        return Content("\n").join(lines)

    def action_take_back(self) -> None:
        """Take the last scan back."""
        if self._has_scans():
            self._texts.pop()
            self.reread()

    def action_end(self) -> None:
        """Write the count down, once that is wanted."""
        if self._has_scans():
            self.app.attempt(self._end)

    def _has_scans(self) -> bool:
        """Whether there is anything to take back or to end; says so where there is not."""
        if not self._texts:
            self.app.notify(say.NOTHING_SCANNED, severity="warning", markup=False)
        return bool(self._texts)

    async def _end(self) -> None:
        if self._count is None:
            return
        question = say.end_count_question(self._count)
        if await self.app.confirm("End the count", question, yes="Write it down", no="Go on"):
            texts = list(self._texts)
            done = await self.app.backend.run(counting_stock.end_count, texts, product=self._product)
            self._texts = []
            self.app.changed(done)
            super().action_back()

    def action_back(self) -> None:
        """Leave; asks where scans would be lost."""
        self.app.attempt(self._leave)

    async def _leave(self) -> None:
        if not self._texts or await self.app.confirm(
            "Leave the count", say.FORGET_SCANS, yes="Leave", no="Stay"
        ):
            super().action_back()
