"""What this computer has not got that a kind of printer needs; found out before a label waits for it."""

import shutil

from rollertrack.errors import BadInput
from rollertrack.labels.places import PipePlace, parse_place
from rollertrack.wording import discovery as say


def lacking(text: str) -> str:
    """What is missing for the printer at a place, in one sentence; empty when nothing is known to be.

    The beginning of a place is enough, such as `usb:`.
    """
    match text.strip().partition(":")[0].lower():
        case "usb":
            from rollertrack.labels.printers.usb import lacking_library

            return lacking_library()
        case "serial":
            from rollertrack.labels.printers.serial import lacking_library

            return lacking_library()
        case "cups":
            return "" if shutil.which("lp") else say.NO_CUPS
        case "pipe" | "pipe-pdf":
            return _lacking_program(text)
    return ""


def _lacking_program(text: str) -> str:
    try:
        place = parse_place(text)
    except BadInput:  # not typed to its end yet
        return ""
    program = place.words[0] if isinstance(place, PipePlace) else ""
    return say.no_program(program) if program and shutil.which(program) is None else ""
