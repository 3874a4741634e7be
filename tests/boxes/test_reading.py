"""What a box says, read: every prefix and separator, HIBC, and what a keyboard layout makes of it."""

import random
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rollertrack.boxes import hibc
from rollertrack.boxes.layouts import CASES
from rollertrack.boxes.reading import MOST_READINGS, read
from rollertrack.domain.barcodes import Barcode, joined, lot_of, reading_with
from rollertrack.domain.lots import norm
from rollertrack.errors import BadInput
from rollertrack.scanner.keyboards import ENGLISH, LAYOUTS, retyped

GTIN = "09506000134352"
GS = "\x1d"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
NEW_YEARS_EVE = date(2028, 12, 31)
BOX = f"01{GTIN}17281231"


def only(text: str) -> Barcode:
    (reading,) = read(text)
    return reading


@pytest.mark.parametrize(
    "text",
    [
        f"]d2{BOX}10A1234{GS}21S0001",
        f"]C1{BOX}10A1234{GS}21S0001",
        f"]Q3{BOX}10A1234{GS}21S0001",
        f"]e0{BOX}10A1234{GS}21S0001",
        f"]d2{GS}{BOX}10A1234{GS}21S0001",
        f"{GS}{BOX}10A1234{GS}21S0001",
        f"]d2{BOX}10A1234{GS}21S0001{GS}",
        f"]d2{BOX}21S0001{GS}10A1234",
        f"]d2{BOX}10A1234<GS>21S0001",
        f"]d2{BOX}10A1234{{GS}}21S0001",
        f"]d2{BOX}10A1234^]21S0001",
        f"]d2{BOX}10A1234\uf70b21S0001",
        f"]d2{BOX}10A1234\u241d21S0001",
        f"]d2{BOX}10A1234|21S0001",
        f"(01){GTIN}(17)281231(10)A1234(21)S0001",
        f"(01) {GTIN} (17) 281231 (10) A1234 (21) S0001",
        f"  ]d2{BOX}10A1234{GS}21S0001\r",
    ],
)
def test_prefixes_and_separators_in_every_form_read_alike(text: str) -> None:
    first, *others = read(text)
    assert first == Barcode("gs1", GTIN, "A1234", NEW_YEARS_EVE, None, "S0001")
    assert bool(others) is text.startswith(GS)  # no symbol is named there, so that a layout may have played


@pytest.mark.parametrize(
    ("digits", "key"),
    [
        ("9506000134352", GTIN),
        ("09506000134352", GTIN),
        ("]E09506000134352", GTIN),
        ("012345678905", "00012345678905"),
        ("96385074", "00000096385074"),
        ("19506000134359", "19506000134359"),
    ],
)
def test_an_article_number_is_a_key_and_nothing_else(digits: str, key: str) -> None:
    assert only(digits) == Barcode("gs1", key)


@pytest.mark.parametrize(
    ("fields", "expiry"),
    [("17281200", NEW_YEARS_EVE), ("17280200", date(2028, 2, 29)), ("17990131", date(1999, 1, 31))],
)
def test_day_nought_is_the_last_of_its_month_and_old_years_stay_old(fields: str, expiry: date) -> None:
    assert only(f"]d201{GTIN}{fields}10A1").expiry == expiry


