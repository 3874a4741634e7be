"""What the deeds need of the app, so that neither the app nor the forms know each other's insides."""

from collections.abc import Callable
from typing import Protocol, TypeVar, runtime_checkable

from textual.screen import Screen

from rollertrack.errors import RollerTrackError
from rollertrack.services.backend import Backend
from rollertrack.services.station import Done

Result = TypeVar("Result")


class Front(Protocol):
    """The app as a deed sees it."""

    @property
    def backend(self) -> Backend:
        """Where deeds and reads are asked for."""

    @property
    def clock(self) -> Callable[[], int]:
        """Now, in microseconds UTC."""

    async def push_screen_wait(self, screen: Screen[Result]) -> Result:
        """Show a screen and wait for what it returns; from a worker only."""

    def changed(self, done: Done) -> None:
        """Say what was done, and have everything that shows it read again."""

    def print_batch(self, batch: int) -> None:
        """Print what waits of a batch of the queue, in the background, and tell the outcome."""

    def show_error(self, error: RollerTrackError) -> None:
        """Show an error's sentence in a dialog."""


@runtime_checkable
class Touchable(Protocol):
    """A screen that holds what was typed."""

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose something."""


class Unexpected(RollerTrackError):  # noqa: N818 - named for what it was
    """A fault of the program itself, told like any other error."""

    title = "Something went wrong"

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"RollerTrack met a fault of its own ({type(error).__name__}). What was saved is safe. "
            "Try once more; if it comes back, run “rollertrack verify”."
        )


def ours(error: Exception) -> RollerTrackError:
    """An error as one of the family: itself, or a fault of the program."""
    return error if isinstance(error, RollerTrackError) else Unexpected(error)
