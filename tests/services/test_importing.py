"""Rollers out of files of other programs: the fate of each row, all or nothing, and there and back again."""

import errno
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from harness.stations import QUICK_BATH, station_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollertrack.domain.code import shown
from rollertrack.domain.events import Noted, RollerFacts
from rollertrack.domain.text import clean_line
from rollertrack.domain.words import State, Word
from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.services import checking, importing, keeping, lists, registering, using, washing
from rollertrack.services.import_rows import read_date, read_row
from rollertrack.services.importing import KNOWN, NEW, SKIPPED, WRONG, How, import_file, planned
from rollertrack.services.station import Station, roller_of
from rollertrack.services.table_files import EUROPEAN, export_tables
from rollertrack.services.using import Use
from rollertrack.store.queries import entry_count
from rollertrack.wording import importing as say


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as station:
        yield station


def file_of(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> str:
    path = tmp_path / "in.csv"
    path.write_text("\n".join(lines) + "\n", encoding)
    return str(path)


def fates(station: Station, file: str, how: How = importing.AS_IT_IS) -> list[tuple[int, str]]:
    return [(each.line, each.fate) for each in planned(station, file, how).fates]


def facts_of(station: Station, code: str) -> RollerFacts:
    with station.store.reading() as journal:
        facts = roller_of(journal, code).facts
        assert facts is not None
        return facts


HEAD = (
    "HB.import_ref;HB.name;HB.manufacturer;HB.quantity;HB.archived;HB.field.Nadellänge;Charge;Verfallsdatum"
)


def test_a_file_is_told_row_by_row_then_written_once(station: Station, tmp_path: Path) -> None:
    file = file_of(
        tmp_path, HEAD, "HB-1;abends;ORA;1;false;0,5 mm;A-12;31.12.2028",
        "HB-2;Set 0,3 mm;ORA;3;;;B7;12/2029", "",
        "HB-3;old;ORA;1;true;0,5;;", "HB-4;none left;ORA;0;;0,5;;", ";plain;;5.00000;;0.25;;0001-01-01",
    )  # fmt: skip
    assert fates(station, file) == [(2, NEW), (3, NEW), (5, SKIPPED), (6, SKIPPED), (7, NEW)]
    assert planned(station, file).rollers == 1 + 3 + 5
    assert lists.rows_for_list(station) == []
    done = import_file(station, file)
    assert len(done.codes) == 9
    rows = lists.rows_for_list(station)
    assert {row.state for row in rows} == {State.NEW}
    first = facts_of(station, done.codes[0])
    assert (first.name, first.maker, first.lot, first.length) == ("abends", "ORA", "A-12", Decimal("0.50"))
    assert (first.expiry, first.ref) == (date(2028, 12, 31), "HB-1")
    assert [facts_of(station, code).name for code in done.codes[1:4]] == [
        f"Set 0,3 mm {n}" for n in (1, 2, 3)
    ]
    assert facts_of(station, done.codes[2]).ref == "HB-2 #2"
    assert fates(station, file) == [(2, KNOWN), (3, KNOWN), (5, SKIPPED), (6, SKIPPED), (7, KNOWN)]
    assert import_file(station, file).codes == ()
    assert len(lists.rows_for_list(station)) == 9


def test_one_row_that_is_wrong_writes_nothing_unless_it_is_left_out(station: Station, tmp_path: Path) -> None:
    file = file_of(tmp_path, "name,length,expiry", "good,0.5,", "long,9,", "two,0.5,05/06/2028")
    assert fates(station, file) == [(2, NEW), (3, WRONG), (4, WRONG)]
    with pytest.raises(BadInput, match=r"line 3: length: “9” is out of range.*1 more row"):
        import_file(station, file)
    assert lists.rows_for_list(station) == []
    assert fates(station, file, How(dates="mdy")) == [(2, NEW), (3, WRONG), (4, NEW)]
    assert len(import_file(station, file, skip_bad=True).codes) == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a roller;;;;", "length: a roller needs its needle length"),
        ("a;0.5;\x1b[31m;;", "lot: holds the invisible"),
        ("a\u202eb;0.5;;;", "name: holds the invisible"), ("a" * 81 + ";0.5;;;", "name: has 81 characters"),
        ("a;0.5;;99;;extra", "row: cut at ; it has 6 cells, and 5 are expected"),
        ("a;0.5;;1001;", "count: 1,001 is out of range"),
        ("a;0.5;;-1;", "count: -1 is out of range"),
        ("a;0.5;;;maybe", "sterile: “maybe” is neither yes nor no"),
        ("a;half;;;", "length: “half” is not a number"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_one_sentence(
    row: str, sentence: str, station: Station, tmp_path: Path
) -> None:
    (fate,) = planned(station, file_of(tmp_path, "name;length;lot;count;sterile", row)).fates
    assert fate.fate == WRONG
    assert fate.text.startswith(sentence)


def test_a_code_that_is_here_is_known_and_another_one_is_kept(station: Station, tmp_path: Path) -> None:
    (here,) = registering.add(station, {"length": "0.5", "name": "mine"}).codes
    with station_at(tmp_path / "b.db", seed="other") as other:
        (away,) = registering.add(other, {"length": "0.5"}).codes
    lines = (
        "code,name,length",
        f"{here},renamed,1.0",
        f"{away},theirs,0.25",
        f"{away},again,0.25",
        "RKD,x,0.5",
    )
    file = file_of(tmp_path, *lines)
    assert [fate for _, fate in fates(station, file)] == [KNOWN, NEW, WRONG, WRONG]
    assert import_file(station, file, skip_bad=True).codes == (away,)
    assert facts_of(station, here).name == "mine"
    with pytest.raises(BadInput, match="count"):
        read_row({"code": away, "length": "0.5", "count": "2"})


@pytest.mark.parametrize(
    ("text", "delimiter", "sentence"),
    [
        ("\nname;length;lot\na;0.5;b\n", ",", "delimiter: cut at , line 2, the header, is 1 column"
         " “name;length;lot”, and at least 2 are expected; ; stands in it"),
        ("name\tlength\na\t0.5\n", "|", "delimiter: cut at | line 1, the header, is 1 column “name length”,"
         " and at least 2 are expected; tab stands in it"),
        ("length;\n0.5\n", ",", ""), ("what\n0.5\n", "", ""),
    ],
)  # fmt: skip
def test_a_file_cut_at_the_wrong_sign_is_told_once_and_not_for_each_row(
    station: Station, tmp_path: Path, text: str, delimiter: str, sentence: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, "utf-8")
    how = How(delimiter=delimiter)
    if not sentence:
        assert planned(station, str(file), how).fates
        return
    with pytest.raises(BadInput) as raised:
        planned(station, str(file), how)
    assert raised.value.message == sentence


def test_two_rows_of_one_name_are_wrong_and_rows_without_one_are_told_apart(
    station: Station, tmp_path: Path
) -> None:
    file = file_of(tmp_path, "id,length", "7,0.5", "7,0.5", ",0.5", ",0.5")
    assert fates(station, file) == [(2, NEW), (3, WRONG), (4, NEW), (5, NEW)]
    import_file(station, file, skip_bad=True)
    assert fates(station, file) == [(2, KNOWN), (3, WRONG), (4, KNOWN), (5, KNOWN)]


HOUSEHOLD = "HB.import_ref,HB.name,HB.tags,HB.quantity,HB.field.Needle length"


def test_what_is_clearly_no_roller_is_left_out_and_told_why(station: Station, tmp_path: Path) -> None:
    file = file_of(
        tmp_path, HOUSEHOLD, "https://box/location/1,Shelf,,,", "https://box/item/2,Drill,tools,many,",
        "https://box/item/3,Evening,,1,0.5 mm", "https://box/item/4,Titan 0.25 mm,,1,",
        "https://box/item/5,Evening roller,,1,", "https://box/item/6,Old,Derma,1,", ",,tools,1,",
    )  # fmt: skip
    plan = planned(station, file)
    assert [(each.line, each.fate) for each in plan.fates] == [
        (2, SKIPPED), (3, SKIPPED), (4, NEW), (5, NEW), (6, WRONG), (7, WRONG), (8, SKIPPED),
    ]  # fmt: skip
    assert [each.text for each in plan.fates[:2]] == [say.A_PLACE, say.ANOTHER_THING]
    rows = ("a,0.5,", "b,0.5,", "c,0.5,", "d,,", "e,,Computer", "f,,Roller")
    sorted_out = file_of(tmp_path, "name,length,category", *rows)
    assert [fate for _, fate in fates(station, sorted_out)] == [NEW, NEW, NEW, WRONG, SKIPPED, WRONG]
    listed = file_of(tmp_path, "name,length", "one,0.5", "two,")
    assert fates(station, listed) == [(2, NEW), (3, WRONG)]
    assert fates(station, file_of(tmp_path, "name,length", "one,0.5", "two,", "three,"))[1:] == [
        (3, SKIPPED), (4, SKIPPED),
    ]  # fmt: skip


def test_a_row_on_record_changes_nothing_whatever_it_says(station: Station, tmp_path: Path) -> None:
    (code,) = import_file(station, file_of(tmp_path, "id,name,length", "7,abends,0.5")).codes
    told = {
        "7,abends,": "", "7,,0.50": "", "7,morgens,": "; here “abends”, in the file “morgens”",
        "7,abends,0.25": "; here 0.50 mm, in the file 0.25 mm",
    }  # fmt: skip
    for row, differs in told.items():
        (fate,) = planned(station, file_of(tmp_path, "id,name,length", row)).fates
        assert (fate.fate, fate.text) == (KNOWN, f"known already as {shown(code)}; nothing changes{differs}")
    assert fates(station, file_of(tmp_path, "code,name", f"{code},")) == [(2, KNOWN)]
    several = file_of(tmp_path, "id,name,length,count", "8,box,0.5,3")
    import_file(station, several)
    assert planned(station, several).fates[0].text.endswith("nothing changes")


@pytest.mark.parametrize("field", ["Status", "HB.archived", "Zustand", "state", "Condition", "Status text"])
@pytest.mark.parametrize(
    ("status", "hold"),
    [
        ("Damaged", "Damaged"), ("Quarantined", "Quarantined"), ("kaputt", "kaputt"), ("Broken", "Broken"),
        ("Broken - Not Fixable", "Broken - Not Fixable"), ("Out for Repair", "Out for Repair"),
        ("Deployed", "Deployed"), ("60", "destroyed"), ("65", "rejected"), ("70", "lost"),
        ("75", "quarantined"), ("11", "11"), ("10", ""), ("OK", ""), ("Ready to Deploy", ""), ("neu", ""),
        ("false", ""), ("", ""), ("dirty", "dirty"), ("in use", "in use"), ("contaminated", "contaminated"),
        ("Opened", "Opened"), ("Gebraucht", "Gebraucht"), ("quarantine", "quarantine"), ("hold", "hold"),
        ("soaking", "soaking"), ("xyz", "xyz"), ("new", ""), ("ready", ""), ("sealed", ""), ("available", ""),
        ("unused", ""), ("in stock", ""),
    ],
)  # fmt: skip
def test_what_a_table_does_not_call_fit_is_put_aside(
    field: str, status: str, hold: str, station: Station, tmp_path: Path
) -> None:
    (fate,) = planned(station, file_of(tmp_path, f"{field},length", f"{status},0.5")).fates
    assert fate.row is not None
    assert fate.row.hold == (say.had_status(hold) if hold else "")
    sterile = file_of(tmp_path, f"{field},length,sterile", f"{status},0.5,yes")
    (fate,) = planned(station, sterile).fates
    assert ("put aside" in fate.text) is bool(hold)  # the dry run says so
    (code,) = import_file(station, sterile).codes
    word = checking.check(station, code).verdict.word
    assert (word is Word.STOP) is bool(hold)


def test_every_column_of_a_status_is_read_and_of_two_that_say_one_thing_none(
    station: Station, tmp_path: Path
) -> None:
    twice = "Part name,Needle length,Status,Batch,status"
    (same,) = planned(station, file_of(tmp_path, twice, "d,0.5,55,,Damaged")).fates
    assert same.row is not None
    assert same.row.hold == say.had_status("Damaged")
    good, lost, bad = planned(
        station, file_of(tmp_path, twice, "a,0.5,10,,OK", "b,0.5,70,,Lost", "c,0.5,10,,Damaged")
    ).fates
    assert (good.fate, lost.fate, bad.fate) == (NEW, SKIPPED, NEW)
    assert good.row is not None
    assert bad.row is not None
    assert (good.row.hold, bad.row.hold) == ("", say.had_status("Damaged"))
    lots = file_of(tmp_path, "name,length,lot,Lot,x,X", "a,0.5,A,B,1,2")
    with pytest.raises(BadInput, match="column: columns 3 and 4 are both “Lot”; name them apart, or leave"):
        planned(station, lots)
    assert fates(station, lots, How(columns=("Lot=",))) == [(2, NEW)]
    with pytest.raises(BadInput, match="columns 5 and 6 are both “X”"):
        planned(station, lots, How(columns=("Lot=", "x=maker")))


@pytest.mark.parametrize(
    ("column", "cell", "hold"),
    [
        *((each, "3", say.had_uses(3)) for each in (
            "Benutzungen", "Nutzungen", "Einsätze", "Verwendungen", "Use count", "Used", "Times used", "uses",
        )),
        ("Used", "yes", say.WAS_USED), ("Used", "no", ""), ("Einsätze", "0", ""),
        ("uses", "1", say.had_uses(1)), ("last_used_at", "2026-01-02 10:00:00", say.WAS_USED),
        ("Zuletzt benutzt", "nie", ""),
        ("Last used", "0001-01-01", ""), ("last used", "", ""),
    ],
)  # fmt: skip
def test_a_use_is_known_by_any_name(
    column: str, cell: str, hold: str, station: Station, tmp_path: Path
) -> None:
    (fate,) = planned(station, file_of(tmp_path, f"{column};length", f"{cell};0.5")).fates
    assert fate.row is not None
    assert fate.row.hold == hold


@pytest.mark.parametrize("column", ["count", "uses", "needles", "max uses"])
@pytest.mark.parametrize(
    ("text", "number"),
    [("1.000", None), ("2,000", None), ("12.000", None), ("1.00000", 1), ("1.00", 1), ("3,0", 3), ("4", 4),
     ("1.0000", 1), ("0.000", 0)],
)  # fmt: skip
def test_a_thousand_and_a_one_are_told_apart_or_refused(
    column: str, text: str, number: int | None, station: Station, tmp_path: Path
) -> None:
    (fate,) = planned(station, file_of(tmp_path, f"{column};length", f"{text};0.5")).fates
    if number is None:
        assert fate.fate == WRONG
        assert f"{text}” can be read as {text[: text.index('0') - 1]}" in fate.text
    else:
        assert "can be read" not in fate.text


def test_pieces_of_long_names_elsewhere_have_names_of_their_own(station: Station, tmp_path: Path) -> None:
    refs = ["x" * 70 + "a", "x" * 70 + "b", "y" * 70, "z"]
    file = file_of(tmp_path, "ref,length,count", *(f"{ref},0.5,3" for ref in refs))
    names = [facts_of(station, code).ref for code in import_file(station, file).codes]
    assert len(set(names)) == len(names) == 12
    assert max(map(len, names)) <= 80
    assert {"z #2", "z #3", f"{'y' * 70} #2", *refs} <= set(names)
    assert {fate for _, fate in fates(station, file)} == {KNOWN}


def test_a_new_code_of_what_is_on_record_under_another_is_said(station: Station, tmp_path: Path) -> None:
    (code,) = import_file(station, file_of(tmp_path, "id,length", "7,0.5")).codes
    blank = registering.add(station, {"length": "0.5"}).codes[0]
    keeping.undo(station, blank, "a label without a roller")
    file = file_of(tmp_path, "code,id,length", f"{blank},7,0.5", f"{code},7,0.5")
    new, known = planned(station, file).fates
    assert (new.fate, known.fate) == (NEW, KNOWN)
    assert f"“7” is on record as {shown(code)} already" in new.text


def test_every_note_comes_along(station: Station, tmp_path: Path) -> None:
    file = file_of(tmp_path, "Item Name,length,Asset Notes,Model Notes,Notes", 'a,0.5,"x\ny",z,z')
    (code,) = import_file(station, file).codes
    with station.store.reading() as journal:
        noted = [each.payload for each in journal.stream(code)[1:]]
    assert noted == [Noted(text="z"), Noted(text="x y")]


def test_a_registration_that_was_taken_back_may_come_again(station: Station, tmp_path: Path) -> None:
    file = file_of(tmp_path, "id,length", "7,0.5")
    (code,) = import_file(station, file).codes
    keeping.undo(station, code, "the wrong file")
    assert fates(station, file) == [(2, NEW)]


def test_an_empty_cell_clears_nothing(station: Station, tmp_path: Path) -> None:
    file = file_of(tmp_path, "id,length,lot", "7,0.5,A-12")
    (code,) = import_file(station, file).codes
    import_file(station, file_of(tmp_path, "id,length,lot", "7,0.5,"))
    assert facts_of(station, code).lot == "A-12"


def test_what_was_used_elsewhere_does_not_pass_for_new(station: Station, tmp_path: Path) -> None:
    washed = registering.add(station, {"length": "0.2", "name": "washed"}).codes[0]
    used = registering.add(station, {"length": "0.2", "name": "used"}).codes[0]
    opened = registering.add(station, {"length": "0.2", "name": "opened", "sterile": True}).codes[0]
    failed = registering.add(station, {"length": "0.2", "name": "failed"}).codes[0]
    washing.disinfect(station, [washed, used], QUICK_BATH)
    using.use(station, used, Use(despite="x"))
    registering.open_pack(station, opened)
    keeping.inspect(station, failed, fail="bent")
    keeping.retire(station, registering.add(station, {"length": "0.2"}).codes[0], "lost")
    export_tables(station, str(tmp_path / "out"))
    with station_at(tmp_path / "b.db") as other:
        assert sorted(import_file(other, str(tmp_path / "out" / "rollers.csv")).codes) == sorted(
            (washed, used, opened, failed)
        )
        assert {row.name: row.state for row in lists.rows_for_list(other)} == {
            "washed": State.NEW, "used": State.STOP, "opened": State.STOP, "failed": State.STOP,
        }  # fmt: skip
        keeping.release(other, used, "asked whose it was")
        assert {row.name: row.state for row in lists.rows_for_list(other)}["used"] is State.NEW


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2028-12-31", "", date(2028, 12, 31)), ("31.12.2028", "", date(2028, 12, 31)),
        ("1.2.28", "", date(2028, 2, 1)), ("31/12/2028", "", date(2028, 12, 31)),
        ("12/31/2028", "", date(2028, 12, 31)), ("05/06/2028", "dmy", date(2028, 6, 5)),
        ("05/06/2028", "mdy", date(2028, 5, 6)), ("05/05/2028", "", date(2028, 5, 5)),
        ("12/2028", "", date(2028, 12, 31)), ("2.2028", "", date(2028, 2, 29)),
        ("2028-02", "", date(2028, 2, 29)),
        ("2028-12-31T00:00:00Z", "", date(2028, 12, 31)), ("2028-12-31 10:00", "", date(2028, 12, 31)),
        ("31 Dec 2028", "", date(2028, 12, 31)), ("0001-01-01T00:00:00Z", "", None), ("00.00.0000", "", None),
        ("2028-12-31", "iso", date(2028, 12, 31)),
    ],
)  # fmt: skip
def test_a_date_is_read_as_tables_write_it(text: str, order: str, day: date | None) -> None:
    assert read_date(text, order) == day


