"""The inspector's report: its counts are those of plain SQL, its words the journal's, its bytes the same."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.house_app import DAY, HOUR, MINUTE, START, House
from harness.pdf_text import pages_of

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Asked, Voided
from rollertrack.domain.inspection import Inspection, Section
from rollertrack.domain.reports import Period
from rollertrack.domain.trace import Question
from rollertrack.errors import BadInput, FileThere
from rollertrack.reports.inspection import inspection_pages
from rollertrack.reports.typeset import Paper
from rollertrack.services import caring, keeping, people, products, recalling, registering, solutions, washing
from rollertrack.services.deliveries import Delivery
from rollertrack.services.inspecting import inspection
from rollertrack.services.inspection_files import write_inspection
from rollertrack.services.receiving import receive
from rollertrack.services.station import deed
from rollertrack.services.washing import Bath
from rollertrack.wording.inspection import WASHED, cover

SPAN = Period(START - 90 * DAY, START)
VOIDED = (
    "EXISTS (SELECT 1 FROM event v WHERE v.kind = 'voided' AND v.stream = e.stream"
    " AND json_extract(v.data, '$.entry') = e.seq)"
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A studio that has lived through everything that an inspector asks for."""
    house = House(tmp_path / "a.db", now=START - 80 * DAY)
    station = house.station
    ann, kim = house.person("ann (left)"), house.operator("Kim")
    waste, jar = house.bin("yellow"), house.solution(lot="S1")
    products.add_product(station, {"name": "Titan", "length": "0.5", "sterile": True, "pack_size": "2"})
    box = Delivery("Titan", lot="A-12", pieces="2", supplier="Medishop", invoice="I 7", certificate="C 9")
    first, second = receive(station, box).codes[1:]
    registering.open_pack(station, first)
    old = house.roller("old", "0.25")
    for day in range(6):
        washing.soak(station, [old], Bath("alcohol", jar, cleaned=True), operator=kim)
        house.later(20 * MINUTE)
        washing.done(station, [old])
        solutions.log_strip(station, jar, passed=True)
        house.use(old, person=ann)
        house.later((day + 1) * 5 * HOUR)
        if day == 3:
            keeping.undo(station, old, "wrong (roller)")
    house.use(first, person=ann)
    house.later(3 * DAY)
    house.use(second, person=ann)
    keeping.retire(station, [second], "worn", sharps_bin=waste)
    caring.give_care(station, "after", ann, "in the room", operator=kim)
    people.close_named(station, Kind.BIN, waste)
    recalling.recall(station, Question("lot", "A-12"), "the maker's letter")
    house.now = START
    yield house
    station.store.close()


def rows(made: Inspection, title: str) -> list[dict[str, str]]:
    section = next(each for each in made.sections if each.title == title)
    return [dict(zip(section.columns, row, strict=True)) for row in section.rows]


def count(house: House, query: str) -> int:
    found = house.station.store.database.execute_sql(query).fetchone()[0]
    return int(found)


def test_its_counts_equal_those_of_sql(house: House) -> None:
    made = inspection(house.station, "Studio", SPAN)
    counted = {name.strip(): number for name, number in made.counts}
    between = f"e.at BETWEEN {SPAN.since} AND {SPAN.until}"
    uses = f"FROM event e WHERE kind = 'used' AND {between} AND NOT {VOIDED}"
    begun = "kind IN ('disinfection_started', 'disinfected')"
    baths = f"FROM event e WHERE {begun} AND {between} AND NOT {VOIDED}"
    whole = "SELECT count(*) FROM event e WHERE kind ="
    expected = {
        "Uses": count(house, f"SELECT count(*) {uses}"),
        "against the gate, with a reason": count(
            house, f"SELECT count(json_extract(data, '$.despite')) {uses}"
        ),
        "Disinfections": count(house, f"SELECT count(*) {baths}"),
        "Packs received": count(house, f"{whole} 'received' AND {between}"),
        "Incidents": count(house, "SELECT count(*) FROM event WHERE kind = 'opened' AND stream LIKE 'I%'"),
        "Entries taken back": count(
            house, f"SELECT count(*) FROM event e JOIN event w ON w.stream = e.stream AND w.seq ="
            f" json_extract(e.data, '$.entry') WHERE e.kind = 'voided' AND w.kind <> 'session' AND {between}"
        ),
        "Care slips given": count(house, f"{whole} 'care_given' AND {between}"),
        "Health questions asked": 0,
    }  # fmt: skip
    assert {name: int(counted[name].replace(",", "")) for name in expected} == expected
    assert expected["Uses"] == 7
    assert all(expected[name] for name in expected if name != "Health questions asked")
    outcomes = [counted[name] for name in WASHED.values()]
    assert sum(int(each.split()[0]) for each in outcomes) == expected["Uses"]
    titles = Counter({section.title: len(section.rows) for section in made.sections})
    assert (titles["Uses"], titles["Disinfections"]) == (expected["Uses"], expected["Disinfections"])


