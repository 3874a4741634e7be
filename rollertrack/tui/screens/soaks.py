"""What soaks now: a jar a row, with the time left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.domain.code import shown
from rollertrack.domain.quantities import countdown, plural
from rollertrack.domain.rows import RunningSoak
from rollertrack.services import lists
from rollertrack.tui.helping import Help
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets.calm_list import CalmList
from rollertrack.tui.widgets.key_line import KeyLine
from rollertrack.tui.widgets.status_line import StatusLine
from rollertrack.wording import dates
from rollertrack.wording.printable import printable

_BAR, _SHORT_BAR = 24, 12
_MOST_NAMED = 4


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


class SoaksScreen(LiveScreen):
    """Jars with a bar each; what was begun before the program started is here too."""

    help = Help(
        "Soaks",
        "A jar a row: how far its contact time is, what is left of it, when it ends by the clock. A jar "
        "whose time is up asks to be taken out. c takes it out; early, it asks once and says what "
        "it will record.",
    )
    CSS_PATH = "soaks.tcss"
    AUTO_FOCUS = "CalmList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "take_out", "take out", id="soaks.done", tooltip="Take this jar out"),
        Binding("escape", "back", "back", id="soaks.back", tooltip="Go back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._jars: list[Jar] = []

    def compose(self) -> ComposeResult:
        """The jars."""
        yield StatusLine("soaks")
        yield CalmList(id="jars")
        yield Static("Nothing soaks.", id="none", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read what soaks."""
        self.reread()

    def reread(self) -> None:
        """Read what soaks anew."""
        self.read("soaks", self._load)

    def on_second(self, now: int) -> None:
        """Let the time run."""
        options = self.query_one("#jars", CalmList)
        for place, jar in enumerate(self._jars):
            options.replace_option_prompt_at_index(place, _told(jar, now, self._bar))

    @property
    def _bar(self) -> int:
        return _SHORT_BAR if self.has_class("-narrow") else _BAR

    async def _load(self) -> None:
        overview = await self.host.backend.run(lists.overview)
        self._jars = jars(overview.soaks)
        self.set_class(not self._jars, "-none")
        options, now = self.query_one("#jars", CalmList), self.host.clock()
        place = options.highlighted
        options.clear_options()
        options.add_options(Option(_told(jar, now, self._bar)) for jar in self._jars)
        if self._jars:
            options.highlighted = min(place or 0, len(self._jars) - 1)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing to take out where nothing soaks."""
        return None if action == "take_out" and not self._jars else True

    @on(OptionList.OptionSelected)
    def action_take_out(self) -> None:
        """Take the chosen jar out."""
        place = self.query_one("#jars", CalmList).highlighted
        if place is not None:
            self.host.do("done", self._jars[place].codes)


def _told(jar: Jar, now: int, width: int) -> Content:
    return Content("\n").join(_lines(jar, now, width))


def _lines(jar: Jar, now: int, width: int) -> Iterator[Content]:
    left, whole = jar.due_at - now, jar.due_at - jar.started_at
    done = max(0, min(width, (whole - max(0, left)) * width // whole if whole else width))
    bar = "━" * done + "─" * (width - done)
    ends = dates.short_moment(jar.due_at, now)
    if left > 0:
        state = Content.assemble((f"◔ {countdown(left)} left", "bold $verdict-wait"), f"   ends {ends}")
    else:
        state = Content.assemble(("~ time is up: take it out", "bold $verdict-wash"), f"   since {ends}")
    named = [f"{shown(each.code)} {each.name}".strip() for each in jar.rollers[:_MOST_NAMED]]
    more = f" and {len(jar.rollers) - _MOST_NAMED} more" if len(jar.rollers) > _MOST_NAMED else ""
    yield Content.assemble((f"{jar.agent:<16}", "bold"), (bar, "$verdict-wait"), "   ", state)
    yield Content.styled(
        printable(f"{plural(len(jar.rollers), 'roller')} · {', '.join(named)}{more}"), "$foreground 60%"
    )
    yield Content("")
