"""`trace`, `recall` and `incident`, as a clinic types them; and the files that they write."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from harness.command_calls import World, copy_of
from harness.pdf_reader import read_pdf

from rollertrack.domain.code import shown
from rollertrack.domain.trace import OF_LOTS, OF_SOLUTIONS
from rollertrack.reports.tables import defused

HOSTILE = '=HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def lots(template: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Rollers of a lot, of one like it and of none; made once."""
    world = copy_of(template, tmp_path_factory.mktemp("lots"))
    for name, lot in (("has", "A-12"), ("alike", "AI2"), ("lotless", "")):
        words = ["add", "--length", "0.5", "--maker", "Titan", "--lot", lot, "--name", HOSTILE]
        world.names[name] = world.done(*words).out.strip()
    world.done("use", "{has}", "--despite", "x")
    return world


@pytest.fixture
def world(lots: World, tmp_path: Path) -> World:
    return copy_of(lots, tmp_path)


def test_the_sets_stand_by_their_names_each_a_sorted_list(world: World) -> None:
    document = world.done("trace", "--lot", "a 12", "--json").document
    assert tuple(document["sets"]) == OF_LOTS
    assert document["sets"]["has"] == [world.names["has"]]
    assert document["sets"]["near"] == [world.names["alike"]]
    assert document["sets"]["cannot_be_ruled_out"] == [world.names["lotless"]]
    assert document["sets"]["persons"] == [world.names["person"]]
    assert all(codes == sorted(codes) for codes in document["sets"].values())
    assert {row["what"] for row in document["rows"]} == {"has", "near", "cannot_be_ruled_out", "used"}
    assert document["question"]["kind"] == "lot"
    solution = world.done("trace", "--solution", "{solution}", "--json").document
    assert tuple(solution["sets"]) == OF_SOLUTIONS


@pytest.mark.parametrize(
    "words",
    [
        ["--roller", "{has}"], ["--person", "{person}"], ["--by", "{operator}"], ["--operator", "{operator}"],
        ["--from", "2026-01-01"], ["--solution", "{solution}", "--since-last-pass"], ["--lot", "nowhere"],
    ],
)  # fmt: skip
def test_every_question_is_answered_for_people_and_programs(words: list[str], world: World) -> None:
    before = world.journal()
    assert world.done("trace", *words).out
    assert set(world.done("trace", *words, "--json").document["sets"]) in (set(OF_LOTS), set(OF_SOLUTIONS))
    assert world.journal() == before


def test_a_dry_run_says_what_would_be_and_writes_nothing(world: World) -> None:
    before = world.journal()
    said = world.done("recall", "--lot", "A12", "--reason", "a letter", "--dry-run").out
    assert "Puts aside 1 roller. Opens an incident." in said
    assert "Nothing was written" in said
    would = world.done("recall", "--lot", "A12", "--reason", "x", "--dry-run", "--json").document["would"]
    assert (would["put_aside"], would["incident"]) == ([world.names["has"]], None)
    assert world.journal() == before


def test_a_recall_from_the_letter_to_its_end(world: World) -> None:
    done = world.done("recall", "--lot", "A12", "--reason", "a letter", "--doubtful", "--json").document
    assert done["put_aside"] == sorted([world.names["has"], world.names["lotless"]])
    incident = world.names["incident"] = done["incident"]
    assert "Recalled: a letter." in world.call("check", "{has}").out
    shown_now = world.done("incident", "show", "{incident}").out
    assert "not told yet" in shown_now
    assert shown_now.count("put aside") >= 2
    world.done("incident", "tell", "{incident}", "--person", "{person}", "--how", "by telephone")
    document = world.done("incident", "show", "{incident}", "--json").document
    assert (document["untold"], document["persons"][0]["how"]) == ([], "by telephone")
    world.done("release", "{has}", "--incident", "{incident}", "--reason", "another lot")
    world.done("release", "--incident", "{incident}", "--reason", "another lot")
    world.done("incident", "close", "{incident}", "--outcome", "all are well")
    assert "closed" in world.done("incident", "list").out
    assert shown(incident) in world.done("show", "{incident}").out
    assert "opened: a letter" in world.done("log", "{incident}").out


def test_a_recall_of_what_nothing_carries_is_refused_with_what_is_near(world: World) -> None:
    before = world.journal()
    answer = world.call("recall", "--lot", "AL2", "--reason", "x")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "Nothing carries AL2; near it: A-12 (1), AI2 (1).\n"
    assert world.journal() == before


def test_a_failed_strip_and_a_reaction_name_the_search(world: World) -> None:
    failed = world.done("solution", "test", "{solution}", "--fail").out
    command = f"rollertrack trace --solution {shown(world.names['solution'])} --since-last-pass"
    assert f"`{command}`" in failed
    world.done(*command.split()[1:])
    reacted = world.done("person", "react", "{person}", "--text", "red for a week").out
    command = f"rollertrack trace --person {shown(world.names['person'])}"
    assert f"`{command}`" in reacted
    world.done(*command.split()[1:])
    assert "rollertrack trace" not in world.done("solution", "test", "{solution}", "--pass").out


def test_a_table_for_spreadsheets_calculates_nothing(world: World) -> None:
    path = world.folder / "trace.csv"
    said = world.done("trace", "--lot", "A12", "--csv", str(path)).out
    assert f"Wrote 4 rows to {path}." in said
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 5
    rows = list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))
    assert {row["name"] for row in rows} == {f"'{HOSTILE}", "me"}
    assert [row["what"] for row in rows] == ["has", "near", "cannot_be_ruled_out", "used"]
    assert path.stat().st_mode & 0o777 == 0o600
    again = world.call("trace", "--lot", "A12", "--csv", str(path))
    assert (again.status, again.err.split(":")[0]) == (2, "csv")
    world.done("trace", "--lot", "A12", "--csv", str(path), "--force")


@pytest.mark.parametrize("sign", [*"=+-@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_calculate_is_text(sign: str) -> None:
    assert defused(f"{sign}1+1") == f"'{sign}1+1"
    assert defused(f"1{sign}") == f"1{sign}"
    assert defused("") == ""


def test_a_list_to_print_has_a_page_for_people(world: World) -> None:
    path = world.folder / "trace.pdf"
    world.done("trace", "--lot", "A12", "--pdf", str(path))
    assert len(read_pdf(path.read_bytes())) == 1
    first = path.read_bytes()
    world.done("trace", "--lot", "A12", "--pdf", str(path), "--force", "--page", "Letter")
    assert path.read_bytes() != first
