"""The doctor: looks at everything a station needs, changes nothing, and never stops at a fault."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rollertrack.diagnostics import database, machine
from rollertrack.diagnostics import printing as printing_checks
from rollertrack.diagnostics.database import Seen
from rollertrack.diagnostics.health import Check, bad, doubt, good
from rollertrack.diagnostics.machine import Terminal
from rollertrack.errors import RollerTrackError
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.settings import Settings, database_path, settings_file
from rollertrack.store.database import library_version


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at."""

    settings: Check
    find_database: Callable[[], Path] | None
    """Where the database is; None when only the broken settings know."""
    printing: Printing | None
    """None when the settings cannot be read."""
    now: int
    """Microseconds UTC by the clock of the machine."""
    terminal: Terminal


def checkup_of(
    settings: Settings, printing: Printing | None, now: int, broken: RollerTrackError | None = None
) -> Iterator[Check]:
    """Every check of a station; `broken` is why its settings cannot be read, and what else is known."""
    path, terminal = settings.source or settings_file(), machine.this_terminal()
    if broken is not None:
        message = bad("settings", f"{broken.message}.", "Mend the file, or remove it.")
        find = partial(database_path, settings) if settings.database else None
        return checkup(Patient(message, find, None, now, terminal))
    said = f"{path} is understood." if path.exists() else f"none at {path}; everything is as usual."
    return checkup(Patient(good("settings", said), partial(database_path, settings), printing, now, terminal))


def checkup(patient: Patient) -> Iterator[Check]:
    """Every check in turn, as soon as it is done; one that fails is told of, and the others go on."""
    yield patient.settings
    seen = Seen(())
    try:
        seen = _database(patient.find_database)
    except Exception as error:
        yield _failed(database.SUBJECT, error)
    yield from seen.checks
    yield from _guarded("sqlite", lambda: (database.library(library_version()),))
    yield from _guarded("fonts", lambda: (printing_checks.fonts(seen.characters),))
    if (printing := patient.printing) is not None:
        yield from _guarded("printers", lambda: printing_checks.printers(printing))
        yield from _guarded("link base", lambda: printing_checks.link(printing, seen.opened))
    yield from _guarded("clock", lambda: (machine.clock(patient.now, seen.newest),))
    yield from _guarded("time zone", lambda: (machine.zone(patient.now, patient.terminal.environment),))
    yield from _guarded("terminal", lambda: (machine.terminal(patient.terminal),))


def _database(find: Callable[[], Path] | None) -> Seen:
    if find is None:
        said = "not looked at: which one it is stands in the settings, which cannot be read."
        return Seen((doubt(database.SUBJECT, said, "Mend the settings first."),))
    return database.look(find())


def _guarded(subject: str, look: Callable[[], tuple[Check, ...]]) -> tuple[Check, ...]:
    try:
        return look()
    except Exception as error:
        return (_failed(subject, error),)


def _failed(subject: str, error: Exception) -> Check:
    if isinstance(error, RollerTrackError):
        return bad(subject, error.message)
    return bad(subject, f"this check failed ({type(error).__name__}: {error}).")
