"""`label`, `queue` and `printer`: labels reach the printer once, and the user is told what is left."""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest
from harness.command_calls import World, copy_of, new_world
from harness.escpos_decoder import grey, qr_texts
from harness.label_printers import EmulatedPrinter

NOBODY = "tcp://127.0.0.1:1"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = new_world(tmp_path_factory.mktemp("template"))
    codes = world.done("add", "--length", "0.5", "--count", "4", "--json").document["codes"]
    world.names.update(zip(("one", "two", "three", "four"), codes, strict=True))
    return world


@pytest.fixture
def world(template: World, tmp_path: Path) -> World:
    world = copy_of(template, tmp_path)
    world.settings(f'printer = "desk"\n[printers]\ndesk = {{place = "{NOBODY}", media = "50x25"}}\n')
    return world


def jobs(world: World) -> list[tuple[int, str]]:
    return [(job["id"], job["state"]) for job in world.done("queue", "--json").document["jobs"]]


def labels(printer: EmulatedPrinter) -> list[str]:
    return [text for picture in printer.printed for text in set(qr_texts(grey(picture)))]


def codes(world: World, *names: str) -> list[str]:
    return [world.names[name] for name in names]


def test_labels_that_failed_are_printed_by_a_retry_at_the_printers_new_place(world: World) -> None:
    answer = world.call("label", "{one}", "{two}")
    assert (answer.status, answer.out) == (3, "")
    assert answer.err.count("\n") == 1
    assert "0 of 2 labels came out, 2 left; `rollertrack queue retry` goes on." in answer.err
    assert jobs(world) == [(1, "failed"), (2, "waiting")]
    assert "it refuses the connection" in world.done("queue").out
    with EmulatedPrinter() as printer:
        world.done("printer", "edit", "desk", "--place", str(printer.place))
        done = world.done("queue", "retry", "--json").document
        assert done["codes"] == codes(world, "one", "two")
        assert world.done("queue", "retry").out == "Nothing is left to print.\n"
        assert labels(printer) == codes(world, "one", "two")
    assert jobs(world) == [(1, "confirmed"), (2, "confirmed")]
    assert world.done("queue", "clear").out == "Removed 2 finished jobs from the queue.\n"
    assert world.done("queue").out == "The print queue is empty.\n"


def test_a_failure_is_one_document_too(world: World) -> None:
    answer = world.call("label", "{one}", "--json")
    assert (answer.status, answer.document["exit_status"]) == (3, 3)
    assert "0 of 1 label came out, 1 left" in answer.document["error"]


def test_jobs_are_cancelled_by_number_and_all_together(world: World) -> None:
    assert world.call("label", "{one}", "{two}", "{three}").status == 3
    world.done("queue", "cancel", "2")
    assert world.done("queue", "cancel", "--all").out == "Cancelled: 2 labels.\n"
    assert world.done("queue", "cancel", "--all").out == "Nothing is left to cancel.\n"
    assert {state for _, state in jobs(world)} == {"cancelled"}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("code", ["label"]),
        ("code", ["label", "{one}", "--unproven"]),
        ("code", ["label", "{one}", "--blank", "3"]),
        ("code", ["label", "--unproven", "--blank", "3"]),
        ("blank", ["label", "--blank", "0"]),
        ("blank", ["label", "--blank", "501"]),
        ("blank", ["label", "--blank", "some"]),
        ("start", ["label", "{one}", "--start", "2"]),
        ("start", ["label", "{one}", "--start", "first"]),
        ("start", ["label", "{one}", "--to", "{picture}", "--media", "l7160", "--start", "2"]),
        ("copies", ["label", "{one}", "--copies", "100"]),
        ("media", ["label", "{one}", "--media", "l7160"]),
        ("job", ["queue", "retry", "7"]),
        ("job", ["queue", "retry", "x"]),
        ("job", ["queue", "cancel"]),
        ("job", ["queue", "cancel", "1", "--all"]),
        ("command", ["queue", "flush"]),
        ("name", ["printer", "add", "desk", "--place", NOBODY]),
        ("name", ["printer", "add", "a:b", "--place", NOBODY]),
        ("name", ["printer", "edit", "nope", "--place", NOBODY]),
        ("place", ["printer", "add", "new", "--media", "58mm"]),
        ("place", ["printer", "add", "new", "--place", "next door"]),
        ("place", ["printer", "edit", "desk"]),
        ("dpi", ["printer", "edit", "desk", "--dpi", "5"]),
        ("printer", ["printer", "remove", "nope"]),
        ("printer", ["printer", "test", "nope"]),
    ],
)
def test_bad_input_names_its_field_and_changes_nothing(field: str, words: list[str], world: World) -> None:
    before = world.journal(), world.done("printer", "--json").out
    answer = world.call(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"{field}: ")
    assert answer.err.count("\n") == 1
    assert (world.journal(), world.done("printer", "--json").out) == before
    assert jobs(world) == []


