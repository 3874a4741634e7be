"""The line at the top: where we are, what is owed, what soaks, what prints, who works, what time it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from rollertrack.domain.rows import Overview
from rollertrack.domain.text import printable
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.tui.widgets.top_line import PARTS, Versions, fitted
from rollertrack.wording import dates
from rollertrack.wording.records import debt_texts, soak_texts

_SAMPLE = "SAMPLE · ctrl+q leaves"
_PADDING = 2
_SHORT_NAME = 12


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand; `operator` and `printing` are who works here and what prints, the longest first."""

    overview: Overview | None
    now: int
    operator: tuple[str, ...] = ()
    trouble: str = ""
    is_sample: bool = False
    printing: tuple[str, ...] = ("",)


class StatusLine(Horizontal):
    """One line, parts far apart; the debt and the soaks are the loud ones."""

    DEFAULT_CSS = """
    StatusLine {
        height: 2;
        padding: 0 1;
        border-bottom: solid $panel;
        Static { width: auto; height: 1; margin-left: 3; text-wrap: nowrap; text-overflow: ellipsis; }
        #where { width: 1fr; margin-left: 0; color: $foreground 70%; }
        #operator, #clock { color: $foreground 70%; }
    }
    """

    def __init__(self, where: str = "") -> None:
        super().__init__()
        self._where = where
        self._shown: tuple[str, ...] = ()
        self._situation: Situation | None = None

    def compose(self) -> ComposeResult:
        """A static for each part."""
        for part in PARTS:
            yield Static("", id=part, markup=False)

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        if self._situation is not None:
            self.show(self._situation)

    def show(self, situation: Situation) -> None:
        """Tell how things stand; draws only the parts that differ."""
        self._situation = situation
        parts = fitted(self._versions(situation), self.app.size.width - _PADDING)
        if parts == self._shown:
            return
        self._shown = parts
        for static, text in zip(self.query(Static), parts, strict=True):
            static.update(self._styled(static.id or "", text, situation.overview))
            static.display = bool(text)

    def _versions(self, situation: Situation) -> Versions:
        overview, now = situation.overview, situation.now
        day_and_time = dates.clock(now)
        seen = overview if not situation.trouble else None
        return {
            "where": tuple(self._wheres(overview, situation.is_sample)),
            "debt": debt_texts(seen, now) if seen else (situation.trouble,),
            "soaks": soak_texts(seen, now) if seen else ("",),
            "printing": tuple(map(printable, situation.printing)),
            "operator": tuple(map(printable, situation.operator)) if seen and situation.operator else ("",),
            "clock": (day_and_time, day_and_time[-5:]),
        }

    def _wheres(self, overview: Overview | None, is_sample: bool) -> Iterator[str]:
        short = self._where or (overview.profile if overview else "") or "RollerTrack"
        long = short if self._where or short == "RollerTrack" else f"RollerTrack · {short}"
        if is_sample:
            yield f"{long} · {_SAMPLE}"
            yield f"{short} · {_SAMPLE}"
            yield _SAMPLE
        else:
            yield long
            yield cut(short, _SHORT_NAME)

    @staticmethod
    def _styled(part: str, text: str, overview: Overview | None) -> Content:
        if part == "where" and text.endswith(_SAMPLE):
            return Content.assemble(text.removesuffix(_SAMPLE), (_SAMPLE, "bold $primary"))
        if part == "debt":
            owed = overview is None or overview.debt.count
            return Content.styled(text, "$verdict-wash" if owed else "$foreground 55%")
        return Content.styled(text, "$verdict-wait") if part == "soaks" else Content(text)
