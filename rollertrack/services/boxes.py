"""What was scanned of a maker's box; what reads it is loaded at the first one."""

from collections.abc import Sequence

from rollertrack.domain.barcodes import Readings, joined


def read_box(texts: Sequence[str]) -> Readings:
    """Every reading of a box from its one code, or from its two; BadInput where there is none."""
    from rollertrack.boxes.reading import read

    found: Readings = ()
    for text in texts:
        found = joined(found, read(text))
    return found
