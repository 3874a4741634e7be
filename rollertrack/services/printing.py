"""What a station knows of printing: its printers by name, its link base, where a library may keep a cache."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from rollertrack.errors import BadInput
from rollertrack.labels.media import DEFAULT_MEDIA
from rollertrack.labels.places import Place, parse_place


@dataclass(frozen=True, slots=True)
class Printing:
    """The label settings of a station; `printers` maps a name to a place such as tcp://HOST:PORT."""

    cache: Path = field(default_factory=lambda: Path.home() / ".cache" / "rollertrack")
    printers: Mapping[str, str] = field(default_factory=dict)
    default_printer: str | None = None
    media: str = DEFAULT_MEDIA
    link_base: str | None = None
    timeout: float = 5.0

    def place(self, named: str | None) -> Place:
        """The place of a printer, by its name in the settings or as a place itself."""
        text = named or self.default_printer
        if text is None:
            raise BadInput(
                "printer",
                "none is set; give --printer tcp://HOST:PORT or file:/dev/usb/lp0, or --to FILE.png",
            )
        if ":" in text:
            return parse_place(text)
        if text not in self.printers:
            near = get_close_matches(text, list(self.printers), n=1)
            known = ", ".join(self.printers) or "none"
            hint = f"did you mean {near[0]}?" if near else f"the settings name: {known}"
            raise BadInput("printer", f"“{text[:40]}” is not known; {hint}")
        return parse_place(self.printers[text])
