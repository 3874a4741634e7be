"""Labels as files: through a queue of CUPS, through a command, into a folder."""

import os
import sys
import threading
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from harness.escpos_decoder import grey, qr_texts
from PIL import Image

from rollertrack.errors import DeviceFailed
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.media import media_named
from rollertrack.labels.places import CupsPlace, FolderPlace, Form, PipePlace, Place
from rollertrack.labels.printer import BrokenOff, NotSent, Outcome, Printer, Sent
from rollertrack.labels.printers import file_printers
from rollertrack.labels.printers.delivery import send, status
from rollertrack.labels.printers.file_printers import Ended
from rollertrack.labels.rendering import render

STANDING = media_named("17x54")
SHEET = media_named("l7160")
LABEL = render(LabelFacts("RKDTLBNEB", "evening", "roller"), STANDING)
ON_SHEET = render(LabelFacts("RKDTLBNEB", "evening", "roller"), SHEET)
TIMEOUT = 10.0
"""Seconds; every program here ends at once, unless a test is about one that does not."""


@pytest.fixture(autouse=True)
def nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files go to a folder that must be empty afterwards; programs are found in another."""
    temporary, programs = tmp_path / "tmp", tmp_path / "bin"
    temporary.mkdir()
    programs.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.defpath}")
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    return temporary


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    return tmp_path / "bin"


def install(folder: Path, name: str, script: str) -> Path:
    """A program of that name; what it is given lies in the folder named by SEEN."""
    program = folder / name
    program.write_text(f"#!{sys.executable}\nimport os, sys\nfrom pathlib import Path\n{script}")
    program.chmod(0o755)
    return program


KEEP = """
seen = Path(os.environ["SEEN"])
seen.mkdir(exist_ok=True)
number = len(list(seen.glob("*.in")))
(seen / f"{number}.in").write_bytes(sys.stdin.buffer.read())
(seen / f"{number}.words").write_text("\\n".join(sys.argv[1:]))
"""


def sent_to(
    place: Place, folder: Path, *pictures: Bitmap, timeout: float = TIMEOUT, start: int = 1
) -> Outcome:
    return send(Printer("", place), pictures or (LABEL,), STANDING, folder / "cache", timeout, start=start)


def test_a_queue_gets_a_png_of_true_size_standing_as_the_paper_is_fed(programs: Path, tmp_path: Path) -> None:
    install(programs, "lp", KEEP + 'print("request id is Dymo-12 (0 file(s))")')
    state, note = sent_to(CupsPlace("Dymo", ("fit-to-page", "media=w48h153")), tmp_path)
    assert (state, note) == (Sent.SENT, "CUPS took it as Dymo-12 and does not say whether it printed")
    assert (tmp_path / "seen" / "0.words").read_text().split("\n") == [
        "-d", "Dymo", "-t", "RollerTrack label", "-o", "fit-to-page", "-o", "media=w48h153",
    ]  # fmt: skip
    picture = Image.open(tmp_path / "seen" / "0.in")
    assert (picture.format, picture.size) == ("PNG", (LABEL.height, LABEL.width))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert qr_texts(picture.convert("L")) == ["RKDTLBNEB"]


def test_a_queue_is_told_to_print_at_true_size_unless_it_was_told_another(
    programs: Path, tmp_path: Path
) -> None:
    install(programs, "lp", KEEP)
    sent_to(CupsPlace("Dymo", ("media=w48h153",)), tmp_path)
    words = (tmp_path / "seen" / "0.words").read_text().split("\n")
    assert words[-4:] == ["-o", "media=w48h153", "-o", "print-scaling=none"]


def test_a_sheet_goes_to_a_queue_as_one_pdf(programs: Path, tmp_path: Path) -> None:
    install(programs, "lp", KEEP)
    printer = Printer("office", CupsPlace("Office"), offset_x=1.0, scale=99.0)
    state, note = send(printer, [ON_SHEET] * 3, SHEET, tmp_path, TIMEOUT, start=20)
    assert (state, note) == (Sent.SENT, "CUPS took it and does not say whether it printed")
    (file,) = (tmp_path / "seen").glob("*.in")
    document = file.read_bytes()
    # Two places are left on the first sheet of 21, so the third label begins a second one.
    assert document.startswith(b"%PDF-")
    assert (
        document.count(b"/Type /Page\n") + document.count(b"/Type /Page ") + document.count(b"/Type/Page/")
        == 2
    )


@pytest.mark.parametrize("place", [CupsPlace("Dymo"), PipePlace("lp")])
def test_a_program_that_is_missing_is_named(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    reason = (
        "the programs of CUPS are not installed"
        if isinstance(place, CupsPlace)
        else "no program lp is installed"
    )
    with pytest.raises(NotSent, match=f"^{place}: {reason}"):
        sent_to(place, tmp_path)
    with pytest.raises(NotSent, match=f"^{place}: {reason}"):
        status(Printer("", place), tmp_path, TIMEOUT)


def test_a_queue_that_cups_refuses_is_told_in_its_words(programs: Path, tmp_path: Path) -> None:
    install(programs, "lp", 'sys.exit("lp: Error - The printer or class does not exist.\\x1b[2J\\n\\n")')
    with pytest.raises(NotSent, match=r"^cups:Gone: CUPS refused it: lp: Error - The printer") as caught:
        sent_to(CupsPlace("Gone"), tmp_path)
    assert caught.value.message.isprintable()


def test_a_refusal_in_the_middle_says_how_many_went_out(programs: Path, tmp_path: Path) -> None:
    install(programs, "lp", KEEP + 'sys.exit("queue is full" if number else 0)')
    with pytest.raises(BrokenOff, match="CUPS refused it: queue is full; 1 of 3 went out before"):
        sent_to(CupsPlace("Dymo"), tmp_path, LABEL, LABEL, LABEL)


def test_a_command_that_fails_in_the_middle_says_how_many_went_out(programs: Path, tmp_path: Path) -> None:
    install(programs, "print-it", KEEP + 'sys.exit("no tape" if number else 0)')
    with pytest.raises(BrokenOff, match="no tape; part of it may be printed; 1 of 2 went out before"):
        sent_to(PipePlace("print-it"), tmp_path, LABEL, LABEL)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("printer Dymo is idle.  enabled since Sun", "ready, as far as CUPS knows"),
        ("printer Dymo now printing Dymo-3.  enabled since Sun", "printing"),
    ],
)
def test_the_status_of_a_queue_is_told(said: str, told: str, programs: Path, tmp_path: Path) -> None:
    install(programs, "lpstat", f"print({said!r})")
    assert status(Printer("", CupsPlace("Dymo")), tmp_path, TIMEOUT) == told


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (
            'print("printer Dymo disabled since Sun -\\n\\tPaused\\nDymo accepting requests since Sun")',
            r"CUPS has stopped the queue \(Paused\); cupsenable Dymo is right$",
        ),
        (
            'print("printer Dymo disabled since Sun -\\n\\treason unknown")',
            "CUPS has stopped the queue; cupsenable Dymo is right$",
        ),
        (
            'print("printer Dymo disabled since Sun -\\nDymo accepting requests since Sun")',
            "CUPS has stopped the queue; cupsenable Dymo is right$",
        ),
        (
            'print("printer Dymo is idle.  enabled since Sun\\n'
            'Dymo not accepting requests since Sun -\\n\\tMoved \\x1b[2J away")',
            r"CUPS takes nothing for the queue \(Moved \[2J away\); cupsaccept Dymo is right$",
        ),
        (
            'sys.exit("lpstat: Invalid destination name in list \\"Dymo\\".")',
            "CUPS knows no queue Dymo: lpstat: Inv",
        ),
    ],
)
def test_a_queue_that_would_not_print_is_told_and_gets_no_label(
    script: str, reason: str, programs: Path, tmp_path: Path
) -> None:
    install(programs, "lpstat", script)
    install(programs, "lp", KEEP)
    with pytest.raises(NotSent, match=f"^cups:Dymo: {reason}"):
        status(Printer("", CupsPlace("Dymo")), tmp_path, TIMEOUT)
    with pytest.raises(NotSent, match=f"^cups:Dymo: {reason}"):
        sent_to(CupsPlace("Dymo"), tmp_path)
    assert not (tmp_path / "seen").exists()


def test_a_queue_that_would_print_is_asked_before_it_gets_a_label(programs: Path, tmp_path: Path) -> None:
    another = "printer Dymo2 disabled since Sun -\n\tPaused\nDymo2 not accepting requests since Sun -"
    ready = "printer Dymo is idle.  enabled since Sun\nDymo accepting requests since Sun"
    asked = tmp_path / "asked"
    told = f"Path({str(asked)!r}).write_text(' '.join(sys.argv[1:]))\nprint({f'{another}{chr(10)}{ready}'!r})"
    install(programs, "lpstat", told)
    install(programs, "lp", f"assert Path({str(asked)!r}).exists()\n" + KEEP)
    assert sent_to(CupsPlace("Dymo"), tmp_path).state is Sent.SENT
    assert asked.read_text() == "-p Dymo -a Dymo"
    assert (tmp_path / "seen" / "0.in").exists()


def test_a_queue_whose_status_is_off_is_not_asked(programs: Path, tmp_path: Path) -> None:
    install(programs, "lpstat", 'print("printer Dymo disabled since Sun -\\n\\tPaused")')
    install(programs, "lp", KEEP)
    printer = Printer("", CupsPlace("Dymo"), status="off")
    assert status(printer, tmp_path, TIMEOUT) == "it is not asked, as its status is off"
    assert send(printer, (LABEL,), STANDING, tmp_path, TIMEOUT).state is Sent.SENT
    assert (tmp_path / "seen" / "0.in").exists()


def test_a_command_gets_each_label_on_its_standard_input(programs: Path, tmp_path: Path) -> None:
    install(programs, "print-it", KEEP)
    state, note = sent_to(PipePlace("print-it 'two words' \\; rm -rf $HOME"), tmp_path, LABEL, LABEL)
    assert (state, note) == (Sent.SENT, "its command ended well and does not say whether it printed")
    assert (tmp_path / "seen" / "0.words").read_text().split("\n") == ["two words", ";", "rm", "-rf", "$HOME"]
    given = [Image.open(BytesIO(file.read_bytes())) for file in (tmp_path / "seen").glob("*.in")]
    assert [qr_texts(picture.convert("L")) for picture in given] == [["RKDTLBNEB"]] * 2


@pytest.mark.parametrize(("form", "magic"), [(Form.PNG, b"\x89PNG"), (Form.PDF, b"%PDF")])
def test_a_command_gets_a_file_that_is_gone_afterwards(
    form: Form, magic: bytes, programs: Path, nothing_is_left: Path, tmp_path: Path
) -> None:
    install(programs, "print-it", KEEP + "(seen / 'copy').write_bytes(Path(sys.argv[1][2:]).read_bytes())")
    sent_to(PipePlace("print-it f={file}", form), tmp_path)
    assert (tmp_path / "seen" / "copy").read_bytes().startswith(magic)
    assert (tmp_path / "seen" / "0.words").read_text().endswith(f".{form}")
    assert list(nothing_is_left.iterdir()) == []


def test_a_command_that_fails_is_told_in_its_last_words(
    programs: Path, nothing_is_left: Path, tmp_path: Path
) -> None:
    install(programs, "print-it", 'print("Traceback\\nno label in it\\n", file=sys.stderr); sys.exit(3)')
    place = PipePlace("print-it {file}")
    reason = "print-it failed with status 3: no label in it; part of it may be printed"
    with pytest.raises(BrokenOff) as caught:
        sent_to(place, tmp_path)
    assert caught.value.message == f"{place}: {reason}"
    assert list(nothing_is_left.iterdir()) == []


def test_a_command_that_hangs_is_stopped_with_all_it_started(
    programs: Path, nothing_is_left: Path, tmp_path: Path
) -> None:
    line = tmp_path / "line"
    os.mkfifo(line)
    # Its child holds the line open for as long as it lives, which would be ten minutes.
    child = f"['sh', '-c', 'echo here; sleep 600'], stdout=open({str(line)!r}, 'w')"
    install(programs, "print-it", f"import subprocess\nsubprocess.run({child})")
    heard: list[bytes] = []
    thread = threading.Thread(target=lambda: heard.append(line.read_bytes()))
    thread.start()
    reason = r"print-it did not end \(waited 1 s\) and was stopped; part of it may be printed"
    with pytest.raises(BrokenOff, match=reason):
        sent_to(PipePlace("print-it {file}"), tmp_path, Bitmap(8, 8, bytes(8)), timeout=1.0)
    thread.join(10)
    assert heard == [b"here\n"]
    assert list(nothing_is_left.iterdir()) == []


@pytest.mark.parametrize("place", [PipePlace("print-it"), CupsPlace("q")])
def test_a_program_has_as_long_for_each_label_as_its_size_asks(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some end only when the label is out, which for a large one is after the time limit."""
    limits: list[float] = []

    def run(words: Sequence[str], given: bytes, timeout: float, *, plain: bool = False) -> Ended:  # noqa: ARG001
        if words[0] != "lpstat":
            limits.append(timeout)
        return Ended(0, "", "")

    monkeypatch.setattr(file_printers, "run", run)
    monkeypatch.setattr("shutil.which", lambda name: name)
    sent_to(place, tmp_path, LABEL, LABEL, timeout=0.5)
    assert limits == [pytest.approx(0.5 + len(LABEL.rows) / 2_000)] * 2


