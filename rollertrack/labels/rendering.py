"""The way in for services: from the facts of a label to its picture."""

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts, qr_text
from rollertrack.labels.layouts.flag import place_flag
from rollertrack.labels.layouts.placing import place
from rollertrack.labels.media import Media
from rollertrack.labels.qr import matrix


def render(
    facts: LabelFacts, media: Media, link_base: str | None = None, *, mark: str = "", flag: bool = False,
    module: int | None = None,
) -> Bitmap:  # fmt: skip
    """The picture of a label, the very dots that are previewed, printed and written.

    `mark` is the generation mark of a reprint, `flag` asks for a label that folds round a handle, and
    `module` is the least dots a module that the printer was proved with. Raises BadInput for a link base
    that is malformed, and for a label that does not fit the media.
    """
    # Pillow is loaded with the first picture, not with the program.
    from rollertrack.labels import fonts, raster

    payload = qr_text(facts.code, link_base, mark)
    layout = (place_flag if flag else place)(facts, payload, media, fonts.measure, mark=mark, module=module)
    return raster.draw(layout, matrix(payload, layout.level, layout.modules))
