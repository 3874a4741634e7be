"""The seal of a journal in words."""

from rollertrack.domain.quantities import plural
from rollertrack.domain.seal import Seal
from rollertrack.wording.dates import spoken_moment


def seal_line(seal: Seal | str) -> str:
    """The seal, to be written on paper."""
    return f"Seal {seal}"


def _entries(count: int) -> str:
    return plural(count, "entry", "entries")


def seal_contained(sealed: int, now: int, until: int) -> str:
    """That all that was sealed stands unchanged."""
    more = now - sealed
    since = f"{_entries(more)} came since" if more else "nothing came since"
    when = f", the last entered {spoken_moment(until)}" if until else ""
    return f"The journal still contains the {_entries(sealed)} of that seal{when}; {since}."


def seal_missing(sealed: int, now: int, *, is_old: bool = False) -> str:
    """That what was sealed does not stand there as it was, and what that may mean."""
    slip = " Or a letter was misread: seals of that old kind miss one slip in 256." if is_old else ""
    if now < sealed:
        return (
            f"SEAL: the journal holds {_entries(now)}, and {sealed:,} were sealed: some are gone, as when an "
            f"older backup was restored.{slip}"
        )
    return (
        f"SEAL: the first {_entries(sealed)} are not those that were sealed: one was altered, dropped or "
        "slipped in, the clock was put back since, an update wrote entries anew, or it is another database."
        f"{slip}"
    )
