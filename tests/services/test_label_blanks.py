"""Labels printed ahead: codes that nothing else gets, claimed at the first scan."""

from pathlib import Path

import pytest
from harness.stations import clock_of, me, station_at

from rollertrack.domain.code import find
from rollertrack.domain.labelled import LabelSight
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import codes, exporting, keeping, records, registering, upkeep
from rollertrack.services.labels import ordering, proving
from rollertrack.services.station import Station

FACTS = {"length": "0.5", "name": "evening"}


def test_a_drawn_code_is_a_rollers_and_not_registered(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        drawn = ordering.set_apart_blanks(station, 3)
        assert len(set(drawn)) == 3
        assert all(find(code) == code and code[0] == "R" for code in drawn)
        assert not any(codes.identify(station, code).known for code in drawn)


def test_no_roller_and_no_other_blank_gets_a_drawn_code(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db", seed="same") as station:
        drawn = ordering.set_apart_blanks(station, 2)
    with station_at(tmp_path / "a.db", seed="same") as station:
        registered = registering.add(station, FACTS, count=2).codes
    with station_at(tmp_path / "a.db", seed="same") as station:
        again = ordering.set_apart_blanks(station, 2)
    assert len({*drawn, *registered, *again}) == 6


def test_the_same_dice_would_draw_the_same_codes(tmp_path: Path) -> None:
    drawn = []
    for name in ("a.db", "b.db"):
        with station_at(tmp_path / name, seed="same") as station:
            drawn.append(ordering.set_apart_blanks(station, 2))
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("count", [-1, 0, 501])
def test_as_many_blanks_as_one_print_may_have(count: int, tmp_path: Path) -> None:
    with (
        station_at(tmp_path / "a.db") as station,
        pytest.raises(BadInput, match=r"blank: .+ is out of range; 1 to 500"),
    ):
        ordering.set_apart_blanks(station, count)


def claimed(station: Station, text: str, *, scanned: bool = False) -> tuple[str, list[str]]:
    """Claim a label; the code and the entries of its roller, oldest first."""
    (code,) = registering.add(station, FACTS, code=text, scanned=scanned).codes
    return code, [line.kind for line in reversed(records.log(station, code))]


def test_a_blank_label_is_claimed_by_the_first_roller_and_proven_by_a_scanner(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        first, second = ordering.set_apart_blanks(station, 2)
        assert claimed(station, first) == (first, ["registered", "label_printed"])
        assert proving.look(station, first, "")[0] is LabelSight.UNPROVEN
        assert proving.unproven(station)[0].place == "printed ahead"
        assert claimed(station, second, scanned=True) == (
            second, ["registered", "label_printed", "label_proven"],
        )  # fmt: skip
        assert proving.look(station, second, "")[0] is LabelSight.PROVEN
        assert records.show(station, first).history[0].text == "label printed ahead"
        assert upkeep.verify(station).fault == ""


@pytest.mark.parametrize("text", ["rkd-tlb-neb", "HTTP://RT.LAN/R/RKDTLBNEB", "]Q1RKDTLBNEB", "RKDTLBNEB\r"])
def test_a_claim_takes_the_code_as_scanned_or_typed(text: str, tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        assert claimed(station, text)[0] == "RKDTLBNEB"


def test_the_mark_of_a_label_whose_record_was_lost_goes_on_record(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        claimed(station, "D-RKD-TLB-NEB", scanned=True)
        assert proving.look(station, "RKDTLBNEB", "D")[0] is LabelSight.PROVEN


def test_a_claim_may_set_the_roller_aside_for_a_person(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        owner = me(station)
        done = registering.add(station, FACTS, person=owner, code="RKDTLBNEB")
        assert done.entries == (1,)
        assert records.show(station, "RKDTLBNEB").bound_to == owner


@pytest.mark.parametrize(
    ("code", "error", "sentence"),
    [
        ("RKDTLBNED", BadCode, "the check letter of RKD-TLB-NED does not fit"),
        ("RKDTLBNE", BadCode, "a code has nine letters"),
        ("person", BadCode, "is a person, not a roller"),
        ("taken", BadInput, "is registered already, as “evening”; take a label nobody has claimed"),
    ],
)
def test_only_a_free_code_of_a_roller_can_be_claimed(
    code: str, error: type[BadInput], sentence: str, tmp_path: Path
) -> None:
    with station_at(tmp_path / "a.db") as station:
        names = {"person": me(station), "taken": registering.add(station, FACTS).codes[0]}
        before = list(exporting.export(station))
        with pytest.raises(error, match=sentence):
            registering.add(station, FACTS, code=names.get(code, code))
        assert list(exporting.export(station)) == before


def test_one_label_is_for_one_roller(tmp_path: Path) -> None:
    with (
        station_at(tmp_path / "a.db") as station,
        pytest.raises(BadInput, match="count: 2 is out of range; with a code only 1 is right"),
    ):
        registering.add(station, FACTS, code="RKDTLBNEB", count=2)


def test_a_claim_by_mistake_can_be_undone_and_the_label_claimed_again(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        claimed(station, "RKDTLBNEB", scanned=True)
        with pytest.raises(BadInput, match="carries its label; undo entry 3 first"):
            keeping.undo(station, "RKDTLBNEB", "wrong label")
        for entry in (3, 2, 1):
            clock_of(station).now += 1
            keeping.undo(station, "RKDTLBNEB", "wrong label", entry=entry)
        assert not codes.identify(station, "RKDTLBNEB").known
        assert proving.unproven(station) == ()
        clock_of(station).now += 1
        done = registering.add(station, {"length": "1.0"}, code="RKDTLBNEB")
        assert done.entries == (7,)
        assert records.show(station, "RKDTLBNEB").label_printed_at == clock_of(station).now
        assert upkeep.verify(station).fault == ""
