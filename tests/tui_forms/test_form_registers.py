from datetime import date
from decimal import Decimal

import pytest
from harness.form_app import DAY, Place
from harness.form_pilot import hand

from rollertrack.domain import events as ev
from rollertrack.services import lists, people, policies, solutions
from rollertrack.services.people import person_facts
from rollertrack.services.solutions import SolutionFacts
from rollertrack.tui.forms.fields import CheckboxList
from rollertrack.tui.forms.policy import RuleList


async def test_a_person_is_added_with_what_to_ask_about(place: Place) -> None:
    async with hand(place, lambda app: app.perform("add_person")) as one:
        await one.fill(label="[red]A.[/]", more="latex allergy")
        one.app.screen.query_one(CheckboxList).turn("eczema")
        await one.settle()
        assert "eczema, latex allergy" in one.line("result")
        await one.confirm()
        assert not one.is_open()
        code = one.app.done[0].codes[0]
    facts = person_facts(place.station, code)
    assert (facts.label, facts.contraindications) == ("[red]A.[/]", ("eczema", "latex allergy"))


async def test_a_person_needs_a_label(place: Place) -> None:
    async with hand(place, lambda app: app.perform("add_person")) as one:
        await one.confirm()
        assert one.is_open()
        assert "is empty" in one.sentence("label").lower()
    assert len(people.list_persons(place.station)) == 1


async def test_a_person_is_mended_only_where_it_was_changed(place: Place) -> None:
    people.edit_person(place.station, place.me, contraindications=["eczema", "a, b"])
    me, before = place.me, len(place.entries(place.me))
    async with hand(place, lambda app: app.perform("edit_person", me)) as one:
        await one.confirm()
        assert one.is_open()
        one.app.screen.query_one(CheckboxList).turn("eczema")
        await one.settle()
        await one.confirm()
        assert not one.is_open()
    assert len(place.entries(me)) == before + 1
    assert person_facts(place.station, me).contraindications == ("a, b",)


async def test_space_ticks_and_enter_moves_on(place: Place) -> None:
    async with hand(place, lambda app: app.perform("add_person")) as one:
        await one.press("d", "enter", "space", "enter", "l", "enter", "enter")
        assert not one.is_open()
        code = one.app.done[0].codes[0]
    assert person_facts(place.station, code).contraindications == ("rosacea", "l")


async def test_a_solution_is_mended(place: Place) -> None:
    code = solutions.add_solution(place.station, SolutionFacts("alcohol", "70")).codes[0]
    async with hand(place, lambda app: app.perform("edit_solution", code)) as one:
        await one.confirm()
        assert "nothing is changed yet" in one.line("error").lower()
        await one.fill(lot="C-9", use_days="9")
        assert "Mends Lot, Days of use." in one.line("result")
        await one.confirm()
        assert not one.is_open()
    mended = place.entries(code)[-1]
    assert isinstance(mended, ev.SolutionAmended)
    assert (mended.lot, mended.use_days) == ("C-9", 9)


async def test_a_solution_is_topped_up_and_its_life_is_told(place: Place) -> None:
    facts = SolutionFacts("alcohol", "70", use_days="9")
    code = solutions.add_solution(place.station, facts).codes[0]
    async with hand(place, lambda app: app.perform("top_up", code)) as one:
        assert "use it until" in one.line("result")
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == ev.ToppedUp()


async def test_a_solution_is_discarded_for_a_reason(place: Place) -> None:
    code = solutions.add_solution(place.station, SolutionFacts("alcohol", "70")).codes[0]
    async with hand(place, lambda app: app.perform("discard_solution", code)) as one:
        await one.confirm()
        assert one.sentence("reason")
        await one.fill(reason="cloudy")
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == ev.Discarded(reason="cloudy")


async def test_nothing_to_ask_about_looks_ticked_before_it_is(place: Place) -> None:
    async with hand(place, lambda app: app.perform("add_person")) as one:
        ticks = one.app.screen.query_one(CheckboxList)
        assert {ticks.render_line(row).text[0] for row in range(ticks.size.height)} == {"☐"}
        ticks.focus()
        await one.press("space")
        assert [ticks.render_line(row).text[0] for row in range(2)] == ["☒", "☐"]


async def test_a_solution_is_registered_as_opened_then(place: Place) -> None:
    place.clock.now += DAY
    async with hand(place, lambda app: app.perform("add_solution")) as one:
        await one.fill(agent="quat", strength="2", lot="[/]", expiry="2027-01", use_days="7", listing="VAH 1",
                       at="2026-11-22 20:00")  # fmt: skip
        await one.confirm()
        assert not one.is_open()
        code = one.app.done[0].codes[0]
    expected = ev.SolutionRegistered(
        agent="quat", strength=Decimal(2), lot="[/]", expiry=date(2027, 1, 31), expiry_offset=0,
        use_days=7, listing="VAH 1",
    )  # fmt: skip
    assert place.entries(code) == [expected]


@pytest.mark.parametrize(
    ("key", "typed"), [("agent", ""), ("strength", "no"), ("expiry", "soon"), ("use_days", "0")]
)
async def test_a_solution_that_reads_wrong_is_not_registered(place: Place, key: str, typed: str) -> None:
    async with hand(place, lambda app: app.perform("add_solution")) as one:
        await one.fill(**{key: typed})
        assert one.sentence(key)
        await one.confirm()
        assert one.is_open()
    assert lists.list_solutions(place.station) == []


@pytest.mark.parametrize("passed", [True, False])
async def test_a_test_strip_is_logged(place: Place, passed: bool) -> None:
    code = solutions.add_solution(place.station, SolutionFacts(agent="opa")).codes[0]
    async with hand(place, lambda app: app.perform("strip", code)) as one:
        await one.fill(strip="passed" if passed else "failed")
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == ev.Tested(passed=passed)


async def test_rules_are_changed_one_after_the_other(place: Place) -> None:
    async with hand(place, lambda app: app.perform("policy")) as one:
        assert isinstance(one.app.screen, RuleList)
        await one.press("down", "enter")
        await one.fill(value="12")
        assert one.line("result").startswith("Sets it to 12.")
        await one.confirm()
        await one.until(lambda: isinstance(one.app.screen, RuleList))
        await one.press("up", "enter")
        await one.fill(value="clinic")
        await one.confirm()
        await one.until(lambda: isinstance(one.app.screen, RuleList))
        await one.press("escape")
        await one.until(lambda: one.app.finished)
        assert len(one.app.done) == 2
    assert place.entries("POLICY") == [
        ev.PolicySet(key="uses.to-0.30", value="12"),
        ev.PolicySet(key="profile", value="clinic"),
    ]


@pytest.mark.parametrize("typed", ["0", "many", ""])
async def test_a_value_out_of_range_is_said_and_not_set(place: Place, typed: str) -> None:
    async with hand(place, lambda app: app.perform("policy")) as one:
        await one.press("down", "enter")
        await one.fill(value=typed)
        assert one.sentence("value")
        await one.confirm()
        assert one.is_open()
    assert not any(setting.changed for setting in policies.show_policy(place.station))


async def test_leaving_a_rule_goes_back_to_the_list(place: Place) -> None:
    async with hand(place, lambda app: app.perform("policy")) as one:
        await one.press("down", "enter", "escape")
        await one.until(lambda: isinstance(one.app.screen, RuleList))


async def test_a_notice_is_read_only(place: Place) -> None:
    async with hand(place, lambda app: app.perform("policy")) as one:
        await one.press("end", "enter")
        assert isinstance(one.app.screen, RuleList)
        assert "notice.wording" in str(one.app.screen.query_one("#rules-source").render())
