"""Labels in files: whole or not at all, at their true size."""

import errno
import os
from pathlib import Path

import pytest
from escpos_decoder import decode, qr_texts
from PIL import Image

from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.files import write
from rollertrack.labels.job import print_job, render
from rollertrack.labels.pages import sheet
from rollertrack.labels.papers.media import MEDIA
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
        assert set(qr_texts(image.convert("L"))) == set(CODES)


def test_bin_is_the_very_job(tmp_path: Path) -> None:
    path = tmp_path / "labels.bin"
    write(path, LABELS, ROLL, copies=2)
    assert path.read_bytes() == print_job(LABELS, copies=2)
    assert len(decode(path.read_bytes())) == 6


def test_bin_lies_as_the_paper_is_fed(tmp_path: Path) -> None:
    standing = MEDIA["17x54"]
    label = render(LabelFacts(CODES[0], "evening", "roller"), standing)
    write(tmp_path / "label.bin", [label], standing)
    (picture,) = decode((tmp_path / "label.bin").read_bytes())
    assert (picture.width, picture.height) == ((label.height + 7) // 8 * 8, label.width)


def test_pdf_is_pages_at_true_size(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    write(path, LABELS, ROLL, copies=10)
    assert path.read_bytes() == sheet.pdf([each for each in LABELS for _ in range(10)], ROLL)


def test_a_label_larger_than_a_page_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="to: a label is larger than an A4 page"):
        write(tmp_path / "labels.pdf", [Bitmap(8, 3000, bytes(3000))], ROLL)
    assert list(tmp_path.iterdir()) == []


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
