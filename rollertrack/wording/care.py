"""The care slip in words, for screens, rolls and pages."""

from pathlib import Path

from rollertrack.domain.care import BEFORE, REVIEWED_BY, SLIPS, SOURCES, CareLine
from rollertrack.domain.code import shown
from rollertrack.domain.guide import REMINDER
from rollertrack.domain.payloads import HANDED_OVER
from rollertrack.domain.quantities import plural

ON_SCREEN, ON_PAPER, BY_PRINTER = HANDED_OVER
NOTHING_LOGGED = "Nothing was logged: nobody was named."


def slip_title(which: str) -> str:
    """What stands over a slip."""
    return f"{'Before' if which == BEFORE else 'After'} needling"


def slip_for(which: str, label: str) -> str:
    """What stands over a slip that is handed over on the screen."""
    return f"{slip_title(which)} · for “{label}”" if label else slip_title(which)


def status_line() -> str:
    """Whether anybody qualified has read the texts."""
    collected = f"Collected from {plural(len(SOURCES), 'source')}"
    return f"{collected}, reviewed by {REVIEWED_BY}." if REVIEWED_BY else f"{collected}, not reviewed."


def footer() -> tuple[str, str]:
    """What stands below every slip."""
    return status_line(), REMINDER


def slip_lines(which: str) -> tuple[CareLine, ...]:
    """The lines of a slip."""
    return SLIPS[which]


def slip_written(which: str, path: Path) -> str:
    """That the page is written."""
    return f"Wrote the slip “{slip_title(which).lower()}” to {path}."


def slip_printed(which: str, printer: str, *, confirmed: bool) -> str:
    """That a printer was sent the slip."""
    said = "confirms" if confirmed else "was sent"
    return f"{printer} {said} the slip “{slip_title(which).lower()}”."


def care_given(which: str, code: str, how: str) -> str:
    """That it is on record that a person was given it."""
    return f"Logged that care {which} was given to {shown(code)}: {how}."


def give_preview(which: str, how: str, label: str) -> str:
    """What handing a slip over will do."""
    to = f"logs that {label} was given it" if label else "logs nothing, as nobody is named"
    once = ", once you say so below it" if how == ON_SCREEN and label else ""
    return f"The slip “{slip_title(which).lower()}”, {how}; {to}{once}."
