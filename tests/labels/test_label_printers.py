"""Sending to a printer on the network: what it says before and after, what fails, and in what words."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from harness.escpos_decoder import decode
from harness.label_printers import (
    Behaviour,
    EmulatedPrinter,
    drops,
    hangs_up,
    never_reads,
    printer,
    reads_all,
    reads_all_and_reports,
    reads_all_and_stays_on_the_line,
    trickles,
)

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import media_named
from rollertrack.labels.places import Language, NetworkPlace
from rollertrack.labels.printer import BrokenOff, NotSent, Outcome, Printer, PrinterState, Sent
from rollertrack.labels.printers.delivery import send, status
from rollertrack.labels.printers.escpos import Ear, Said, read_state
from rollertrack.labels.printers.language import refuse_words
from rollertrack.labels.printers.network import NetworkTransport

ROLL = media_named("58mm")
LABEL = Bitmap(384, 240, bytes(range(256)) * 45)
MORE_THAN_BUFFERS_HOLD = Bitmap(384, 500_000, bytes(24_000_000))
TIMEOUT = 0.3
SPARE = 3.0
"""Seconds a busy machine may take over and above; far less than the behaviours last."""

Say = Callable[[bytes], None]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever happens inside must not take longer."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds + SPARE


@pytest.fixture(autouse=True)
def library(tmp_path: Path) -> None:
    """Load the library beforehand, so that the time limits below are the printer's alone."""
    with EmulatedPrinter() as there:
        status(Printer("", there.place), tmp_path, 5.0)


def sent_to(place: NetworkPlace, folder: Path, *pictures: Bitmap, timeout: float = TIMEOUT) -> Outcome:
    return send(Printer("", place), pictures or (LABEL,), ROLL, folder, timeout)


def test_a_printer_that_answers_confirms_what_it_printed(tmp_path: Path) -> None:
    with EmulatedPrinter() as there:
        assert sent_to(there.place, tmp_path, LABEL, LABEL, timeout=5.0) == Outcome(Sent.CONFIRMED)
    assert there.printed == [LABEL, LABEL]


def test_a_printer_that_answers_wrongly_is_not_asked_when_its_status_is_off(tmp_path: Path) -> None:
    class Liar(EmulatedPrinter):
        def answer_now(self, number: int, answer: Callable[[bytes], None]) -> None:  # noqa: ARG002
            answer(b"\x7e")

    with Liar() as there:
        with pytest.raises(NotSent):
            sent_to(there.place, tmp_path, timeout=5.0)
        believed_less = Printer("", there.place, status="off")
        assert status(believed_less, tmp_path, 5.0) == "connected; it is not asked, as its status is off"
        there.received.clear()
        outcome = send(believed_less, (LABEL,), ROLL, tmp_path, 5.0)
        assert outcome == Outcome(Sent.SENT, "it is not asked, as its status is off")
    assert there.printed == [LABEL]
    assert not there.received.startswith(b"\x10\x04")


def test_a_printer_that_is_off_is_told_even_where_none_is_asked(tmp_path: Path) -> None:
    with EmulatedPrinter() as there:
        gone = there.place
    with pytest.raises(NotSent, match="it refuses the connection"):
        status(Printer("", gone, status="off"), tmp_path, 5.0)