def test_each_section_says_what_is_on_record(house: House) -> None:
    made = inspection(house.station, "Studio", SPAN)
    used = rows(made, "Uses")
    titan = [row for row in used if row["lot"] == "A-12"]
    assert [row["pack"].split()[0] for row in titan] == ["opened", "sterile"]
    assert any("used despite: it happened" in row["the gate said"] for row in used)
    assert titan[1]["the gate said"] == "USE WITH CARE (acknowledged)"
    assert all(row["person"].startswith("P") for row in used)
    washed = rows(made, "Disinfections")
    assert {row["operator"] for row in washed} == {"Kim"}
    assert {row["counts"] for row in washed} == {"yes"}
    assert washed[1]["strip"].startswith("passed")
    assert "lot S1" in washed[0]["bottle, lot"]
    assert "10 min wanted · 20 min real" in washed[0]["contact time"]
    missing = {row["disinfected"] for row in rows(made, "Late or missing disinfections")}
    assert missing == {"later", "not yet"}
    (pack,) = rows(made, "Packs received")
    assert (pack["supplier"], pack["invoice"], pack["certificate"]) == ("Medishop", "I 7", "C 9")
    told = [row["what"] for row in rows(made, "Sharps bins")]
    assert told == ["opened", "closed", "rollers thrown into it in the whole span"]
    assert rows(made, "Sharps bins")[-1]["when"] == ""
    assert {row["length"] for row in used} == {"0.25 mm", "0.50 mm"}
    (incident,) = rows(made, "Incidents")
    assert (incident["persons"], incident["closed"]) == ("0 of 1 told", "open")
    taken_back = rows(made, "Entries taken back")
    (one,) = taken_back  # the session of the use went with it, in the same deed
    assert (one["why"], one["what it was"].split()[0]) == ("wrong (roller)", "used")
    (care,) = rows(made, "Health questions and care")
    assert (care["what"], care["how"], care["operator"]) == ("care given", "after · in the room", "Kim")


def test_no_label_and_no_answer_of_a_person_stands_in_it(house: House) -> None:
    ann = next(row.code for row in people.list_persons(house.station) if row.label.startswith("ann"))
    people.edit_person(house.station, ann, label="ann the second")
    with deed(house.station) as now:
        now.append(ann, Asked(answers=("rosacea", "eczema")))
        now.append(ann, Voided(entry=len(now.journal.stream(ann)) - 1, reason="mistyped"))
    made = inspection(house.station, "Studio", SPAN)
    said = json.dumps([section.rows for section in made.sections])
    assert "ann" not in said
    assert "rosacea" not in said
    assert "2 answers" in said
    assert shown(ann) in said


def test_the_pages_hold_every_row_and_are_the_same_twice(house: House, tmp_path: Path) -> None:
    target = tmp_path / "i.pdf"
    done = write_inspection(house.station, "Studio (Nadel) \\ 夜", SPAN, str(target))
    data = target.read_bytes()
    pages = pages_of(data)
    made = inspection(house.station, "Studio", SPAN)
    assert len(pages) == 3  # the cover, and short sections one behind the other
    said = " ".join(word for page in pages[1:] for word in page)
    titles = [said.index(section.title) for section in made.sections]
    assert titles == sorted(titles)
    for section in made.sections:
        for row in section.rows:
            assert all(word in said for cell in row for word in cell.split())
    assert "22 Nov 2026" in pages[0][pages[0].index("Written") + 1]
    assert made.seal in " ".join(pages[0])
    assert "Studio" in " ".join(pages[0])
    assert f"1 / {len(pages)}" in pages[0]
    write_inspection(house.station, "Studio (Nadel) \\ 夜", SPAN, str(target), force=True)
    assert target.read_bytes() == data
    assert "Wrote the inspector's report" in done.message
    with pytest.raises(FileThere):
        write_inspection(house.station, "Studio", SPAN, str(target))


