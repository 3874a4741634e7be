"""Tables out of files as other programs write them: encodings, delimiters, quotes, and what is none."""

import pytest

from rollertrack.errors import BadInput
from rollertrack.reports.columns import FIELDS, matched
from rollertrack.reports.sniff import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, cells_of, read_table
from rollertrack.reports.tables import csv_bytes, defused, style_of, undefused

ROW = "Bezeichnung;Hersteller;Länge\nabends;Müller;0,5\n"


@pytest.mark.parametrize(
    ("data", "encoding", "is_doubtful"),
    [
        (ROW.encode(), "utf-8", False),
        (ROW.encode("utf-8-sig"), "utf-8-sig", False),
        (ROW.encode("utf-16"), "utf-16", False),
        (ROW.encode("utf-32"), "utf-32", False),
        (ROW.encode("cp1252"), "cp1252", True),
    ],
)
def test_the_encoding_is_the_marked_one_or_utf_8_or_the_windows_one(
    data: bytes, encoding: str, is_doubtful: bool
) -> None:
    table = read_table(data)
    assert (table.encoding, table.columns) == (encoding, ("Bezeichnung", "Hersteller", "Länge"))
    assert table.rows[0] == (2, ("abends", "Müller", "0,5"))
    assert table.doubtful == (table.rows[0] if is_doubtful else None)


def test_an_encoding_that_is_named_is_taken() -> None:
    polish = "name;maker\nżółw;Łódź\n".encode("cp1250")
    assert read_table(polish, encoding="cp1250").rows[0].cells == ("żółw", "Łódź")
    assert read_table(polish, encoding="cp1250").doubtful is None
    doubtful = read_table(polish).doubtful
    assert doubtful is not None
    assert doubtful.number == 2


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2,5\n", ";"), ("a,b\n1.5,2\n", ","), ("a\tb\n1,5\t2\n", "\t"), ("a|b\n1|2\n", "|"),
        ('a;b\n"x, y; z";2\n', ";"), ("a\n1\n", ","), ("a,b\n1;2,3\n", ","), ("a;b;c\n1;2\n", ";"),
    ],
)  # fmt: skip
def test_the_delimiter_cuts_all_rows_alike(text: str, delimiter: str) -> None:
    assert read_table(text.encode()).delimiter == delimiter


