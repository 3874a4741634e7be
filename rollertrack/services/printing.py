"""What a station knows of printing: its printers by name, its link base, where a library may keep a cache."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rollertrack.domain.text import near_hint
from rollertrack.errors import BadInput

if TYPE_CHECKING:
    from rollertrack.labels.places import Place


@dataclass(frozen=True, slots=True)
class Printing:
    """The label settings of a station; `printers` maps a name to a place such as tcp://HOST:PORT."""

    cache: Path = field(default_factory=lambda: Path.home() / ".cache" / "rollertrack")
    printers: Mapping[str, str] = field(default_factory=dict)
    default_printer: str | None = None
    media: str = "58mm"
    link_base: str | None = None
    timeout: float = 5.0

    def place(self, named: str | None) -> "Place":
        """The place of a printer, by its name in the settings or as a place itself."""
        from rollertrack.labels.places import parse_place

        text = named or self.default_printer
        if text is None:
            raise BadInput(
                "printer",
                "none is set; give --printer tcp://HOST:PORT or file:/dev/usb/lp0, or --to FILE.png",
            )
        if ":" in text:
            return parse_place(text)
        if text not in self.printers:
            hint = near_hint(text, self.printers, f"the settings name: {', '.join(self.printers) or 'none'}")
            raise BadInput("printer", f"“{text[:40]}” is not known; {hint}")
        return parse_place(self.printers[text])
