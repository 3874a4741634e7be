"""Labels in files: whole or not at all, at their true size."""

import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from harness.escpos_decoder import decode, qr_texts
from PIL import Image

from rollertrack.errors import BadInput, DeviceFailed, FileThere
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.files import write
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.media import MEDIA
from rollertrack.labels.pages import sheet
from rollertrack.labels.printers.escpos import encode
from rollertrack.labels.rendering import render

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
    assert path.read_bytes() == encode([each for each in LABELS for _ in range(2)])
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


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    write(tmp_path / "new.bin", LABELS, ROLL)
    assert rights(tmp_path / "new.bin") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["new.bin"]


def test_a_file_is_replaced_only_where_that_is_said_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "real.bin"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with pytest.raises(FileThere, match=r"to: .*real\.bin exists already; replace it, or name") as there:
        write(path, LABELS, ROLL)
    assert "; --force replaces it, or name" in there.value.at_prompt
    assert path.read_bytes() == b"old"
    write(path, LABELS, ROLL, force=True)
    assert path.read_bytes() == encode(LABELS)
    assert rights(path) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["real.bin"]


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_never_followed_nor_replaced(force: bool, tmp_path: Path) -> None:
    target, link, lost = tmp_path / "real.bin", tmp_path / "link.bin", tmp_path / "lost.bin"
    target.write_bytes(b"old")
    link.symlink_to(target)
    lost.symlink_to(tmp_path / "nowhere.bin")
    for each in (link, lost):
        with pytest.raises(BadInput, match="is a link; name the file itself"):
            write(each, LABELS, ROLL, force=force)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.bin", "lost.bin", "real.bin"]


@pytest.mark.parametrize("force", [False, True])
def test_a_database_of_any_name_is_never_replaced(force: bool, tmp_path: Path) -> None:
    path = tmp_path / "rollers.bin"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = wal")
        database.execute("CREATE TABLE roller (code)")
        database.commit()
        (tmp_path / "log.bin").hardlink_to(tmp_path / "rollers.bin-wal")
        for name in ("rollers.bin", "log.bin"):
            before = (tmp_path / name).read_bytes()
            with pytest.raises(BadInput, match="is a database; name another file"):
                write(tmp_path / name, LABELS, ROLL, force=force)
            assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("force", [False, True])
def test_a_read_only_file_is_never_replaced(force: bool, tmp_path: Path) -> None:
    path = tmp_path / "kept.bin"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(BadInput, match="is read-only; name another file"):
        write(path, LABELS, ROLL, force=force)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_meanwhile_is_not_replaced(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sync = tmp_path / "labels.bin", os.fsync

    def late(descriptor: int) -> None:
        sync(descriptor)
        path.write_bytes(b"of another")

    def none(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links on this disk")

    monkeypatch.setattr(os, "fsync", late)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", none)
    with pytest.raises(FileThere):
        write(path, LABELS, ROLL)
    assert path.read_bytes() == b"of another"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_without_links_gets_its_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links on this disk")

    monkeypatch.setattr(Path, "hardlink_to", none)
    write(tmp_path / "labels.bin", LABELS, ROLL)
    assert (tmp_path / "labels.bin").read_bytes() == encode(LABELS)
    assert rights(tmp_path / "labels.bin") == 0o600


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "labels.png").mkdir()
    with pytest.raises(BadInput, match=r"labels\.png is a folder, not a file"):
        write(tmp_path / "labels.png", LABELS, ROLL)


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "labels.bin")
    with pytest.raises(BadInput, match=r"labels\.bin is a device, not a file"):
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
        write(path, LABELS, ROLL, force=True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
