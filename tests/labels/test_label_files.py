"""Labels in files: whole or not at all, at their true size."""

import errno
import os
import struct
from io import BytesIO
from pathlib import Path

import pytest
from escpos_decoder import decode, qr_texts
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels import sheet
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.files import write
from rollertrack.labels.job import print_job, render
from rollertrack.labels.media import MEDIA
from rollertrack.labels.payload import LabelFacts

ROLL = MEDIA["58mm"]
CODES = ("RKDTLBNEB", "RSTUBDEFT", "RBBDEFGHO")
LABELS = [render(LabelFacts(code, "evening", "roller"), ROLL) for code in CODES]


def test_png_is_one_strip_at_the_dpi_of_the_media(tmp_path: Path) -> None:
    path = tmp_path / "labels.PNG"
    write(path, LABELS, ROLL)
    with Image.open(path) as image:
        assert image.mode == "1"
        assert image.info["dpi"] == pytest.approx((203, 203), abs=0.01)
        assert image.width == 384
        assert sorted(qr_texts(image.convert("L"))) == sorted(CODES)


def test_bin_is_the_very_job(tmp_path: Path) -> None:
    path = tmp_path / "labels.bin"
    write(path, LABELS, ROLL, copies=2)
    assert path.read_bytes() == print_job(LABELS, copies=2)
    assert len(decode(path.read_bytes())) == 6


def test_pdf_shows_every_label_dot_for_dot_on_a4(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    write(path, LABELS, ROLL)
    page = _page(path.read_bytes())
    assert page.size == (1678, 2374)
    assert sorted(qr_texts(page.convert("L"))) == sorted(CODES)
    for x, y, bitmap in next(sheet.pages_of(LABELS, ROLL)):
        cut = page.crop((x, y, x + bitmap.width, y + bitmap.height))
        assert cut.tobytes("raw", "1;I") == bitmap.rows
    (box,) = _media_boxes(path.read_bytes())
    assert box == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=0.2)


def test_many_labels_take_several_pages(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    write(path, LABELS, ROLL, copies=10)
    assert len(_media_boxes(path.read_bytes())) == len(list(sheet.pages_of(LABELS * 10, ROLL))) == 2


def _media_boxes(pdf: bytes) -> list[tuple[float, float]]:
    found = []
    for part in pdf.split(b"/MediaBox [")[1:]:
        numbers = [float(number) for number in part[: part.index(b"]")].split()]
        found.append((numbers[2], numbers[3]))
    return found


def _page(pdf: bytes) -> Image.Image:
    """The picture of the first page: its fax-coded stream in a TIFF wrapper of our own."""
    dictionary, _, rest = pdf.partition(b"stream\n")
    assert b"/BlackIs1 true" in dictionary
    width, height, length = (
        int(dictionary.split(b"/" + key)[-1].split()[0]) for key in (b"Width", b"Height", b"Length")
    )
    tags = [(256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 4), (262, 3, 1), (273, 4, 122)]
    tags += [(277, 3, 1), (278, 4, height), (279, 4, length)]
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    tiff = struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4) + rest[:length]
    image = Image.open(BytesIO(tiff))
    image.load()
    return image


@given(st.lists(st.tuples(st.integers(1, 1500), st.integers(1, 2200)), min_size=1, max_size=30))
def test_labels_on_a_sheet_never_overlap_nor_leave_the_page(sizes: list[tuple[int, int]]) -> None:
    bitmaps = [Bitmap(width, height, bytes((width + 7) // 8 * height)) for width, height in sizes]
    pages = list(sheet.pages_of(bitmaps, ROLL))
    assert [bitmap for page in pages for _, _, bitmap in page] == bitmaps
    for page in pages:
        assert page
        for at, (x, y, bitmap) in enumerate(page):
            assert min(x, y) >= ROLL.dots(10)
            assert x + bitmap.width <= ROLL.dots(210) - ROLL.dots(10)
            assert y + bitmap.height <= ROLL.dots(297) - ROLL.dots(10)
            for left, top, other in page[:at]:
                assert left + other.width < x or top + other.height < y


def test_a_label_larger_than_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="to: a label is larger than an A4 page"):
        write(tmp_path / "labels.pdf", [Bitmap(8, 3000, bytes(3000))], ROLL)


@pytest.mark.parametrize("name", ["labels", "labels.jpg", ".png"])
def test_an_unknown_ending_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"to: .* has no known ending; \.png, \.pdf, \.bin are right"):
        write(tmp_path / name, LABELS, ROLL)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_and_a_link_goes_on_pointing_to_it(tmp_path: Path) -> None:
    target, link = tmp_path / "real.bin", tmp_path / "link.bin"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write(link, LABELS, ROLL)
    assert link.is_symlink()
    assert target.read_bytes() == print_job(LABELS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.bin", "real.bin"]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "labels.png").mkdir()
    with pytest.raises(DeviceFailed, match=r"labels\.png: it is a folder, not a file"):
        write(tmp_path / "labels.png", LABELS, ROLL)


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "labels.bin")
    with pytest.raises(DeviceFailed, match=r"labels\.bin: it is a device, not a file"):
        write(tmp_path / "labels.bin", LABELS, ROLL)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeviceFailed, match=r"none/labels\.png: .* its folder does not exist"):
        write(tmp_path / "none" / "labels.png", LABELS, ROLL)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "labels.bin"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeviceFailed, match=r"labels\.bin: it could not be written: no space left on device"):
        write(path, LABELS, ROLL)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