def test_a_command_that_leaves_a_helper_behind_is_not_waited_for(programs: Path, tmp_path: Path) -> None:
    install(
        programs, "print-it",
        f"import subprocess\nhelper = subprocess.Popen(['sleep', '60'])\n"
        f"Path({str(tmp_path / 'helper')!r}).write_text(str(helper.pid))",
    )  # fmt: skip
    assert sent_to(PipePlace("print-it"), tmp_path).state is Sent.SENT
    os.kill(int((tmp_path / "helper").read_text()), 9)


def test_the_status_of_a_command_is_whether_it_is_there(programs: Path, tmp_path: Path) -> None:
    install(programs, "print-it", "")
    told = status(Printer("", PipePlace("print-it {file}")), tmp_path, TIMEOUT)
    assert told == "print-it is installed; whether its printer is ready is not known"


@pytest.mark.parametrize("form", Form)
def test_a_folder_gets_new_files_and_keeps_the_old(form: Form, tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "label-0007.txt").write_text("mine")
    place = FolderPlace(folder, form)
    assert status(Printer("", place), tmp_path, TIMEOUT) == "ready"
    assert sent_to(place, tmp_path) == Outcome(
        Sent.SENT, f"written to label-0008.{form}; a file is not yet a label"
    )
    assert sent_to(place, tmp_path).note.startswith(f"written to label-0009.{form}")
    assert sorted(path.name for path in folder.iterdir()) == [
        "label-0007.txt", f"label-0008.{form}", f"label-0009.{form}",
    ]  # fmt: skip
    if form is Form.PNG:
        assert qr_texts(Image.open(folder / "label-0008.png").convert("L")) == ["RKDTLBNEB"]