def test_a_row_keeps_the_line_on_which_it_begins() -> None:
    data = b'\r\nname,note\r\n\r\none,"two\r\nlines"\r\n,\r\nthree,x\r\n'
    assert [line.number for line in read_table(data).rows] == [4, 7]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"), (b"\n\n,\n", "is empty"), (b"name;lot\n", "a header and no row"),
        (b"name;lot\na\0;b\n", "line 2 holds a NUL"), ("name\na\n".encode("utf-16-le"), "line 1 holds a NUL"),
        (b'name;lot\n"a;b\nc;d\n', "line 2: a quote is opened and never closed"),
        (b'name;lot\n"a"b;c\n', "line 2: a quote stands where none may"),
        (b"name;lot\n\xc4rger;b\n\x81;b\n", "line 3, column 1 is no cp1252"),
        (b"name;lot\n" + b"a" * 100_001 + b";b\n", "a cell has more than 100,000 characters"),
        (";".join(f"c{n}" for n in range(MOST_COLUMNS + 1)).encode() + b"\n1\n", "names 201 columns"),
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), "has more than 100,000 rows"),
        (b" " * (MOST_BYTES + 1), "has more than 50 MiB"),
        (b"\xff\xfe\x00", "is no utf-16"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_table(data)
    assert raised.value.field == "file"
    assert sentence in raised.value.message


@pytest.mark.parametrize(
    ("how", "field"),
    [({"encoding": "klingon"}, "encoding"), ({"encoding": "base64"}, "encoding"),
     ({"delimiter": "x"}, "delimiter"), ({"encoding": "idna"}, "encoding"),
     ({"delimiter": ";;"}, "delimiter")],
)  # fmt: skip
def test_what_was_named_wrongly_is_said(how: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_table(b"name;lot\na\xff;b\n" * 3, **how)
    assert raised.value.field in {field, "file"}


def test_the_most_of_everything_is_read() -> None:
    assert len(read_table(b"a\n" + b"1\n" * MOST_ROWS).rows) == MOST_ROWS
    header = ";".join(f"c{n}" for n in range(MOST_COLUMNS))
    assert len(read_table(f"{header}\n1\n".encode()).columns) == MOST_COLUMNS


def test_a_row_may_be_shorter_or_end_in_nothing_and_not_longer() -> None:
    table = read_table(b"name;lot;\na\nb;c;;;\nd;e;f\n")
    short, padded, long = table.rows
    assert cells_of(short, table) == ("a", "")
    assert cells_of(padded, table) == ("b", "c")
    with pytest.raises(BadInput) as raised:
        cells_of(long, table)
    assert raised.value.message == (
        "row: cut at ; it has 3 cells, and 2 are expected as in the header; “f” is too much."
        " A cell that holds ; itself stands in quotes"
    )


def test_two_signs_cut_no_row() -> None:
    with pytest.raises(BadInput, match="“;;” is 2 signs, and one cuts a row"):
        read_table(b"name;lot\na;b\n", delimiter=";;")


HOMEBOX = (
    "HB.location", "HB.labels", "HB.asset_id", "HB.archived", "HB.name", "HB.quantity", "HB.description",
    "HB.manufacturer", "HB.model_number", "HB.serial_number", "HB.import_ref", "HB.field.Needle length",
)  # fmt: skip
SNIPE = (
    "Item Name", "Asset Tag", "Model name", "Model Number", "Manufacturer", "Category", "Serial number",
    "Expiration Date", "Quantity", "Status", "Notes",
)  # fmt: skip
INVENTREE = ("ID", "Part name", "IPN", "Batch", "Expiry Date", "Quantity", "Location")
GERMAN = (
    "Inventar-Nr.",
    "Bezeichnung",
    "Nadellänge (mm)",
    "Hersteller",
    "Charge",
    "Verwendbar bis",
    "Stückzahl",
)


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (HOMEBOX, {"ref": "HB.import_ref HB.asset_id", "name": "HB.name", "maker": "HB.manufacturer",
                   "model": "HB.model_number", "count": "HB.quantity", "archived": "HB.archived",
                   "note": "HB.description", "category": "HB.labels",
                   "length": "HB.field.Needle length"}),
        (SNIPE, {"ref": "Asset Tag", "name": "Item Name", "maker": "Manufacturer", "note": "Notes",
                 "model": "Model name Model Number", "expiry": "Expiration Date", "count": "Quantity",
                 "archived": "Status", "category": "Category"}),
        (INVENTREE, {"ref": "ID", "name": "Part name", "model": "IPN", "lot": "Batch",
                     "expiry": "Expiry Date",
                     "count": "Quantity"}),
        (GERMAN, {"ref": "Inventar-Nr.", "name": "Bezeichnung", "length": "Nadellänge (mm)",
                  "maker": "Hersteller", "lot": "Charge", "expiry": "Verwendbar bis", "count": "Stückzahl"}),
    ],
    ids=["homebox", "snipe-it", "inventree", "german"],
)  # fmt: skip
def test_columns_are_known_by_their_names(columns: tuple[str, ...], fields: dict[str, str]) -> None:
    found = matched(columns)
    assert {field: " ".join(columns[place] for place in places) for field, places in found.items()} == fields


def test_what_somebody_said_of_a_column_wins() -> None:
    columns = ("Name", "Ding", "Länge", "a=b")
    assert matched(columns, ["ding=name"])["name"] == (1,)
    assert "name" not in matched(columns, ["Name="])
    assert matched(columns, ["a=b=lot"])["lot"] == (3,)
    assert matched(columns, ["Ding=max_uses"])["max-uses"] == (1,)
    for wrong in ("Ding", "Dong=name", "Ding=colour"):
        with pytest.raises(BadInput) as raised:
            matched(columns, [wrong])
        assert raised.value.field == "column"


def test_no_name_of_a_column_means_two_things() -> None:
    names = [name for names in FIELDS.values() for name in names]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "'=1", "`=1", "''=1", "'`@x"])
def test_a_formula_is_defused_and_comes_back(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert undefused(defused(text)) == text


@pytest.mark.parametrize("text", ["", "a", "'", "`", "'a", "a=1", "''", "1-2"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert defused(text) == text
    assert undefused(text) == text


def test_a_table_is_written_as_a_spreadsheet_takes_it() -> None:
    rows = [("=1", 0.5, None, -3), ("a;b", 1, "x\ny", 0)]
    european = style_of(";", ",")
    assert csv_bytes(("a", "b", "c", "d"), rows, european) == (
        '\ufeffa;b;c;d\r\n\'=1;0,5;;-3\r\n"a;b";1;"x\ny";0\r\n'.encode()
    )
    assert csv_bytes(("a",), [("=1",)], style_of(raw=True)) == b"a\r\n=1\r\n"
    for typed, field in ((("x", ""), "delimiter"), (("", "x"), "decimal")):
        with pytest.raises(BadInput) as raised:
            style_of(*typed)
        assert raised.value.field == field


@pytest.mark.parametrize(
    "encoding", ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"]
)
def test_what_no_spreadsheet_is_written_in_is_no_encoding(encoding: str) -> None:
    with pytest.raises(BadInput, match=r"encoding: .* is not known") as raised:
        read_table(b"name,length\na,0.5\n", encoding=encoding)
    assert raised.value.field == "encoding"
