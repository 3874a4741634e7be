"""Bad input: one sentence that names the field and what would be right, status 2, and nothing changed."""

import shutil
from pathlib import Path

import pytest
from harness.command_calls import World, copy_of

LONG = "x" * 10_000
HOSTILE = [
    "a\x1b[31mb",
    "a\nb",
    "a\tb",
    "a\x00b",
    "a\u202eb",
    "a\u200bb",
    "a\ufeffb",
    "a\u2066b",
    "\udcff",
    "a\x7fb",
]
HARMLESS = [
    "[red]x[/]",
    "[@click=app.quit]x[/]",
    "👩 Ünï",
    "日本語",
    "' OR 1=1 --",
    '"; DROP TABLE event',
    "a\\b",
    "%s {0}",
]

BAD: list[tuple[str, list[str]]] = [
    ("length", ["add"]),
    ("length", ["add", "--length", "0"]),
    ("length", ["add", "--length", "-1"]),
    ("length", ["add", "--length", "99"]),
    ("length", ["add", "--length", "0.04"]),
    ("length", ["add", "--length", "5.01"]),
    ("length", ["add", "--length", "0.505"]),
    ("length", ["add", "--length", "half"]),
    ("length", ["add", "--length", "1e0"]),
    ("length", ["add", "--length", "٠٫٥"]),
    ("length", ["add", "--length", "nan"]),
    ("length", ["add", "--length"]),
    ("length", ["add", "--kind", "handpiece", "--length", "0.5"]),
    ("kind", ["add", "--length", "0.5", "--kind", "hammer"]),
    ("name", ["add", "--length", "0.5", "--name", LONG]),
    ("needles", ["add", "--length", "0.5", "--needles", "0"]),
    ("needles", ["add", "--length", "0.5", "--needles", "1.5"]),
    ("max-uses", ["add", "--length", "0.5", "--max-uses", "-3"]),
    ("max-days", ["add", "--length", "0.5", "--max-days", "9999999"]),
    ("expiry", ["add", "--length", "0.5", "--expiry", "2027-02-30"]),
    ("expiry", ["add", "--length", "0.5", "--expiry", "05/2027"]),
    ("expiry", ["add", "--length", "0.5", "--expiry", "2027-13"]),
    ("expiry", ["add", "--length", "0.5", "--expiry", "9999-01-01"]),
    ("count", ["add", "--length", "0.5", "--count", "0"]),
    ("count", ["add", "--length", "0.5", "--count", "1001"]),
    ("person", ["add", "--length", "0.5", "--person", "nobody"]),
    ("operator", ["add", "--length", "0.5", "--operator", "{ready}"]),
    ("edit", ["edit", "{ready}"]),
    ("edit", ["edit", "{ready}", "--name", "ready"]),
    ("length", ["edit", "{ready}", "--length", ""]),
    ("code", ["edit", "{person}", "--lot", "x"]),
    ("code", ["open", "{ready}"]),
    ("code", ["use", "RKDTLBNEB"]),
    ("person", ["use", "{ready}", "--person", "{operator}"]),
    ("area", ["use", "{ready}", "--area", LONG]),
    ("note", ["use", "{ready}", "--note", LONG]),
    ("despite", ["use", "{dirty}", "--despite", LONG]),
    ("despite", ["use", "{dirty}", "--despite"]),
    ("agent", ["soak", "{dirty}"]),
    ("code", ["soak", "{soaking}", "--agent", "alcohol"]),
    ("code", ["soak", "--agent", "alcohol"]),
    ("code", ["soak", "{dirty}", "{bin}", "--agent", "alcohol"]),
    ("minutes", ["soak", "{dirty}", "--agent", "alcohol", "--minutes", "0"]),
    ("minutes", ["soak", "{dirty}", "--agent", "gin"]),
    ("strength", ["soak", "{dirty}", "--agent", "alcohol", "--strength", "101"]),
    ("strength", ["soak", "{dirty}", "--agent", "alcohol", "--strength", "0"]),
    ("strength", ["soak", "{dirty}", "--agent", "alcohol", "--strength", "-70"]),
    ("solution", ["soak", "{dirty}", "--solution", "{ready}"]),
    ("code", ["done", "{ready}"]),
    ("minutes", ["disinfect", "{dirty}", "--agent", "alcohol"]),
    ("minutes", ["disinfect", "{dirty}", "--agent", "alcohol", "--minutes", "1441"]),
    ("minutes", ["disinfect", "{dirty}", "--agent", "alcohol", "--minutes", "ten"]),
    ("inspect", ["inspect", "{ready}"]),
    ("inspect", ["inspect", "{ready}", "--ok", "--fail", "bent"]),
    ("fail", ["inspect", "{ready}", "--fail", " "]),
    ("reason", ["quarantine", "{ready}"]),
    ("reason", ["quarantine", "{ready}", "--reason", ""]),
    ("code", ["release", "{ready}", "--reason", "x"]),
    ("bin", ["retire", "{ready}", "--reason", "x", "--bin", "{person}"]),
    ("reason", ["retire", "{ready}", "--reason", LONG]),
    ("text", ["note", "{ready}"]),
    ("note", ["note", "{ready}", "  "]),
    ("note", ["note", "{ready}", LONG]),
    ("entry", ["undo", "{ready}", "--reason", "x", "--entry", "0"]),
    ("entry", ["undo", "{ready}", "--reason", "x", "--entry", "99"]),
    ("entry", ["undo", "{dirty}", "--reason", "x", "--entry", "1"]),
    ("code", ["undo", "RKDTLBNEB", "--reason", "x"]),
    ("code", ["undo", "TKDTLBNUT", "--reason", "x"]),
    ("label", ["person", "add"]),
    ("label", ["person", "add", "--label", " "]),
    ("label", ["person", "add", "--label", LONG]),
    ("contraindication", ["person", "add", "--label", "a", "--contraindication", LONG]),
    ("edit", ["person", "edit", "{person}"]),
    ("code", ["person", "edit", "{ready}", "--label", "x"]),
    ("label", ["operator", "add", "--label", ""]),
    ("code", ["operator", "close", "{bin}"]),
    ("code", ["bin", "edit", "{operator}", "--label", "x"]),
    ("agent", ["solution", "add"]),
    ("expiry", ["solution", "add", "--agent", "alcohol", "--expiry", "soon"]),
    ("strength", ["solution", "add", "--agent", "alcohol", "--strength", "strong"]),
    ("edit", ["solution", "edit", "{solution}"]),
    ("edit", ["solution", "edit", "{solution}", "--agent", "alcohol"]),
    ("test", ["solution", "test", "{solution}"]),
    ("test", ["solution", "test", "{solution}", "--pass", "--fail"]),
    ("reason", ["solution", "discard", "{solution}"]),
    ("trace", ["trace"]),
    ("lot", ["trace", "--lot", ""]),
    ("lot", ["trace", "--lot", " - "]),
    ("lot", ["trace", "--lot", LONG]),
    ("solution", ["trace", "--solution", "{ready}"]),
    ("solution", ["trace", "--solution", "SKDTLBNUT"]),
    ("roller", ["trace", "--roller", "RKDTLBNEB"]),
    ("person", ["trace", "--person", "{ready}"]),
    ("by", ["trace", "--operator", "{bin}"]),
    ("person", ["trace", "--lot", "A12", "--person", "{person}"]),
    ("from", ["trace", "--lot", "A12", "--from", "2026-01-01"]),
    ("from", ["trace", "--from", "2099-01-01"]),
    ("from", ["trace", "--person", "{person}", "--from", "last week"]),
    ("to", ["trace", "--from", "2026-02-01", "--to", "2026-01-01"]),
    ("since-last-pass", ["trace", "--lot", "A12", "--since-last-pass"]),
    ("csv", ["trace", "--lot", "A12", "--csv", ""]),
    ("pdf", ["trace", "--lot", "A12", "--pdf", "rows.txt"]),
    ("page", ["trace", "--lot", "A12", "--pdf", "rows.pdf", "--page", "A3"]),
    ("reason", ["recall", "--roller", "{ready}"]),
    ("reason", ["recall", "--roller", "{ready}", "--reason", " "]),
    ("lot", ["recall", "--lot", "", "--reason", "x"]),
    ("lot", ["recall", "--lot", "  ", "--reason", "x"]),
    ("lot", ["recall", "--lot", "-", "--reason", "x"]),
    ("cause", ["recall", "--roller", "{ready}", "--reason", "x", "--cause", "rain"]),
    ("also", ["recall", "--roller", "{ready}", "--reason", "x", "--also", "{plain}"]),
    ("at", ["recall", "--roller", "{ready}", "--reason", "x", "--at", "{in an hour}"]),
    ("operator", ["recall", "--roller", "{ready}", "--reason", "x", "--operator", "{ready}"]),
    ("code", ["incident", "show", "{ready}"]),
    ("code", ["incident", "show", "I·KDT-LBN-EB"]),
    ("person", ["incident", "tell", "I", "--how", "x"]),
    ("code", ["incident", "close", "{person}", "--outcome", "x"]),
    ("incident", ["release", "--incident", "{ready}", "--reason", "x"]),
    ("code", ["release", "--reason", "x"]),
    ("contraindication", ["person", "ask", "{person}"]),
    ("contraindication", ["person", "ask", "{person}", "--none", "--contraindication", "eczema"]),
    ("contraindication", ["person", "ask", "{person}", "--contraindication", LONG]),
    ("text", ["person", "react", "{person}"]),
    ("text", ["person", "react", "{person}", "--text", LONG]),
    ("session", ["person", "react", "{person}", "--text", "red", "--session", "1"]),
    ("session", ["person", "react", "{person}", "--text", "red", "--session", "ten"]),
    ("code", ["show", "RKDTLBNEB"]),
    ("code", ["log", "x"]),
    ("state", ["list", "--state", "lost"]),
    ("within", ["due", "--within", "-1"]),
    ("within", ["due", "--within", "soon"]),
    ("printer", ["label", "{ready}"]),
    ("printer", ["label", "{ready}", "--printer", "desk"]),
    ("printer", ["label", "{ready}", "--printer", "tcp://:9100"]),
    ("printer", ["label", "{ready}", "--printer", "usb:1234"]),
    ("to", ["label", "{ready}", "--to", "label.gif"]),
    ("to", ["label", "{ready}", "--to", "a\x1b[2J.png"]),
    ("to", ["label", "{ready}", "--to", "~nobody-of-that-name/label.png"]),
    ("to", ["label", "{ready}", "--to", "x.png", "--printer", "tcp://h:1"]),
    ("copies", ["label", "{ready}", "--to", "x.png", "--copies", "0"]),
    ("media", ["label", "{ready}", "--to", "x.png", "--media", "A4"]),
    ("to", ["cards"]),
    ("to", ["cards", "--to", "wall.png"]),
    ("to", ["cards", "--to", "wall.pdf", "--printer", "tcp://h:1"]),
    ("page", ["cards", "--to", "wall.pdf", "--page", "A3"]),
    ("page", ["cards", "--to", "cards.png", "--media", "58mm", "--page", "A4"]),
    ("to", ["outage"]),
    ("to", ["outage", "--to", "rows.txt"]),
    ("state", ["outage", "--to", "rows.pdf", "--state", "lost"]),
    ("search", ["outage", "--to", "rows.pdf", "--search", "nobody’s"]),
    ("page", ["outage", "--to", "rows.pdf", "--page", "A3"]),
    ("to", ["calibrate"]),
    ("to", ["calibrate", "--to", "test.png", "--media", "l7651"]),
    ("to", ["calibrate", "--to", "test.gif", "--media", "58mm"]),
    ("media", ["calibrate", "--to", "test.pdf", "--media", "A3"]),
    ("printer", ["calibrate", "--to", "test.pdf", "--printer", "desk"]),
    ("policy key", ["policy", "set", "age.dais", "3"]),
    ("age.days", ["policy", "set", "age.days", "0"]),
    ("age.days", ["policy", "set", "age.days", "none"]),
    ("age.days", ["policy", "set", "age.days", "90"]),
    ("profile", ["policy", "set", "profile", "spa"]),
    ("length.professional", ["policy", "set", "length.professional", "7"]),
    ("agent.alcohol.role", ["policy", "set", "agent.alcohol.role", "heals"]),
    ("backup", ["backup", "{backup}"]),
    ("backup", ["backup", "nowhere/b.db"]),
    ("backup", ["backup", ""]),
    ("backup", ["backup", "~nobody-of-that-name/b.db"]),
    ("restore", ["restore", "nowhere.db"]),
    ("restore", ["restore", "{database}"]),
    ("command", ["chek", "{ready}"]),
    ("command", ["person"]),
    ("command", ["person", "remove", "{person}"]),
    ("command", ["list", "everything"]),
    ("command", ["check", "{ready}", "--preson", "{person}"]),
    ("command", ["check", "{ready}", "--pers", "{person}"]),
    ("write", ["demo", "--write", "~nobody-of-that-name/x.db"]),
    ("rollers", ["demo", "--write", "{new}", "--rollers", "0"]),
    ("seed", ["demo", "--write", "{new}", "--seed", "x"]),
    ("write", ["demo", "--write", "{database}"]),
    ("database", ["--database"]),
    ("database", ["--database=", "list"]),
    ("database", ["list", "--database", ""]),
    ("database", ["list", "--database", "postgresql://host/db"]),
]  # fmt: skip


