"""The printers of this computer in words, and what keeps one from being used."""

import shlex
from collections.abc import Sequence

from rollertrack.wording.sentences import sentence

TITLE = "Printers of this computer"
LOOKING = "Looking at what is plugged in …"
KEYS = "enter take it · esc leave"
TYPED = "Another one: type its place"
TYPED_WHY = "A printer on the network, a folder for PDFs, a command."
AGAIN = "Look again"
AGAIN_WHY = "After it was plugged in and switched on."
NOTHING = (
    "No printer was found on this computer: plug one in and switch it on, or name one on the network by its "
    "place, such as tcp://192.168.1.50:9100."
)
NONE_SET = "None is set: ctrl+o shows those of this computer."
NO_PYUSB = "a USB printer needs the library pyusb; the extra usb brings it: .venv/bin/pip install '.[usb]'"
NO_LIBUSB = "the library pyusb finds no libusb; install libusb-1.0 (on Debian: apt install libusb-1.0-0)"
NO_PYSERIAL = (
    "a serial printer needs the library pyserial; the extra serial brings it:"
    " .venv/bin/pip install '.[serial]'"
)
NO_CUPS = "the programs of CUPS are not installed here; on Debian: apt install cups-client"


def no_program(program: str) -> str:
    """That a command cannot be run."""
    return f"no program {program} is installed here"


def not_writable(path: object, group: str) -> str:
    """That a device file is there and takes nothing from this user; `group` may write, empty for none."""
    if not group:
        return f'this user may not write to {path}, and no group may; a udev rule with MODE="0660" is right'
    return (
        f"this user may not write to {path}, its group {group} may: "
        f"sudo usermod -aG {group} $USER, then log in anew"
    )


def other_language(languages: Sequence[str]) -> str:
    """That a device file leads to a printer that does not understand what is sent there."""
    return f"it understands {', '.join(languages)}, and ESC/POS is sent there; its queue of CUPS is right"


def cups_silent(why: str) -> str:
    """That the queues of CUPS could not be listed."""
    return f"The queues of CUPS could not be listed: {why}."


def usb_title(vendor: int, product: int) -> str:
    """A printer on USB that does not tell its name."""
    return f"USB printer {vendor:04x}:{product:04x}"


def add_command(name: str, place: str, media: str) -> str:
    """The call that keeps a printer."""
    return f"rollertrack printer add {shlex.join([name])} --place {shlex.quote(place)} --media {media}"


def kept_as(name: str) -> str:
    """That it stands in the settings already."""
    return f"set as {name}"


def found_facts(place: str, media: str, kept: str, trouble: str) -> str:
    """What stands below the list of printers found."""
    facts = " · ".join(filter(None, (place, media, kept and kept_as(kept))))
    return f"{facts}\n{sentence(trouble)}" if trouble else facts


def found_trouble(title: str, trouble: str) -> str:
    """What keeps one that was found from being used."""
    return sentence(f"{title}: {trouble}")
