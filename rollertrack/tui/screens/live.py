"""What the screens share: they read anew on a change, follow the clock, and act on one roller."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar, ParamSpec

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker

from rollertrack.services.rows import Overview
from rollertrack.tui.deed_table import BULK_DEEDS, ROLLER_DEEDS
from rollertrack.tui.host import Host, Work, host

P = ParamSpec("P")


class LiveScreen(Screen[None]):
    """A screen whose contents come from the desk."""

    # Textual declares it for instances; it is read only.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    DEFAULT_CSS = """
    LiveScreen.-wide KeyLine {
        #hint { display: block; }
        FooterKey { margin-right: 2; }
    }
    """

    @property
    def host(self) -> Host:
        """The app, as screens see it."""
        return host(self)

    def on_screen_resume(self) -> None:
        """Show in the top line how things stand."""
        self.host.show_status()

    def reread(self) -> None:
        """Read anew: something was written."""

    def lose_sight(self) -> None:
        """The record cannot be read: show no word that may be stale."""

    def show_overview(self, overview: Overview) -> None:
        """The counts were read anew."""

    def tick(self, now: int) -> None:
        """A second has passed; `now` is in microseconds UTC."""

    def read(self, group: str, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do a read of which only the newest of its group counts; it ends with the screen."""
        guarded: Work = partial(self.host.guard, partial(work, *args, **kwargs))
        _: Worker[None] = self.run_worker(guarded, group=group, exclusive=True, exit_on_error=False)

    def action_back(self) -> None:
        """Close this screen."""
        self.dismiss(None)


class RollerScreen(LiveScreen):
    """A screen that shows one roller and does deeds to it by key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            row.key, f"deed('{row.name}')", row.label, show=row.in_footer, id=f"deed.{row.name}",
            tooltip=row.does,
        )
        for row in ROLLER_DEEDS
    ]  # fmt: skip

    @property
    def roller(self) -> str | None:
        """The code of the roller that deeds go to."""
        raise NotImplementedError

    @property
    def is_held(self) -> bool:
        """Whether the roller is in quarantine or recalled."""
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Deeds are greyed out while no roller is shown."""
        return None if action == "deed" and self.roller is None else True

    def action_deed(self, name: str) -> None:
        """Do a deed to the roller shown."""
        code = self.roller
        if code is None:
            return
        if name == "quarantine" and self.is_held:
            name = "release"
        self.host.do(name, [code] if name in BULK_DEEDS else code)
