"""Sending: what is taken, what fails, and in what words."""

import logging
import os
import subprocess
import sys
import threading
import tty
from pathlib import Path

import pytest
from label_printers import (
    Behaviour,
    drops,
    never_reads,
    printer,
    reads_all,
    reads_all_and_reports,
    reads_all_and_stays_on_the_line,
    trickles,
)

from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels.printers import FilePlace, NetworkPlace, parse_place
from rollertrack.labels.printers.old import Outcome, send

JOB = b"\x1b@" + bytes(range(256)) * 48 + b"\x1dV\x42\x00"
MORE_THAN_BUFFERS_HOLD = bytes(24_000_000)
TIMEOUT = 0.3


@pytest.mark.parametrize("behaviour", [reads_all, reads_all_and_reports, reads_all_and_stays_on_the_line])
def test_a_printer_that_reads_gets_every_byte(behaviour: Behaviour, tmp_path: Path) -> None:
    with printer(behaviour) as (place, read):
        assert send(place, JOB, tmp_path) is Outcome.SENT
    assert bytes(read) == JOB


@pytest.mark.parametrize(
    ("behaviour", "job", "reason"),
    [
        pytest.param(drops, JOB, "dropped the connection in the middle", id="drops after all was sent"),
        pytest.param(drops, MORE_THAN_BUFFERS_HOLD, "dropped the connection in the middle", id="drops"),
        pytest.param(never_reads, MORE_THAN_BUFFERS_HOLD, r"no more data \(waited 0.3 s\)", id="never reads"),
        pytest.param(trickles, MORE_THAN_BUFFERS_HOLD, r"no more data \(waited 0.3 s\)", id="trickles"),
    ],
)
def test_a_printer_that_fails_is_named_with_the_reason(
    behaviour: Behaviour, job: bytes, reason: str, tmp_path: Path
) -> None:
    with printer(reads_all) as (place, _):
        send(place, JOB, tmp_path)  # loads the library, so that the limit below is the printer's alone
    # The behaviours outlast the timeout by far: the reason shows that it was the timeout that ended it.
    with printer(behaviour) as (place, _), pytest.raises(DeviceFailed, match=rf"^{place}: .*{reason}"):
        send(place, job, tmp_path, TIMEOUT)


def test_a_refused_connection_is_explained(tmp_path: Path) -> None:
    with printer(reads_all) as (place, _):
        send(place, b"", tmp_path)
    with pytest.raises(DeviceFailed, match=f"^{place}: it refuses the connection"):
        send(place, JOB, tmp_path)


def test_an_unknown_name_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DeviceFailed, match=r"^tcp://label\.invalid:9100: "):
        send(NetworkPlace("label.invalid"), JOB, tmp_path, TIMEOUT)
    with pytest.raises(DeviceFailed, match="no computer or printer of that name"):
        send(NetworkPlace("a" * 70), JOB, tmp_path)


def test_a_name_look_up_that_hangs_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()
    monkeypatch.setattr("socket.gethostbyname", lambda _: answer.wait(10) and "127.0.0.1")
    with pytest.raises(DeviceFailed, match=r"does not answer, or takes no more data \(waited 0.1 s\)"):
        send(NetworkPlace("slow"), JOB, tmp_path, 0.1)
    answer.set()


