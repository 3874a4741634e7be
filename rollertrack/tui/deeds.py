"""Every deed of the terminal UI: asks what it must, does it, tells the app. Call them from workers.

Each returns what was done, or None when the user left or an error was shown. Forms are imported when
first asked for, so that the first screen does not wait for them.
"""

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from rollertrack.errors import RollerTrackError
from rollertrack.services.station import Done
from rollertrack.tui.contract import Front

if TYPE_CHECKING:
    from rollertrack.services.labels.printers import PrinterRow


async def _told(app: Front, deed: Awaitable[Done | None]) -> Done | None:
    """Carry a deed through: an error becomes a dialog, a success is told."""
    try:
        done = await deed
    except RollerTrackError as error:
        app.show_error(error)
        return None
    if done is not None:
        app.changed(done)
    return done


async def register(app: Front) -> Done | None:
    """Register rollers, and print their labels when asked to."""
    from rollertrack.tui.forms import registration

    talk = registration.Registration()
    done = await _told(app, talk.register(app))
    if done is not None and talk.wants_labels:
        await label(app, done.codes)
    return done


async def claim(app: Front, code: str, *, scanned: bool = False) -> Done | None:
    """Register a roller under the code of a label that was there first."""
    from rollertrack.tui.forms import registration

    return await _told(app, registration.claim(app, code, scanned=scanned))


async def edit(app: Front, code: str) -> Done | None:
    """Mend a roller's registration."""
    from rollertrack.tui.forms import registration

    return await _told(app, registration.edit(app, code))


async def use(app: Front, code: str, person: str | None = None) -> Done | None:
    """Log a use, or a failed inspection when the look at the needles says no."""
    from rollertrack.tui.forms import using

    return await _told(app, using.use(app, code, person))


async def soak(app: Front, codes: Sequence[str], solution: str | None = None) -> Done | None:
    """Start the contact time of rollers in one bath."""
    from rollertrack.tui.forms import washing

    return await _told(app, washing.soak(app, codes, solution))


async def done(app: Front, codes: Sequence[str]) -> Done | None:
    """Take rollers out of their soak; asks once when it is early."""
    from rollertrack.tui.forms import washing

    return await _told(app, washing.take_out(app, codes))


async def disinfect(app: Front, codes: Sequence[str]) -> Done | None:
    """Record a disinfection that was already done."""
    from rollertrack.tui.forms import washing

    return await _told(app, washing.disinfect(app, codes))


async def inspect(app: Front, code: str) -> Done | None:
    """Log a look at the needles."""
    from rollertrack.tui.forms import keeping

    return await _told(app, keeping.inspect(app, code))


async def quarantine(app: Front, code: str) -> Done | None:
    """Put a roller aside."""
    from rollertrack.tui.forms import keeping

    return await _told(app, keeping.quarantine(app, code))


async def release(app: Front, code: str) -> Done | None:
    """Take a roller out of quarantine."""
    from rollertrack.tui.forms import keeping

    return await _told(app, keeping.release(app, code))


async def retire(app: Front, code: str) -> Done | None:
    """End a roller's life."""
    from rollertrack.tui.forms import keeping

    return await _told(app, keeping.retire(app, code))


async def note(app: Front, code: str) -> Done | None:
    """Write a note on a roller."""
    from rollertrack.tui.forms import keeping

    return await _told(app, keeping.note(app, code))


async def undo(app: Front, code: str, entry: int | None = None) -> Done | None:
    """Take back an entry of any record; the newest is proposed when none is named."""
    from rollertrack.tui.forms import keeping

    return await _told(app, keeping.undo(app, code, entry))


async def open_pack(app: Front, code: str) -> Done | None:
    """Log that a sterile pack was opened."""
    from rollertrack.tui.forms import registration

    return await _told(app, registration.open_pack(app, code))


async def label(app: Front, codes: Sequence[str]) -> Done | None:
    """Print the labels of rollers, or write them to a file."""
    from rollertrack.tui.forms import labels

    return await _told(app, labels.label(app, codes))


async def add_person(app: Front) -> Done | None:
    """Register a person by a short label."""
    from rollertrack.tui.forms import people

    return await _told(app, people.add_person(app))


async def edit_person(app: Front, code: str) -> Done | None:
    """Mend a person's label and what to ask a professional about."""
    from rollertrack.tui.forms import people

    return await _told(app, people.edit_person(app, code))


async def add_solution(app: Front) -> Done | None:
    """Register an opened bottle or jar."""
    from rollertrack.tui.forms import solutions

    return await _told(app, solutions.add_solution(app))


async def edit_solution(app: Front, code: str) -> Done | None:
    """Mend what is known of a bottle or jar."""
    from rollertrack.tui.forms import solutions

    return await _told(app, solutions.edit_solution(app, code))


async def discard_solution(app: Front, code: str) -> Done | None:
    """Log that a solution was thrown away."""
    from rollertrack.tui.forms import solutions

    return await _told(app, solutions.discard_solution(app, code))


async def strip(app: Front, code: str) -> Done | None:
    """Log a test strip of a solution."""
    from rollertrack.tui.forms import solutions

    return await _told(app, solutions.strip(app, code))


async def add_printer(app: Front) -> Done | None:
    """Add a printer to the settings."""
    from rollertrack.tui.forms import printers

    return await _told(app, printers.add_printer(app))


async def edit_printer(app: Front, name: str) -> Done | None:
    """Mend what is set of a printer."""
    from rollertrack.tui.forms import printers

    return await _told(app, printers.edit_printer(app, name))


async def remove_printer(app: Front, row: "PrinterRow") -> Done | None:
    """Remove a printer from the settings."""
    from rollertrack.tui.forms import printers

    return await _told(app, printers.remove_printer(app, row))


async def policy(app: Front) -> Done | None:
    """Look at the rules in force and change some; returns the last change."""
    from rollertrack.tui.forms import policy as rules

    talk = rules.Rules()
    last: Done | None = None
    while changed := await _told(app, talk.change(app)):
        last = changed
    return last