def test_paper_low_is_a_note_and_no_hindrance(tmp_path: Path) -> None:
    with EmulatedPrinter(paper="low") as there:
        assert sent_to(there.place, tmp_path, timeout=5.0) == Outcome(Sent.CONFIRMED, "paper low")
        assert status(Printer("", there.place), tmp_path, 5.0) == "ready, paper low"


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        pytest.param(lambda: EmulatedPrinter(paper="out"), "the paper is out; put in", id="paper"),
        pytest.param(lambda: EmulatedPrinter(cover_open=True), "its cover is open; close it", id="cover"),
        pytest.param(lambda: EmulatedPrinter(offline=True), "it is offline; press", id="offline"),
        pytest.param(lambda: EmulatedPrinter(cutter_stuck=True), "its cutter is stuck; open", id="cutter"),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    there: Callable[[], EmulatedPrinter], reason: str, tmp_path: Path
) -> None:
    with there() as emulated, within(TIMEOUT):
        named = Printer("bench", emulated.place)
        with pytest.raises(NotSent, match=rf"^bench \({emulated.place}\): {reason}"):
            send(named, [LABEL], ROLL, tmp_path, TIMEOUT)
        with pytest.raises(NotSent, match=reason):
            status(named, tmp_path, TIMEOUT)
    assert re.fullmatch(rb"(\x10\x04.)+", bytes(emulated.received), re.DOTALL)


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        pytest.param(lambda: EmulatedPrinter(lasts=1), "the paper is out", id="paper runs out"),
        pytest.param(lambda: EmulatedPrinter(opens_after=1), "its cover is open", id="cover opens"),
    ],
)
def test_a_job_that_stops_in_the_middle_is_sent_and_says_why(
    there: Callable[[], EmulatedPrinter], reason: str, tmp_path: Path
) -> None:
    with there() as emulated, within(TIMEOUT):
        state, note = sent_to(emulated.place, tmp_path, LABEL, LABEL, LABEL)
    assert (state, len(emulated.printed)) == (Sent.SENT, 1)
    assert note.startswith(f"it stopped before it was done: {reason}")


def test_paper_that_ends_with_the_last_label_leaves_it_unconfirmed(tmp_path: Path) -> None:
    class Ends(EmulatedPrinter):
        def answer_in_turn(self, answer: Say) -> None:
            answer(b"\x0c")

    with Ends() as there:
        state, note = sent_to(there.place, tmp_path)
    assert (state, note) == (Sent.SENT, "the paper ran out with it; look whether the last label is whole")


def test_a_printer_that_answers_too_soon_is_found_out_by_printer_status_then(tmp_path: Path) -> None:
    class TooSoon(EmulatedPrinter):
        def answer_in_turn(self, answer: Say) -> None:
            self.cover_open = self.received.endswith(b"\x1dr\x01\x1dr\x01")
            answer(b"\x00")

    with TooSoon() as there:
        state, note = sent_to(there.place, tmp_path)
    assert (state, note) == (Sent.SENT, "it said that it was done, and then: its cover is open; close it")


