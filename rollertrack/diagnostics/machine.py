"""The doctor's look at the machine: its clock, its time zone, its terminal."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from rollertrack.diagnostics.health import Check, bad, doubt, good
from rollertrack.domain.quantities import DAY, spoken
from rollertrack.domain.standing import CLOCK_TOLERANCE
from rollertrack.wording.dates import local, spoken_moment

COLUMNS: Final = 80
LINES: Final = 24
"""The least terminal that every screen is made for."""
_FIRST_YEAR, _LAST_YEAR = 2026, 2100
_LONG_AGO = 30 * DAY


class Terminal(NamedTuple):
    """What is known of the terminal that the program was started in."""

    is_terminal: bool
    columns: int
    lines: int
    encoding: str
    environment: Mapping[str, str]


def clock(now: int, newest: int | None) -> Check:
    """Whether the time can be right, beside the newest entry on record."""
    year = local(now).year
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return bad(
            "clock", f"it says {spoken_moment(now)}, which cannot be.", "Set the clock of this computer."
        )
    if newest is not None and newest > now + CLOCK_TOLERANCE:
        ahead = spoken(newest - now)
        return bad(
            "clock",
            f"it says {spoken_moment(now)}, and an entry on record lies {ahead} ahead; the gate says STOP.",
            "Set the clock; if it is right now, undo the entry that was made while it was wrong.",
        )
    if newest and now - newest > _LONG_AGO:
        said = f"it says {spoken_moment(now)}; the newest entry is {spoken(now - newest)} old."
        return good("clock", said, "See that the date is right.")
    return good("clock", f"it says {spoken_moment(now)}; no entry on record lies ahead of it.")


def zone(now: int, environment: Mapping[str, str], zone_file: Path = Path("/etc/localtime")) -> Check:
    """Whether the time zone of the machine is known."""
    moment = local(now)
    shown = f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:5]
    named = environment.get("TZ", "").removeprefix(":")
    if named and not _is_zone(named):
        return doubt(
            "time zone", f"TZ names “{named[:40]}”, which is not known; times count as UTC.", "Set TZ anew."
        )
    if not named and os.name == "posix" and not zone_file.exists():
        return doubt("time zone", "none is set; times count as UTC.", "Set the time zone of this computer.")
    return good("time zone", f"{moment:%Z}, UTC{shown}.")


def _is_zone(named: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if Path(named).is_absolute():
        return Path(named).is_file()
    try:
        ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A zone may also be a rule, such as CET-1CEST.
        return "/" not in named and any(char.isdigit() for char in named)
    return True


def terminal(seen: Terminal) -> Check:
    """Whether the terminal can show the program."""
    if not seen.is_terminal:
        return good("terminal", "the answer goes to a file or another program; nothing to look at.")
    if "utf" not in seen.encoding.lower():
        return doubt(
            "terminal",
            f"it is set to {seen.encoding}; signs and QR codes cannot be shown.",
            "Set its language to one with UTF-8, such as LANG=C.UTF-8.",
        )
    if seen.environment.get("TERM", "dumb") == "dumb":
        return doubt("terminal", "it can place no text.", "Set TERM to what it is, such as xterm-256color.")
    size = f"{seen.columns} by {seen.lines} characters"
    if seen.columns < COLUMNS or seen.lines < LINES:
        return doubt("terminal", f"{size} are few.", f"Make it {COLUMNS} by {LINES} or larger.")
    return good("terminal", f"{size}, UTF-8, {_colours(seen.environment)}.")


def _colours(environment: Mapping[str, str]) -> str:
    if "NO_COLOR" in environment:
        return "colours switched off by NO_COLOR"
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "all colours"
    return "256 colours" if "256" in environment.get("TERM", "") else "few colours"


def this_terminal() -> Terminal:
    """The terminal that this program runs in."""
    size = shutil.get_terminal_size()
    # While the terminal UI runs, what stands at its place only gathers what is printed.
    stream = sys.stdout if hasattr(sys.stdout, "encoding") else sys.__stdout__
    is_terminal = stream is not None and stream.isatty()
    encoding = (stream.encoding if stream is not None else "") or "utf-8"
    return Terminal(is_terminal, size.columns, size.lines, encoding, os.environ)
