"""The printers of this computer: device files, queues of CUPS, and what pyusb sees."""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rollertrack.domain.text import printable
from rollertrack.errors import BadInput
from rollertrack.labels.media import DEFAULT_MEDIA
from rollertrack.labels.places import CupsPlace, FilePlace, Place, parse_place
from rollertrack.labels.printer import NotSent
from rollertrack.labels.printers import usb
from rollertrack.labels.printers.file_printers import Ended, run
from rollertrack.wording import discovery as say

_LONGEST = 60
"""Characters of a name that a device tells."""
_DEVICES, _ABOUT = "dev/usb", "sys/class/usbmisc"
_DEV = ("/", "dev")
_DEVICE = re.compile(r"lp(\d{1,3})")
_OTHERS = ("ZPL", "EPL", "CPCL", "DPL", "TSPL", "PCL", "PJL", "POSTSCRIPT", "PT-CBP", "PDF", "URF", "PWG",
           "ESCPL", "ESCPR")  # fmt: skip
"""How the languages begin, as devices name them, that are not ESC/POS."""
_NARROW = re.compile(r"58|TM-P20|TM-m10", re.IGNORECASE)
_WIDE = re.compile(r"80|TM-[TLUmP]|T20|T88|SRP-?3|CT-[SE]|TSP ?\d|RP-?3", re.IGNORECASE)
_LABELS = (
    (re.compile(r"\bQL[- ]?\d", re.IGNORECASE), "62x29"),
    (re.compile(r"dymo|labelwriter|\bLW-?\d", re.IGNORECASE), "57x32"),
    (re.compile(r"zebra|\bZTC|\b[ZG][DKXCT]-?\d|\bTSC|\bTT?P-?\d|\bXP-?\d|label|munbyn|rollo", re.IGNORECASE),
     "50x25"),
)  # fmt: skip
_RECEIPTS = re.compile(r"receipt|\bPOS|thermal|\bTM-", re.IGNORECASE)
_OFFICE = "l7160"


class Access(NamedTuple):
    """Whether this user may write to a file, and else which group may, empty for none."""

    may_write: bool
    group: str = ""


def _access(path: Path) -> Access:
    about = path.stat()
    if os.access(path, os.W_OK):
        return Access(may_write=True)
    return Access(may_write=False, group=_group(about.st_gid) if about.st_mode & stat.S_IWGRP else "")


def _group(number: int) -> str:
    try:
        import grp  # not on every system

        return grp.getgrgid(number).gr_name
    except (ImportError, KeyError):
        return str(number)


def _run(words: Sequence[str], timeout: float) -> Ended:
    return run(words, b"", timeout, plain=True)


@dataclass(frozen=True, slots=True)
class Computer:
    """What is looked at: files below a root, what programs say, what pyusb sees."""

    root: Path = Path("/")
    run: Callable[[Sequence[str], float], Ended] = _run
    access: Callable[[Path], Access] = _access
    plugged_in: Callable[[], Sequence[usb.UsbPrinter]] = usb.plugged_in

    def unwritable(self, path: Path) -> str:
        """Why a device file that is there takes nothing from this user, in one sentence; else empty."""
        if path.parts[:2] != _DEV:
            return ""
        try:
            access = self.access(self.root / path.relative_to(path.anchor))
        except (OSError, ValueError):
            return ""
        return "" if access.may_write else say.not_writable(path, access.group)


HERE = Computer()


class Found(NamedTuple):
    """A printer of this computer: what it calls itself, where it is, a paper that may lie in it.

    `trouble` says what keeps it from being used as it stands.
    """

    title: str
    place: Place
    media: str
    trouble: str = ""


def look(computer: Computer, timeout: float) -> tuple[list[Found], list[str]]:
    """Every printer, those with no trouble first; and why some could not be looked for."""
    devices = list(_devices(computer))
    queues, notes = _queues(computer, timeout)
    seen = {device.numbers for device in devices}
    # The same printer behind its driver's device file is listed there.
    plugged = [each for each in computer.plugged_in() if (each.place.vendor, each.place.product) not in seen]
    found = [
        *(device.found for device in devices),
        *queues,
        *(Found(_said(each.title), each.place, roll_for(each.title)) for each in plugged),
    ]
    return sorted(found, key=lambda each: bool(each.trouble)), notes


class _Device(NamedTuple):
    found: Found
    numbers: tuple[int, int] | None


