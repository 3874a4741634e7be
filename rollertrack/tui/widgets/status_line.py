"""The lines at the top of a screen: where one is, what prints, what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from rollertrack.domain.rows import Overview
from rollertrack.domain.text import printable
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.wording import dates
from rollertrack.wording.records import debt_texts, soak_texts

PARTS = ("where", "debt", "soaks", "printing", "operator", "clock")
GAP = 3
# Who gives way first; round after round until everything fits.
_YIELDING = ("clock", "operator", "printing", "soaks", "debt", "where")

Versions = Mapping[str, Sequence[str]]
"""For each part what it would say, the longest first."""


def fitted(versions: Versions, width: int) -> tuple[str, ...]:
    """What each of `PARTS` says so that all stand side by side in `width` cells, a gap between them."""
    step = dict.fromkeys(PARTS, 0)
    while _width(versions, step) > width:
        yielding = [part for part in _YIELDING if step[part] + 1 < len(versions[part])]
        if not yielding:
            break
        step[min(yielding, key=step.__getitem__)] += 1
    return tuple(versions[part][step[part]] for part in PARTS)


def _width(versions: Versions, step: Mapping[str, int]) -> int:
    said = [text for part in PARTS if (text := versions[part][step[part]])]
    return sum(map(cell_len, said)) + GAP * (len(said) - 1)


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