def test_blank_labels_are_printed_ahead_and_claimed_later(world: World) -> None:
    with EmulatedPrinter() as printer:
        done = world.done("label", "--blank", "3", "--printer", str(printer.place), "--json").document
    assert sorted(labels(printer)) == sorted(done["codes"])
    assert done["entries"] == []
    code = done["codes"][1]
    assert world.done("add", "--length", "0.5", "--code", code).out.strip() == code


def test_labels_that_were_never_scanned_back_are_printed_again(world: World) -> None:
    assert world.done("label", "--unproven", "--to", "{picture}").out.startswith("Wrote 1 label")
    world.done("prove", "D" + world.names["sealed"])
    assert world.done("label", "--unproven").out == "Every label that was printed is proven.\n"
    world.done("label", "{one}", "{two}", "--to", "{picture}", "--force")
    with EmulatedPrinter() as printer:
        world.done("label", "--unproven", "--printer", str(printer.place))
    assert sorted(labels(printer)) == sorted("D" + code for code in codes(world, "one", "two"))


def test_sheets_go_on_where_they_ended(world: World) -> None:
    office = f"pdf:{world.folder}"
    first = world.done("label", "{one}", "{two}", "--printer", office, "--media", "l7160").out
    assert "the next free label on the sheet is no. 3" in first
    again = ("label", "{one}", "--printer", office, "--media", "l7160")
    assert "no. 4" in world.done(*again).out
    assert "no. 11" in world.done(*again, "--start", "10").out
    assert len(list(world.folder.glob("label-*.pdf"))) == 3


def pages(pdf: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))


def test_a_sheet_in_a_file_begins_where_it_is_told(world: World) -> None:
    target = world.folder / "sheet.pdf"
    call = ("label", "{one}", "{two}", "--to", str(target), "--media", "l7160")
    world.done(*call, "--start", "20")
    assert pages(target) == 1
    world.done(*call, "--start", "21", "--force")
    assert pages(target) == 2


