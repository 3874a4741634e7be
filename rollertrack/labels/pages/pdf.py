"""PDF pages of one-bit pictures, written by hand: exact sizes, each picture held once and never resized."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rollertrack.labels.bitmap import MM_PER_INCH, Bitmap

_POINTS = 72 / MM_PER_INCH
"""In one mm."""
_HAIRLINE = "0.3 w 0.55 G\n"
_TRUE_SIZE = "<< /PrintScaling /None >>"
# The second line marks the file as binary for programs that guess.
_HEADER = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _TREE, _INFO, _FIRST_FREE = 1, 2, 3, 4


class Picture(NamedTuple):
    """A picture stretched over a rectangle; all in mm from the top left corner of its page."""

    x: float
    y: float
    width: float
    height: float
    bitmap: Bitmap


class Outline(NamedTuple):
    """A rectangle drawn as a hairline; all in mm from the top left corner of its page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, its size in mm, and what stands on it."""

    width: float
    height: float
    pictures: Sequence[Picture]
    outlines: Sequence[Outline] = ()


def document(pages: Iterable[Page], title: str) -> bytes:
    """A PDF file; the pages are taken one by one, so that only one need be in memory.

    It asks viewers to print at true size, and holds no date: equal pages make equal files.
    """
    writer = _Writer()
    kids = [writer.page(page) for page in pages]
    return writer.finished(kids, title)


class _Writer:
    """Numbered objects, one after the other, and where in the file each begins."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._size = len(_HEADER)
        self._offsets: dict[int, int] = {}
        self._next = _FIRST_FREE
        self._pictures: dict[bytes, int] = {}

    def page(self, page: Page) -> int:
        """Write a page with its pictures; its number."""
        numbers = [self._picture(picture.bitmap) for picture in page.pictures]
        drawn = (
            f"q {_size(picture, ' 0 0 ')} {_corner(page, picture)} cm /P{number} Do Q\n"
            for picture, number in zip(page.pictures, numbers, strict=True)
        )
        outlined = (f"{_corner(page, outline)} {_size(outline, ' ')} re S\n" for outline in page.outlines)
        contents = self._stream("", zlib.compress("".join((*drawn, _HAIRLINE, *outlined)).encode()))
        names = " ".join(f"/P{number} {number} 0 R" for number in sorted(set(numbers)))
        return self._add(
            f"<< /Type /Page /Parent {_TREE} 0 R /MediaBox [0 0 {_points(page.width)} {_points(page.height)}]"
            f" /Resources << /XObject << {names} >> >> /Contents {contents} 0 R >>"
        )

    def _picture(self, bitmap: Bitmap) -> int:
        """The number of a picture, written when it is met for the first time."""
        facts = (
            f"/Type /XObject /Subtype /Image /Width {bitmap.width} /Height {bitmap.height}"
            " /ColorSpace /DeviceGray /BitsPerComponent 1 /Decode [1 0] "
        )
        packed = zlib.compress(bitmap.rows)
        key = facts.encode() + packed
        if key not in self._pictures:
            self._pictures[key] = self._stream(facts, packed)
        return self._pictures[key]

    def _stream(self, facts: str, packed: bytes) -> int:
        head = f"<< {facts}/Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        return self._add(head, packed + b"\nendstream")

    def _add(self, head: str, rest: bytes = b"") -> int:
        number, self._next = self._next, self._next + 1
        self._put(number, head, rest)
        return number

    def _put(self, number: int, head: str, rest: bytes = b"") -> None:
        self._offsets[number] = self._size
        part = b"%d 0 obj\n%b%b\nendobj\n" % (number, head.encode(), rest)
        self._parts.append(part)
        self._size += len(part)

    def finished(self, kids: Sequence[int], title: str) -> bytes:
        """The whole file with its table of contents."""
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self._put(_TREE, f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>")
        self._put(_CATALOG, f"<< /Type /Catalog /Pages {_TREE} 0 R /ViewerPreferences {_TRUE_SIZE} >>")
        self._put(_INFO, f"<< /Title <feff{title.encode('utf-16-be').hex()}> /Producer (RollerTrack) >>")
        entries = (f"{self._offsets[number]:010} 00000 n \n" for number in range(1, self._next))
        self._parts.append(
            f"xref\n0 {self._next}\n0000000000 65535 f \n{''.join(entries)}"
            f"trailer\n<< /Size {self._next} /Root {_CATALOG} 0 R /Info {_INFO} 0 R >>\n"
            f"startxref\n{self._size}\n%%EOF\n".encode()
        )
        return b"".join(self._parts)


def _size(mark: Picture | Outline, between: str) -> str:
    return f"{_points(mark.width)}{between}{_points(mark.height)}"


def _corner(page: Page, mark: Picture | Outline) -> str:
    """The bottom left corner of a mark: PDF counts from the bottom of the page."""
    return f"{_points(mark.x)} {_points(page.height - mark.y - mark.height)}"


def _points(mm: float) -> str:
    """A length as PDF writes it, to a hundredth of a dot at 600 dpi."""
    return f"{mm * _POINTS:.3f}"