@pytest.mark.parametrize("language", Language)
def test_a_web_server_is_no_printer(language: Language, tmp_path: Path) -> None:
    class WebServer(EmulatedPrinter):
        def hears(self, said: bytes, answer: Say) -> None:  # noqa: ARG002 - it understands nothing of it
            answer(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with WebServer() as there, pytest.raises(NotSent, match="a web server answers there, not a printer"):
        sent_to(NetworkPlace(there.place.host, there.place.port, language), tmp_path)


GREETINGS = [
    b"SSH-2.0-OpenSSH_9.6\r\n", b"220 (vsFTPd 3.0.5)\r\n", b"+OK ready\r\n", b"RFB 003.008\n",
    b"J\0\0\0\x0a8.0.36\0\x08\0\0\0", b"-ERR unknown command\r\n", b"\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23",
]  # fmt: skip
"""What other servers say when somebody calls; bits of it look like an empty paper tray."""


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_greeting_is_no_status_and_gets_no_label(
    greeting: bytes, language: Language, tmp_path: Path
) -> None:
    def greets(connection: socket.socket, read: bytearray, over: threading.Event) -> None:
        connection.sendall(greeting)
        reads_all(connection, read, over)

    with printer(greets) as (place, read):
        there = NetworkPlace(place.host, place.port, language)
        with pytest.raises(NotSent, match=r"no printer: it (says|speaks) .*is the port"):
            sent_to(there, tmp_path)
    assert len(read) <= len(b"\x10\x04\x01")
    with printer(greets) as (place, _), pytest.raises(NotSent, match="what answers there is no printer"):
        status(Printer("", NetworkPlace(place.host, place.port, language)), tmp_path, TIMEOUT)


@pytest.mark.parametrize(
    "said", [b"\x32\x32", b"\x34\x20\x0c\x0f", b"\x30\x00\x00\x00\x12", b"\x02030,1,0\x03"]
)
def test_what_a_printer_may_say_is_no_greeting(said: bytes) -> None:
    refuse_words(said)


@pytest.mark.parametrize("behaviour", [reads_all, reads_all_and_reports, reads_all_and_stays_on_the_line])
def test_a_printer_that_never_answers_gets_every_byte_and_confirms_none(
    behaviour: Behaviour, tmp_path: Path
) -> None:
    with printer(behaviour) as (place, read), within(TIMEOUT):
        state, note = sent_to(place, tmp_path)
    assert (state, note) == (Sent.SENT, "it never answers")
    assert decode(bytes(read)) == [LABEL]


def test_the_status_of_a_printer_that_never_answers_is_told(tmp_path: Path) -> None:
    with printer(reads_all) as (place, _):
        told = status(Printer("", place), tmp_path, TIMEOUT)
    assert told == "connected, but it does not answer questions about its paper and cover"


class Early(EmulatedPrinter):
    """Says that it is done while the job arrives, and never afterwards."""

    def hears(self, said: bytes, answer: Say) -> None:
        if b"\x1dv0" in said:
            answer(b"\x00")
        super().hears(said, answer)

    def answer_in_turn(self, answer: Say) -> None:
        pass


class Garbled(EmulatedPrinter):
    """Answers with what answers nothing: text, flow control, a report of its own that holds zeros."""

    def answer_in_turn(self, answer: Say) -> None:
        answer(b"hello\xff\x80\x11\x13\x10\x00\x00\x00\x13")


class Twice(EmulatedPrinter):
    """Answers each question twice, among reports of its own."""

    def answer_in_turn(self, answer: Say) -> None:
        answer(b"\x10\x00\x00\x00\x00\x11\x00")


class OnceInPairs(EmulatedPrinter):
    """Gives two answers to the first question and none to the second: at most one of them was meant."""

    answers = b"\x00\x00"

    def answer_in_turn(self, answer: Say) -> None:
        answer(self.answers)
        self.answers = b""


class SilentInTurn(EmulatedPrinter):
    """Tells how it stands, and never that it is done."""

    def answer_in_turn(self, answer: Say) -> None:
        pass


@pytest.mark.parametrize("kind", [Early, Garbled, OnceInPairs, SilentInTurn])
def test_only_an_answer_to_this_very_job_confirms_it(kind: type[EmulatedPrinter], tmp_path: Path) -> None:
    with kind() as there, within(TIMEOUT + 2):
        state, note = sent_to(there.place, tmp_path)
    assert (state, note) == (Sent.SENT, "it did not say that it was done (waited 0.3 s)")
    assert there.printed == [LABEL]


def test_an_answer_given_twice_confirms(tmp_path: Path) -> None:
    with Twice() as there:
        assert sent_to(there.place, tmp_path, timeout=5.0).state is Sent.CONFIRMED


@pytest.mark.parametrize(("kind", "times"), [(EmulatedPrinter, 1), (SilentInTurn, 0)])
def test_only_a_printer_that_is_done_is_not_heard_out_before_hanging_up(
    kind: type[EmulatedPrinter], times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rested: list[NetworkTransport] = []

    def rest(line: NetworkTransport) -> None:
        rested.append(line)

    monkeypatch.setattr(NetworkTransport, "rest", rest)
    with kind() as there:
        sent_to(there.place, tmp_path)
    assert len(rested) == times


def test_a_late_answer_confirms_and_an_unknown_standing_is_not_offline(tmp_path: Path) -> None:
    """It says nothing until the job is there; then it answers everything it was asked."""

    class Late(EmulatedPrinter):
        def answer_now(self, number: int, answer: Say) -> None:
            if b"\x1dv0" in self.received:
                super().answer_now(number, answer)

    with Late() as there:
        assert sent_to(there.place, tmp_path, timeout=5.0).state is Sent.CONFIRMED


def test_a_printer_that_falls_silent_is_waited_for_as_long_as_its_time_limit(tmp_path: Path) -> None:
    class FallsSilent(EmulatedPrinter):
        def answer_now(self, number: int, answer: Say) -> None:
            if b"\x1dv0" not in self.received:
                super().answer_now(number, answer)

        def answer_in_turn(self, answer: Say) -> None:
            pass

    with FallsSilent() as there, within(TIMEOUT):
        state, note = sent_to(there.place, tmp_path)
    assert (state, note) == (Sent.SENT, "it did not say that it was done (waited 0.3 s)")


def test_a_printer_that_hangs_up_in_good_order_before_it_is_done(tmp_path: Path) -> None:
    def reads_and_leaves(connection: socket.socket, read: bytearray, over: threading.Event) -> None:  # noqa: ARG001
        while len(read) < len(LABEL.rows) or not read.endswith(b"\x1dr\x01"):
            said = connection.recv(65536)
            read += said
            if said.startswith(b"\x10\x04"):
                connection.sendall(b"\x12")

    with printer(reads_and_leaves) as (place, _):
        state, note = sent_to(place, tmp_path, timeout=5.0)
    assert (state, note) == (Sent.SENT, "it hung up before it said that it was done")


@pytest.mark.parametrize(
    ("behaviour", "picture", "reason"),
    [
        pytest.param(drops, LABEL, "it dropped the connection in the middle", id="drops"),
        pytest.param(
            drops, MORE_THAN_BUFFERS_HOLD, "it dropped the connection in the middle", id="drops a large job"
        ),
        pytest.param(
            never_reads, MORE_THAN_BUFFERS_HOLD, r"it takes no more data \(waited 0.3 s\)", id="stalls"
        ),
        pytest.param(
            trickles, MORE_THAN_BUFFERS_HOLD, r"it takes no more data \(waited 0.3 s\)", id="trickles"
        ),
    ],
)
def test_a_job_that_breaks_off_says_that_part_of_it_may_be_printed(
    behaviour: Behaviour, picture: Bitmap, reason: str, tmp_path: Path
) -> None:
    with printer(behaviour) as (place, _), within(TIMEOUT):
        expected = rf"^{place}: {reason}.*; part of it may be printed$"
        with pytest.raises(BrokenOff, match=expected):
            sent_to(place, tmp_path, picture)


def test_a_printer_busy_with_another_computer_hangs_up_at_once(tmp_path: Path) -> None:
    with printer(hangs_up) as (place, _), pytest.raises(NotSent, match="it hung up at once; is another"):
        sent_to(place, tmp_path)


def test_a_refused_connection_is_explained(tmp_path: Path) -> None:
    with printer(reads_all) as (place, _):
        status(Printer("", place), tmp_path, TIMEOUT)
    with pytest.raises(NotSent, match=f"^{place}: it refuses the connection"):
        sent_to(place, tmp_path)
    with pytest.raises(NotSent, match=f"^{place}: it refuses the connection"):
        status(Printer("", place), tmp_path, TIMEOUT)


def test_an_address_that_swallows_every_packet_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as hole:
        address = hole.getsockname()
        guests = [socket.socket() for _ in range(3)]
        for guest in guests:
            guest.setblocking(False)
            guest.connect_ex(address)
        with within(TIMEOUT), pytest.raises(NotSent, match=r"it does not answer \(waited 0.3 s\)"):
            sent_to(NetworkPlace(*address), tmp_path)
        for guest in guests:
            guest.close()


def test_an_unknown_name_is_explained(tmp_path: Path) -> None:
    with pytest.raises(NotSent, match=r"^tcp://label\.invalid:9100: "):
        sent_to(NetworkPlace("label.invalid"), tmp_path)
    with pytest.raises(NotSent, match="no computer or printer of that name"):
        sent_to(NetworkPlace("a" * 70), tmp_path, timeout=5.0)


def test_a_name_look_up_that_hangs_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answer.wait(10) and [])
    with pytest.raises(NotSent, match=r"it does not answer \(waited 0.1 s\)"):
        sent_to(NetworkPlace("slow"), tmp_path, timeout=0.1)
    answer.set()


@pytest.mark.skipif(not socket.has_ipv6, reason="this Python knows no IPv6")
def test_a_printer_on_ipv6_is_reached(tmp_path: Path) -> None:
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError as error:
        pytest.skip(f"this computer has no IPv6: {error}")

    read = bytearray()

    def serve() -> None:
        with server, server.accept()[0] as connection:
            reads_all(connection, read, threading.Event())

    thread = threading.Thread(target=serve)
    thread.start()
    place = NetworkPlace("::1", server.getsockname()[1])
    assert sent_to(place, tmp_path).state is Sent.SENT
    thread.join(10)
    assert decode(bytes(read)) == [LABEL]


def test_a_sheet_of_labels_goes_to_no_roll(tmp_path: Path) -> None:
    with EmulatedPrinter() as there, pytest.raises(BadInput, match="media: l7160 is a sheet; a printer such"):
        send(Printer("", there.place), [LABEL], media_named("l7160"), tmp_path, TIMEOUT)
    assert not there.received


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_answers_are_told_from_reports_in_pieces_of_any_size(size: int) -> None:
    report_cut_by_xoff = b"\x14\x00\x13\x00\x0f"
    said = b"\x11\x12" + report_cut_by_xoff + b"\x1e" + b"\x10\x03\x03\x03" + b"\x03" + b"hello\xff" + b"\x0c"
    ear = Ear()
    heard = [each for start in range(0, len(said), size) for each in ear.sort(said[start : start + size])]
    assert heard == [(Said.NOW, 0x12), (Said.NOW, 0x1E), (Said.IN_TURN, 0x03), (Said.IN_TURN, 0x0C)]


def test_an_answer_in_the_middle_of_a_report_does_not_end_the_report() -> None:
    heard = list(Ear().sort(b"\x10\x00\x12\x00\x00\x03"))
    assert heard == [(Said.NOW, 0x12), (Said.IN_TURN, 0x03)]


@pytest.mark.parametrize(
    ("number", "answer", "fault"),
    [
        (1, 0x1A, "it is offline; press its feed or pause button, or switch it off and on"),
        (2, 0x16, "its cover is open; close it"),
        (2, 0x32, "the paper is out; put in a new roll"),
        (2, 0x52, "it reports a fault; switch it off and on"),
        (3, 0x16, "it reports a mechanical fault; look at the paper path"),
        (3, 0x1A, "its cutter is stuck; open the cover and free the blade"),
        (3, 0x32, "it reports a fault that it cannot mend; switch it off and on"),
        (3, 0x52, "its print head is too hot; let it cool down"),
        (4, 0x72, "the paper is out; put in a new roll"),
        (4, 0x32, ""),
    ],
)
def test_each_bit_of_an_answer_is_told(number: int, answer: int, fault: str) -> None:
    assert read_state({number: answer}) == PrinterState(fault)
    assert read_state({1: 0x1A, number: answer}).fault == (fault or read_state({1: 0x1A}).fault)


def test_paper_low_is_told_when_both_of_its_bits_are_set() -> None:
    assert read_state({4: 0x1E}) == PrinterState(note="paper low")
    assert read_state({4: 0x1A}) == PrinterState()
