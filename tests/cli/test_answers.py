"""Answers that nobody takes: a closed pipe, a full disk, no output at all, letters it cannot show."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from command_calls import PROGRAM, World, copy_of, new_world


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> World:
    return new_world(tmp_path_factory.mktemp("template"))


@pytest.fixture
def world(template: World, tmp_path: Path) -> World:
    return copy_of(template, tmp_path)


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["list"], 0), (["export"], 0), (["policy", "show"], 0), (["check", "{ready}"], 0),
        (["check", "{dirty}"], 1), (["check", "{dirty}", "--json"], 1), (["check", "x"], 2),
        (["note", "{ready}", "said to nobody"], 0),
    ],
)  # fmt: skip
def test_a_reader_that_has_left_changes_neither_deed_nor_status(
    words: list[str], status: int, unbuffered: str, world: World
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, *world.filled(words)], stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
        env={**world.environment, "PYTHONUNBUFFERED": unbuffered},
    )  # fmt: skip
    os.close(writing)
    assert done.returncode == status
    assert done.stderr.count("\n") == (1 if status == 2 else 0)
    if words[0] == "note":
        assert "said to nobody" in world.journal()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    "words", [["list"], ["check", "{ready}"], ["check", "x", "--json"], ["verify", "--json"]]
)
def test_an_answer_that_cannot_be_written_is_one_sentence(words: list[str], world: World) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *world.filled(words)], stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env=world.environment,
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.endswith("The answer could not be written: no space left on device.\n")
    assert "Traceback" not in done.stderr


def test_without_any_output_the_status_still_speaks(world: World) -> None:
    close = ("sh", "-c", 'exec "$@" >&-', "sh")
    for words, status in (
        (["check", "{ready}"], 0),
        (["check", "{dirty}"], 1),
        (["note", "{ready}", "x"], 0),
    ):
        done = subprocess.run(
            [*close, *PROGRAM, *world.filled(words)], stderr=subprocess.PIPE, text=True, check=False,
            env=world.environment,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_letters_that_cannot_be_shown_stop_no_answer(encoding: str, world: World) -> None:
    world.done("edit", "{ready}", "--name", "夜 ✓ é")
    more = {"PYTHONIOENCODING": encoding}
    spoken = subprocess.run(
        [*PROGRAM, *world.filled(["check", "{ready}"])], capture_output=True, check=False,
        env={**world.environment, **more},
    )  # fmt: skip
    assert (spoken.returncode, spoken.stderr) == (0, b"")
    assert b" USE " in spoken.stdout
    answer = world.run("check", "{ready}", "--json", more=more, encoding=encoding)
    assert answer.document["name"] == "夜 ✓ é"


def test_bytes_that_are_no_text_are_told_of_and_not_stumbled_over(world: World) -> None:
    for words in (
        [b"check", b"\xff\xfe"],
        [b"list", b"--search", b"\xff"],
        [b"\xff"],
        [b"add", b"--length", b"\xff"],
    ):
        for more in ([], [b"--json"]):
            done = subprocess.run(
                [*(os.fsencode(word) for word in PROGRAM), *words, *more], capture_output=True, check=False,
                env=world.environment,
            )  # fmt: skip
            assert done.returncode in {0, 2}
            assert b"Traceback" not in done.stderr
            assert b"failed" not in done.stderr


def test_what_is_stored_never_speaks_to_the_terminal(world: World) -> None:
    """An outsider can store what the door refuses; it is shown as a sign that stands for it."""
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("UPDATE roller SET name = 'a' || char(27) || '[2J' || char(8238) || 'b'")
        connection.commit()
    assert "a\ufffd[2J\ufffdb" in world.done("list").out
    assert "\x1b" not in world.done("list").out
    assert world.done("list", "--json").document["rollers"][0]["name"] == "a\x1b[2J\u202eb"


def test_an_unforeseen_failure_is_one_sentence_and_a_trace_only_when_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_context: object) -> int:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("rollertrack.cli.reads.due", broken)
    answer = world.call("due")
    assert (answer.status, answer.out) == (3, "")
    assert (
        answer.err == "RollerTrack failed: ZeroDivisionError: two lines. ROLLERTRACK_DEBUG=1 shows where.\n"
    )
    with monkeypatch.context() as asked:
        asked.setattr(World, "environment", {**world.environment, "ROLLERTRACK_DEBUG": "1"})
        with pytest.raises(ZeroDivisionError):
            world.call("due")


def test_an_interrupt_is_quiet(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_context: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("rollertrack.cli.reads.due", interrupted)
    answer = world.call("due")
    assert (answer.status, answer.out, answer.err) == (130, "", "")
