"""A count of the shelf: each scan ticks, and nothing is written before its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.stations import Clock, me, station_at

from rollertrack.domain import events as ev
from rollertrack.domain.shelf import Tick
from rollertrack.errors import BadInput
from rollertrack.services import counting_stock, keeping, products, registering, stock_records, upkeep
from rollertrack.services.counting_stock import counted, end_count
from rollertrack.services.deliveries import Delivery
from rollertrack.services.pieces import use_piece
from rollertrack.services.receiving import receive
from rollertrack.services.station import Station
from rollertrack.services.using import Use, use
from rollertrack.wording.counting import code_text

BOX = "]d20109506000134352" + "10T7"
Made = tuple[Station, str, list[str], str]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Four rollers of one product, and a box of another whose pieces have no codes."""
    with station_at(tmp_path / "a.db", Clock()) as station:
        products.add_product(station, {"name": "Titan", "length": "0.5", "sterile": True})
        products.add_product(station, {"name": "Tip", "length": "0.3", "coded": False})
        titans = receive(station, Delivery("Titan", lot="A1", pieces="4")).codes[1:]
        box = receive(station, Delivery("Tip", (BOX,), compared=True, pieces="9")).codes[0]
        yield station, stock_records.show_product(station, "Titan").code, list(titans), box


def test_each_scan_ticks_and_what_was_not_scanned_is_missing(made: Made) -> None:
    station, _, titans, box = made
    count = counted(station, [*titans[:3], BOX])
    assert (count.found, len(count.expected)) == (4, 5)
    assert [each.code for each in count.missing] == [titans[3]]
    assert count.seen[-1].code == box
    assert {each.tick for each in count.seen} == {Tick.FOUND}


def test_what_is_not_expected_unknown_or_twice_is_told_apart(made: Made) -> None:
    station, _, titans, _ = made
    stray = registering.add(station, {"length": "0.3"}).codes[0]
    keeping.retire(station, titans[0], "worn")
    texts = [
        titans[1],
        titans[1],
        titans[1],
        titans[0],
        stray,
        me(station),
        "4006381333931",
        "[/]",
        "RKDTLBNEB",
    ]
    count = counted(station, texts)
    ticks = [each.tick for each in count.seen]
    assert ticks == [
        Tick.FOUND, Tick.TWICE, Tick.TWICE, Tick.UNEXPECTED, Tick.UNEXPECTED, Tick.OTHER_KIND, Tick.UNKNOWN,
        Tick.UNKNOWN, Tick.UNKNOWN,
    ]  # fmt: skip
    assert "retired today, yet here" in count.seen[3].state
    assert count.seen[4].state == "of no product"
    assert count.found == 1


def test_a_box_of_another_lot_or_with_labels_on_its_pieces_is_no_tick(made: Made) -> None:
    station, titan, _, _ = made
    products.bind_barcode(station, titan, "012345678905")
    count = counted(station, [BOX.replace("T7", "T8"), "012345678905", BOX.replace("2" + "10", "3" + "10")])
    assert [each.tick for each in count.seen] == [Tick.UNEXPECTED, Tick.OTHER_KIND, Tick.UNKNOWN]
    assert "check digit" in count.seen[2].state


def test_a_piece_that_came_without_a_code_is_expected_until_it_is_used_up(made: Made) -> None:
    station, _, titans, box = made
    products.edit_product(station, "Tip", {"max_uses": "2"})
    used_up = [use_piece(station, box, Use(me(station), despite="tried")).codes[0]]
    assert used_up[0] in counting_stock.begin(station).expected
    use(station, used_up[0], Use(me(station), despite="tried"))
    products.edit_product(station, "Tip", {"single_use": True})
    used_up += use_piece(station, box, Use(me(station), despite="tried")).codes
    registering.open_pack(station, titans[0])
    use(station, titans[0], Use(me(station), despite="tried"))
    count = counted(station, used_up)
    assert set(count.expected) == {*titans, box}
    assert {each.state for each in count.seen} == {"used up, yet here; put it in a sharps container"}


@pytest.mark.parametrize("text", ["{0}\0x", "x\0{0}", "\0{0}", "400638\x001333931"])
def test_a_text_with_a_nought_in_it_is_unknown_as_a_whole(text: str, made: Made) -> None:
    station, _, titans, _ = made
    (seen,) = counted(station, [text.format(titans[0])]).seen
    assert seen.tick is Tick.UNKNOWN
    assert "␀" in code_text(seen.code)


def test_a_box_that_was_cut_off_is_unknown_and_says_why(made: Made) -> None:
    station, *_ = made
    for cut in ("]d230", "1735123130"):
        assert counted(station, [cut]).seen[-1].tick is Tick.UNKNOWN
    assert "cut off" in counted(station, ["]d230"]).seen[-1].state


def test_a_text_on_which_the_reading_fails_is_unknown(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    station, *_ = made

    def failing(texts: list[str]) -> None:
        raise ValueError(texts)

    monkeypatch.setattr(counting_stock, "read_box", failing)
    (seen,) = counted(station, [BOX]).seen
    assert (seen.tick, seen.code) == (Tick.UNKNOWN, BOX)
    assert "a fault of its own" in seen.state


def test_the_last_scan_is_taken_back(made: Made) -> None:
    station, _, titans, _ = made
    count = counted(station, titans[:2])
    assert count.without_last() == counted(station, titans[:1])


def test_nothing_is_written_before_the_end_and_then_an_entry_a_product(made: Made) -> None:
    station, titan, titans, box = made

    def said(code: str) -> list[ev.Payload]:
        with station.store.reading() as journal:
            return [each.payload for each in journal.stream(code) if isinstance(each.payload, ev.Counted)]

    counted(station, titans)
    assert said(titan) == []
    done = end_count(station, [*titans[:2], "]d2\x1dnothing"])
    assert done.message == "Counted 2 of 5: 3 missing, 0 not expected, 1 unknown."
    assert said(titan) == [
        ev.Counted(expected=4, found=2, missing=tuple(sorted(titans[2:])), unknown=("]d2␝nothing",))
    ]
    assert said(stock_records.show_product(station, "Tip").code) == [
        ev.Counted(expected=1, found=0, missing=(box,))
    ]
    assert upkeep.verify(station).fault == ""


def test_a_count_of_one_product_expects_its_pieces_alone(made: Made) -> None:
    station, titan, titans, _ = made
    assert set(counting_stock.begin(station, titan).expected) == set(titans)
    end_count(station, titans, product=titan)


def test_a_count_without_a_scan_or_a_product_is_none(made: Made, tmp_path: Path) -> None:
    station, *_ = made
    with pytest.raises(BadInput, match="nothing was scanned"):
        end_count(station, [])
    with (
        station_at(tmp_path / "b.db", Clock()) as empty,
        pytest.raises(BadInput, match="No product is on record"),
    ):
        counting_stock.begin(empty)