@pytest.mark.parametrize(
    ("text", "order"),
    [("05/06/2028", ""), ("31.12.2028", "iso"), ("31/12/2028", "mdy"), ("13/13/2028", ""), ("30.2.2028", ""),
     ("soon", ""), ("1.1.1999", "")],
)  # fmt: skip
def test_a_date_that_is_none_is_refused(text: str, order: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_date(text, order)
    assert raised.value.field == "expiry"


@pytest.mark.parametrize(
    ("name", "length"),
    [("Titan 0,5 mm", "0,5"), ("0.25MM roller", "0.25"), ("0.5 mm and 1.0 mm", ""), ("10.5 mm", ""),
     ("5 mm", "")],
)  # fmt: skip
def test_a_length_is_guessed_out_of_a_name_that_holds_one(name: str, length: str) -> None:
    assert read_row({"name": name, "kind": "handpiece"} if not length else {"name": name}).guessed == length


def test_what_is_no_file_is_refused_unread(station: Station, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for name in (str(pipe), str(tmp_path), "/dev/null", str(tmp_path / "no.csv"), " "):
        with pytest.raises(BadInput) as raised:
            planned(station, name)
        assert raised.value.field == "file"
    for how in (How(dates="ymd"), How(columns=("x=name",)), How(delimiter="x"), How(encoding="x")):
        with pytest.raises(BadInput):
            planned(station, file_of(tmp_path, "name", "a"), how)


ALPHABET = "=+-@'`\"\t;,|aÄß 漢＝＋1.\u00a0\n"
NASTY = st.text(st.sampled_from(ALPHABET), max_size=12) | st.text(max_size=20)


def cleaned(text: str) -> str:
    try:
        return clean_line("name", text)
    except BadInput:
        return ""


def test_300_texts_that_spreadsheets_would_calculate_come_back_as_they_were(tmp_path: Path) -> None:
    dice = Random(7)
    texts = [cleaned("".join(dice.choices(ALPHABET, k=dice.randint(1, 12)))) for _ in range(900)]
    texts = list(dict.fromkeys(filter(None, texts)))[:300]
    assert len(texts) == 300
    assert _there_and_back(tmp_path, texts)


@given(st.lists(NASTY.map(cleaned), min_size=1, max_size=6))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_texts_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    assert _there_and_back(tmp_path_factory.mktemp("x"), texts)


def _there_and_back(tmp_path: Path, texts: list[str]) -> bool:
    """Whether texts are the same after an export, in either style, and an import into an empty database."""
    with station_at(tmp_path / "a.db") as station:
        before = {}
        for text in texts:
            typed = {
                "length": "0.5",
                "name": text,
                "maker": text[::-1].strip(),
                "lot": text,
                "expiry": "2035-01",
            }
            code = registering.add(station, typed).codes[0]
            before[code] = facts_of(station, code)
        export_tables(station, str(tmp_path / "plain"))
        export_tables(station, str(tmp_path / "european"), EUROPEAN)
    for number, folder in enumerate(("plain", "european")):
        file = str(tmp_path / folder / "rollers.csv")
        with station_at(tmp_path / f"b{number}.db") as station:
            done = import_file(station, file)
            assert {code: facts_of(station, code) for code in done.codes} == {
                code: type(facts_of(station, code))(**vars(facts)) for code, facts in before.items()
            }
            entries = entry_count(station.store.database)
            import_file(station, file)
            assert entry_count(station.store.database) == entries
    return True


@pytest.mark.parametrize("written", [0, 1, 4])
@pytest.mark.parametrize("is_there", [False, True])
def test_an_export_that_a_full_disk_stops_leaves_nothing(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int, *, is_there: bool
) -> None:
    out, left = tmp_path / "out", [written]
    if is_there:
        out.mkdir()
        (out / "rollers.csv").write_text("before")

    def full(_descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(DeviceFailed, match="could not be written"):
        patch.setattr("rollertrack.files.os.fsync", full)
        export_tables(station, str(out), force=True)
    assert out.exists() is is_there
    assert {each.name: each.read_text() for each in out.glob("*")} == (
        {"rollers.csv": "before"} if is_there else {}
    )
    export_tables(station, str(out), force=True)
    assert "before" not in (out / "rollers.csv").read_text("utf-8-sig")
