"""The one family of errors: each has a sentence for the user, a title and an exit status."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


DEBUG_VARIABLE = "ROLLERTRACK_DEBUG"
"""The environment variable that shows where a fault of the program lies."""


class Sentence(NamedTuple):
    """A sentence for whoever reads it, and the same as a command line says it, with what is typed there."""

    message: str
    at_prompt: str


def going_on(said: str, *, at_prompt: str = "") -> Sentence:
    """A sentence that goes on at a command line, with what is typed there."""
    return Sentence(said, f"{said}{at_prompt}")


class RollerTrackError(Exception):
    """Anything that may be shown to the user as one sentence.

    `message` is for whoever reads it, at a screen or on a phone. Options and commands are on no screen: a
    sentence that names one is told a second time, as `at_prompt`, and the command line says that instead.
    """

    title = "RollerTrack"
    exit_status = 3

    def __init__(self, message: str, at_prompt: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.at_prompt = at_prompt or message


class BadInput(RollerTrackError):  # noqa: N818 - named for what the user did
    """Input that names no valid thing; `field` is the field that `reason` speaks of."""

    title = "Please check"
    exit_status = 2

    def __init__(self, field: str, message: str, at_prompt: str = "") -> None:
        super().__init__(f"{field}: {message}", f"{field}: {at_prompt or message}")
        self.field = field
        self.reason = message


class BadCode(BadInput):
    """A code that cannot be read, or that no record carries; `nearest` lists codes one letter away."""

    title = "Unknown code"

    def __init__(self, message: str, nearest: tuple[str, ...] = (), field: str = "code") -> None:
        super().__init__(field, message)
        self.nearest = nearest


class FileThere(BadInput):
    """A file that is to be written is there already; it is replaced only where that is said."""

    title = "File"

    def __init__(self, field: str, path: "Path") -> None:
        super().__init__(
            field,
            f"{path} exists already; replace it, or name a new file",
            at_prompt=f"{path} exists already; --force replaces it, or name a new file",
        )
        self.path = path


class IdTaken(BadInput):
    """The id of a deed stands for another deed that was logged with it."""

    def __init__(self) -> None:
        super().__init__("id", "another deed was logged with it; ask with a new one")


class NothingFound(RollerTrackError):  # noqa: N818
    """A deed on what was looked for, where nothing is to be found; nothing was written."""

    title = "Nothing found"
    exit_status = 1


class ChangedMeanwhile(RollerTrackError):  # noqa: N818
    """Another station wrote first; look again and decide again."""

    title = "Changed meanwhile"
    exit_status = 1


class NotNow(RollerTrackError):  # noqa: N818
    """A deed whose time has not come, such as ending a soak before its contact time is up."""

    title = "Not yet"
    exit_status = 1


class Questioned(RollerTrackError):  # noqa: N818
    """A deed that is likely a mistake: the message asks whether it is one."""

    title = "Is that so?"
    exit_status = 1


class StoreFailed(RollerTrackError):  # noqa: N818
    """The database could not be read or written; nothing was half done."""

    title = "Database"


class Unsure(StoreFailed):
    """The database failed while a deed was being written: it is not known whether it was logged."""


class DeviceFailed(RollerTrackError):  # noqa: N818
    """A printer or file could not take the job; the record is unharmed."""

    title = "Printer"


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