def test_a_check_of_the_gate_looks_at_no_printer(world: World) -> None:
    world.settings('[printers]\nodd = {place = "nowhere", speed = 3}\n[own_media.odd]\nwidth = -1\n')
    code = (
        "import sys; from rollertrack.cli.main import main; main(sys.argv[1:])\n"
        "print([name for name in sys.modules if name.startswith(('rollertrack.labels', 'tomlkit'))])"
    )
    call = [sys.executable, "-c", code, "check", world.names["ready"]]
    done = subprocess.run(call, env=world.environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("✓ USE")
    assert done.stdout.endswith("\n[]\n")
    told = world.call("label", "{one}", "--printer", "odd").err
    assert told.startswith(f"settings: {world.folder}/config/rollertrack/settings.toml, printers “odd”: ")


def test_printers_are_listed_with_what_is_set(world: World) -> None:
    world.done("printer", "add", "jars", "--place", "usb:04b8:0202", "--dpi", "300", "--module", "5")
    (desk, jars) = world.done("printer", "--json").document["printers"]
    assert (desk["usual"], desk["paper"], jars["usual"], jars["paper"]) == (True, "50x25", False, "58mm")
    assert jars["place"] == "usb:04b8:0202"
    assert "dpi 300, module 5" in world.done("printer", "list").out
    world.done("printer", "remove", "desk")
    world.done("printer", "remove", "jars")
    assert "`rollertrack printer add NAME --place PLACE` sets one" in world.done("printer").out


def test_a_test_label_is_printed(world: World) -> None:
    answer = world.call("printer", "test", "desk")
    assert answer.status == 3
    assert "it refuses the connection" in answer.err
    with EmulatedPrinter() as printer:
        world.done("printer", "edit", "desk", "--place", str(printer.place))
        assert world.done("printer", "test", "desk").out.startswith("desk confirms the test label.")
    assert len(printer.printed) == 1
    assert jobs(world) == []


def test_a_terminal_sees_how_far_it_is_and_the_line_goes_in_the_end(world: World) -> None:
    with EmulatedPrinter() as printer:
        leader, follower = pty.openpty()
        place = str(printer.place)
        call = ["label", *codes(world, "one", "two", "three"), "--printer", place]
        done = world.run(*call, err=follower)
        os.close(follower)
        seen = os.read(leader, 65_536).decode()
        os.close(leader)
    assert [line.split(" …")[0] for line in seen.split("\r")[1:4]] == ["1 of 3", "2 of 3", "3 of 3"]
    assert seen.split("\r")[-2].strip() == ""
    assert done.out.startswith(f"{place} confirms 3 labels")


# A shell that starts the tests in the background has them, and their children, ignore the key.
HEARS_THE_KEY = "import signal, runpy; signal.signal(signal.SIGINT, signal.default_int_handler);"
HEARS_THE_KEY += "runpy.run_module('rollertrack', run_name='__main__', alter_sys=True)"


class InterruptingPrinter(EmulatedPrinter):
    """Stops at its second picture, and presses Ctrl+C in the process that sends it."""

    def __init__(self) -> None:
        super().__init__()
        self.sender: Future[int] = Future()
        self._struck = self._deaf = False

    def _listen(self, connection: socket.socket) -> None:
        self._deaf = False
        super()._listen(connection)

    def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
        """Answer nothing more on this line once the key is pressed."""
        if b"\x1dv0" in said and len(self.printed) == 1 and not self._struck:
            self._struck = self._deaf = True
            os.kill(self.sender.result(60), signal.SIGINT)
        if not self._deaf:
            super().hears(said, answer)


def test_a_batch_is_stopped_by_hand_and_the_rest_waits(world: World) -> None:
    with InterruptingPrinter() as printer:
        process = subprocess.Popen(
            [sys.executable, "-c", HEARS_THE_KEY, "label", *codes(world, "one", "two", "three"),
             "--printer", str(printer.place)],
            env=world.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        printer.sender.set_result(process.pid)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (130, "")
        assert err == "Stopped. 1 of 3 labels came out, 2 left; `rollertrack queue retry` goes on.\n"
        assert jobs(world) == [(1, "confirmed"), (2, "failed"), (3, "waiting")]
        assert "It was stopped while it was sent; look whether it printed" in world.done("queue").out
        # Named on the command line alone, it is nobody's printer for the queue.
        assert world.call("queue", "retry").status == 3
        world.settings(f'[printers]\nshelf = "{printer.place}"\n')
        world.done("queue", "retry")
        assert labels(printer) == codes(world, "one", "two", "three")


@pytest.mark.parametrize("to_file", [True, False])
def test_letters_that_no_font_has_are_told_with_the_label(
    world: World, tmp_path: Path, to_file: bool
) -> None:
    nobody_has = "\U00012000"  # a cuneiform sign
    code = world.done("add", "--length", "0.5", "--name", f"night {nobody_has}").out.strip()
    with EmulatedPrinter() as printer:
        world.settings(f'[printers]\ndesk = {{place = "{printer.place}", media = "50x25"}}\n')
        where = ("--to", str(tmp_path / "label.png"), "--force") if to_file else ("--printer", "desk")
        told = world.done("label", code, *where, "--json").document["warnings"]
        silent = world.done("label", world.names["one"], *where, "--json").document["warnings"]
    assert f"No font here has {nobody_has}: a box stands there on the label." in " ".join(told)
    assert not any("No font" in each for each in silent)
