"""Calls into the labels whose new shapes are on their way."""

from typing import Any

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.payload import LabelFacts


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
