"""Text broken into lines that fit a width; what does not fit ends in an ellipsis."""

import unicodedata
from collections.abc import Callable, Iterator

_ELLIPSIS = "…"

Width = Callable[[str], int]


def wrapped(text: str, room: int, most: int, width: Width) -> list[str]:
    """At most `most` lines, none wider than `room`; broken between words where that is possible.

    None at all where the text would be cut and there is no room for the ellipsis.
    """
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1:
        line = _first_line(rest, room, width)
        if not line:
            break
        lines.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    last = fitted(rest, room, width)
    if rest and not last:
        return []
    return [*lines, last] if last else lines


def fitted(text: str, room: int, width: Width) -> str:
    """The text, or as much of its beginning as fits before an ellipsis; empty when nothing does."""
    if not text or width(text) <= room:
        return text
    for beginning in _beginnings(text):
        cut = beginning.rstrip() + _ELLIPSIS
        if width(cut) <= room:
            return cut
    return _ELLIPSIS if width(_ELLIPSIS) <= room else ""


def _first_line(text: str, room: int, width: Width) -> str:
    """As many whole words as fit; of one word that is too wide, as many characters."""
    if width(text) <= room:
        return text
    fitting = [part for part in _beginnings(text) if width(part.rstrip()) <= room]
    between_words = (part for part in fitting if text[len(part)] == " ")
    return next(between_words, fitting[0] if fitting else "")


def _beginnings(text: str) -> Iterator[str]:
    """Every shorter beginning, the longest first, never between a letter and its accent."""
    for end in range(len(text) - 1, 0, -1):
        if not unicodedata.combining(text[end]):
            yield text[:end]
