"""What soaks now: a jar a row, with the time left."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from rollertrack.domain.rows import RunningSoak
from rollertrack.services import lists
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen
from rollertrack.wording.records import jar_text, soak_end_texts

_BAR, _SHORT_BAR = 24, 12


@dataclass(frozen=True, slots=True)
class Jar:
    """Rollers that went into the same agent at the same moment for the same time."""

    agent: str
    started_at: int
    due_at: int
    rollers: tuple[RunningSoak, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of the rollers in it."""
        return [each.code for each in self.rollers]


def jars(soaks: Iterable[RunningSoak]) -> list[Jar]:
    """The soaks by jar, the first to end first."""
    ordered = sorted(soaks, key=_jar_of)
    return [
        Jar(agent, start, due, tuple(each)) for (due, start, agent), each in groupby(ordered, key=_jar_of)
    ]


def _jar_of(soak: RunningSoak) -> tuple[int, int, str]:
    return soak.due_at, soak.started_at, soak.agent


class SoaksScreen(ListScreen[Jar]):
    """Jars with a bar each; what was begun before the program started is here too."""

    help = Help(
        "Soaks",
        "A jar a row: how far its contact time is, what is left of it, when it ends by the clock. A jar "
        "whose time is up asks to be taken out. c takes it out; early, it asks once and says what "
        "it will record.",
    )
    where = "soaks"
    empty = "Nothing soaks. Each jar counts down here; w on a roller starts a soak."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "choose", "take out", id="soaks.done", tooltip="Take this jar out"),
        BACK,
    ]

    async def read_rows(self) -> Sequence[Jar]:
        """What soaks, by jar."""
        return jars((await self.app.backend.run(lists.overview)).soaks)

    def prompt(self, row: Jar) -> Content:
        """A jar with its bar."""
        width = _SHORT_BAR if self.is_narrow else _BAR
        return Content("\n").join(_lines(row, self.app.clock(), width))

    def on_second(self, now: int) -> None:  # noqa: ARG002
        """Let the time run."""
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing to take out where nothing soaks."""
        return None if action == "choose" and not self.rows else True

    def action_choose(self) -> None:
        """Take the chosen jar out."""
        if self.chosen:
            self.app.do("done", self.chosen.codes)


def _lines(jar: Jar, now: int, width: int) -> Iterator[Content]:
    left, whole = jar.due_at - now, jar.due_at - jar.started_at
    done = max(0, min(width, (whole - max(0, left)) * width // whole if whole else width))
    bar = "━" * done + "─" * (width - done)
    how_long, ends = soak_end_texts(jar.due_at, now)
    ink = "bold $verdict-wait" if left > 0 else "bold $verdict-wash"
    state = Content.assemble((how_long, ink), f"   {ends}")
    yield Content.assemble((f"{jar.agent:<16}", "bold"), (bar, "$verdict-wait"), "   ", state)
    yield Content.styled(jar_text(jar.rollers), "$foreground 60%")
    yield Content("")
