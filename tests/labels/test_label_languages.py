"""ZPL and TSPL: the bytes, the pictures read back from them, and what the printers say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from harness.escpos_decoder import grey, qr_texts
from harness.label_languages import EmulatedTsc, EmulatedZebra, pictures, read_tspl, read_zpl
from harness.label_printers import printer, reads_all
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.media import media_named
from rollertrack.labels.places import Language, NetworkPlace
from rollertrack.labels.printer import NotSent, Outcome, Printer, PrinterState, Sent
from rollertrack.labels.printers import tspl, zpl
from rollertrack.labels.printers.delivery import send, status
from rollertrack.labels.printers.language import await_idle
from rollertrack.labels.printers.transport import Clock
from rollertrack.labels.printers.tspl import Tspl
from rollertrack.labels.printers.zpl import Zpl, read_answer
from rollertrack.labels.rendering import render

SMALL = Bitmap(11, 2, b"\xff\xe0\x80\x20")
DIE_CUT = media_named("50x25")
LABEL = render(LabelFacts("RKDTLBNEB", "evening ^XZ ~JR PRINT 9", "roller"), DIE_CUT)
TIMEOUT = 0.3


def test_zpl_is_the_dots_in_hexadecimal_and_nothing_else() -> None:
    assert zpl.encode([SMALL]) == (b"^XA\n^PW11\n^LL2\n^LH0,0\n^FO0,0^GFA,4,4,2,FFE08020^FS\n^PQ1\n^XZ\n")
    assert b"\n^MNN\n^LL2\n" in zpl.encode([SMALL], endless=True)


def test_tspl_is_the_dots_turned_over_and_nothing_else() -> None:
    assert tspl.encode([SMALL], dpi=203) == (
        b"SIZE 1.38 mm,0.25 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0\r\nCLS\r\n"
        b"BITMAP 0,0,2,2,0,\x00\x1f\x7f\xdf\r\nPRINT 1,1\r\n"
    )
    assert b"\r\nGAP 0 mm,0 mm\r\n" in tspl.encode([SMALL], dpi=203, endless=True)


@given(st.lists(pictures, min_size=1, max_size=3))
def test_every_picture_is_read_back_dot_for_dot(drawn: list[Bitmap]) -> None:
    assert read_zpl(zpl.encode(drawn)) == (drawn, b"")
    back, left = read_tspl(tspl.encode(drawn, dpi=300))
    assert left == b""
    assert [(picture.height, picture.rows) for picture in back] == [
        (each.height, each.rows) for each in drawn
    ]


def test_the_code_is_read_from_both_and_no_text_acts_as_a_command() -> None:
    for back, left in (read_zpl(zpl.encode([LABEL])), read_tspl(tspl.encode([LABEL], dpi=203))):
        assert left == b""
        assert [qr_texts(grey(picture)) for picture in back] == [["RKDTLBNEB"]]


def sent_to(place: NetworkPlace, folder: Path, *drawn: Bitmap, timeout: float = TIMEOUT) -> Outcome:
    return send(Printer("", place), drawn or (LABEL,), DIE_CUT, folder, timeout)


def test_a_zebra_confirms_once_nothing_is_left_to_print(tmp_path: Path) -> None:
    with EmulatedZebra() as there:
        assert status(Printer("", there.place), tmp_path, 5.0) == "ready"
        assert sent_to(there.place, tmp_path, LABEL, LABEL, timeout=5.0) == Outcome(Sent.CONFIRMED)
    assert (there.printed, there.left) == ([LABEL, LABEL], 0)


def test_a_zebra_too_fast_to_be_seen_at_work_confirms(tmp_path: Path) -> None:
    """Its answer comes after the job, so that nothing left to do means that it is done."""

    class Fast(EmulatedZebra):
        def status(self) -> bytes:
            self.left = 0
            return super().status()

    with Fast() as there:
        assert sent_to(there.place, tmp_path, timeout=5.0) == Outcome(Sent.CONFIRMED)


def test_a_zebra_that_never_gets_done_is_not_confirmed(tmp_path: Path) -> None:
    with EmulatedZebra(ends=False) as there:
        state, note = sent_to(there.place, tmp_path)
    assert (state, note) == (Sent.SENT, "it did not say that it was done (waited 0.3 s)")


def test_a_zebra_that_runs_out_of_labels_says_so(tmp_path: Path) -> None:
    with EmulatedZebra() as there:
        there.lasts = 2
        state, note = sent_to(there.place, tmp_path, LABEL, LABEL, timeout=5.0)
    assert (state, note) == (Sent.SENT, "it stopped before it was done: the paper is out; put in a new roll")


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        pytest.param(lambda: EmulatedZebra(paper=False), "the paper is out", id="zpl paper"),
        pytest.param(lambda: EmulatedZebra(head_up=True), "its cover is open", id="zpl head"),
        pytest.param(lambda: EmulatedTsc(0x04), "the paper is out", id="tspl paper"),
        pytest.param(lambda: EmulatedTsc(0x05), "its cover is open", id="tspl head and paper"),
        pytest.param(lambda: EmulatedTsc(0x02), "the paper is jammed", id="tspl jam"),
        pytest.param(lambda: EmulatedTsc(0x08), "the ribbon is out", id="tspl ribbon"),
        pytest.param(lambda: EmulatedTsc(0x10), "it is paused", id="tspl pause"),
        pytest.param(lambda: EmulatedTsc(0x80), "it reports a fault", id="tspl fault"),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    there: type[EmulatedZebra] | type[EmulatedTsc], reason: str, tmp_path: Path
) -> None:
    with there() as emulated:
        with pytest.raises(NotSent, match=f"^{emulated.place}: {reason}"):
            sent_to(emulated.place, tmp_path)
        with pytest.raises(NotSent, match=reason):
            status(Printer("", emulated.place), tmp_path, TIMEOUT)
    assert emulated.printed == []


def test_a_tspl_printer_confirms_once_it_was_seen_to_print(tmp_path: Path) -> None:
    with EmulatedTsc() as there:
        assert status(Printer("", there.place), tmp_path, 5.0) == "ready"
        assert sent_to(there.place, tmp_path, timeout=5.0) == Outcome(Sent.CONFIRMED)
    (picture,) = there.printed
    assert picture.rows == LABEL.rows


@pytest.mark.parametrize(
    ("steps", "note"),
    [
        ((0x00,), "it did not say that it was done (waited 0.3 s)"),
        ((0x20,), "it did not say that it was done (waited 0.3 s)"),
        ((0x20, 0x04), "it stopped before it was done: the paper is out; put in a new roll"),
    ],
)
def test_a_tspl_printer_not_seen_to_end_well_is_not_confirmed(
    steps: tuple[int, ...], note: str, tmp_path: Path
) -> None:
    small = Bitmap(8, 8, bytes(8))
    with EmulatedTsc(steps=steps) as there:
        assert sent_to(there.place, tmp_path, small) == Outcome(Sent.SENT, note)


@pytest.mark.parametrize("in_turn", [True, False])
def test_a_single_idle_answer_proves_nothing_and_a_long_rest_ends_the_wait(*, in_turn: bool) -> None:
    answers = iter([PrinterState(), *[None] * 3, *[PrinterState()] * 30])
    asked: list[PrinterState | None] = []

    def ask() -> PrinterState | None:
        asked.append(next(answers))
        return asked[-1]

    outcome = await_idle(ask, Mute(), Clock(10.0), spoke=True, in_turn=in_turn)
    assert outcome.state is (Sent.CONFIRMED if in_turn else Sent.SENT)
    assert asked.count(PrinterState()) == (2 if in_turn else 20)
    assert outcome.note == ("" if in_turn else "it is idle again, but was never seen to print")


class Mute:
    """A line on which nothing comes, at once."""

    answers = True

    def write(self, chunk: bytes, within: float) -> None:
        raise NotImplementedError

    def read(self, within: float) -> bytes:  # noqa: ARG002 - nobody waits here
        return b""

    def settle(self, within: float) -> None:
        raise NotImplementedError

    def rest(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def test_a_tspl_printer_idle_between_two_labels_is_not_yet_done(tmp_path: Path) -> None:
    with EmulatedTsc(steps=(0x20, 0x00, 0x00, 0x20, 0x04)) as there:
        state, note = sent_to(there.place, tmp_path, LABEL, LABEL, timeout=5.0)
    assert (state, note) == (Sent.SENT, "it stopped before it was done: the paper is out; put in a new roll")


def test_a_tspl_printer_idle_for_long_after_several_labels_is_done(tmp_path: Path) -> None:
    with EmulatedTsc(steps=(0x20, 0x00, 0x20, 0x00)) as there:
        assert sent_to(there.place, tmp_path, LABEL, LABEL, timeout=5.0) == Outcome(Sent.CONFIRMED)


@pytest.mark.parametrize("language", [Language.ZPL, Language.TSPL])
def test_a_printer_that_never_answers_gets_the_job_and_confirms_nothing(
    language: Language, tmp_path: Path
) -> None:
    with printer(reads_all) as (place, read):
        state, note = sent_to(NetworkPlace(place.host, place.port, language), tmp_path)
    assert (state, note) == (Sent.SENT, "it never answers")
    assert bytes(read).count(zpl.encode([LABEL]) if language is Language.ZPL else b"BITMAP") == 1


@pytest.mark.parametrize(("name", "endless"), [("58mm", True), ("50x25", False)])
def test_only_paper_without_an_end_is_printed_without_looking_for_a_gap(name: str, *, endless: bool) -> None:
    paper = media_named(name)
    assert (b"^MNN" in Zpl().encode([SMALL], paper)) is endless
    assert (b"GAP 0 mm" in Tspl().encode([SMALL], paper)) is endless


@pytest.mark.parametrize(
    ("byte", "fault"),
    [
        (0x01, "its cover is open; close it"),
        (0x40, "its cover is open; close it"),
        (0x05, "its cover is open; close it"),
        (0x02, "the paper is jammed; open it and free the paper"),
        (0x04, "the paper is out; put in a new roll"),
        (0x08, "the ribbon is out; put in a new one"),
        (0x10, "it is paused; press its pause or feed button"),
        (0x80, "it reports a fault; switch it off and on"),
    ],
)
def test_each_bit_of_a_tspl_printer_is_told(byte: int, fault: str) -> None:
    assert tspl.read_answer(byte) == PrinterState(fault)
    assert tspl.read_answer(byte | 0x20) == PrinterState(fault, busy=True)


def test_the_newest_byte_of_a_tspl_printer_counts(tmp_path: Path) -> None:
    class Repeats(EmulatedTsc):
        def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
            super().hears(said, lambda byte: answer(b"\x04" + byte))

    with Repeats() as there:
        assert status(Printer("", there.place), tmp_path, 5.0) == "ready"


READY = ("030,0,0,0240,000,0,0,0,000,0,0,0", "001,0,0,0,0,2,4,0,00000000,1,000")
"""The first two strings of ~HS from a printer with nothing to do."""


@pytest.mark.parametrize(
    ("string", "place", "fault"),
    [
        (0, 1, "the paper is out; put in a new roll"),
        (0, 2, "it is paused; press its pause button"),
        (0, 10, "its print head is too cold; let it warm up"),
        (0, 11, "its print head is too hot; let it cool down"),
        (1, 2, "its cover is open; close it"),
        (1, 3, "the ribbon is out; put in a new one"),
    ],
)
def test_each_flag_of_a_zebra_is_told(string: int, place: int, fault: str) -> None:
    assert read_answer(with_value(string, place, "1")) == PrinterState(fault)


@pytest.mark.parametrize(("string", "place"), [(0, 4), (0, 7), (1, 8)])
def test_a_zebra_is_busy_with_formats_parts_of_one_and_labels_to_print(string: int, place: int) -> None:
    assert read_answer(READY) == PrinterState()
    assert read_answer(with_value(string, place, "1")) == PrinterState(busy=True)


def with_value(string: int, place: int, value: str) -> list[str]:
    strings = [each.split(",") for each in READY]
    strings[string][place] = value
    return [",".join(each) for each in strings]


@pytest.mark.parametrize(
    "strings",
    [("", ""), ("a,b", "c"), ("030,0,0,0240,xxx,0,0,0,000,0,0,0", "001,0,0,0,0,2,4,0,00000000,1,000")],
)
def test_an_answer_of_another_shape_is_none(strings: tuple[str, str]) -> None:
    assert read_answer(strings) is None
