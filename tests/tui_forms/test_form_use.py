import pytest
from harness.form_app import DAY, HOUR, MINUTE, Deed, Place
from harness.form_pilot import Hand, hand

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Inspected, Noted, Used
from rollertrack.services import (
    checking,
    health,
    keeping,
    people,
    person_files,
    policies,
    using,
    washing,
)
from rollertrack.services.people import add_named
from rollertrack.tui.forms.form import Form


def washed(place: Place, **facts: str | bool) -> str:
    code = place.roller(**facts)
    bath = washing.Bath(agent="alcohol", minutes="10", cleaned=True)
    washing.disinfect(place.station, [code], bath)
    return code


def used(place: Place, code: str) -> Used:
    last = place.entries(code)[-1]
    assert isinstance(last, Used)
    return last


def verdict(one: Hand) -> str:
    return one.line("word")


async def test_a_use_is_logged_as_the_last_line_said(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(area="face", concern="fine lines")
        assert one.line("result") == (
            f"Logs use 1 of 8 of {shown(code)} on “me”, face, now. It will then owe a wash."
        )
        await one.confirm()
        assert not one.is_open()
        assert len(one.app.done) == 1
    payload = used(place, code)
    assert (payload.area, payload.concern, payload.word, payload.inspected) == (
        "face",
        "fine lines",
        "USE",
        "",
    )


async def test_enter_walks_to_the_button_and_logs_once(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.press(
            "enter", "enter", "f", "a", "c", "e", "enter", "enter", "enter", "enter", "enter", "enter"
        )
        assert one.is_open()
        await one.press("enter")
        assert not one.is_open()
    assert [type(payload) for payload in place.entries(code)].count(Used) == 1
    assert used(place, code).area == "face"


async def test_the_gate_is_asked_again_for_each_person(place: Place) -> None:
    using.use(place.station, washed(place), using.Use(person=place.me))
    place.clock.now += 3 * HOUR
    code = washed(place)
    people.add_person(place.station, "B.")
    other = next(row.code for row in people.list_persons(place.station) if row.label == "B.")
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(person=place.me)
        assert "WAIT" in verdict(one)
        assert one.shown("despite")
        await one.fill(person=other)
        assert "✓" in verdict(one)
        assert not one.shown("despite")


async def test_care_must_be_acknowledged(place: Place) -> None:
    code = washed(place)
    people.edit_person(place.station, place.me, contraindications=["eczema"])
    async with hand(place, lambda app: app.perform("use", code)) as one:
        assert one.shown("acknowledged")
        question = one.question("acknowledged")
        assert "Noted for this person: eczema." in question
        await one.confirm()
        assert one.is_open()
        assert one.sentence("acknowledged").startswith("Tick that you have read it")
        await one.fill(acknowledged=True)
        await one.confirm()
        assert not one.is_open()
    assert used(place, code).acknowledged


async def test_a_clinic_asks_the_health_questions_in_the_form_of_a_use(place: Place) -> None:
    """Answered for one person they are not those of another, and what is noted is never lifted by them."""
    people.edit_person(place.station, place.me, contraindications=["eczema"])
    other = people.add_person(place.station, "B.").codes[0]
    health.ask(place.station, other, none=True)
    operator = add_named(place.station, Kind.OPERATOR, "Dr. B").codes[0]
    policies.set_policy(place.station, "profile", "clinic")
    code = place.roller(length="0.25", sterile=True, lot="L1")
    async with hand(place, lambda app: app.perform("use", code)) as one:
        assert not one.shown("none")
        await one.fill(person=place.me, operator=operator)
        assert one.shown("none")
        assert one.shown("holds")
        await one.fill(none=True)
        question = one.question("acknowledged")
        assert question == "! Noted for this person: eczema."
        await one.fill(person=other)
        assert "✓" in verdict(one)
        assert not one.shown("none")
        await one.fill(person=place.me)
        assert one.shown("none")
        boxes = one.app.screen.query_one("#field-holds CheckboxList")
        boxes.turn("rosacea")  # type: ignore[attr-defined]
        await one.pilot.pause()
        await one.settle()
        await one.fill(acknowledged=True)
        await one.confirm()
        assert not one.is_open()
    file = person_files.show_person(place.station, place.me)
    assert file.person.contraindications == ("eczema", "rosacea")
    assert file.person.asked is not None
    assert file.person.asked.operator == operator
    assert used(place, code).findings == ("contraindication",)


async def test_a_refused_use_needs_a_reason_and_is_marked(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(area="neck")
        await one.confirm()
        assert one.is_open()
        assert "WASH FIRST" in one.sentence("despite")
        assert one.app.screen.query_one("#field-area Input").value == "neck"  # type: ignore[attr-defined]
        assert len(place.entries(code)) == 1
        await one.fill(despite="nothing else at hand")
        await one.confirm()
        assert not one.is_open()
    assert (used(place, code).word, used(place, code).despite) == ("WASH FIRST", "nothing else at hand")


async def test_a_look_that_says_no_logs_a_failed_inspection_instead(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(inspected="no")
        assert not one.shown("person")
        assert "Logs no use" in one.line("result")
        await one.confirm()
        assert one.is_open()
        assert one.sentence("fault")
        await one.fill(fault="a bent needle")
        await one.confirm()
        assert not one.is_open()
    last = place.entries(code)[-1]
    assert isinstance(last, Inspected)
    assert (last.ok, last.reason) == (False, "a bent needle")


async def test_a_look_that_says_yes_is_kept_with_its_question(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(inspected="yes")
        await one.confirm()
    assert used(place, code).inspected.endswith("? yes")


async def test_what_another_station_wrote_meanwhile_is_said_and_judged_anew(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(area="face")
        keeping.quarantine(place.station, code, "dropped")
        await one.confirm()
        assert one.is_open()
        assert "Changed meanwhile: quarantined: dropped" in one.line("error")
        assert "STOP" in verdict(one)
        assert one.app.screen.query_one("#field-area Input").value == "face"  # type: ignore[attr-defined]
    assert not any(isinstance(payload, Used) for payload in place.entries(code))


async def test_a_note_from_another_station_is_enough_to_ask_again(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        keeping.note(place.station, code, "smells odd")
        await one.confirm()
        assert one.is_open()
        await one.confirm()
        assert not one.is_open()
    assert [type(payload) for payload in place.entries(code)[-2:]] == [Noted, Used]


async def test_a_use_of_yesterday_is_judged_and_logged_as_of_then(place: Place) -> None:
    code = washed(place)
    place.clock.now += DAY + HOUR
    async with hand(place, lambda app: app.perform("use", code)) as one:
        assert "WASH FIRST" in verdict(one)
        await one.fill(at="2026-11-22 12:00")
        assert "USE" in verdict(one) and "WASH" not in verdict(one)
        await one.confirm()
        assert not one.is_open()
        assert one.app.done[0].at == place.clock.now - DAY - HOUR + 88 * MINUTE


@pytest.mark.parametrize("typed", ["tomorrow", "2030-01-01"])
async def test_a_moment_that_cannot_be_is_said_under_its_field(place: Place, typed: str) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(at=typed)
        assert one.sentence("at")
        await one.confirm()
        assert one.is_open()
    assert not any(isinstance(payload, Used) for payload in place.entries(code))


async def test_the_clinic_asks_for_person_and_operator(place: Place) -> None:
    policies.set_policy(place.station, "profile", "clinic")
    code = place.roller(form="cartridge", sterile=True, lot="L1")
    operator = add_named(place.station, Kind.OPERATOR, "Kim").codes[0]
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.confirm()
        assert one.is_open()
        assert one.sentence("person") == "Name who it is used on, with the code of a person"
        await one.fill(person=place.me)
        await one.confirm()
        assert one.is_open()
        assert one.sentence("operator") == "The profile asks who did it; name the code of an operator"
        await one.fill(operator=operator)
        await one.confirm()
        if one.is_open():
            await one.fill(acknowledged=True)
            await one.confirm()
        assert not one.is_open()
    assert isinstance(used(place, code), Used)


async def test_while_nobody_is_named_there_is_nothing_to_tick(place: Place) -> None:
    policies.set_policy(place.station, "profile", "clinic")
    code = place.roller(form="cartridge", sterile=True, lot="L1")
    async with hand(place, lambda app: app.perform("use", code)) as one:
        assert "USE WITH CARE" in verdict(one)
        assert not one.shown("acknowledged")
        assert not one.shown("despite")
        assert one.line("result").startswith("Choose who it is used on, or scan their code")
        await one.fill(person=place.me)
        assert one.line("result").startswith("Logs use 1")


async def test_a_named_person_is_preset(place: Place) -> None:
    code = washed(place)
    other = people.add_person(place.station, "B.").codes[0]
    async with hand(place, lambda app: app.perform("use", code, other)) as one:
        assert "“B.”" in one.line("result")


async def test_the_verdict_is_asked_again_when_it_may_turn(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        screen = one.app.screen
        assert isinstance(screen, Form)
        place.clock.now += DAY + HOUR
        screen.on_second(place.clock.now)
        await one.settle()
        assert "WASH FIRST" in verdict(one)


async def test_infected_skin_is_asked_after(place: Place) -> None:
    code = washed(place)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(infected=True)
        assert "It touched infected skin: STOP from then on." in one.line("result")
        await one.confirm()
    assert used(place, code).infected is True
    assert checking.check(place.station, code).verdict.word == "STOP"


def _use(code: str) -> Deed:
    return lambda app: app.perform("use", code)


async def test_only_a_cartridge_is_dialled_and_a_handpiece_touches_no_skin(place: Place) -> None:
    shown = {}
    for form, length in (("roller", "0.5"), ("cartridge", "0.5"), ("handpiece", "")):
        code = place.roller(form=form, length=length, sterile=True)
        async with hand(place, _use(code)) as one:
            shown[form] = (one.shown("depth"), one.shown("infected"))
    assert shown == {"roller": (False, True), "cartridge": (True, True), "handpiece": (False, False)}


async def test_a_dialled_depth_counts_and_is_logged(place: Place) -> None:
    code = place.roller(form="cartridge", length="1.5", sterile=True)
    async with hand(place, lambda app: app.perform("use", code)) as one:
        await one.fill(area="nose")
        assert "CARE" in verdict(one)
        question = one.question("acknowledged")
        assert "longer than the 0.75 mm" in question
        await one.fill(depth="1.6")
        assert one.sentence("depth").startswith("1.60 mm is more than its 1.50 mm needles")
        await one.fill(depth="0.5")
        assert one.sentence("depth") == ""
        assert "longer than" not in one.question("acknowledged")
        await one.fill(acknowledged=True)
        await one.confirm()
    assert str(used(place, code).depth) == "0.50"
