"""Labels on the command line: claim one, prove it, list the unproven, and be told of an old one."""

from pathlib import Path

import pytest
from harness.command_calls import World

CODE = "RKDTLBNEB"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_label_is_claimed_listed_and_proven(world: World) -> None:
    assert (
        world.done("add", "--length", "0.5", "--name", "evening", "--code", "rkd-tlb-neb").out == f"{CODE}\n"
    )
    row = world.done("unproven", "--json").document["unproven"][0]
    assert (row["code"], row["name"], row["place"], row["mark"]) == (CODE, "evening", "printed ahead", "")
    assert world.done("unproven").out.startswith("RKD-TLB-NEB  evening  ")
    assert world.done("show", CODE, "--json").document["label"]["state"] == "unproven"
    assert "unproven: scan it once it is stuck on" in world.done("show", CODE).out
    assert world.done("prove", CODE).out == "The label of RKD-TLB-NEB is proven.\n"
    assert "was proven already" in world.done("prove", CODE).out
    assert world.done("unproven").out == "Every label that was printed is proven.\n"
    label = world.done("show", CODE, "--json").document["label"]
    assert (label["state"], label["mark"], label["proven_at"] is None) == ("proven", "", False)


def test_a_roller_without_a_label_says_so(world: World) -> None:
    code = world.done("add", "--length", "0.5").out.strip()
    assert world.done("unproven").out == "No label was printed yet.\n"
    assert world.done("label", "--unproven").out == "No label was printed yet.\n"
    assert world.done("show", code, "--json").document["label"] == {
        "state": "none", "mark": None, "printed_at": None, "proven_at": None,
    }  # fmt: skip
    assert "Label: none" in world.done("show", code).out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["prove", "{new}"], "code: no label of"),
        (["prove", "X"], "code: a code has nine letters"),
        (["prove", f"E{CODE}"], "code: a label with the mark E is not on record"),
        (["prove", CODE], "code: the current label reads D·RKD-TLB-NEB; without the mark"),
        (["add", "--length", "1", "--code", CODE], "code: RKD-TLB-NEB is registered already"),
        (
            ["add", "--length", "1", "--code", "RKDTLBNED"],
            "code: the check letter of RKD-TLB-NED does not fit",
        ),
        (["add", "--length", "1", "--code", "RBBDEFGHO", "--count", "2"], "count: 2 is out of range"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    words: list[str], sentence: str, world: World
) -> None:
    world.names["new"] = world.done("add", "--length", "0.5").out.strip()
    world.done("add", "--length", "0.5", "--code", f"D{CODE}")
    before = world.journal()
    answer = world.call(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(sentence)
    assert answer.err.count("\n") == 1
    assert world.journal() == before


def test_a_check_of_a_label_that_is_not_the_current_one_warns_beside_the_verdict(world: World) -> None:
    world.done("add", "--length", "0.5", "--code", f"D{CODE}")
    warned = world.call("check", f"HTTP://RT.LAN/R/E{CODE}")
    assert (
        warned.err
        == "Note: A label with the mark E is not on record: print a new one, then destroy this one.\n"
    )
    document = world.call("check", f"E{CODE}", "--json").document
    assert (document["code"], document["word"]) == (CODE, "WASH FIRST")
    assert document["label_warning"].startswith("A label with the mark E")
    for text in (CODE, f"D{CODE}", "D-RKD-TLB-NEB"):
        answer = world.call("check", text, "--json")
        assert (answer.document["label_warning"], answer.document["word"]) == (None, "WASH FIRST")


def test_a_list_without_a_roller_in_use_says_how_to_see_the_others(world: World) -> None:
    mistake = world.done("add", "--length", "0.5").out.strip()
    world.done("undo", mistake, "--reason", "none there")
    assert world.done("list").out == "No roller is on record; `add` registers one.\n"
    code = world.done("add", "--length", "0.5").out.strip()
    world.done("retire", code, "--reason", "lost")
    said = "All 1 roller is retired; `add` registers one, `list --state retired` shows them.\n"
    assert world.done("list").out == said
    assert code[:3] in world.done("list", "--state", "retired").out
    assert world.done("list", "--search", "lost").out == "No roller fits.\n"
