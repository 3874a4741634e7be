"""Tables out and in, as they are typed: `--csv` of lists, `export --csv`, `import`."""

import csv
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