def test_a_sheet_in_a_png_folder_is_a_pdf_all_the_same(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "tmp", Form.PNG)
    send(Printer("", place), [ON_SHEET], SHEET, tmp_path, TIMEOUT)
    (file,) = place.folder.iterdir()
    assert file.name == "label-0001.pdf"


def test_a_folder_gets_the_number_after_its_highest(tmp_path: Path) -> None:
    for name in ("label-0001.pdf", "label-0007.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"kept")
    assert sent_to(FolderPlace(tmp_path, Form.PNG), tmp_path).note.startswith("written to label-0008.png;")


def test_a_name_that_another_station_took_meanwhile_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "label-0001.pdf").write_bytes(b"theirs")
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))
    assert sent_to(FolderPlace(folder), tmp_path).note.startswith("written to label-0002.pdf;")
    assert (folder / "label-0001.pdf").read_bytes() == b"theirs"


def test_a_file_that_cannot_be_written_leaves_no_name_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, *, force: bool) -> None:  # noqa: ARG001
        raise DeviceFailed("the disk is full")

    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(file_printers, "write_whole", full)
    with pytest.raises(NotSent, match="the disk is full"):
        sent_to(FolderPlace(folder), tmp_path)
    assert list(folder.iterdir()) == []


def test_cups_is_asked_to_speak_english(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setenv("SOFTWARE", "CUPS/2.4")
    names = ("LC_ALL", "LANGUAGE", "SOFTWARE")
    note = f"print([os.environ.get(each) for each in {names}], file=open(os.environ['SEEN'], 'a'))"
    install(programs, "lp", note)
    install(programs, "lpstat", note)
    sent_to(CupsPlace("q"), tmp_path)
    status(Printer("", CupsPlace("q")), tmp_path, TIMEOUT)
    # Asked before the label, the label, and asked how it stands.
    assert (tmp_path / "seen").read_text() == "['C', None, None]\n" * 3


def test_a_folder_that_is_missing_or_no_folder_is_told(tmp_path: Path) -> None:
    missing, file = FolderPlace(tmp_path / "no"), FolderPlace(tmp_path / "file")
    file.folder.touch()
    with pytest.raises(NotSent, match=f"^{missing}: there is no such folder"):
        sent_to(missing, tmp_path)
    with pytest.raises(NotSent, match=f"^{missing}: there is no such folder"):
        status(Printer("", missing), tmp_path, TIMEOUT)
    with pytest.raises(NotSent, match=f"^{file}: it is not a folder"):
        status(Printer("", file), tmp_path, TIMEOUT)


def test_the_picture_of_a_label_is_the_very_one_that_is_drawn() -> None:
    assert qr_texts(grey(LABEL)) == ["RKDTLBNEB"]
