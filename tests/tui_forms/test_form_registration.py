from datetime import date
from decimal import Decimal

import pytest
from harness.form_app import FormApp, Place
from harness.form_pilot import hand

from rollertrack.domain.code import shown
from rollertrack.domain.events import Amended, Bound, Opened, Registered
from rollertrack.services import lists, registering


def registered(place: Place, code: str) -> Registered:
    payload = place.entries(code)[0]
    assert isinstance(payload, Registered)
    return payload


async def test_every_fact_is_registered(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(
            form="stamp", length="0,25", name="[red]x[/]", maker="Dr. P", model="M8", needles="192"
        )
        await one.fill(material="titanium", lot="L-7", expiry="2027-05", sterile=True, single_use=True)
        await one.fill(max_uses="5", max_days="30", count="2", person=place.me)
        assert one.line("result") == "Registers 2 stamps, 0.25 mm “[red]x[/]”, each with a code of its own."
        await one.confirm()
        assert not one.is_open()
        (done,) = one.app.done
    assert len(done.codes) == 2
    facts = registered(place, done.codes[1])
    assert (facts.form, facts.length, facts.name) == ("stamp", Decimal("0.25"), "[red]x[/] 2")
    assert (facts.maker, facts.model, facts.needles, facts.material) == ("Dr. P", "M8", 192, "titanium")
    assert (facts.lot, facts.expiry, facts.sterile, facts.single_use) == (
        "L-7",
        date(2027, 5, 31),
        True,
        True,
    )
    assert (facts.max_uses, facts.max_days) == (5, 30)
    assert isinstance(place.entries(done.codes[0])[1], Bound)


async def test_typed_by_keys_alone(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.press("shift+tab", "right", "enter", "0", ".", "5", "enter", "d", "a", "y")
        await one.confirm()
        assert not one.is_open()
        code = one.app.done[0].codes[0]
    facts = registered(place, code)
    assert (facts.form, facts.length, facts.name) == ("stamp", Decimal("0.50"), "day")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("length", "9"),
        ("length", "long"),
        ("name", "n" * 81),
        ("name", "a\u202eb"),
        ("needles", "-1"),
        ("expiry", "2027-13"),
        ("max_uses", "0"),
        ("max_days", "never"),
        ("count", "1001"),
    ],
)
async def test_what_reads_wrong_is_said_under_its_field_and_not_registered(
    place: Place, key: str, typed: str
) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(length="0.5")
        await one.fill(**{key: typed})
        assert one.sentence(key)
        await one.confirm()
        assert one.is_open()
        await one.fill(**{key: "1"} if key != "expiry" else {key: "2027-12"})
        assert not one.sentence(key)
    assert len(lists.listing(place.station)) == 0


async def test_a_roller_without_a_length_is_told_so_at_the_end_not_at_the_start(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        assert not one.sentence("length")
        await one.confirm()
        assert one.is_open()
        assert "needle length" in one.sentence("length")


async def test_a_handpiece_is_not_asked_for_needles(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(length="0.5", form="handpiece")
        assert not one.shown("length")
        await one.confirm()
        assert not one.is_open()
        code = one.app.done[0].codes[0]
    assert registered(place, code).length is None


async def test_labels_follow_when_they_are_wanted(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(length="0.5", labels=True)
        await one.confirm()
        assert one.is_open()
        assert one.shown("media")
        assert len(one.app.done) == 1


@pytest.mark.parametrize(
    ("count", "labels", "is_registered"), [(501, True, False), (500, True, True), (501, False, True)]
)
async def test_no_more_are_registered_with_labels_than_can_be_printed_at_once(
    place: Place, count: int, labels: bool, is_registered: bool
) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(length="0.5", count=str(count), labels=labels)
        await one.confirm()
        if not is_registered:
            assert "501 labels at once are too many; register 500 at a time" in one.sentence("labels")
    assert len(lists.listing(place.station)) == (count if is_registered else 0)


async def test_edit_sends_only_what_was_changed(place: Place) -> None:
    code = place.roller(lot="OLD", expiry="2027-05-31", max_uses="5")
    async with hand(place, lambda app: app.perform("edit", code)) as one:
        assert one.line("result") == "Nothing is changed yet."
        await one.fill(lot="NEW", sterile=True)
        assert one.line("result").startswith("Mends Lot, Sterile.")
        await one.confirm()
        assert not one.is_open()
    payload = place.entries(code)[-1]
    assert isinstance(payload, Amended)
    assert (payload.lot, payload.sterile, payload.expiry, payload.max_uses) == (
        "NEW",
        True,
        date(2027, 5, 31),
        5,
    )


async def test_edit_clears_a_fact(place: Place) -> None:
    code = place.roller(lot="OLD", expiry="2027-05-31")
    async with hand(place, lambda app: app.perform("edit", code)) as one:
        await one.fill(expiry="")
        await one.confirm()
    payload = place.entries(code)[-1]
    assert isinstance(payload, Amended)
    assert payload.expiry is None


async def test_edit_without_a_change_writes_nothing(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("edit", code)) as one:
        await one.confirm()
        assert one.is_open()
        assert one.line("error") == "Nothing is changed yet; leave with esc"
    assert len(place.entries(code)) == 1


async def test_edit_of_an_unknown_code_is_an_error_not_a_form(place: Place) -> None:
    async with hand(place, lambda app: app.perform("edit", "RKDTLBNEB")) as one:
        await one.until(lambda: one.app.finished)
        assert not one.is_open()
        assert one.app.errors == ["code: no roller is registered under RKD-TLB-NEB"]


async def test_a_pack_is_opened_after_one_question(place: Place) -> None:
    code = place.roller(sterile=True)
    async with hand(place, lambda app: app.perform("open_pack", code)) as one:
        assert isinstance(one.app, FormApp)
        assert shown(code) in str(one.app.screen.query_one("#dialog-message").render())
        await one.press("right", "enter")
        await one.until(lambda: one.app.finished)
    assert isinstance(place.entries(code)[-1], Opened)


async def test_no_pack_is_opened_by_a_careless_enter(place: Place) -> None:
    code = place.roller(sterile=True)
    async with hand(place, lambda app: app.perform("open_pack", code)) as one:
        await one.press("enter")
        await one.until(lambda: one.app.finished)
    assert len(place.entries(code)) == 1


async def test_a_pack_that_is_none_is_said_in_a_dialog(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("open_pack", code)) as one:
        await one.press("right", "enter")
        await one.until(lambda: one.app.finished)
        assert "not registered as sterile" in one.app.errors[0]


async def test_a_second_box_is_asked_for_what_differs_and_remembers_the_labels(place: Place) -> None:
    box: dict[str, str | bool] = {"length": "0.5", "name": "box", "lot": "A1", "maker": "M"}
    first = registering.add(place.station, box, count=2).codes[0]
    async with hand(place, lambda app: app.perform("another", first)) as one:
        await one.fill(lot="B2")
        assert "2 rollers, 0.50 mm “box 3”" in one.line("result")
        await one.confirm()
        assert not one.is_open()
        assert one.app.wants_labels is False
    rows = lists.rows_for_list(place.station, search="b2")
    assert sorted((row.name, row.lot) for row in rows) == [("box 3", "B2"), ("box 4", "B2")]