def test_a_device_file_gets_every_byte(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(reader, "rb") as pipe:
        assert send(FilePlace(device), JOB, tmp_path) is Outcome.SENT
        assert pipe.read() == JOB


def test_a_device_that_stops_taking_data_is_given_up(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(DeviceFailed, match=r"lp0: .*takes no more data \(waited 0.3 s\)"):
            send(FilePlace(device), MORE_THAN_BUFFERS_HOLD, tmp_path, TIMEOUT)
    finally:
        os.close(reader)


def test_a_slow_device_that_takes_odd_amounts_loses_nothing(tmp_path: Path) -> None:
    controller, device = os.openpty()
    os.set_blocking(controller, True)
    tty.setraw(device)
    read = bytearray()

    def print_slowly() -> None:
        while len(read) < len(JOB):
            read.extend(os.read(controller, 100))

    thread = threading.Thread(target=print_slowly, daemon=True)
    thread.start()
    send(FilePlace(Path(os.ttyname(device))), JOB, tmp_path)
    thread.join(10)
    os.close(device)
    os.close(controller)
    assert bytes(read) == JOB


def test_a_device_with_nothing_behind_it_is_explained(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    with pytest.raises(DeviceFailed, match="lp0: nothing is connected behind it"):
        send(FilePlace(device), JOB, tmp_path)


def test_a_missing_device_is_explained_and_not_created(tmp_path: Path) -> None:
    missing = tmp_path / "lp9"
    with pytest.raises(DeviceFailed, match="lp9: there is no such device"):
        send(FilePlace(missing), JOB, tmp_path / "cache")
    assert not missing.exists()


def test_a_folder_is_no_printer(tmp_path: Path) -> None:
    with pytest.raises(DeviceFailed, match="it is a folder, not a device"):
        send(FilePlace(tmp_path), JOB, tmp_path / "cache")


def test_a_plain_file_is_added_to_and_never_emptied(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.write_bytes(b"before")
    send(FilePlace(spool), JOB, tmp_path / "cache")
    assert spool.read_bytes() == b"before" + JOB


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_device_names_the_group_that_may(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    device.touch(0o400)
    with pytest.raises(DeviceFailed, match="this user may not write to it; the group lp usually may"):
        send(FilePlace(device), JOB, tmp_path / "cache")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tcp://printer", NetworkPlace("printer", 9100)),
        ("tcp://192.168.1.9:9101", NetworkPlace("192.168.1.9", 9101)),
        (" TCP://label_1.clinic.example/ ", NetworkPlace("label_1.clinic.example", 9100)),
        ("file:/dev/usb/lp0", FilePlace(Path("/dev/usb/lp0"))),
        ("file:///dev/usb/lp0", FilePlace(Path("/dev/usb/lp0"))),
    ],
)
def test_places_are_read(text: str, place: NetworkPlace | FilePlace) -> None:
    assert parse_place(text) == place
    assert parse_place(str(place)) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "printer",
        "tcp:",
        "tcp://",
        "tcp://:9100",
        "tcp://printer:0",
        "tcp://printer:65536",
        "tcp://printer:x",
        "tcp://printer/queue",
        "tcp://user@printer",
        "tcp://a b",
        "tcp://[::1]:9100",
        "tcp://[",
        "tcp://prin\x1bter",
        "usb:04b8:0202",
        "file:",
        "file:/",
        "file:lp0",
        "file://host/dev/usb/lp0",
    ],
)
def test_what_names_no_printer_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(BadInput, match=r"^printer: .* is right$"):
        parse_place(text)


def test_python_escpos_leaves_no_trace_in_the_process(tmp_path: Path) -> None:
    spool, temporary, cache = tmp_path / "spool", tmp_path / "tmp", tmp_path / "cache"
    spool.touch()
    temporary.mkdir()
    script = f"""
import logging, os, tempfile
from pathlib import Path
from rollertrack.labels.printers.old import FilePlace, send
before = dict(os.environ), tempfile.mkdtemp
send(FilePlace(Path({str(spool)!r})), b"job", Path({str(cache)!r}))
assert logging.getLogger().handlers == []
assert (dict(os.environ), tempfile.mkdtemp) == before
"""
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(temporary.iterdir()) == []
    assert cache.stat().st_mode & 0o777 == 0o700
    assert [file.name.endswith(".capabilities.pickle") for file in cache.iterdir()] == [True]


def test_half_a_cache_is_thrown_away_and_made_anew(tmp_path: Path) -> None:
    spool, cache = tmp_path / "spool", tmp_path / "cache"
    spool.touch()
    cache.mkdir()
    version = ".".join(str(part) for part in sys.version_info[:3])
    (cache / f"{version}.capabilities.pickle").write_bytes(b"\x80\x02}q\x00")
    os.utime(cache / f"{version}.capabilities.pickle", (2e9, 2e9))
    script = (
        "from pathlib import Path\nfrom rollertrack.labels.printers.old import FilePlace, send\n"
        f"send(FilePlace(Path({str(spool)!r})), b'job', Path({str(cache)!r}))"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    assert spool.read_bytes() == b"job"


def test_a_cache_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.touch()
    script = (
        "from pathlib import Path\nfrom rollertrack.errors import DeviceFailed\n"
        "from rollertrack.labels.printers.old import FilePlace, send\n"
        "try:\n"
        f"    send(FilePlace(Path({str(spool)!r})), b'job', Path({str(spool)!r}))\n"
        "except DeviceFailed as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("python-escpos cannot be loaded from its cache in ")


def test_the_root_logger_keeps_the_handlers_it_had(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    with printer(reads_all) as (place, _):
        send(place, b"", tmp_path)
    assert logging.getLogger().handlers == before
