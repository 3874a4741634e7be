"""Faults of the program itself, told like any other error."""

from rollertrack.errors import RollerTrackError


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