def _devices(computer: Computer) -> Iterator[_Device]:
    """The device files of printers, in the order of their numbers."""
    try:
        names = [path.name for path in (computer.root / _DEVICES).iterdir()]
    except OSError:
        return
    numbered = sorted((int(match[1]), name) for name in names if (match := _DEVICE.fullmatch(name)))
    for _, name in numbered:
        path = Path("/") / _DEVICES / name
        device = _about(computer, path) / ".."
        title = _named(_identity(computer, path)) or _line(device / "product") or str(path)
        trouble = device_trouble(computer, path)
        yield _Device(Found(_said(title), FilePlace(path), roll_for(title), trouble), _numbers(device))


def device_trouble(computer: Computer, path: Path) -> str:
    """What keeps the printer behind a device file from use, in one sentence; empty for nothing known."""
    return computer.unwritable(path) or _language_trouble(_identity(computer, path))


def _about(computer: Computer, path: Path) -> Path:
    """What sysfs tells of a device file."""
    return computer.root / _ABOUT / path.name / "device"


def _line(path: Path) -> str:
    """What a file of sysfs says; nothing when it cannot be read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return printable(file.read(1_000).strip(), "")
    except (OSError, ValueError):
        return ""


def _identity(computer: Computer, path: Path) -> Mapping[str, str]:
    """The facts of an IEEE 1284 identity, `MFG:EPSON;MDL:TM-T20;CMD:ESC/POS;`, by their short names."""
    facts: dict[str, str] = {}
    if path.parent != Path("/") / _DEVICES:
        return facts
    for part in _line(_about(computer, path) / "ieee1284_id").split(";"):
        key, _, value = part.partition(":")
        key = key.strip().upper()
        facts[_SHORT.get(key, key)] = value.strip()
    return facts


_SHORT = {"MANUFACTURER": "MFG", "MODEL": "MDL", "COMMAND SET": "CMD", "DESCRIPTION": "DES"}


def _named(identity: Mapping[str, str]) -> str:
    """Maker and model, the maker once."""
    maker, model = identity.get("MFG", ""), identity.get("MDL", "")
    if not model:
        return identity.get("DES", "")
    return model if model.casefold().startswith(maker.casefold()) else f"{maker} {model}"


def _language_trouble(identity: Mapping[str, str]) -> str:
    named = [each.strip() for each in identity.get("CMD", "").split(",") if each.strip()]
    others = [each for each in named if each.upper().startswith(_OTHERS)]
    if not others or any("POS" in each.upper().replace("POSTSCRIPT", "") for each in named):
        return ""
    return say.other_language([_said(each) for each in others])


def _numbers(device: Path) -> tuple[int, int] | None:
    try:
        return int(_line(device / "idVendor"), 16), int(_line(device / "idProduct"), 16)
    except ValueError:
        return None


def _queues(computer: Computer, timeout: float) -> tuple[list[Found], list[str]]:
    """The queues of CUPS; none where it is not installed, and a note where it does not answer."""
    try:
        ended = computer.run(["lpstat", "-e"], timeout)
    except NotSent:
        return [], []
    except TimeoutError:
        return [], [say.cups_silent(f"no answer within {timeout:g} s")]
    places = [place for line in ended.said.splitlines() if (place := _queue(line.strip()))]
    notes = [say.cups_silent(ended.why)] if ended.status and not places else []
    return [Found(_said(place.queue), place, paper_for(place.queue)) for place in places], notes


def _queue(line: str) -> CupsPlace | None:
    try:
        place = parse_place(f"cups:{line}")
    except BadInput:
        return None
    return place if isinstance(place, CupsPlace) else None


def _said(name: str) -> str:
    return printable(name, "")[:_LONGEST].strip()


def roll_for(title: str) -> str:
    """The roll that an ESC/POS printer of that name takes; the narrow one fits where it is not known."""
    return "80mm" if _WIDE.search(title) and not _NARROW.search(title) else DEFAULT_MEDIA


def paper_for(title: str) -> str:
    """The paper that a queue of that name may hold: labels of its make, a roll, or a sheet of labels."""
    words = title.replace("_", " ")  # the names of queues hold no spaces
    label = next((media for pattern, media in _LABELS if pattern.search(words)), None)
    if label is not None:
        return label
    return roll_for(words) if _RECEIPTS.search(words) else _OFFICE
