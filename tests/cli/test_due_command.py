"""`due`, `snooze` and bins, as they are typed and as they read."""

from pathlib import Path

import pytest
from harness.command_calls import World, copy_of


@pytest.fixture
def world(template: World, tmp_path: Path) -> World:
    return copy_of(template, tmp_path)


def test_what_is_overdue_ends_with_1_until_it_is_put_off(world: World) -> None:
    answer = world.done("due", status=1)
    lines = answer.out.splitlines()
    assert lines[0] == "Overdue"
    assert "disinfect" in lines[1]
    world.done(
        "snooze", "{dirty}", "--what", "disinfect", "--until", "{in a week}", "--reason", "=on holiday"
    )
    after = world.done("due").out
    assert "Overdue" not in after
    assert after.split("Snoozed")[1].split("\n")[1].endswith(": =on holiday")
    world.done("snooze", "{dirty}", "--what", "disinfect", "--until", "today", "--reason", "not on holiday")
    assert world.done("due", status=1).out == answer.out


def test_many_of_a_kind_are_one_line_and_all_lists_them(world: World) -> None:
    codes = world.done("add", "--length", "0.2", "--count", "6", "--json").document["codes"]
    world.done("retire", *codes, "--reason", "worn")
    short = world.done("due", "--within", "0", status=1).out
    assert "6 rollers" in short
    in_full = world.done("due", "--within", "0", "--all", status=1).out
    assert in_full.count("into the bin") == len(codes)
    assert len(world.done("list", "--state", "unbinned", "--json").document["rollers"]) >= len(codes)
    told = world.done("bin", "into", "{bin}", *codes).out
    assert "6 rollers" in told
    assert "into the bin" not in world.done("due", "--within", "0", status=1).out
    assert all(code[-2:] in world.done("bin", "show", "{bin}").out for code in codes)
    world.done("bin", "collect", "{bin}", "--hauler", "Clean & Co")
    assert "taken away" in world.done("bin", "list").out


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("what", ("snooze", "{dirty}", "--what", "sleep", "--until", "{in a week}", "--reason", "x")),
        ("until", ("snooze", "{dirty}", "--what", "disinfect", "--until", "2020-01-01", "--reason", "x")),
        ("until", ("snooze", "{dirty}", "--what", "disinfect", "--until", "soon", "--reason", "x")),
        ("reason", ("snooze", "{dirty}", "--what", "disinfect", "--until", "{in a week}")),
        ("code", ("snooze", "nothing", "--what", "disinfect", "--until", "{in a week}", "--reason", "x")),
        ("product", ("snooze", "nothing", "--what", "order", "--until", "{in a week}", "--reason", "x")),
        ("bin", ("bin", "into", "{closed_bin}", "{dirty}")),
        ("search", ("list", "--state", "unbinned", "--search", "x")),
    ],
)
def test_what_cannot_be_is_one_sentence(field: str, words: tuple[str, ...], world: World) -> None:
    answer = world.call(*words)
    assert (answer.status, answer.out, answer.err.split(":")[0]) == (2, "", field)
    assert world.done("verify").out.startswith("All agree")
