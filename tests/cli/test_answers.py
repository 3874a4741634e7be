"""Answers that nobody takes: a closed pipe, a full disk, no output at all, letters it cannot show."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from harness import forked
from harness.command_calls import World

ASKED = [
    (["list"], 4), (["export"], 4), (["policy", "show"], 4), (["check", "{ready}"], 4),
    (["check", "{dirty}"], 4), (["check", "{dirty}", "--json"], 4), (["check", "x"], 2),
    (["check", "x", "--json"], 2), (["verify", "--json"], 4), (["--help"], 4), (["list", "--help"], 4),
    (["--version"], 4), (["use", "{dirty}"], 1), (["use", "{dirty}", "--json"], 1),
    (["done", "{soaking}", "--json"], 1), (["note", "{ready}", "said to nobody"], 4),
    (["note", "{ready}", "said to nobody", "--json"], 4), (["add", "--length", "0.5"], 4),
    (["undo", "{dirty}", "--reason", "a slip", "--json"], 4), (["queue", "clear"], 4),
    (["label", "{ready}", "--to", "{page}"], 4), (["backup", "{new}"], 4),
    (["demo", "--write", "{new}", "--rollers", "1"], 4), (["list", "--csv", "-"], 4),
]  # fmt: skip
"""Calls, and what their status says where nobody can hear them: 4 is done and not told."""


def told_to(output: int, words: list[str], world: World, unbuffered: str = "") -> tuple[int, str]:
    """The status of a call whose standard output is given, and what it said on the other one."""
    done = world.run(*words, out=output, more={"PYTHONUNBUFFERED": unbuffered})
    assert "Traceback" not in done.err
    assert "Exception ignored" not in done.err
    return done.status, done.err


def stands(words: list[str], world: World) -> bool:
    """Whether what a note says is on record, where one was to be written."""
    return words[0] != "note" or "said to nobody" in world.journal()


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(("words", "status"), ASKED)
def test_a_reader_that_has_left_is_no_refusal(
    words: list[str], status: int, unbuffered: str, world: World
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    found, told = told_to(writing, words, world, unbuffered)
    os.close(writing)
    assert found == status
    assert stands(words, world)
    # A reader of a long answer that has seen enough need not be told.
    assert told in {"", "It is done, but the answer could not be written: broken pipe.\n"} or status != 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(("words", "status"), ASKED)
def test_an_answer_that_cannot_be_written_is_one_sentence(
    words: list[str], status: int, world: World
) -> None:
    with Path("/dev/full").open("w") as full:
        found, told = told_to(full.fileno(), words, world)
    assert found == status
    assert stands(words, world)
    sentence = "answer could not be written: no space left on device.\n"
    assert told in {f"The {sentence}", f"It is done, but the {sentence}"} or status != 4


@pytest.mark.parametrize(("words", "status"), ASKED)
def test_without_any_output_the_status_still_speaks(words: list[str], status: int, world: World) -> None:
    answer = world.run(*words, out=None)
    assert answer.status == status
    assert stands(words, world)
    assert answer.err.count("\n") == 1
    assert world.done("verify").status == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("is_full", [False, True])
def test_a_sentence_beside_the_answer_that_is_lost_is_no_refusal(is_full: bool, world: World) -> None:
    err = os.open("/dev/full", os.O_WRONLY) if is_full else None
    warned = ["use", "{dirty}", "--despite", "in a hurry"]
    assert world.done(*warned).err.startswith("Note: ")
    assert world.run(*warned, err=err).status == 4
    assert world.journal().count("in a hurry") >= 2
    # A document holds the notes itself.
    assert world.run(*warned, "--json", err=err).status == 0
    assert world.run("note", "{ready}", "x", err=err).status == 0
    assert world.run("use", "{dirty}", err=err).status == 1
    assert world.run("check", "x", err=err).status == 2
    if err is not None:
        os.close(err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("to", [">&-", "2>&-", ">/dev/full", "2>/dev/full"])
def test_an_interpreter_that_has_just_begun_ends_as_one_that_was_forked(to: str, world: World) -> None:
    shell = ("sh", "-c", f'exec "$@" {to}', "sh")
    full = os.open("/dev/full", os.O_WRONLY)
    lost: dict[str, Any] = {"err" if to[0] == "2" else "out": full if "full" in to else None}
    for words in (["check", "{ready}"], ["check", "x", "--json"]):
        anew, forked_one = world.started(*words, under=shell), world.run(*words, **lost)
        assert (anew.status, anew.out, anew.err) == (forked_one.status, forked_one.out, forked_one.err)
    os.close(full)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_letters_that_cannot_be_shown_stop_no_answer(encoding: str, world: World) -> None:
    world.done("edit", "{ready}", "--name", "夜 ✓ é")
    more = {"PYTHONIOENCODING": encoding}
    spoken = world.run("check", "{ready}", more=more, encoding=encoding)
    assert (spoken.status, spoken.err) == (0, "")
    assert " USE " in spoken.out
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
            done = forked.run([os.fsdecode(word) for word in (*words, *more)], world.environment)
            assert done.status in {0, 2}
            assert b"Traceback" not in done.err
            assert b"failed" not in done.err


def test_what_is_stored_never_speaks_to_the_terminal(world: World) -> None:
    """An outsider can store what the door refuses; it is shown as a sign that stands for it."""
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("UPDATE roller SET name = 'a' || char(27) || '[2J' || char(8238) || 'b'")
        connection.commit()
    assert "a\ufffd[2J\ufffdb" in world.done("list").out
    assert "\x1b" not in world.done("list").out
    assert world.done("list", "--json").document["rollers"][0]["name"] == "a\x1b[2J\u202eb"


@pytest.mark.parametrize(
    "char", ["\x9b", "\x7f", "\u200b", "\u202e", "\u2066", "\ufeff", "\u3164", "\U000e0041"]
)
def test_a_document_holds_nothing_that_is_not_seen(char: str, world: World) -> None:
    hostile = f"a{char}b 夜"
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE roller SET name = ?", (hostile,))
        connection.execute("UPDATE event SET data = replace(data, 'ready', ?)", (hostile,))
        connection.commit()
    listed, exported, whole = (
        world.done(*words) for words in (["list", "--json"], ["export"], ["export", "--json"])
    )
    assert char not in listed.out + exported.out + whole.out + world.done("list").out
    assert "b 夜" in listed.out
    assert listed.document["rollers"][0]["name"] == hostile
    assert any(hostile in json.loads(line)["data"].values() for line in exported.out.splitlines())
    assert any(hostile in entry["data"].values() for entry in whole.document["entries"])


def test_an_unforeseen_failure_is_one_sentence_and_a_trace_only_when_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_context: object) -> int:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("rollertrack.cli.due.due", broken)
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

    monkeypatch.setattr("rollertrack.cli.due.due", interrupted)
    answer = world.call("due")
    assert (answer.status, answer.out, answer.err) == (130, "", "")
