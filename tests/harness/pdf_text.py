"""The text of a PDF as another program reads it: the words of each page, in the order of writing."""

import re
import zlib

_STREAM = re.compile(rb"<<([^>]*)>>\s*stream\r?\n(.*?)endstream", re.DOTALL)
_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


def pages_of(data: bytes) -> list[list[str]]:
    """Every text of every page that is written in a built-in font."""
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    pages = []
    for head, body in _STREAM.findall(data):
        if b"/FlateDecode" in head:
            content = zlib.decompressobj().decompress(body)
            if b" Tj" in content:
                pages.append([_plain(each) for each in _SHOWN.findall(content)])
    return pages


def _plain(raw: bytes) -> str:
    def byte(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8)]) if said.isdigit() else said

    return _ESCAPED.sub(byte, raw).decode("cp1252", "replace")
