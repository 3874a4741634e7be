"""The last door before the terminal: no character of data may be a command to it."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.app import App, ReturnType
from textual.color import Color
from textual.filter import LineFilter

from rollertrack.domain.text import printable


class PrintableOnly(LineFilter):
    """Replaces what is not printable in the text of every line; each piece of a line keeps its width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments, with the unprintable ones cleaned."""
        return [_clean(segment) for segment in segments]


def _clean(segment: Segment) -> Segment:
    text, style, control = segment
    if control:
        return segment
    if style is not None and style.link and not style.link.isprintable():
        style = style.update_link(None)
    elif text.isprintable():
        return segment
    return Segment(set_cell_size(printable(text), cell_len(text)), style, control)


class PrintableApp(App[ReturnType]):
    """An app whose widgets cannot send a command to the terminal, whatever their text holds."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of the app, and last the one that leaves only printable text."""
        return [*super().get_line_filters(), _PRINTABLE_ONLY]


_PRINTABLE_ONLY = PrintableOnly()