@pytest.fixture
def world(template: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.chdir(tmp_path)
    found = copy_of(template, tmp_path)
    found.names["database"] = str(found.database)
    return found


def files(world: World) -> set[str]:
    return {str(path) for path in world.folder.rglob("*")}


@pytest.mark.parametrize(("field", "words"), BAD, ids=[" ".join(words)[:60] for _, words in BAD])
def test_bad_input_is_one_sentence_that_names_the_field(field: str, words: list[str], world: World) -> None:
    before, there = world.rows(), files(world)
    answer = world.call(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"{field}: ")
    assert answer.err.count("\n") == 1
    assert len(answer.err) < 400
    assert "Traceback" not in answer.err
    assert answer.err.rstrip("\n").isprintable()
    spoken = world.call(*words, "--json") if words[0] != "--database" else answer
    assert words[0] == "--database" or spoken.document["exit_status"] == 2
    assert (world.rows(), files(world)) == (before, there)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", ["edit", "{ready}", "--name"]),
        ("label", ["person", "add", "--label"]),
        ("label", ["operator", "edit", "{operator}", "--label"]),
        ("contraindication", ["person", "edit", "{person}", "--contraindication"]),
        ("note", ["note", "{ready}"]),
        ("reason", ["retire", "{ready}", "--reason"]),
        ("fail", ["inspect", "{ready}", "--fail"]),
        ("area", ["use", "{ready}", "--area"]),
        ("concern", ["use", "{ready}", "--concern"]),
        ("despite", ["use", "{dirty}", "--despite"]),
        ("lot", ["solution", "edit", "{solution}", "--lot"]),
        ("agent", ["soak", "{dirty}", "--minutes", "5", "--agent"]),
        ("rinse", ["soak", "{dirty}", "--agent", "alcohol", "--rinse"]),
        ("area", ["check", "{ready}", "--area"]),
    ],
)
def test_what_cannot_be_seen_is_refused(field: str, words: list[str], text: str, world: World) -> None:
    before = world.rows()
    answer = world.call(*words, text)
    assert answer.status == 2
    assert answer.err.startswith(f"{field}: holds the invisible character U+")
    assert answer.err.count("\n") == 1
    assert world.call(*words, text, "--json").document["exit_status"] == 2
    assert world.rows() == before