def test_many_rows_go_on_over_pages_with_their_heads(house: House, tmp_path: Path) -> None:
    code = house.roller("busy", "0.2")
    house.now = START - DAY
    for _ in range(120):
        house.now += MINUTE
        keeping.note(house.station, code, "x" * 10)
        keeping.undo(house.station, code, "a long reason that needs more than a line of its column " * 3)
    house.now = START
    target = tmp_path / "i.pdf"
    write_inspection(house.station, "Studio", SPAN, str(target), page="Letter")
    heads = [page for page in pages_of(target.read_bytes()) if "Entries taken back (121)" in page]
    assert len(heads) > 2
    assert all("why" in page for page in heads)
    assert sum(" ".join(page).count(shown(code)) for page in heads) == 120


def test_an_empty_span_says_so_on_each_page(house: House, tmp_path: Path) -> None:
    target = tmp_path / "i.pdf"
    write_inspection(house.station, "Studio", Period(START - 400 * DAY, START - 300 * DAY), str(target))
    said = [" ".join(page) for page in pages_of(target.read_bytes())]
    assert len(said) == 2
    made = inspection(house.station, "Studio", Period(START - 400 * DAY, START - 300 * DAY))
    assert all(section.empty in said[1] for section in made.sections)


def no_runs(text: str, _bold: bool) -> list[tuple[Path | None, str]]:
    return [(None, text)]


def test_only_what_a_font_lacks_stands_in_another() -> None:
    asked: list[str] = []

    def runs(text: str, bold: bool) -> list[tuple[Path | None, str]]:
        asked.append(text)
        return no_runs(text, bold)

    paper = Paper("A4 across", "x", runs)
    paper.text(10, 10, "Łódź, e\u0301te\u0301 and 夜", 9)
    assert asked == ["Ł", "ź", "e\u0301", "e\u0301", "夜"]


def test_a_section_goes_on_where_the_one_before_ends_and_never_loses_its_head() -> None:
    """As many rows as just fit, one more, and one that is higher than a page."""
    for rows in (1, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 60):
        first = Section("First", ("a", "b"), (1, 3), (("x", "y"),) * rows, "nothing")
        second = Section("Second", ("c", "d"), (1, 1), (("one", "word " * 40), ("two", "")), "nothing")
        made = Inspection(
            "P", SPAN, START, "home", "S", (("Uses", "1"),), (first, second, first._replace(rows=()))
        )
        pages = pages_of(inspection_pages(made, cover(made), "A4", no_runs))
        assert sum(page.count("x") for page in pages) == rows
        for page in pages[1:]:
            assert ("x" in page) <= (f"First ({rows})" in page) <= ("x" in page)
            assert ("one" in page or "two" in page) == ("Second (2)" in page)
        assert pages[-1].count("nothing") == 1
    tall = Section("Tall", ("a",), (1,), (("word " * 6_000,),), "nothing")
    made = Inspection("P", SPAN, START, "home", "S", (), (tall, tall))
    assert len(pages_of(inspection_pages(made, cover(made), "A4", no_runs))) == 3


@pytest.mark.parametrize(
    ("place", "to", "page", "said"),
    [
        (" ", "i.pdf", "A4", "place: "), ("x", "i.txt", "A4", "to: 'i.txt' should end in .pdf"),
        ("x", "i.pdf", "A5", "page: “A5” is not known; one of A4, Letter is right"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_written(
    house: House, tmp_path: Path, place: str, to: str, page: str, said: str
) -> None:
    target = tmp_path / to
    wanted = str(target) if to.endswith("pdf") else to
    with pytest.raises(BadInput, match=said):
        write_inspection(house.station, place, SPAN, wanted, page=page)
    assert not target.exists()
