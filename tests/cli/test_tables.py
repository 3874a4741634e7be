"""Tables out and in, as they are typed: `--csv` of lists, `export --csv`, `import`."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from harness.command_calls import World, copy_of

HOSTILE = '=HYPERLINK("http://x")'


@pytest.fixture
def world(template: World, tmp_path: Path) -> World:
    return copy_of(template, tmp_path)


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    assert "\r\n" in text
    return list(csv.DictReader(StringIO(text), delimiter=delimiter))


def test_a_list_is_written_as_it_reads_in_json(world: World) -> None:
    world.done("edit", "{ready}", "--name", HOSTILE)
    target = world.folder / "list.csv"
    world.done("list", "--csv", str(target))
    documents = world.done("list", "--json").document["rollers"]
    found = rows(target)
    assert [each["code"] for each in found] == [each["code"] for each in documents]
    assert f"'{HOSTILE}" in {each["name"] for each in found}
    refused = world.call("list", "--csv", str(target))
    assert (refused.status, refused.err.split(":")[0]) == (2, "csv")
    style = ("--delimiter", ";", "--decimal", ",", "--raw", "--force")
    world.done("list", "--csv", str(target), *style)
    european = rows(target, delimiter=";")
    assert {each["length"] for each in european} >= {"0,5"}
    assert HOSTILE in {each["name"] for each in european}
    assert not target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_is_due_and_what_is_in_stock_are_written(world: World) -> None:
    target = world.folder / "due.csv"
    world.done("due", "--csv", str(target), status=1)
    documents = world.done("due", "--json", status=1).document["due"]
    assert [each["code"] for each in rows(target)] == [each["code"] for each in documents]
    world.done("product", "add", "+1", "--length", "0.5", "--reorder-level", "3")
    world.done("stock", "--low", "--csv", str(world.folder / "stock.csv"), status=1)
    (product,) = rows(world.folder / "stock.csv")
    assert (product["name"], product["sealed"], product["low"]) == ("'+1", "0", "yes")
    world.done("trace", "--roller", "{ready}", "--csv", str(world.folder / "trace.csv"), "--delimiter", "tab")
    assert rows(world.folder / "trace.csv", delimiter="\t")


MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"


def test_a_moment_reads_as_spreadsheets_take_it(world: World) -> None:
    target = world.folder / "out"
    world.done("edit", "{ready}", "--name", "2026-11-28T23:59:59+00:00")
    world.done("export", "--csv", str(target))
    for name, column in (("rollers", "registered_at"), ("uses", "at"), ("disinfections", "started_at")):
        moments = {each[column] for each in rows(target / f"{name}.csv")} - {""}
        assert moments
        assert all(re.fullmatch(MOMENT, each) for each in moments)
    assert "2026-11-28T23:59:59+00:00" in {each["name"] for each in rows(target / "rollers.csv")}
    world.done("due", "--csv", str(world.folder / "due.csv"), status=1)
    assert all(re.fullmatch(MOMENT, each["on"]) for each in rows(world.folder / "due.csv"))
    documents = world.done("due", "--json", status=1).document["due"]
    world.done("due", "--csv", str(world.folder / "raw.csv"), "--raw", status=1)
    raw = list(csv.DictReader(StringIO((world.folder / "raw.csv").read_text())))
    assert [each["on"] for each in raw] == [each["on"] for each in documents]


def test_a_report_takes_the_style_of_other_tables(world: World) -> None:
    world.done("product", "add", "Titan", "--length", "0.5", "--price", "12,90", "--currency", "EUR")
    world.done("receive", "Titan", "--pieces", "1", "--lot", "A")
    code = world.done("list", "--search", "Titan", "--json").document["rollers"][0]["code"]
    world.done("disinfect", code, "--agent", "alcohol", "--minutes", "10", "--cleaned")
    target = world.folder / "cost.csv"
    world.done("report", "cost", "--csv", str(target), "--delimiter", ";", "--decimal", ",")
    (row,) = rows(target, delimiter=";")
    assert (row["product"], row["opened"], row["paid"]) == ("Titan", "1", "12,90")
    world.done("report", "cost", "--csv", str(target), "--force")
    assert rows(target)[0]["paid"] == "12.90"
    answer = world.call("report", "cost", "--csv", str(world.folder / "cost.pdf"))
    assert (answer.status, answer.err.split(":")[0]) == (2, "csv")


@pytest.mark.parametrize(
    ("words", "status", "begins"),
    [
        (("list", "--csv"), 0, "\ufeffcode,"), (("due", "--csv"), 1, "\ufeffgroup,"),
        (("stock", "--csv"), 0, "\ufeffproduct,"), (("due", "--ics"), 1, "BEGIN:VCALENDAR"),
        (("trace", "--roller", "{ready}", "--csv"), 0, "\ufeffwhat,"),
        (("report", "life", "--csv"), 0, "\ufeffwhat,"), (("report", "uses", "--csv"), 0, "\ufeffweek,"),
    ],
)  # fmt: skip
def test_a_text_goes_to_standard_output_alone(
    words: tuple[str, ...], status: int, begins: str, world: World
) -> None:
    before = set(world.folder.iterdir())
    answer = world.done(*words, "-", status=status)
    assert answer.out.startswith(begins)
    assert answer.out.endswith("\r\n")
    both = world.call(*words, "-", "--json")
    assert both.status == both.document["exit_status"] == 2
    assert "- is standard output, where --json stands already" in both.document["error"]
    assert set(world.folder.iterdir()) == before


def test_what_arrives_behind_a_pipe_is_the_file_byte_for_byte(world: World, tmp_path: Path) -> None:
    world.done("add", "--length", "0.5", "--name", "Größe ✓")
    new = ("list", "--state", "new")  # no age stands in their rows, which would be another a second later
    world.done(*new, "--csv", str(tmp_path / "list.csv"))
    with (tmp_path / "piped").open("wb") as pipe:
        more = {"PYTHONIOENCODING": "ascii"}
        assert world.run(*new, "--csv", "-", out=pipe.fileno(), more=more).status == 0
    assert (tmp_path / "piped").read_bytes() == (tmp_path / "list.csv").read_bytes()
    assert "Größe ✓".encode() in (tmp_path / "piped").read_bytes()


def test_two_texts_do_not_share_standard_output(world: World) -> None:
    said = world.call("due", "--csv", "-", "--ics", "-")
    assert (said.status, said.out) == (2, "")
    assert said.err == "ics: - is standard output, where --csv stands already; name a file\n"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("to", ("label", "{ready}", "--to")), ("to", ("cards", "--to")), ("to", ("outage", "--to")),
        ("to", ("calibrate", "--media", "l7160", "--to")), ("to", ("doctor", "printer", "--to")),
        ("to", ("doctor", "scanner", "--to")), ("pdf", ("trace", "--roller", "{ready}", "--pdf")),
        ("backup", ("backup",)), ("restore", ("restore",)), ("csv", ("export", "--csv")),
        ("write", ("demo", "--write")), ("file", ("import",)), ("database", ("list", "--database")),
    ],
)  # fmt: skip
def test_no_picture_and_no_database_is_called_by_the_name_of_standard_output(
    field: str, words: tuple[str, ...], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.folder)
    answer = world.call(*words, "-")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"{field}: - is no file here; name a file, ./- for one that is called so\n"
    assert not (world.folder / "-").exists()


def test_what_promises_another_kind_of_file_is_no_table(world: World) -> None:
    for name in ("x.xlsx", "X.ODS", "x.pdf"):
        refused = world.call("list", "--csv", str(world.folder / name))
        assert (refused.status, refused.err) == (
            2, f"csv: '{name}' should end in .csv; every spreadsheet opens that\n",
        )  # fmt: skip
    for name in ("x.CSV", "x.tsv", "x.txt", "x"):
        world.done("list", "--csv", str(world.folder / name))


def test_nothing_is_written_where_one_of_two_files_cannot_be(world: World) -> None:
    good = str(world.folder / "good")
    for field, words in (
        ("pdf", ("trace", "--roller", "{ready}", "--csv", good, "--pdf", "x.png")),
        ("page", ("trace", "--roller", "{ready}", "--csv", good, "--pdf", f"{good}.pdf", "--page", "A9")),
        ("csv", ("due", "--ics", good, "--csv", "x.xlsx")),
        ("delimiter", ("due", "--ics", good, "--csv", f"{good}.csv", "--delimiter", "x")),
    ):
        answer = world.call(*words)
        assert (answer.status, answer.err.split(":")[0]) == (2, field)
        assert list(world.folder.glob("good*")) == []


def test_the_whole_record_is_written_and_its_rollers_read_again(world: World) -> None:
    folder = world.folder / "out"
    assert "9 tables" in world.done("export", "--csv", str(folder)).out
    assert {path.name for path in folder.iterdir()} == {
        "rollers.csv", "uses.csv", "disinfections.csv", "persons.csv", "operators.csv", "bins.csv",
        "solutions.csv", "products.csv", "packs.csv",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert rows(folder / "uses.csv")
    again = world.call("export", "--csv", str(folder))
    assert (again.status, again.err.split(":")[0]) == (2, "csv")
    world.done("export", "--csv", str(folder), "--force")
    for name in (str(world.database), str(world.folder / "no" / "where"), " "):
        refused = world.call("export", "--csv", name)
        assert (refused.status, refused.err.split(":")[0]) == (2, "csv")
    answer = world.done("import", str(folder / "rollers.csv"), "--json").document
    assert (answer["new"], answer["wrong"], answer["committed"]) == (0, 0, False)
    assert answer["known"] > 0


def test_an_import_is_dry_until_it_is_said_and_stops_at_what_is_wrong(world: World) -> None:
    path = world.folder / "in.csv"
    path.write_bytes("name;Länge\nMüller;0,5\nx;9\n".encode("cp1252"))
    dry = world.done("import", str(path), "--skip-bad").out
    assert "Read as cp1252, cut at ;; look at line 2: Müller 0,5" in dry
    assert dry.endswith("Nothing was written; --commit does it.\n")
    stopped = world.call("import", str(path), "--commit", "--json")
    assert (stopped.status, stopped.document["committed"], stopped.document["codes"]) == (2, False, [])
    assert [each["fate"] for each in stopped.document["rows"]] == ["new", "wrong"]
    before = world.done("list").out
    done = world.done("import", str(path), "--commit", "--skip-bad", "--json").document
    assert (len(done["codes"]), done["committed"]) == (1, True)
    assert world.done("list").out != before
    assert world.done("import", str(path), "--commit", "--skip-bad", "--json").document["codes"] == []
    assert world.done("verify").out.startswith("All agree")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("csv", ("list", "--csv", " ")), ("csv", ("due", "--csv", "{database}")),
        ("delimiter", ("list", "--csv", "{new}", "--delimiter", "x")),
        ("decimal", ("stock", "--csv", "{new}", "--decimal", ";")),
        ("file", ("import", "/dev/zero")), ("file", ("import", "{folder}")),
        ("column", ("import", "{table}", "--column", "nothing=name")),
        ("dates", ("import", "{table}", "--dates", "ymd")),
        ("encoding", ("import", "{table}", "--encoding", "klingon")),
        ("delimiter", ("import", "{table}", "--delimiter", "x")),
        ("ics", ("due", "--ics", "/dev/null")), ("ics", ("due", "--digest")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(field: str, words: tuple[str, ...], world: World) -> None:
    world.names |= {
        "database": str(world.database),
        "folder": str(world.folder),
        "table": str(world.folder / "t.csv"),
    }
    (world.folder / "t.csv").write_text("name,length\na,0.5\n", "utf-8")
    answer = world.call(*words)
    assert (answer.status, answer.out, answer.err.split(":")[0]) == (2, "", field)


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize("name", ["uses", "washing", "life", "stock", "cost"])
def test_a_reports_bars_take_the_cells_that_names_and_numbers_leave(
    name: str, columns: int, world: World
) -> None:
    answer = world.run("report", name, "--from", "2026-01-01", more={"COLUMNS": str(columns)})
    signs = set("█▓▒░▏▎▍▌▋▊▉")
    bars = [line for line in answer.out.splitlines() if set(line) & signs and "0.30 mm" not in line]
    for line in bars:
        drawn = sum(map(line.count, signs))
        assert drawn <= 40
        assert len(line) <= columns or drawn <= 4  # what is left of a bar where not even the numbers fit