@pytest.mark.parametrize("text", HARMLESS)
def test_what_can_be_seen_is_data_and_stays_as_it_is(text: str, world: World) -> None:
    code = world.done("add", "--length", "0.5", "--name", text, "--lot", text).out.strip()
    world.done("note", code, text)
    assert text in world.done("show", code).out
    assert world.done("show", code, "--json").document["name"] == text
    assert text in world.done("list", "--search", text).out
    rows = world.done("list", "--search", text, "--json").document["rollers"]
    assert [row["code"] for row in rows] == [code]
    assert world.done("verify").out.startswith("All agree")


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["chek", "{ready}"], "did you mean check?"),
        (["person", "ad"], "did you mean add?"),
        (["policy", "set", "age.day", "3"], "did you mean age.days?"),
    ],
)
def test_a_near_miss_is_told_the_nearest(words: list[str], near: str, world: World) -> None:
    assert near in world.call(*words).err


def test_a_code_of_another_kind_says_what_it_is(world: World) -> None:
    assert "is a person, not a roller" in world.call("use", "{person}").err
    assert "is a roller, not a person" in world.call("use", "{ready}", "--person", "{ready}").err
    assert "is a sharps bin, not a" in world.call("operator", "close", "{bin}").err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('printr = "desk"', "unknown key “printr”; did you mean printer?"),
        ('colour = "red"', "unknown key “colour”; "),
        ("printer = ", "is not TOML"),
        ("printer = 9", "printer must be text in quotes"),
        ('printers = "desk"', "printers must be a table of names and places"),
        ("[printers]\ndesk = 7", "printers must be a table of names and places"),
        ("printer_timeout = 0", "printer_timeout must be above 0 and at most 60 seconds"),
        ("printer_timeout = true", "printer_timeout must be above 0"),
        ("printer_timeout = nan", "printer_timeout must be above 0"),
    ],
)
def test_settings_that_cannot_be_right_are_named(text: str, told: str, world: World) -> None:
    world.settings(text)
    answer = world.call("list")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("settings: ")
    assert told in answer.err
    assert "settings.toml" in answer.err
    assert answer.err.count("\n") == 1


def test_settings_that_are_no_text_are_named(world: World) -> None:
    world.settings("")
    path = world.folder / "config" / "rollertrack" / "settings.toml"
    path.write_bytes(b"\xff\xfe")
    assert "is not TOML" in world.call("list").err
    path.unlink()
    path.mkdir()
    assert "cannot be read" in world.call("list").err


def test_settings_name_database_operator_and_printer(world: World) -> None:
    other = world.folder / "other.db"
    shutil.copyfile(world.database, other)
    world.settings(f'database = "{other}"\noperator = "{world.names["operator"]}"\nprinter = "desk"')
    world.done("note", "{ready}", "by the environment")
    assert "by the environment" in world.done("log", "{ready}").out
    assert "by the environment" not in world.done("--database", str(other), "log", "{ready}").out
    entry = world.done("log", "{ready}", "--json").document["entries"][0]
    assert entry["operator"] == world.names["operator"]
    assert "“desk” is not known" in world.call("label", "{ready}").err
