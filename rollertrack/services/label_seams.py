"""Calls into the labels whose new shapes are on their way."""

from collections.abc import Mapping
from typing import Any

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.payload import LabelFacts
from rollertrack.labels.printer import Printer


def parse_printer(name: str, value: Any) -> Printer:
    """A printer from a value of the settings."""
    from rollertrack.labels import printers

    if hasattr(printers, "parse_printer"):
        found: Printer = printers.parse_printer(name, value)
        return found
    from rollertrack.labels.places import parse_place

    table = dict(value) if isinstance(value, Mapping) else {"place": value}
    return Printer(name, parse_place(table.pop("place")), **table)


def media_named(name: str, dpi: int | None, own: Mapping[str, Any]) -> Media:
    """The media of that name."""
    from rollertrack.labels import media

    named: Any = media.media_named
    try:
        found: Media = named(name, dpi, own)
    except TypeError:
        found = named(name)
    return found


def render(
    facts: LabelFacts, media: Media, link_base: str | None, *, mark: str, flag: bool, module: int | None
) -> Bitmap:
    """The picture of a label."""
    from rollertrack.labels import job

    draw: Any = job.render
    try:
        found: Bitmap = draw(facts, media, link_base, mark=mark, flag=flag, module=module)
    except TypeError:
        found = draw(facts, media, link_base)
    return found
