"""Labels scanned back: what proves one, what is said of an old one, and the list of the unproven."""

from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, MINUTE, clock_of, station_at

from rollertrack.domain.code import MARKS, shown
from rollertrack.domain.events import LabelPrinted
from rollertrack.domain.labelled import LabelSight
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import checking, codes, keeping, records, registering, upkeep
from rollertrack.services.labels import marks, proving
from rollertrack.services.labels.proving import UnprovenRow
from rollertrack.services.station import Station, deed
from rollertrack.wording.records import label_state


def roller(station: Station, name: str = "") -> str:
    return registering.add(station, {"length": "0.5", "name": name}).codes[0]


def printed(station: Station, code: str, place: str = "bench") -> str:
    """Print the next label of a roller, as the record sees it; its mark."""
    with deed(station) as now:
        mark = marks.next_label_mark(now.journal, code)
        now.append(code, LabelPrinted(media="62", place=place, payload=mark + code, mark=mark))
    return mark


def test_a_label_goes_from_none_to_unproven_to_proven(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        assert proving.look(station, code, "")[0] is LabelSight.NONE
        assert printed(station, code) == ""
        assert proving.look(station, code, "")[0] is LabelSight.UNPROVEN
        done = proving.prove(station, code)
        assert (done.entries, done.message) == ((3,), f"The label of {shown(code)} is proven.")
        assert proving.look(station, code, "")[0] is LabelSight.PROVEN
        record = records.show(station, code)
        assert (record.label_mark, record.label_proven_at) == ("", clock_of(station).now)
        assert record.history[0].text == "label scanned back"


def test_a_label_is_proven_once(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        printed(station, code)
        proving.prove(station, code)
        clock_of(station).now += HOUR
        again = proving.prove(station, code)
        assert again.entries == ()
        assert again.message.startswith(f"The label of {shown(code)} was proven already, 15 Jan 2027 08:00")
        assert len(records.log(station, code)) == 3


def test_a_label_that_was_never_printed_cannot_be_proven(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        with pytest.raises(BadInput, match=r"code: no label of .+ was printed so far; print one, then scan"):
            proving.prove(station, code)
        with pytest.raises(BadCode, match="no roller is registered"):
            proving.prove(station, "RBBDEFGHO")
        assert len(records.log(station, code)) == 1


def test_an_old_label_proves_nothing_and_is_told_from_the_current_one(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        printed(station, code)
        proving.prove(station, code)
        clock_of(station).now += DAY
        assert printed(station, code) == "D"
        old = proving.look(station, code, "")
        assert old == (
            LabelSight.OLD,
            "This is an old label: the one with the mark D was printed 16 Jan 2027 08:00 and never scanned."
            " Stick that one on and scan it, then destroy this one.",
        )
        with pytest.raises(
            BadInput, match=r"the current label reads D·.+; without the mark it is an old one"
        ):
            proving.prove(station, code)
        proving.prove(station, code, "D")
        assert proving.look(station, code, "D") == (LabelSight.PROVEN, "")
        assert proving.look(station, code, "") == (
            LabelSight.OLD,
            "This is an old label, destroy it: the one with the mark D was printed 16 Jan 2027 08:00.",
        )
        printed(station, code)
        with pytest.raises(BadInput, match="code: this is an old label: the one with the mark E was"):
            proving.prove(station, code, "D")


def test_the_mark_may_stand_before_the_code(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        printed(station, code)
        mark = printed(station, code)
        assert proving.prove(station, (mark + code).lower()).entries
        assert records.show(station, code).history[0].text == "label scanned back · mark D"


def test_a_code_in_threes_is_read_off_a_page_or_a_screen_and_proves_no_label(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        mark = printed(station, code)
        with pytest.raises(BadInput, match="scan the label itself"):
            proving.prove(station, shown(code, mark))
        assert proving.look(station, code, mark)[0] is LabelSight.UNPROVEN


def test_a_mark_that_no_printing_explains_asks_for_a_new_label(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        printed(station, code)
        told = "A label with the mark H is not on record: print a new one, then destroy this one."
        assert proving.look(station, code, "H") == (LabelSight.AHEAD, told)
        with pytest.raises(BadInput, match="code: a label with the mark H is not on record"):
            proving.prove(station, f"H{code}")


def test_a_label_undone_keeps_its_mark_from_being_given_again(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        assert [printed(station, code), printed(station, code)] == ["", "D"]
        keeping.undo(station, code, "paper jam", entry=3)
        assert proving.look(station, code, "")[0] is LabelSight.UNPROVEN
        assert proving.look(station, code, "D")[0] is LabelSight.AHEAD
        assert printed(station, code) == "E"


def test_a_mark_that_an_older_label_bears_is_passed_over_while_others_are_left(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        assert [printed(station, code), printed(station, code)] == ["", "D"]
        for entry in (3, 2, 1):
            keeping.undo(station, code, "the wrong label", entry=entry)
        registering.add(station, {"length": "0.5"}, code=code)
        assert printed(station, code) == "E"


def test_marks_begin_again_after_the_last(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        assert [printed(station, code) for _ in range(12)] == ["", *MARKS, MARKS[0]]
        assert proving.look(station, code, MARKS[0])[0] is LabelSight.UNPROVEN
        assert proving.look(station, code, MARKS[1])[0] is LabelSight.OLD


def test_the_unproven_are_listed_the_newest_first(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        first, second, third, held, never = (roller(station, name) for name in ("a", "b", "c", "d", "e"))
        assert proving.unproven(station) == ()
        instants = []
        for code in (first, second, third, held):
            clock_of(station).now += MINUTE
            instants.append(clock_of(station).now)
            printed(station, code)
        clock_of(station).now += MINUTE
        printed(station, second, "shelf")
        proving.prove(station, third)
        keeping.retire(station, held, "worn")
        assert proving.unproven(station) == (
            UnprovenRow(second, "b", clock_of(station).now, "shelf", "D"),
            UnprovenRow(first, "a", instants[0], "bench", ""),
        )
        assert never not in {row.code for row in proving.unproven(station)}
        assert upkeep.verify(station).fault == ""


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("{code}", ""),
        ("{threes}", ""),
        ("HTTP://RT.LAN/R/{code}", "This is an old label"),
        ("D{code}", "This is an old label"),
        ("D-{threes}", "This is an old label"),
        ("E{code}", ""),
        ("http://rt.lan/r/e{code}", ""),
        ("F{code}", "A label with the mark F is not on record"),
    ],
)
def test_a_check_of_what_was_read_off_an_old_label_says_so(text: str, warned: str, tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        assert [printed(station, code) for _ in range(3)][-1] == "E"
        answer = checking.check(station, text.format(code=code, threes=shown(code)))
        assert answer.code == code
        assert answer.label_warning.startswith(warned)
        assert bool(answer.label_warning) is bool(warned)


@pytest.mark.parametrize(
    ("text", "mark", "from_label"),
    [
        ("{code}", "", True),
        ("D{code}", "D", True),
        ("HTTP://H/R/D{code}", "D", True),
        ("{threes}", "", False),
    ],
)
def test_a_scan_tells_its_mark_and_whether_a_label_can_have_it(
    text: str, mark: str, from_label: bool, tmp_path: Path
) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        scan = codes.identify(station, text.format(code=code, threes=shown(code)))
        assert (scan.code, scan.known, scan.mark, scan.from_label) == (code, True, mark, from_label)


def test_two_stations_that_prove_at_once_write_one_entry(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station, station_at(tmp_path / "a.db") as other:
        code = roller(station)
        printed(station, code)
        entries = [proving.prove(each, code).entries for each in (station, other)]
        assert entries == [(3,), ()]


def test_the_record_says_how_far_the_newest_label_is_known_to_exist(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code, now = roller(station), clock_of(station).now
        told = [label_state(records.show(station, code), now)]
        for mark in ("", "D"):
            printed(station, code)
            told.append(label_state(records.show(station, code), now))
            proving.prove(station, code, mark)
            told.append(label_state(records.show(station, code), now))
        assert told == [
            "none yet", "sent today 08:00, unproven", "proven by a scan, today 08:00",
            "sent today 08:00, mark D, unproven", "proven by a scan, today 08:00, mark D",
        ]  # fmt: skip
