"""The line at the top: where we are, what is owed, what soaks, who works, what time it is."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from rollertrack.domain.code import shown
from rollertrack.services.rows import Overview
from rollertrack.tui import told, wording

_ROOMY = 110


class StatusLine(Horizontal):
    """One line, parts far apart; the debt and the soaks are the loud ones."""

    DEFAULT_CSS = """
    StatusLine {
        height: 2;
        padding: 0 1;
        border-bottom: solid $panel;
        Static { width: auto; height: 1; }
        #where { width: 1fr; color: $foreground 70%; }
        #debt, #soaks { margin-right: 3; }
        #operator { margin-right: 3; color: $foreground 70%; }
        #clock { color: $foreground 70%; }
    }
    """

    def __init__(self, where: str = "") -> None:
        super().__init__()
        self._where = where
        self._shown: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Five parts."""
        for part in ("where", "debt", "soaks", "operator", "clock"):
            yield Static("", id=part, markup=False)

    def show(self, overview: Overview | None, now: int, operator: str | None, trouble: str = "") -> None:
        """Tell how things stand; draws only the parts that differ."""
        parts = self._parts(overview, now, operator, trouble)
        if parts == self._shown:
            return
        self._shown = parts
        for static, text in zip(self.query(Static), parts, strict=True):
            static.update(self._styled(static.id or "", text, overview))
            static.display = bool(text)

    def _parts(
        self, overview: Overview | None, now: int, operator: str | None, trouble: str
    ) -> tuple[str, ...]:
        profile = overview.profile if overview else ""
        where = self._where or f"RollerTrack · {profile}"
        day_and_time = wording.clock(now)
        clock = day_and_time if self.app.size.width >= _ROOMY else day_and_time[-5:]
        if trouble or overview is None:
            return where, trouble, "", "", clock
        who = f"by {shown(operator)}" if operator else ""
        return where, told.debt(overview, now), told.soaks(overview, now), who, clock

    @staticmethod
    def _styled(part: str, text: str, overview: Overview | None) -> Content:
        if part == "debt":
            owed = overview is None or overview.debt.count
            return Content.styled(text, "$verdict-wash" if owed else "$foreground 55%")
        return Content.styled(text, "$verdict-wait") if part == "soaks" else Content(text)
