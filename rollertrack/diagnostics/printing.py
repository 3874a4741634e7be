"""The doctor's look at printing: the printers of the settings, the fonts, the link on every label."""

import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from rollertrack.addresses import is_address, is_local_name, is_own, own_addresses
from rollertrack.diagnostics.health import Check, bad, doubt, good
from rollertrack.domain.code import TEST_CODE
from rollertrack.domain.quantities import plural
from rollertrack.domain.text import ended
from rollertrack.errors import RollerTrackError
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.wording.dates import spoken_moment

LINK_PATIENCE: Final = 1.0
"""Seconds that the host of the link base has to answer."""
_GRACE = 2.0
"""Seconds a printer may take beyond its time limit, for loading what speaks to it."""
_MOST_SHOWN = 12
_NO_PRINTER = (
    "`rollertrack printer find` shows what is plugged in; `rollertrack label CODE --to FILE.pdf` needs none."
)
_HERE = ("localhost", "127.", "0.0.0.0")
_CHANGED = "If RollerTrack should answer, set link_base to that; labels printed before keep the old address."


def printers(printing: Printing) -> tuple[Check, ...]:
    """How each printer of the settings stands, all asked at once."""
    names = list(printing.book.read().printers)
    if not names:
        return (doubt("printers", "none is set.", _NO_PRINTER),)
    answers = together([partial(_printer, printing, name) for name in names], printing.timeout + _GRACE)
    return tuple(
        answer or bad(f"printer {name}", f"no answer within {printing.timeout:g} s.", "Is it switched on?")
        for name, answer in zip(names, answers, strict=True)
    )


def _printer(printing: Printing, name: str) -> Check:
    from rollertrack.labels.printers.delivery import status

    subject = f"printer {name}"
    try:
        printer = printing.printer(name)
        media = printing.media(None, printer)
        stands = status(printer, printing.cache, printing.timeout)
    except RollerTrackError as error:
        return bad(subject, ended(error.message))
    except Exception as error:
        return bad(subject, f"it could not be asked ({type(error).__name__}: {error}).")
    return good(subject, f"{printer.place} on {media.name}: {ended(stands)}")


def together(tasks: Sequence[Callable[[], Check]], patience: float) -> list[Check | None]:
    """What each task returned, all at once; None for one that has not within so many seconds.

    One that hangs is left behind and does not keep the program from ending.
    """
    found: list[Check | None] = [None] * len(tasks)

    def run(place: int) -> None:
        found[place] = tasks[place]()

    threads = [threading.Thread(target=run, args=(place,), daemon=True) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    end = time.monotonic() + patience
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return list(found)


def link(printing: Printing, opened: Mapping[str, int], patience: float = LINK_PATIENCE) -> tuple[Check, ...]:
    """Whether the link base is sound, how large a code it makes, and whether its host answers."""
    from rollertrack.labels.label_facts import link_prefix, qr_text

    base = printing.link_base
    size = _size(qr_text(TEST_CODE, base))
    if base is None:
        return (good("link base", f"none is set, so labels hold the code alone; {size}."),)
    address = urlsplit(link_prefix(base))
    host, port = address.hostname or "", address.port or _port(address.scheme)
    if host.startswith(_HERE):
        said = f"{base} means this computer alone; {size}."
        return (doubt("link base", said, "Name the address under which phones find it."),)
    sound = good("link base", f"{base} is sound; {size}.")
    if is_local_name(host):
        said = f"{base} is sound; {size}. Many phones do not find names that end in .local."
        sound = doubt("link base", said, "Name a fixed address, or a name of your own network.")
    answer = together([partial(_reached, host, port)], patience)[0]
    return sound, answer or _silent(host, patience), _proven(opened.get(base.strip().rstrip("/")))


def _proven(opened_at: int | None) -> Check:
    """Whether a phone ever came by the link."""
    if opened_at is None:
        return doubt("link proof", "no phone has opened it so far.", "Scan a label, or what `serve` shows.")
    return good("link proof", f"a phone opened it first on {spoken_moment(opened_at)}.")


def _size(text: str) -> str:
    from rollertrack.labels.qr import QUIET_ZONE, matrix

    side = len(matrix(text))
    return f"QR version {(side - 17) // 4}, {side + 2 * QUIET_ZONE} modules wide"


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _reached(host: str, port: int) -> Check:
    try:
        with socket.create_connection((host, port), LINK_PATIENCE):
            return good("link host", f"{host} answers on port {port}.")
    except (OSError, UnicodeError):
        return _unreached(host, f"{host} does not answer on port {port}.")


def _silent(host: str, patience: float) -> Check:
    return _unreached(host, f"no answer within {patience:g} s.")


def _unreached(host: str, said: str) -> Check:
    if is_address(host) and not is_own(host) and (mine := own_addresses()):
        return doubt("link host", f"{said} This computer has {', '.join(mine)}.", _CHANGED)
    return doubt("link host", said, "`rollertrack serve` answers there; labels can be printed before.")


def fonts(characters: str) -> Check:
    """Which fonts draw the labels, and which characters on record none of them has."""
    from rollertrack.labels import fonts as label_fonts

    names = [Path(each).stem for each in label_fonts.found()]
    drawn = f"labels are drawn in {names[0]}" if names else "labels are drawn in a small font of the program"
    drawn += f", with {plural(len(names) - 1, 'more font')} for other letters" if names[1:] else ""
    if missing := label_fonts.missing(characters):
        shown = " ".join(missing[:_MOST_SHOWN]) + (" …" if len(missing) > _MOST_SHOWN else "")
        return doubt(
            "fonts", f"{drawn}; none has {shown}, on record in names.", "Install a font that has them."
        )
    advice = "" if names else "Install the DejaVu or Noto fonts for better ones."
    return good("fonts", f"{drawn}; they have every letter on record.", advice)
