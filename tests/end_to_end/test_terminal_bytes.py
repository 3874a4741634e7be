"""Real bytes into the real program: what scans, boxes, answers and modifier keys do to the record."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.forked import run
from harness.terminals import Terminal, program

from rollertrack.domain.code import shown

APP = "run_app.py"
ESC_KEY = b"\x1b[27u"


def rollertrack(database: Path, *words: str) -> str:
    told = run(["--database", str(database), *words], os.environ)
    assert told.status == 0, told
    return told.out.decode()


class Station:
    """A database with one roller chosen on the bench, whose soak is up, and another that is scanned."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "station.db"
        self.scanned = rollertrack(self.database, "add", "--length", "0.5", "--name", "scanned").strip()
        self.chosen = rollertrack(self.database, "add", "--length", "0.5", "--name", "chosen").strip()
        rollertrack(self.database, "soak", self.chosen, "--agent", "alcohol", "--at", "2026-01-02T10:00")

    @property
    def entries(self) -> int:
        logs = [rollertrack(self.database, "log", code, "--json") for code in (self.chosen, self.scanned)]
        return sum(len(json.loads(log)["entries"]) for log in logs)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


@pytest.fixture
def bench(station: Station) -> Iterator[Terminal]:
    with program(APP, str(station.database), columns=120) as terminal:
        terminal.wait_for(shown(station.chosen))
        yield terminal


def press(terminal: Terminal, key: bytes) -> None:
    """A key pressed by a hand that has read: what comes sooner after a scan is none."""
    time.sleep(0.3)
    terminal.type(key)


def shift(text: str, key: str) -> bytes:
    """Capitals as a terminal with the keyboard protocol tells them."""
    return "".join(f"{key}\x1b[{ord(char.lower())};2;{ord(char)}u" for char in text).encode() + b"\x1b[13u"


def test_every_form_of_a_scan_opens_the_roller_scanned_and_does_nothing(
    station: Station, bench: Terminal
) -> None:
    code = station.scanned.encode()
    before = station.entries
    scans = [
        code + b"\r",
        code.lower() + b"\r\n",
        shown(station.scanned).encode() + b"\t",
        b"HTTP://HOST:8080/R/" + code + b"\r",
        b"\x02" + code + b"\x03\r",
        code + b"\x00\r",
        code + b"\x1d\r",
        code + b"\x04\r",
        code + b"\xc2\xa0\r",
        b"\x1b[200~" + code + b"\n\x1b[201~",
        shift(station.scanned, "\x1b[57441;2u"),
        shift(station.scanned, "\x1b[57441u"),
        shift(station.scanned, "\x1b[57447;130u"),
        shift(f"HTTP://HOST/R/{station.scanned}", "\x1b[57441;2:1u"),
        b"\x1b[57358u" + b"".join(b"\x1b[%d;65u" % letter for letter in code.lower()) + b"\x1b[13;65u",
        b"\x1b]11;rgb:cccc/cccc/cccc\x1b\\" + code + b"\x1b[?62;4c\r",
    ]  # fmt: skip
    for scan in scans:
        start = len(bench.written)
        bench.type(scan)
        bench.wait_for("scanned · 0.50 mm", start)
        start = len(bench.written)
        press(bench, ESC_KEY)
        bench.wait_for("chosen", start)
    assert station.entries == before


def test_what_is_no_scan_of_ours_presses_no_key(station: Station, bench: Terminal) -> None:
    before = station.entries
    for foreign, said in [
        (b"care@skin.example\r", "This is not a RollerTrack code"),
        (b"]d20104012345678901172712311012345A\x1d21SERIAL\r", "A maker's barcode"),
        (b"0104012345678901172712311012345A\x1b[19~21c\r", "A maker's barcode"),
        (b"(01)04012345678901(10)acimqvwxyz\t", "A maker's barcode"),
        (b"+A123BJC5D6E71G\r", "A maker's barcode"),
        (b"4006381333931", "A maker's barcode"),
        ("клведитуи\r".encode(), "Cyrillic letters came"),
    ]:
        start = len(bench.written)
        bench.type(foreign)
        bench.wait_for(said, start)
        start = len(bench.written)
        press(bench, ESC_KEY)
        bench.wait_for("chosen", start)
    assert station.entries == before


def test_answers_and_torn_reports_press_no_key(station: Station, bench: Terminal) -> None:
    before = station.entries
    for answer in (b"\x1b]11;rgb:cccc/cccc/cccc\x1b\\", b"\x1bP>|acim(0.42)\x1b\\", b"\x1b_Gi=31;ccc\x1b\\",
                   b"\x1b[?62;22c", b"\x1b[?31u", b"\x1b[<35;10;10M"):  # fmt: skip
        for place in (2, len(answer) // 2, len(answer) - 1):
            bench.type(answer[:place])
            time.sleep(0.2)  # a slow line; longer than any sequence is waited for elsewhere
            bench.type(answer[place:])
    start = len(bench.written)
    press(bench, b"c")
    bench.wait_for("Take out of the soak", start)
    assert b"Shortcuts" not in bench.written
    press(bench, ESC_KEY)
    assert station.entries == before


def test_an_answer_that_comes_while_the_program_starts_presses_no_key(station: Station) -> None:
    before = station.entries
    with program(APP, str(station.database), columns=120) as terminal:
        terminal.type(b"\x1b]11;rgb:cccc/cc")
        terminal.wait_for("\x1b[?1049h")
        terminal.type(b"cc/cccc\x1b\\\x1b[?62;4c\x1bP>|cccc\x1b\\")
        terminal.wait_for(shown(station.chosen))
        terminal.type(station.scanned.encode() + b"\r")
        terminal.wait_for("scanned · 0.50 mm")
    assert station.entries == before
