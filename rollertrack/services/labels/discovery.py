"""The printers of this computer, each ready to be kept; and what a place lacks before it is."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from rollertrack.labels.printers import discovery
from rollertrack.labels.printers.discovery import Computer, Found
from rollertrack.labels.printers.lacking import lacking
from rollertrack.services.labels.printers import NAME_LIMIT, list_printers
from rollertrack.services.station import Station
from rollertrack.wording import discovery as say

_FILE = "file:"
_LONGEST_WORD = NAME_LIMIT - len("-1000")
_NO_NAME = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class FoundPrinter:
    """A printer of this computer, with a name and a paper to keep it under.

    `kept_as` is its name where it stands in the settings already; `trouble` what keeps it from being used.
    """

    title: str
    name: str
    place: str
    media: str
    kept_as: str = ""
    trouble: str = ""

    @property
    def facts(self) -> Mapping[str, str]:
        """What is set of it, by the keys of the settings."""
        return {"place": self.place, "media": self.media}

    @property
    def command(self) -> str:
        """The call that keeps it."""
        return say.add_command(self.name, self.place, self.media)


@dataclass(frozen=True, slots=True)
class Discovered:
    """What was found, and why some could not be looked for."""

    printers: tuple[FoundPrinter, ...]
    notes: tuple[str, ...] = ()


def find_printers(station: Station) -> Discovered:
    """What is plugged into this computer, or known to it; nothing is written."""
    with station.printing.at_device():
        found, notes = discovery.look(_computer(station), station.printing.timeout)
    kept = {_short(row.place): row.name for row in list_printers(station)}
    taken = set(kept.values())
    rows = []
    for each in found:
        row = _row(each, taken, kept.get(_short(str(each.place)), ""))
        taken.add(row.name)
        rows.append(row)
    return Discovered(tuple(rows), tuple(notes))


def hindrance(station: Station, place: str) -> str:
    """What this computer lacks for a place, be it half typed, in one sentence; empty for nothing known."""
    if place.lower().startswith(_FILE):
        return discovery.device_trouble(_computer(station), Path(place[len(_FILE) :]))
    return lacking(place)


def _computer(station: Station) -> Computer:
    return station.printing.computer or discovery.HERE


def _row(found: Found, taken: Collection[str], kept_as: str) -> FoundPrinter:
    name = kept_as or _free_name(found.title, taken)
    return FoundPrinter(found.title, name, str(found.place), found.media, kept_as, found.trouble)


def _free_name(title: str, taken: Collection[str]) -> str:
    """A short word out of what a printer calls itself, that no other printer bears."""
    word = _NO_NAME.sub("-", title.removeprefix("/dev/usb/").casefold()).strip("-")
    word = word[:_LONGEST_WORD].strip("-") or "printer"
    numbered = (f"{word}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (word, *numbered) if name not in taken)


def _short(place: str) -> str:
    """A place without its options: the same queue prints on any paper."""
    return place.strip().partition("?")[0].casefold()
