"""The bytes a printer gets."""

from pathlib import Path

import pytest
from escpos.printer import Dummy
from harness.escpos_decoder import decode, grey
from harness.label_strategies import facts
from hypothesis import given, settings

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.files import write
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.media import MEDIA
from rollertrack.labels.printers.escpos import encode, raster
from rollertrack.labels.raster import from_image, to_image
from rollertrack.labels.rendering import render

SMALL = Bitmap(11, 2, b"\xff\xe0\x80\x20")


def test_a_job_is_reset_picture_feed_and_cut_and_nothing_else() -> None:
    assert encode([SMALL]) == b"\x1b@" + b"\x1dv0\x00\x02\x00\x02\x00\xff\xe0\x80\x20" + b"\x1dVB\x00"


@pytest.mark.parametrize(("width", "height"), [(384, 240), (381, 33), (576, 1), (100, 960), (384, 2000)])
def test_the_raster_is_byte_for_byte_that_of_python_escpos(width: int, height: int) -> None:
    stride = (width + 7) // 8
    pad = stride * 8 - width
    rows = b"".join(
        (((y * 2654435761 + 12345) ** 40 % 2**width) << pad).to_bytes(stride) for y in range(height)
    )
    bitmap = Bitmap(width, height, rows)
    printer = Dummy()
    printer.image(to_image(bitmap), impl="bitImageRaster")
    assert raster(bitmap) == printer.output


@given(facts)
@settings(max_examples=40, deadline=None)
def test_no_text_of_the_user_reaches_the_printer_as_bytes(known: LabelFacts) -> None:
    # The decoder refuses every byte that is not picture, reset or cut.
    picture = render(known, MEDIA["58mm"])
    assert decode(encode([picture])) == [picture]


def test_copies_of_one_label_come_together(tmp_path: Path) -> None:
    other = Bitmap(16, 1, b"\x00\x01")
    write(tmp_path / "job.bin", [SMALL, other], MEDIA["58mm"], 2)
    rows = [picture.rows for picture in decode((tmp_path / "job.bin").read_bytes())]
    assert rows == [SMALL.rows, SMALL.rows, other.rows, other.rows]


@pytest.mark.parametrize("copies", [0, -1, 100])
def test_a_senseless_number_of_copies_is_refused(copies: int, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"copies: {copies} is out of range; 1 to 99 is right"):
        write(tmp_path / "job.bin", [SMALL], MEDIA["58mm"], copies)
    assert not list(tmp_path.iterdir())


def test_black_is_black_on_the_way_to_pillow_and_back() -> None:
    image = to_image(SMALL)
    assert image.convert("L").tobytes() == grey(SMALL).tobytes()
    assert from_image(image) == SMALL
