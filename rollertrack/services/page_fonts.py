"""The fonts of this computer for pages of text."""

from pathlib import Path


def font_runs(text: str, bold: bool) -> tuple[tuple[Path | None, str], ...]:
    """A text cut into runs, each with a font of this computer that has it."""
    from rollertrack.labels.fonts import runs
    from rollertrack.labels.layouts.layout import Face

    return runs(text, Face.BOLD if bold else Face.REGULAR)