def test_the_day_of_making_and_a_count_are_read() -> None:
    reading = only(f"]d201{GTIN}1126010117281231{'3010'}{GS}10A1")
    assert (reading.made, reading.pieces, reading.lot) == (date(2026, 1, 1), 10, "A1")
    assert only(f"]d202{GTIN}{'3710'}").pieces == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("010950600013435317281231", "the check digit of 09506000134353 does not fit"),
        ("]d201095060001343531728123110A1", "the check digit of 09506000134353 does not fit"),
        ("(01)09506000134353(10)A1", "the check digit of 09506000134353 does not fit"),
        ("9506000134353", "the check digit of 9506000134353 does not fit"),
        (f"01{GTIN}17281301", "28-13-01 is no date"),
        (f"01{GTIN}17280231", "28-02-31 is no date"),
        (f"(01){GTIN}(17)281301", "28-13-01 is no date"),
        (f"01{GTIN}10{'A' * 21}", "the lot has 21 characters; at most 20 are right"),
        (f"01{GTIN}21{'A' * 21}", "the serial number has 21 characters; at most 20 are right"),
        ("395060001343521114", "names a shipping unit"),
        *((text, "nothing stands behind (30), so it was cut off; scan it again")
          for text in ("30", "]d230", "1735123130", f"01{GTIN}{GS}30", f"(01){GTIN}(30)")),
        (f"(01){GTIN}(10)", "nothing stands behind (10), so it was cut off; scan it again"),
        (f"01{GTIN}10A{GS}10B", "(10) stands twice, with A and B; type it from the pack"),
        (f"(01){GTIN}(10)A(10)B", "(10) stands twice, with A and B; type it from the pack"),
        (f"01{GTIN.translate(ARABIC)}", "not a barcode that RollerTrack reads"),
        ("hello", "not a barcode that RollerTrack reads"),
        ("", "not a barcode that RollerTrack reads"),
        (GS * 9, "not a barcode that RollerTrack reads"),
        ("0" * 301, "not a barcode that RollerTrack reads"),
        (f"01{GTIN}10A\u202e1", "not a barcode that RollerTrack reads"),
        ("=W0000", "not a barcode that RollerTrack reads"),
        ("+A123BJC5D6E71H", "the check letter of the HIBC code does not fit"),
        ("17281231", "the check digit of 17281231 does not fit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(BadInput) as error:
        read(text)
    assert error.value.field == "barcode"
    assert said in error.value.reason


@pytest.mark.parametrize("lot", ["A(B)1", "A(1)", "(X)", "A(123)B", "A(12345)", "A(", "A)"])
def test_brackets_of_a_lot_stay_in_it(lot: str) -> None:
    assert only(f"(01){GTIN}(17)281200(10){lot}") == Barcode("gs1", GTIN, lot, NEW_YEARS_EVE)
    assert only(f"(01){GTIN}(10){lot}(21)S0001").serial == "S0001"
    assert read(f"]d201{GTIN}10{lot}")[0].lot == lot


def test_a_field_that_repeats_what_it_said_says_it_once() -> None:
    assert only(f"]d201{GTIN}10A{GS}10A").lot == "A"


def test_a_lost_separator_gives_every_place_where_the_lot_may_end() -> None:
    found = read(f"]d2{BOX}10A123421S0001")
    assert [(each.lot, each.serial) for each in found] == [("A123421S0001", ""), ("A1234", "S0001")]
    assert {each.key for each in found} == {GTIN}
    dated = read(f"]d201{GTIN}10B717281231")
    assert [(each.lot, each.expiry) for each in dated] == [("B717281231", None), ("B7", NEW_YEARS_EVE)]
    serial_first = read(f"]d2{BOX}21S000110A1")
    assert ("A1", "S0001") in [(each.lot, each.serial) for each in serial_first]


def test_a_lot_longer_than_any_can_only_end_earlier() -> None:
    found = read(f"]d2{BOX}10ABCDEFGHIJ21KLMNOPQRSTUV")
    assert [(each.lot, each.serial) for each in found] == [("ABCDEFGHIJ", "KLMNOPQRSTUV")]


def test_what_a_separator_ended_is_not_cut() -> None:
    assert only(f"]d2{BOX}10A123421S0001{GS}21X").lot == "A123421S0001"


def test_two_codes_of_one_box_add_up_and_two_boxes_do_not() -> None:
    first, second = read(f"01{GTIN}"), read("1728123110A1234")
    assert joined(first, second) == (Barcode("gs1", GTIN, "A1234", NEW_YEARS_EVE),)
    assert joined((), second) == second
    with pytest.raises(BadInput, match="not of one box"):
        joined(first, read("012345678905"))


PRODUCT = "+A123BJC5D6E71"
# Behind the product, a stroke; what each form says of a box of lot 3C001, or of a serial number.
SECONDARY = {
    "$3C001": ("3C001", "", None, None),
    "$$09053C001": ("3C001", "", date(2005, 9, 30), None),
    "$$20931053C001": None,
    "$$20930053C001": ("3C001", "", date(2005, 9, 30), None),
    "$$30509303C001": ("3C001", "", date(2005, 9, 30), None),
    "$$4050930223C001": ("3C001", "", date(2005, 9, 30), None),
    "$$5052733C001": ("3C001", "", date(2005, 9, 30), None),
    "$$605273223C001": ("3C001", "", date(2005, 9, 30), None),
    "$$73C001": ("3C001", "", None, None),
    "$$82409053C001": ("3C001", "", date(2005, 9, 30), 24),
    "$$82420930053C001": ("3C001", "", date(2005, 9, 30), 24),
    "$$82430509303C001": ("3C001", "", date(2005, 9, 30), 24),
    "$$8245052733C001": ("3C001", "", date(2005, 9, 30), 24),
    "$$82473C001": ("3C001", "", None, 24),
    "$$90010009053C001": ("3C001", "", date(2005, 9, 30), 100),
    "$$90010020930053C001": ("3C001", "", date(2005, 9, 30), 100),
    "052733C001": ("3C001", "", date(2005, 9, 30), None),
    "$+0001": ("", "0001", None, None),
    "$$+09050001": ("", "0001", date(2005, 9, 30), None),
    "$$31313013C": None,
}  # fmt: skip


@pytest.mark.parametrize("data", [data for data, told in SECONDARY.items() if told])
def test_hibc_reads_every_form_of_lot_and_expiry(data: str) -> None:
    text = f"{PRODUCT}/{data}"
    lot, serial, expiry, pieces = SECONDARY[data] or ("", "", None, None)
    expected = Barcode("hibc", "A123BJC5D6E71", lot, expiry, None, serial, pieces)
    assert only(text + hibc.check_letter(text)) == expected
    alone = f"+{data}G"
    assert only(alone + hibc.check_letter(alone)) == expected._replace(key="")


@pytest.mark.parametrize("data", [data for data, told in SECONDARY.items() if not told])
def test_hibc_refuses_a_date_that_is_none(data: str) -> None:
    text = f"{PRODUCT}/{data}"
    with pytest.raises(BadInput, match="is no date"):
        read(text + hibc.check_letter(text))


def test_hibc_reads_what_stands_behind_further_strokes() -> None:
    text = f"{PRODUCT}/$A1/S77/16D20260101/14D20281231/Q10"
    expected = Barcode("hibc", "A123BJC5D6E71", "A1", NEW_YEARS_EVE, date(2026, 1, 1), "77", 10)
    assert only(text + hibc.check_letter(text)) == expected


def test_the_check_letters_of_public_examples_fit() -> None:
    assert hibc.check_letter("+A123BJC5D6E71") == "G"
    assert only("]C0+A123BJC5D6E71G").key == "A123BJC5D6E71"


def lots(count: int) -> list[str]:
    """Lots as makers print them, the worst among them: letters that layouts move, signs, odd ends."""
    dice = random.Random(11)
    drawn = ["AX12Z", "A-12/Z", "4711", "B7D3", "YZZY", "QWAZ-M", "A123421S0001", "LOT:7;8", "0", "M?_&'"]
    while len(drawn) < count:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./ax"
        drawn.append("".join(dice.choices(letters, k=dice.randint(2, 14))))
    return drawn


@pytest.mark.parametrize("prefix", ["", "]d2"])
def test_no_layout_gives_a_wrong_product_or_a_lot_that_nobody_compared(prefix: str) -> None:
    """28 layouts, 3 cases, 40 lots: the key is the true one or none, and no lot is taken from the scanner."""
    read_ones = found = 0
    for lot in lots(40):
        for layout in LAYOUTS:
            for case in CASES:
                arrived = retyped(f"{prefix}{BOX}10{lot}", ENGLISH, layout, case)
                try:
                    readings = read(arrived)
                except BadInput:
                    continue
                read_ones += 1
                assert {each.key for each in readings} == {GTIN}, arrived
                assert 1 <= len(readings) <= MOST_READINGS
                assert lot_of(readings, None, compared=False) is None, arrived
                taken = lot_of(readings, None, compared=True)
                assert taken is None or len({each.lot for each in readings}) == 1
                found += norm(lot) in {norm(each.lot) for each in readings}
    # Refused or doubted is safe; but most must be read, and the true lot be among what is offered.
    assert read_ones > 40 * len(LAYOUTS) * len(CASES) * 0.6
    assert found > read_ones * 0.8


def test_a_layout_that_garbles_everything_is_turned_back() -> None:
    arrived = retyped(f"]C1{BOX}10AX12Z", ENGLISH, "French")
    assert "01" not in arrived
    assert {each.lot for each in read(arrived)} >= {"AX12Z"}


def test_a_lot_that_a_layout_may_have_changed_is_offered_in_each_form() -> None:
    assert [each.lot for each in read(f"{BOX}10AX12Z")][:2] == ["AX12Z", "AX12Y"]
    assert [each.lot for each in read(f"]d2{BOX}10AX12Z")] == ["AX12Z"]


def test_a_person_decides_the_lot() -> None:
    several = read(f"]d2{BOX}10A123421S0001")
    assert lot_of(several, None, compared=True) is None
    assert lot_of(several, "A1234", compared=False) == "A1234"
    assert lot_of(read(f"]d2{BOX}10A1"), None, compared=True) == "A1"
    assert lot_of(read(GTIN), None, compared=False) == ""
    assert lot_of((), None, compared=False) == ""


def test_a_lot_that_was_typed_chooses_the_reading() -> None:
    several = read(f"]d201{GTIN}10B717281231")
    assert reading_with(several, "b-7") == several[1]
    assert reading_with(several, "B8") is None
    (one,) = read(f"]d2{BOX}10A1")
    assert reading_with((one,), "A7") == one._replace(lot="", serial="")


FIELDS = {
    "01": GTIN, "02": GTIN, "11": "270101", "17": "281231", "20": "01", "10": "A1", "21": "S(0)1", "30": "5",
    "37": "10", "240": "X", "310": "2000150", "392": "21290", "7003": "2812312359", "7004": "1", "91": "own",
    "8008": "28123123", "3103": "001500", "00": "395060001343521114", "410": "9506000134352",
}  # fmt: skip
"""Numbers of fields, some of them unknown, with what may stand in each."""


@given(
    st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=5),
    st.sampled_from(["", "]d2", "]C1"]),
    st.sampled_from(["", GS]),
    st.booleans(),
    st.data(),
)
def test_fields_cut_off_anywhere_are_read_or_refused(
    numbers: list[str], symbol: str, between: str, printed: bool, data: st.DataObject
) -> None:
    told = [f"({each}){FIELDS[each]}" if printed else f"{each}{FIELDS[each]}" for each in numbers]
    text = symbol + between.join(told)
    cut = text[: data.draw(st.integers(0, len(text)))]
    try:
        assert read(cut)
    except BadInput as error:
        assert error.field == "barcode"


@given(st.text(max_size=60) | st.from_regex(r"(\]d2)?01\d{14}[ -~\x1d]{0,40}", fullmatch=True))
@example("+")
@example("+$")
@example("+/0")
@example("(01)")
@example("01²²²²²²²²²²²²²²")
@example("+A123\u0661\u0661G")
def test_nothing_but_a_sentence_leaves_it(text: str) -> None:
    try:
        assert read(text)
    except BadInput as error:
        assert error.field == "barcode"
