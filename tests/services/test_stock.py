"""Products, packs and boxes: what a receipt makes, what the list of stock says, what is opened next."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, START, Clock, clock_of, me, station_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain import stream_names
from rollertrack.domain.stock import Advice, StockRow
from rollertrack.domain.stream_names import StreamKind
from rollertrack.domain.verdict import Refused
from rollertrack.errors import BadInput
from rollertrack.services import keeping, packs, products, registering, stock, stock_records, upkeep
from rollertrack.services.boxes import look_at_box
from rollertrack.services.checking import check
from rollertrack.services.deliveries import Delivery
from rollertrack.services.pieces import use_piece
from rollertrack.services.policies import set_policy
from rollertrack.services.receiving import receive
from rollertrack.services.station import Done, Station, deed
from rollertrack.services.using import Use
from rollertrack.store import stock_queries
from rollertrack.store.stock_queries import Piece
from rollertrack.wording.stock import day_of

GTIN = "09506000134352"
Typed = dict[str, str | bool]
TITAN: Typed = {
    "name": "Titan 192", "length": "0.5", "sterile": True, "single_use": True, "pack_size": "10",
}  # fmt: skip
TIP: Typed = {
    "name": "Pen tip", "form": "cartridge", "length": "0.25", "sterile": True, "single_use": True,
    "coded": False,
}  # fmt: skip


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "b.db", Clock()) as station:
        products.add_product(station, TITAN)
        products.add_product(station, TIP)
        yield station


def box(lot: str = "A1", expiry: str = "281231") -> str:
    return f"]d201{GTIN}17{expiry}10{lot}"


def came(station: Station, product: str = "Titan 192", lot: str = "A1", **said: object) -> Done:
    return receive(station, Delivery(product, lot=lot, **said))  # type: ignore[arg-type]


def tips(station: Station, pieces: int = 3, **said: object) -> str:
    return came(station, "Pen tip", "T7", pieces=str(pieces), **said).codes[0]


def entries(station: Station, code: str) -> list[ev.Payload]:
    with station.store.reading() as journal:
        return [each.payload for each in journal.stream(code)]


def row(station: Station, product: str = "Titan 192") -> StockRow:
    (found,) = stock.stock(station, product)
    return found


def verified(station: Station) -> str:
    return upkeep.verify(station).fault


def test_a_box_of_ten_becomes_a_pack_and_ten_sealed_rollers(station: Station) -> None:
    done = receive(station, Delivery("Titan 192", (box("AX12"),), compared=True, supplier="Medishop"))
    pack, *codes = done.codes
    assert len(set(codes)) == 10
    (received,) = entries(station, pack)
    assert isinstance(received, ev.PackReceived)
    assert (received.lot, received.expiry, received.pieces) == ("AX12", date(2028, 12, 31), 10)
    assert (received.supplier, received.scanned, received.compared) == ("Medishop", box("AX12"), True)
    (registered,) = entries(station, codes[0])
    assert isinstance(registered, ev.Registered)
    assert (registered.lot, registered.expiry, registered.pack) == ("AX12", date(2028, 12, 31), pack)
    assert (registered.sterile, registered.single_use, registered.name) == (True, True, "Titan 192")
    assert check(station, codes[0]).verdict.may_use
    assert row(station).sealed == 10
    assert verified(station) == ""


def test_a_barcode_asks_for_its_product_once(station: Station) -> None:
    with pytest.raises(BadInput, match="not known yet"):
        receive(station, Delivery(scans=(box(),), lot="A1"))
    receive(station, Delivery("titan  192", (box(),), lot="A1"))
    known = look_at_box(station, (box("B2"),))
    assert (known.name, known.pieces) == ("Titan 192", 10)
    assert len(receive(station, Delivery(scans=(box("B2"),), lot="B2")).codes) == 11
    with pytest.raises(BadInput, match="belongs to Titan 192; receive that, or `product bind`"):
        receive(station, Delivery("Pen tip", (box(),), lot="A1"))


def test_the_same_article_number_in_fewer_digits_is_the_same_product(station: Station) -> None:
    products.bind_barcode(station, "Titan 192", GTIN[1:], pieces="10")
    assert look_at_box(station, (box(),)).name == "Titan 192"


def test_no_lot_is_taken_before_somebody_compared_it(station: Station) -> None:
    before = len(stock.stock(station))
    for scans in ((box(),), (f"]d201{GTIN}10A123421S0001",)):
        with pytest.raises(BadInput) as error:
            receive(station, Delivery("Titan 192", scans))
        assert error.value.field == "lot"
    with pytest.raises(BadInput, match=r"A123421S0001, or A1234 \+ serial S0001; give the lot as") as error:
        receive(station, Delivery("Titan 192", (f"]d201{GTIN}10A123421S0001",), compared=True))
    assert error.value.at_prompt.endswith("; give --lot as the pack reads")
    assert stock_records.list_packs(station) == []
    assert len(stock.stock(station)) == before


def test_what_is_typed_of_the_lot_is_what_counts(station: Station) -> None:
    done = receive(station, Delivery("Titan 192", (f"]d201{GTIN}10A123417281231",), lot="A1234"))
    (received,) = entries(station, done.codes[0])
    assert isinstance(received, ev.PackReceived)
    assert (received.lot, received.expiry, received.compared) == ("A1234", date(2028, 12, 31), True)


def test_a_count_of_the_barcode_is_never_multiplied_in_silence(station: Station) -> None:
    many = f"]d201{GTIN}3050\x1d10A1"
    with pytest.raises(BadInput, match="says 50, and 10 are usual of Titan 192; say how many") as error:
        receive(station, Delivery("Titan 192", (many,), compared=True))
    assert error.value.at_prompt.endswith("; give --pieces as they lie in the box")
    assert len(receive(station, Delivery("Titan 192", (many,), compared=True, pieces="50")).codes) == 51
    case = "]d20119506000134359" + "10A1"
    with pytest.raises(BadInput, match="barcode of a case"):
        receive(station, Delivery("Titan 192", (case,), compared=True))
    receive(station, Delivery("Titan 192", (case,), compared=True, pieces="100"))
    assert look_at_box(station, (case,)).pieces == 100


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1000000000", "ten", "1001"])
def test_pieces_that_cannot_be_are_refused(station: Station, text: str) -> None:
    with pytest.raises(BadInput, match=r"pieces: .*1 to 1,000 is right"):
        came(station, pieces=text)


def test_an_expiry_that_cannot_be_is_refused_and_one_that_has_passed_is_told(station: Station) -> None:
    made = f"]d201{GTIN}112701011726010110A1"
    with pytest.raises(BadInput, match="expiry: 1 Jan 2026 lies before 1 Jan 2027"):
        receive(station, Delivery("Titan 192", (made,), compared=True))
    with pytest.raises(BadInput, match=r"expiry: .* is more than 15 years ahead"):
        came(station, expiry="2049-12-31")
    done = came(station, expiry="2020-01-31")
    assert "It has expired: every piece of it is STOP" in done.warnings[0]
    assert not check(station, done.codes[1]).verdict.may_use
    assert (row(station).sealed, row(station).expired) == (0, 10)


def test_a_clinic_is_told_that_a_recall_cannot_find_a_pack_without_a_lot(station: Station) -> None:
    assert came(station, lot="").warnings == ()
    set_policy(station, "profile", "clinic")
    assert "a recall cannot find this pack" in came(station, lot="").warnings[0].lower()


@pytest.mark.parametrize("name", ["TITAN 192", " Titan 192 ", "Titan  192", "Ｔｉｔａｎ １９２"])
def test_a_name_is_taken_in_every_way_of_writing_it(station: Station, name: str) -> None:
    with pytest.raises(BadInput, match="name: is taken by Titan 192"):
        products.add_product(station, TITAN | {"name": name})


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066"])
def test_a_name_with_a_sign_that_nobody_sees_is_refused(station: Station, sign: str) -> None:
    with pytest.raises(BadInput, match=f"U\\+{ord(sign):04X}"):
        products.add_product(station, TITAN | {"name": f"Tit{sign}an 192"})


def test_needles_that_rollers_carry_are_not_made_others(station: Station) -> None:
    products.edit_product(station, "Titan 192", {"length": "0.3"})
    products.edit_product(station, "Titan 192", {"length": "0.5"})
    came(station)
    with pytest.raises(BadInput, match=r"length: 10 rollers carry 0\.50 mm; make a new product"):
        products.edit_product(station, "Titan 192", {"length": "0.3"})
    products.edit_product(station, "Titan 192", {"price": "12,90", "name": "Titan"})
    assert stock_records.show_product(station, "titan").facts.price == 1290


@pytest.mark.parametrize(
    ("price", "minor", "currency"),
    [("12,90", 1290, ""), ("12.90", 1290, ""), ("€ 12,90", 1290, "EUR"), ("1.299,00", 129900, ""),
     ("$5", 500, "USD"), ("0", 0, ""), ("1 299.5", 129950, "")],
)  # fmt: skip
def test_a_price_is_read_as_people_write_it(station: Station, price: str, minor: int, currency: str) -> None:
    products.edit_product(station, "Pen tip", {"price": price, "name": "tip"})
    facts = stock_records.show_product(station, "tip").facts
    assert (facts.price, facts.currency) == (minor, currency)


@pytest.mark.parametrize("price", ["12,9,0", "-1", "NaN", "1.299", "12.90.1", "1e3", "ten", "99999999999"])
def test_a_price_that_is_none_is_refused(station: Station, price: str) -> None:
    with pytest.raises(BadInput, match=r"^price: "):
        products.edit_product(station, "Pen tip", {"price": price})


def test_a_product_that_nobody_knows_names_the_nearest(station: Station) -> None:
    with pytest.raises(BadInput, match="did you mean Titan 192"):
        came(station, "Titan 129")
    with pytest.raises(BadInput, match="no product is registered"):
        came(station, stream_names.make(StreamKind.PRODUCT, lambda letters: letters[0]))


def test_a_product_is_closed_and_opened_again(station: Station) -> None:
    with pytest.raises(BadInput, match="Pen tip is not closed; there is nothing to reopen"):
        products.reopen_product(station, "Pen tip")
    code = products.close_product(station, "Pen tip").codes[0]
    with pytest.raises(BadInput, match="Pen tip is closed already"):
        products.close_product(station, "Pen tip")
    assert [each.name for each in stock.stock(station)] == ["Titan 192"]
    for done in (came(station, "Pen tip", lot="T7"), products.order_product(station, "Pen tip", "5")):
        assert done.warnings == (
            "Pen tip is closed, and `stock` leaves it out; `product reopen` opens it again.",
        )
    assert (
        products.reopen_product(station, "Pen tip", reason="sold again").message == "Pen tip is bought again."
    )
    assert len(stock.stock(station)) == 2
    assert came(station, "Pen tip", lot="T8").warnings == ()
    assert [type(each) for each in entries(station, code) if isinstance(each, ev.Closed | ev.Reopened)] == [
        ev.Closed, ev.Reopened,
    ]  # fmt: skip


def test_an_order_is_not_expected_in_the_past(station: Station) -> None:
    today = day_of(station.clock())
    with pytest.raises(BadInput, match=r"expected: .* has passed"):
        products.order_product(station, "Titan 192", "5", expected=str(today - timedelta(days=1)))
    assert products.order_product(station, "Titan 192", "5", expected=str(today)).warnings == ()


def test_a_currency_without_a_price_is_refused(station: Station) -> None:
    for price in (None, "", " "):
        with pytest.raises(BadInput, match="currency: stands beside no price"):
            came(station, price=price, currency="EUR")
        with pytest.raises(BadInput, match="currency: “=cmd” is no currency"):
            came(station, price=price, currency="=cmd")
        assert came(station, price=price, currency="").warnings == ()


def test_a_currency_beside_the_sign_of_another_is_refused(station: Station) -> None:
    said = "currency: is USD, but the sign of the price says EUR"
    with pytest.raises(BadInput, match=said):
        came(station, price="€ 9", currency="USD")
    with pytest.raises(BadInput, match=said):
        products.edit_product(station, "Titan 192", {"price": "9 €", "currency": "USD"})
    with pytest.raises(BadInput, match=said):
        packs.edit_pack(station, came(station).codes[0], {"currency": "USD", "price": "9 €"})
    pack = came(station, price="€ 9", currency="eur").codes[0]
    assert stock_records.show_pack(station, pack).pack.facts.currency == "EUR"


def test_what_is_typed_otherwise_than_the_barcode_says_is_taken_and_told(station: Station) -> None:
    for lot, kept in (("ZZZ", "lot ZZZ is"), ("", "no lot is")):
        done = came(station, scans=(box("B2"),), lot=lot)
        assert done.warnings == (f"The barcode says lot B2, and {kept} on record; compare with the pack.",)
    assert came(station, scans=(box("B2"),), lot="b-2").warnings == ()
    assert came(station, scans=(GTIN,), lot="ZZZ").warnings == ()
    cut = came(station, scans=(box("A123421S0001"),), lot="A9")
    assert cut.warnings[0].startswith("The barcode says lot A123421S0001 or A1234, and lot A9 is on record")
    dated = came(station, scans=(box("B2"),), lot="B2", expiry="2029-01-31")
    assert dated.warnings == (
        "The barcode says until 31 Dec 2028, and 31 Jan 2029 is on record; compare with the pack.",
    )
    assert came(station, scans=(box("B2"),), lot="B2", expiry="2028-12-31").warnings == ()


def test_a_piece_without_a_code_gets_it_when_it_is_used(station: Station) -> None:
    pack = tips(station, 2)
    done = use_piece(station, pack, Use(person=me(station)))
    assert [type(each) for each in entries(station, done.codes[0])] == [ev.Registered, ev.Opened, ev.Used]
    assert entries(station, pack)[-1] == ev.Taken(roller=done.codes[0])
    found = row(station, "Pen tip")
    assert (found.sealed, found.in_use + found.over, found.packs[0][2:]) == (1, 1, (1, 2))
    assert verified(station) == ""


def test_the_last_piece_is_taken_once(station: Station) -> None:
    pack = tips(station, 1)
    use_piece(station, pack, Use(person=me(station)))
    with pytest.raises(Refused, match=r"STOP: C·.*The box is empty since today"):
        use_piece(station, pack, Use(person=me(station)))
    assert len(entries(station, pack)) == 2
    done = use_piece(station, pack, Use(person=me(station), despite="one more lay there"))
    assert [type(each) for each in entries(station, pack)[2:]] == [ev.Found, ev.Taken]
    assert done.codes[0] in {each.code for each in pieces_of(station)}


def pieces_of(station: Station) -> list[Piece]:
    with station.store.reading():
        return list(stock_queries.pieces(station.store.database))


def held(station: Station, pack: str) -> None:
    packs.hold_pack(station, pack, "wet")


def recalled(station: Station, pack: str) -> None:
    with deed(station) as now:
        now.append(pack, ev.Recalled(reason="lot T7"))


@pytest.mark.parametrize(
    ("spoil", "said"), [(held, "put aside: wet"), (recalled, "recalled: lot T7")], ids=["held", "recalled"]
)
def test_no_piece_of_a_pack_aside_is_used(
    station: Station, spoil: Callable[[Station, str], None], said: str
) -> None:
    pack = tips(station)
    spoil(station, pack)
    with pytest.raises(Refused, match=said) as refused:
        use_piece(station, pack, Use(person=me(station)))
    assert refused.value.exit_status == 1
    done = use_piece(station, pack, Use(person=me(station), despite="no other was there"))
    used = entries(station, done.codes[0])[-1]
    assert isinstance(used, ev.Used)
    assert (used.word, used.despite) == ("STOP", "no other was there")


def test_an_expired_box_and_one_whose_pieces_have_codes_are_a_stop(station: Station) -> None:
    pack = tips(station, expiry="2027-02-28")
    clock_of(station).now += 400 * DAY
    with pytest.raises(Refused, match="The pack expired on 28 Feb 2027"):
        use_piece(station, pack, Use(person=me(station)))
    with pytest.raises(Refused, match="have codes of their own"):
        use_piece(station, came(station).codes[0], Use(person=me(station)))


def test_what_expires_first_is_opened_first(station: Station) -> None:
    for lot, expiry in (("late", "2029-01"), ("none", ""), ("soon", "2027-06"), ("soon too", "2027-06")):
        came(station, lot=lot, expiry=expiry, pieces="1")
        clock_of(station).now += HOUR
    _, found = stock.next_piece(station, "Titan 192")
    assert found.piece is not None
    assert [found.piece.lot, *(each.lot for each in found.others)] == ["soon", "soon too", "late", "none"]


def test_what_is_passed_over_is_told_with_its_reason(station: Station) -> None:
    today = came(station, lot="today", expiry=date(2027, 1, 15).isoformat(), pieces="1").codes[1]
    clock_of(station).now = START
    aside = came(station, lot="aside", pieces="1").codes[1]
    keeping.quarantine(station, aside, "fell")
    old = came(station, lot="old", expiry="2020-01", pieces="1").codes[1]
    _, found = stock.next_piece(station, "Titan 192")
    assert found.piece is None
    assert {each.code: why for each, why in found.passed} == {
        today: "good for today only", aside: "on hold", old: "no longer good",
    }  # fmt: skip


def test_a_mended_lot_is_mended_on_the_rollers_of_the_pack(station: Station) -> None:
    pack, *codes = came(station, expiry="2028-12").codes
    registering.edit(station, codes[0], {"lot": "Z9"})
    packs.edit_pack(station, pack, {"lot": "B7", "invoice": "1188"})
    told = [entries(station, code)[-1] for code in codes]
    assert [each.lot for each in told if isinstance(each, ev.RollerFacts)] == ["Z9", *["B7"] * 9]
    with pytest.raises(BadInput, match="already reads so"):
        packs.edit_pack(station, pack, {"lot": "B7"})
    assert verified(station) == ""


def test_a_pack_is_kept_aside_and_released_with_its_rollers(station: Station) -> None:
    pack, first, *_ = came(station, pieces="3").codes
    keeping.retire(station, first, "bent")
    packs.hold_pack(station, pack, "wet")
    assert (row(station).sealed, row(station).held) == (0, 2)
    packs.release_pack(station, pack, "dry")
    assert (row(station).sealed, row(station).held) == (2, 0)
    with pytest.raises(BadInput, match="not put aside"):
        packs.release_pack(station, pack, "dry")


def test_a_pack_that_lies_aside_with_all_its_rollers_is_not_put_aside_again(station: Station) -> None:
    pack, first, *_ = came(station, pieces="2").codes
    packs.hold_pack(station, pack, "wet")
    before = entries(station, pack)
    with pytest.raises(BadInput, match="is put aside already, for this reason: wet"):
        packs.hold_pack(station, pack, "wet")
    assert entries(station, pack) == before
    keeping.release(station, [first], "dry")
    assert packs.hold_pack(station, pack, "wet again").codes == (pack, first)
    packs.release_pack(station, pack, "dry")
    assert packs.hold_pack(station, pack, "wet").codes[0] == pack


def test_a_reason_that_is_a_sentence_gets_no_second_stop(station: Station) -> None:
    for reason in ("a letter.", "a letter"):
        pack = tips(station)
        packs.hold_pack(station, pack, reason)
        with pytest.raises(Refused) as refused:
            use_piece(station, pack, Use(me(station)))
        done = use_piece(station, pack, Use(me(station), despite="needed"))
        findings = check(station, done.codes[0]).verdict.findings
        said = [refused.value.message, *(each.message for each in findings)]
        assert any("put aside: a letter. " in each for each in said)
        assert any(each.endswith("put aside: a letter.") for each in said)
        assert not any(".." in each for each in said)


def test_pieces_are_written_off_and_found(station: Station) -> None:
    pack = tips(station, 5)
    packs.write_off(station, pack, "fell", pieces="2")
    packs.find_pieces(station, "t-7", "1", "behind the shelf")
    assert row(station, "Pen tip").sealed == 4
    with pytest.raises(BadInput, match="only 4 are left in it; 1 to 4 is right"):
        packs.write_off(station, pack, "fell", pieces="5")
    packs.write_off(station, pack, "fire")
    assert row(station, "Pen tip").sealed == 0
    with pytest.raises(BadInput, match="nothing is left"):
        packs.write_off(station, pack, "fire")
    with pytest.raises(BadInput, match="a code of its own"):
        packs.write_off(station, came(station).codes[0], "fire")


def test_a_receipt_by_mistake_is_taken_back_while_its_pieces_lie_there(station: Station) -> None:
    pack, first, *_ = came(station).codes
    packs.undo_pack(station, pack, "scanned twice")
    assert (row(station).sealed, stock_records.list_packs(station)) == (0, [])
    assert verified(station) == ""
    pack, first, *_ = came(station).codes
    registering.open_pack(station, first)
    with pytest.raises(BadInput, match="1 piece of it is in use or changed since"):
        packs.undo_pack(station, pack, "scanned twice")


def test_what_is_ordered_is_awaited_until_it_comes(station: Station) -> None:
    products.order_product(station, "Titan 192", "15", expected="2027-02-01")
    products.order_product(station, "Titan 192", "10")
    assert (row(station).ordered, row(station).expected) == (25, date(2027, 2, 1))
    came(station)
    assert row(station).ordered == 15
    came(station)
    assert (row(station).ordered, row(station).expected) == (5, None)
    products.end_order(station, "Titan 192")
    assert row(station).ordered == 0
    with pytest.raises(BadInput, match="nothing of Titan 192 is on order"):
        products.end_order(station, "Titan 192")


def test_a_level_of_ones_own_asks_whatever_the_pace(station: Station) -> None:
    came(station)
    assert row(station).ordering.advice is Advice.TOO_FEW
    products.edit_product(station, "Titan 192", {"reorder_level": "10"})
    assert [each.name for each in stock.low_stock(station)] == ["Titan 192"]
    products.order_product(station, "Titan 192", "1")
    assert stock.low_stock(station) == []


def test_a_lists_rows_are_rebuilt_as_they_were(station: Station) -> None:
    pack = tips(station)
    came(station)
    use_piece(station, pack, Use(person=me(station)))
    before = stock.stock(station)
    station.store.rebuild()
    assert stock.stock(station) == before


@pytest.mark.parametrize(
    ("table", "column"),
    [("product", "barcodes"), ("product", "ordered"), ("pack", "left"), ("pack", "lot_norm")],
)
def test_a_row_that_somebody_altered_is_found_and_made_anew(
    station: Station, table: str, column: str
) -> None:
    tips(station)
    station.store.database.execute_sql(f"UPDATE {table} SET {column} = '77'")
    assert f"{column} in the list differs from the journal" in verified(station)
    station.store.rebuild()
    assert verified(station) == ""


def test_a_second_station_reads_again_before_it_takes_the_last_piece(
    station: Station, tmp_path: Path
) -> None:
    pack = tips(station, 1)
    with station_at(tmp_path / "b.db", clock_of(station), seed="other") as other:
        assert row(other, "Pen tip").sealed == 1
        use_piece(station, pack, Use(person=me(station)))
        with pytest.raises(Refused, match="The box is empty since today"):
            use_piece(other, pack, Use(person=me(other)))


DEEDS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9)), max_size=25)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_no_piece_is_ever_lost_from_the_count(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[int, int]]
) -> None:
    """Received = sealed + kept aside + in service + retired + written off − found, after any deeds."""
    with station_at(tmp_path_factory.mktemp("count") / "a.db", Clock()) as station:
        products.add_product(station, TITAN)
        products.add_product(station, TIP)
        coded = list(came(station, pieces="6").codes[1:])
        box_of_tips, off = tips(station, 6), 0
        for what, which in deeds:
            clock_of(station).now += DAY
            code = coded[which % len(coded)]
            try:
                match what:
                    case 0:
                        registering.open_pack(station, code)
                    case 1:
                        keeping.retire(station, code, "worn")
                    case 2:
                        keeping.quarantine(station, code, "fell")
                    case 3:
                        keeping.release(station, code, "fine")
                    case 4:
                        use_piece(station, box_of_tips, Use(person=me(station), despite="so it was"))
                    case 5:
                        packs.write_off(station, box_of_tips, "fell", pieces="1")
                        off += 1
                    case 6:
                        packs.find_pieces(station, box_of_tips, "1", "there")
                    case 7:
                        keeping.undo(station, code, "not so")
            except (BadInput, Refused):
                continue
        pieces = pieces_of(station)
        titan, tip = row(station), row(station, "Pen tip")
        retired = sum(piece.held == "retired" for piece in pieces if piece.product == titan.code)
        undone = 6 - sum(piece.product == titan.code for piece in pieces)
        there = titan.sealed + titan.expired + titan.held + titan.in_use + titan.soaking + titan.dirty
        assert there + retired + undone == 6
        with station.store.reading() as journal:
            found = sum(
                each.payload.pieces
                for each in journal.stream(box_of_tips)
                if isinstance(each.payload, ev.Found)
            )
        taken = sum(piece.product == tip.code for piece in pieces)
        assert tip.sealed + taken + off - found == 6
        assert verified(station) == ""
