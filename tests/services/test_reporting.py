"""Reports: their numbers are those of a second count over raw rows, at the edges of spans and hours."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from harness.house_app import DAY, HOUR, MINUTE, SECOND, START, House
from harness.stock_house import stocked

from rollertrack.domain.reports import LifeSeen, Period, UseSeen, Washed, WashSeen, band_of, washes_after
from rollertrack.errors import BadInput, FileThere
from rollertrack.services import keeping, registering, report_uses, reporting, spans
from rollertrack.services.deliveries import Delivery
from rollertrack.services.inspecting import inspection
from rollertrack.services.receiving import receive
from rollertrack.services.stock import stock
from rollertrack.wording import reports as say
from rollertrack.wording.inspection import MISSING

SPAN = Period(START - 60 * DAY, START)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a.db", now=START - 50 * DAY)


def column(house: House, name: str, key: str, span: Period = SPAN) -> list[object]:
    return [row[key] for row in reporting.report(house.station, name, span).documents()]


def outcome(wash: tuple[int, int] | None, following: int | None = None) -> Washed:
    """What becomes of a use at 0 whose roller was washed, used again."""
    uses = [UseSeen("R", 1, 0)] + ([] if following is None else [UseSeen("R", 9, following)])
    washes = [] if wash is None else [WashSeen("R", *wash)]
    day = lambda one, other: one // DAY == other // DAY  # noqa: E731 - a zone without an offset
    return next(washes_after(uses, washes, Washed.NOT_YET, day)).outcome


def test_a_wash_counts_from_its_beginning_and_before_the_next_use() -> None:
    assert outcome((HOUR, HOUR + MINUTE)) is Washed.HOUR
    assert outcome((HOUR + 1, HOUR + MINUTE)) is Washed.DAY
    assert outcome((DAY - 1, DAY + MINUTE)) is Washed.DAY
    assert outcome((DAY, DAY + MINUTE)) is Washed.LATER
    assert outcome((-MINUTE, 0)) is Washed.NOT_YET  # it ended as the use was made
    assert outcome((-MINUTE, 1)) is Washed.HOUR
    assert outcome(None) is Washed.NOT_YET
    assert outcome(None, following=DAY) is Washed.NEVER
    assert outcome((MINUTE, HOUR), following=HOUR) is Washed.HOUR
    assert outcome((MINUTE, HOUR + 1), following=HOUR) is Washed.NEVER


def test_what_no_disinfection_followed_depends_on_what_became_of_the_roller() -> None:
    now = DAY
    assert LifeSeen().unwashed(now) is Washed.NOT_YET
    assert LifeSeen(retired_at=5, uses_limit=1).unwashed(now) is Washed.THROWN_AWAY
    assert LifeSeen(worn_on=now + 1, uses_limit=10, first_used=0).unwashed(now) is Washed.NOT_YET
    assert LifeSeen(worn_on=now, uses_limit=10, first_used=0).unwashed(now) is Washed.NEVER
    assert LifeSeen(worn_on=now, uses_limit=1, first_used=5).unwashed(now) is Washed.SINGLE_USE
    assert LifeSeen(worn_on=5, uses_limit=None, first_used=5).unwashed(now) is Washed.SINGLE_USE
    assert LifeSeen(worn_on=4, uses_limit=None, first_used=5).unwashed(now) is Washed.NEVER


def test_a_piece_that_one_use_ends_is_late_nowhere(tmp_path: Path) -> None:
    house = stocked(tmp_path / "a.db")
    box = Delivery("Titan 192", lot="P1", pieces="2")
    used, _ = receive(house.station, box).codes[1:]
    registering.open_pack(house.station, used)
    house.use(used)
    house.later(3 * DAY)
    span = Period(START, house.now)
    assert washed(house, span) == {Washed.SINGLE_USE: 1}
    sections = {each.title: each for each in inspection(house.station, "x", span).sections}
    assert not sections[MISSING.title].rows
    row = next(row for row in stock(house.station) if row.name == "Titan 192")
    assert (row.dirty, row.over, row.in_use) == (0, 1, 14)
    keeping.retire(house.station, [used], "worn")
    assert washed(house, span) == {Washed.THROWN_AWAY: 1}


def test_a_roller_that_is_used_up_is_never_disinfected_and_not_not_yet(house: House) -> None:
    code = house.roller("old", "0.5", max_uses="2")
    house.use(code)
    house.later(HOUR // 2)
    assert washed(house, Period(START - 60 * DAY, house.now)) == {Washed.NOT_YET: 1}
    house.wash(code)
    house.later(7 * DAY)
    house.use(code)
    assert washed(house, Period(START - 60 * DAY, house.now)) == {Washed.HOUR: 1, Washed.NEVER: 1}


def washed(house: House, span: Period) -> dict[Washed, int]:
    """How many uses of a span have each outcome, of those that any has."""
    rows = reporting.report(house.station, "washing", span).documents()
    return {Washed(str(row["disinfected"])): int(str(row["uses"])) for row in rows if row["uses"]}


def test_bands_end_where_the_policy_ends_them() -> None:
    assert [band_of(length) for length in (None, 20, 30, 31, 50, 51, 100, 101)] == [-1, 0, 0, 1, 1, 2, 2, 3]


def test_uses_and_washes_are_those_of_the_journal(house: House) -> None:
    lengths = ("0.25", "0.5", "1.0", "1.5")
    codes = [house.roller(f"r{length}", length) for length in lengths]
    for day in range(30):
        for place, code in enumerate(codes[: 1 + day % 4]):
            house.use(code)
            house.later(40 * MINUTE)
            if (day + place) % 3:
                house.wash(code)
        house.later(DAY)
    gone = house.roller("gone", "0.3")
    house.use(gone)
    house.later(HOUR)
    keeping.retire(house.station, [gone], "worn")
    keeping.undo(house.station, codes[0], "a mistake")
    house.now = START
    made = reporting.report(house.station, "uses", SPAN)
    raw = house.station.store.database.execute_sql(
        "SELECT count(*) FROM event u WHERE kind = 'used' AND NOT EXISTS (SELECT 1 FROM event v WHERE"
        " v.kind = 'voided' AND v.stream = u.stream AND json_extract(v.data, '$.entry') = u.seq)"
    ).fetchone()[0]
    assert sum(column(house, "uses", "uses")) == raw  # type: ignore[arg-type]
    assert sum(column(house, "washing", "uses")) == raw  # type: ignore[arg-type]
    outcomes = washed(house, SPAN)
    assert outcomes[Washed.THROWN_AWAY] == 1
    assert outcomes[Washed.NEVER]
    assert outcomes[Washed.HOUR]
    assert round(sum(column(house, "washing", "percent"))) == 100  # type: ignore[arg-type]
    for document in made.documents():
        bands = sum(document[name] for name in report_uses.BAND_NAMES)  # type: ignore[misc]
        assert bands == document["uses"]


def test_a_week_of_which_a_span_holds_a_part_is_marked(house: House) -> None:
    house.now = START
    span = spans.period(house.station, "2026-11-04", "2026-11-16")  # from a Wednesday to a Monday
    made = reporting.report(house.station, "uses", span)
    assert [(row["week"], row["days"]) for row in made.documents()] == [
        ("2026-11-02", 5), ("2026-11-09", 7), ("2026-11-16", 1),
    ]  # fmt: skip
    assert [line.name for line in say.report_lines(made, 9)] == [" 2 Nov …", " 9 Nov", "16 Nov …"]
    assert len(say.explained(made)) == 2
    whole = reporting.report(house.station, "uses", spans.period(house.station, "2026-11-02", "2026-11-15"))
    assert say.explained(whole) == [say.LEGEND]


def test_the_first_and_the_last_instant_of_a_span_are_in_it(house: House) -> None:
    code = house.roller()
    house.use(code)
    used = house.now
    house.now = START

    def count(since: int, until: int) -> int:
        return sum(column(house, "uses", "uses", Period(since, until)))  # type: ignore[arg-type]

    assert (count(used, used), count(used - SECOND, used - 1), count(used + 1, START)) == (1, 0, 0)


def test_life_says_why_it_ended(house: House) -> None:
    used_up, early, broken = (house.roller(name, "0.5", max_uses="2") for name in ("a", "b", "c"))
    for _ in range(2):
        house.use(used_up)
        house.later(2 * DAY)
    house.use(early)
    keeping.inspect(house.station, broken, fail="bent")
    house.later(HOUR)
    keeping.retire(house.station, [used_up, early, broken], "end")
    (row,) = reporting.report(house.station, "life", SPAN).documents()
    assert (row["what"], row["retired"], row["uses_mean"], row["uses_limit"]) == ("0.50 mm", 3, 1.0, 2)
    assert [row[each] for each in ("used_up", "early", "harm", "age", "expiry")] == [1, 1, 1, 0, 0]


def test_stock_and_cost_of_products(tmp_path: Path) -> None:
    house = stocked(tmp_path / "a.db")
    box = Delivery("Titan 192", lot="P1", pieces="2", price="12,90", currency="EUR", expiry="2029-01")
    first, second = receive(house.station, box).codes[1:]
    house.later(HOUR)
    for code in (first, second):
        registering.open_pack(house.station, code)
    house.use(first)
    house.later(HOUR)
    keeping.retire(house.station, [first, second], "end")
    span = Period(START - DAY, house.now)
    rows = {row["name"]: row for row in reporting.report(house.station, "stock", span).documents()}
    assert (rows["Titan 192"]["received"], rows["Titan 192"]["opened"]) == (2, 2)
    assert rows["Titan 192"]["sealed"] == 6
    (paid,) = reporting.report(house.station, "cost", span).documents()
    assert paid == {
        "product": "Titan 192", "currency": "EUR", "opened": 2, "without_price": 0, "paid": "25.80",
        "uses": 1, "a_use": "25.80", "retired_early": "12.90",
    }  # fmt: skip
    whole = reporting.report(house.station, "cost", Period(START - 200 * DAY, house.now)).documents()
    assert [(row["product"], row["currency"], row["without_price"]) for row in whole] == [
        ("Crown 540", "", 5), ("Titan 192", "", 14), ("Titan 192", "EUR", 0),
    ]  # fmt: skip
    for name in reporting.NAMES:
        made = reporting.report(house.station, name, span)
        assert say.is_empty(made) is False or name in {"none"}, name
        assert all(line.name and len(line.bar) <= 20 for line in say.report_lines(made, 20)), name


def test_rows_are_written_for_spreadsheets(house: House, tmp_path: Path) -> None:
    code = house.roller("=cmd", "0.5")
    house.use(code)
    keeping.retire(house.station, [code], "end")
    made = reporting.report(house.station, "life", SPAN)
    target = tmp_path / "life.csv"
    reporting.write_csv(house.station, made, str(target))
    rows = list(csv.DictReader(StringIO(target.read_text("utf-8-sig"))))
    assert [json.loads(json.dumps(row)) for row in rows] == [
        {name: "" if cell is None else str(cell) for name, cell in document.items()}
        for document in made.documents()
    ]
    with pytest.raises(FileThere):
        reporting.write_csv(house.station, made, str(target))


@pytest.mark.parametrize(
    ("begin", "end", "said"),
    [
        ("2030-01-01", None, "from: 2030-01-01 lies in the future"),
        (None, "2030-01", "to: 2030-01-31 lies in the future"),
        ("2026-09-02", "2026-09-01", "to: lies before the first day"),
        ("yesterday", None, "from: “yesterday” is not a date"),
        ("1899-01-01", None, "from: the year 1899 is out of range"),
    ],
)
def test_a_span_that_cannot_be_is_refused(
    house: House, begin: str | None, end: str | None, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        spans.period(house.station, begin, end)


def test_a_span_goes_from_day_to_day_and_no_further_than_now(house: House) -> None:
    house.now = START
    span = spans.period(house.station, "2026-11-01", "2026-11-22")
    assert span.until == START
    assert say.span_text(span) == "1 Nov – 22 Nov 2026"
    usual = spans.period(house.station)
    assert say.span_text(usual) == "24 Aug – 22 Nov 2026"
    assert spans.spans_back(house.station, 1).until == usual.since - 1
    with pytest.raises(BadInput, match="report: “x” is not known; one of uses, washing"):
        reporting.report(house.station, "x", usual)
