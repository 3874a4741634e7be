"""A reader that turns printed ESC/POS bytes back into pictures, and pictures back into QR text.

It knows reset, raster and cut, and passes over the questions asked before and after them; it refuses
every other byte: what it accepts holds no command of somebody else's making.
"""

import re
import struct

import zxingcpp
from PIL import Image

from rollertrack.labels.bitmap import Bitmap

_RESET, _RASTER, _CUT = b"\x1b@", b"\x1dv0\x00", b"\x1dV\x42\x00"
_INVERTED = bytes(~byte & 0xFF for byte in range(256))
_ASKED_BEFORE = re.compile(rb"(?:\x10\x04[\x01-\x04])*")
_ASKED_AFTER = re.compile(rb"(?:\x1dr\x01|\x10\x04[\x01-\x04])*\Z")


def decode(job: bytes) -> list[Bitmap]:
    """The pictures of a job, one for each cut."""
    asked = _ASKED_BEFORE.match(job)
    job = job[asked.end() if asked else 0 :]
    if not job.startswith(_RESET):
        raise ValueError("the job does not begin with a reset")
    pictures: list[Bitmap] = []
    bands: list[bytes] = []
    stride, position = 0, len(_RESET)
    while position < len(job):
        if job.startswith(_RASTER, position):
            stride, height = struct.unpack_from("<HH", job, position + len(_RASTER))
            start = position + len(_RASTER) + 4
            position = start + stride * height
            if position > len(job):
                raise ValueError(f"a raster of {stride} x {height} bytes runs past the end")
            bands.append(job[start:position])
        elif job.startswith(_CUT, position):
            rows = b"".join(bands)
            pictures.append(Bitmap(stride * 8, len(rows) // stride, rows))
            bands.clear()
            position += len(_CUT)
        elif not bands and _ASKED_AFTER.match(job, position):
            break
        else:
            raise ValueError(f"byte {position} is neither raster nor cut: {job[position : position + 8]!r}")
    if bands:
        raise ValueError("the last picture is never cut off")
    return pictures


def grey(bitmap: Bitmap) -> Image.Image:
    """The picture as a camera would hand it over."""
    # Not through the package's own conversion, which is under test.
    inverted = bitmap.rows.translate(_INVERTED)
    return Image.frombytes("1", (bitmap.width, bitmap.height), inverted).convert("L")


def qr_texts(image: Image.Image) -> list[str]:
    """The text of every QR code in a picture, read by zxing-cpp."""
    alone = zxingcpp.barcode_formats_from_str("QRCode")
    return [found.text for found in zxingcpp.read_barcodes(image, alone)]
