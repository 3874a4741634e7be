"""A reader of the PDF files written here, by the letter of the format and nothing of the writer's code."""

import re
import zlib
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image

_MM = 25.4 / 72
_NUMBER = rb"-?[0-9.]+"


class Drawn(NamedTuple):
    """A picture on a page: its rectangle in mm from the top left, and its dots."""

    x: float
    y: float
    width: float
    height: float
    image: Image.Image


@dataclass(frozen=True)
class ReadPage:
    """A page: its size in mm, its pictures, its outlined rectangles in mm."""

    width: float
    height: float
    pictures: list[Drawn]
    outlines: list[tuple[float, float, float, float]]

    def image(self, dpi: int) -> Image.Image:
        """What a printer of so many dots per inch makes of the page, in grey."""
        page = Image.new("L", (round(self.width * dpi / 25.4), round(self.height * dpi / 25.4)), 255)
        for x, y, width, height, image in self.pictures:
            size = round(width * dpi / 25.4), round(height * dpi / 25.4)
            at = round(x * dpi / 25.4), round(y * dpi / 25.4)
            page.paste(image.convert("L").resize(size, Image.Resampling.BOX), at)
        return page


def read_pdf(data: bytes) -> list[ReadPage]:
    """The pages of a file, found through its table of contents."""
    objects = _objects(data)
    root = _reference(data[data.rindex(b"trailer") :], b"Root")
    tree = objects[_reference(objects[root], b"Pages")]
    (kids,) = re.findall(rb"/Kids \[(.*?)\]", tree)
    return [_page(objects, int(kid)) for kid in re.findall(rb"(\d+) 0 R", kids)]


def _objects(data: bytes) -> dict[int, bytes]:
    begin = int(data.split(b"startxref\n")[-1].split()[0])
    head, *entries = data[begin : data.rindex(b"trailer")].splitlines()[1:]
    assert head == b"0 %d" % len(entries)
    found = {}
    for number, entry in enumerate(entries):
        assert len(entry) == 19  # its line end makes twenty bytes
        if number:
            start = int(entry.split()[0])
            name, _, rest = data[start:].partition(b"\n")
            assert name == b"%d 0 obj" % number
            found[number] = rest[: _end(rest)]
    return found


def _end(body: bytes) -> int:
    """Where an object ends; a stream is as long as it says, whatever bytes it holds."""
    stream = re.match(rb"<<[^\n]*/Length (\d+)[^\n]*>>\nstream\n", body)
    past = stream.end() + int(stream[1]) if stream else 0
    assert not stream or body[past:].startswith(b"\nendstream\nendobj\n")
    return body.index(b"\nendobj\n", past)


def _reference(body: bytes, name: bytes) -> int:
    (number,) = re.findall(rb"/%b (\d+) 0 R" % name, body)
    return int(number)


def _stream(body: bytes) -> bytes:
    head, _, rest = body.partition(b"\nstream\n")
    (length,) = re.findall(rb"/Length (\d+)", head)
    return zlib.decompress(rest[: int(length)])


def _page(objects: dict[int, bytes], number: int) -> ReadPage:
    body = objects[number]
    (box,) = re.findall(rb"/MediaBox \[(.*?)\]", body)
    left, bottom, width, height = (float(part) * _MM for part in box.split())
    assert (left, bottom) == (0, 0)
    content = _stream(objects[_reference(body, b"Contents")])
    numbers = rb"(%b) " % _NUMBER
    pictures = [
        Drawn(float(x) * _MM, height - (float(y) + float(h)) * _MM, float(w) * _MM, float(h) * _MM,
              _image(objects[_reference(body, name)]))
        for w, h, x, y, name in re.findall(rb"q %b0 0 %b%b%bcm /(\w+) Do Q" % ((numbers,) * 4), content)
    ]  # fmt: skip
    outlines = [
        (float(x) * _MM, height - (float(y) + float(h)) * _MM, float(w) * _MM, float(h) * _MM)
        for x, y, w, h in re.findall(rb"%b%b%b%bre S" % ((numbers,) * 4), content)
    ]
    assert len(pictures) == content.count(b" Do ")
    return ReadPage(width, height, pictures, outlines)


def _image(body: bytes) -> Image.Image:
    assert b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Decode [1 0] " in body
    width, height = (int(re.findall(rb"/%b (\d+)" % key, body)[0]) for key in (b"Width", b"Height"))
    return Image.frombytes("1", (width, height), _stream(body), "raw", "1;I")
