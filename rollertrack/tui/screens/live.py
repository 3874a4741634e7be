"""What the screens share: they read anew on a change, follow the clock, and act on one roller."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar, ParamSpec

from textual import getters
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.worker import Worker

from rollertrack.deeds.table import BY_NAME, RECORD, ROLLER, ROLLERS
from rollertrack.tui.deed_keys import commands, keys_of
from rollertrack.tui.live import Live
from rollertrack.tui.station_app import StationApp, Work
from rollertrack.tui.styled_once import StyledOnce
from rollertrack.wording.records import one_at_a_time

P = ParamSpec("P")
OF_A_RECORD = keys_of(RECORD)
"""The keys of what a record leads to; lists of rollers have no room for them."""


_WIDE = 110
"""Cells from which on there is room beside a list."""


class LiveScreen(Live, StyledOnce[None]):
    """A screen whose contents come from the backend."""

    app = getters.app(StationApp)

    # Textual declares it for instances; it is read only.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._unread: set[str] = set()

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "go_back", "back", show=False, id="screen.back", tooltip="Go back, or leave"),
    ]

    def action_go_back(self) -> None:
        """Go back one screen."""
        self.action_back()

    def on_compose(self) -> None:
        """Be narrow or wide before anything stands here: told later, all of it is styled once more."""
        width = self.app.size.width
        _, fitting = max(each for each in self.HORIZONTAL_BREAKPOINTS if each[0] <= width)
        self.add_class(fitting, update=False)  # it is styled next, as every screen that opens

    @property
    def is_narrow(self) -> bool:
        """Whether the terminal is; the class that says so comes after a change of size was told."""
        return self.app.size.width < _WIDE

    def on_screen_resume(self) -> None:
        """Show in the top line how things stand."""
        self.app.show_status()

    def read(self, group: str, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do a read of which only the newest of its group counts; it ends with the screen.

        One that fails takes the words off the screen, and is told once until its group is read again.
        """
        bound: Work = partial(self._read, group, partial(work, *args, **kwargs))
        _: Worker[None] = self.run_worker(bound, group=group, exclusive=True, exit_on_error=False)

    async def _read(self, group: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:
            is_news = group not in self._unread
            self._unread.add(group)
            self.show_unreadable()
            if is_news:
                self.app.tell_unread(error)
        else:
            self._unread.discard(group)

    def own_commands(self) -> Iterable[SystemCommand]:
        """The deeds to what is in sight, for the command palette."""
        return ()

    def action_back(self) -> None:
        """Close this screen; one that stands below another stays, for only the top one can go."""
        if self.is_active:
            self.dismiss(None)


class RollerScreen(LiveScreen):
    """A screen that shows one roller and does deeds to it by key."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys_of(ROLLER, ROLLERS)]

    @property
    def roller(self) -> str | None:
        """The code of the roller that deeds go to."""
        raise NotImplementedError

    @property
    def rollers(self) -> Sequence[str]:
        """The codes that deeds to several rollers go to: those chosen, or the one shown."""
        return [] if self.roller is None else [self.roller]

    def own_commands(self) -> Iterable[SystemCommand]:
        """The deeds to the roller."""
        return commands(self.action_deed, ROLLER, ROLLERS, RECORD, to=self.roller) if self.roller else ()

    @property
    def is_held(self) -> bool:
        """Whether the roller is in quarantine or recalled."""
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Deeds are greyed out while no roller is shown."""
        return None if action == "deed" and self.roller is None else True

    def action_deed(self, name: str) -> None:
        """Do a deed to the roller shown, or to those chosen."""
        codes = list(self.rollers)
        if name == "quarantine" and self.is_held and codes == [self.roller]:
            name = "release"
        if BY_NAME[name].scope == ROLLERS and codes:
            self.app.do(name, codes)
        elif len(codes) == 1:
            self.app.do(name, codes[0])
        elif codes:
            self.app.notify(one_at_a_time(BY_NAME[name].label), severity="warning", markup=False)
