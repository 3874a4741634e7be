from decimal import Decimal

import pytest
from harness.form_app import DAY, MINUTE, SECOND, Place
from harness.form_pilot import Hand, hand

from rollertrack.domain.events import Disinfected, DisinfectionEnded, DisinfectionStarted
from rollertrack.services import solutions, using, washing
from rollertrack.services.solutions import SolutionFacts
from rollertrack.tui.dialogs import LiveQuestion
from rollertrack.tui.forms.form import Form


def said_before(one: Hand) -> str:
    findings = one.app.screen.query_one("#form-findings")
    lines = [findings.render_line(y).text.rstrip() for y in range(findings.size.height)]
    return " ".join(" ".join(lines).split()) if findings.display else ""


async def test_the_usual_soak_is_one_confirmation(place: Place) -> None:
    codes = [place.roller(), place.roller()]
    async with hand(place, lambda app: app.perform("soak", codes)) as one:
        assert "70 % alcohol for 10 min" in one.line("result")
        await one.confirm()
        assert not one.is_open()
    for code in codes:
        payload = place.entries(code)[-1]
        assert isinstance(payload, DisinfectionStarted)
        assert (payload.agent, payload.strength, payload.planned, payload.cleaned) == (
            "alcohol",
            Decimal(70),
            600,
            False,
        )


async def test_what_will_not_count_is_said_before(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("soak", [code])) as one:
        assert said_before(one) == ""
        await one.fill(strength="40")
        assert "will not count as a disinfection: 40 % alcohol is too weak" in said_before(one)
        await one.fill(strength="70", minutes="5")
        assert "will not count: the policy asks for 10 min" in said_before(one)
        await one.fill(minutes="", agent="soap")
        assert one.line("result") == ""
        await one.fill(minutes="10")
        assert "soap cleans; it does not disinfect" in said_before(one)
        assert len(place.entries(code)) == 1
        await one.confirm()
        assert not one.is_open()
        assert one.app.done[0].warnings
    assert isinstance(place.entries(code)[-1], DisinfectionStarted)


async def test_a_solution_says_what_is_in_it(place: Place) -> None:
    facts = SolutionFacts(agent="peroxide", strength="3", lot="[@click=app.quit]", expiry="2026-11-20")
    bottle = solutions.add_solution(place.station, facts).codes[0]
    code = place.roller()
    async with hand(place, lambda app: app.perform("soak", [code], bottle)) as one:
        assert not one.shown("agent")
        assert "expired on 20 Nov 2026" in said_before(one)
        await one.fill(cleaned=True, rinse="boiled water")
        await one.confirm()
        assert not one.is_open()
    payload = place.entries(code)[-1]
    assert isinstance(payload, DisinfectionStarted)
    assert (payload.agent, payload.strength, payload.lot) == ("peroxide", Decimal(3), "[@click=app.quit]")
    assert (payload.cleaned, payload.rinse) == (True, "boiled water")


async def test_another_agent_can_be_logged_by_its_name(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("soak", [code])) as one:
        await one.fill(agent="other")
        await one.fill(other="vodka", minutes="30")
        assert "vodka is not a known disinfectant" in said_before(one)
        await one.confirm()
        assert not one.is_open()
    payload = place.entries(code)[-1]
    assert isinstance(payload, DisinfectionStarted)
    assert payload.agent == "vodka"


@pytest.mark.parametrize(("key", "typed"), [("strength", "200"), ("minutes", "0"), ("at", "2031-01-01")])
async def test_what_reads_wrong_is_said_and_starts_nothing(place: Place, key: str, typed: str) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("soak", [code])) as one:
        await one.fill(**{key: typed})
        assert one.sentence(key)
        await one.confirm()
        assert one.is_open()
    assert len(place.entries(code)) == 1


async def test_a_roller_that_soaks_already_keeps_the_form_open_with_the_reason(place: Place) -> None:
    code = place.roller()
    washing.soak(place.station, [code], washing.Bath(agent="alcohol"))
    async with hand(place, lambda app: app.perform("soak", [code])) as one:
        await one.confirm()
        assert one.is_open()
        assert "is soaking already" in one.line("error")
    assert len(place.entries(code)) == 2


@pytest.mark.parametrize("answer", [False, True])
async def test_one_key_alone_ends_no_soak_whose_time_is_up(place: Place, answer: bool) -> None:
    code = place.roller()
    washing.soak(place.station, [code], washing.Bath(agent="alcohol"))
    place.clock.now += 10 * MINUTE
    async with hand(place, lambda app: app.perform("done", [code])) as one:
        assert "is disinfected" in str(one.app.screen.query_one("#dialog-message").render())
        assert isinstance(place.entries(code)[-1], DisinfectionStarted)
        await one.press(*(["right", "enter"] if answer else ["enter"]))
        await one.until(lambda: one.app.finished)
    last = place.entries(code)[-1]
    assert last == DisinfectionEnded(early=False) if answer else isinstance(last, DisinfectionStarted)


@pytest.mark.parametrize("answer", [False, True])
async def test_taking_it_out_early_asks_once_and_says_what_it_records(place: Place, answer: bool) -> None:
    code = place.roller()
    washing.soak(place.station, [code], washing.Bath(agent="alcohol"))
    place.clock.now += 4 * MINUTE
    async with hand(place, lambda app: app.perform("done", [code])) as one:
        message = str(one.app.screen.query_one("#dialog-message").render())
        assert "needs another 6 min" in message
        assert "incomplete: it lasted 4 min of 10 min. It must soak again." in message
        await one.press(*(["right", "enter"] if answer else ["escape"]))
        await one.until(lambda: one.app.finished)
        assert len(one.app.done) == answer
    last = place.entries(code)[-1]
    assert last == DisinfectionEnded(early=True) if answer else isinstance(last, DisinfectionStarted)


async def test_the_question_turns_with_the_time_and_goes_when_it_is_moot(place: Place) -> None:
    """What is asked is what a yes does: a second before the time is up, at it, and after the deed landed."""
    code = place.roller()
    washing.soak(place.station, [code], washing.Bath(agent="alcohol"))
    place.clock.now += 10 * MINUTE - SECOND
    async with hand(place, lambda app: app.perform("done", [code])) as one:
        assert "needs another 1 s" in _asked(one)
        place.clock.now += SECOND
        await _second(one)
        assert _asked(one).endswith("is disinfected.")
        assert "contact time is not up" not in str(one.app.screen.query_one("#dialog-title").render())
        washing.done(place.station, [code])
        _question(one).reread()
        await one.until(lambda: one.app.finished)
        assert "is not soaking" in one.app.errors[0]


async def test_a_yes_to_what_has_turned_meanwhile_asks_again(place: Place) -> None:
    code = place.roller()
    washing.soak(place.station, [code], washing.Bath(agent="alcohol"))
    place.clock.now += 4 * MINUTE
    async with hand(place, lambda app: app.perform("done", [code])) as one:
        place.clock.now += MINUTE  # another minute left turns nothing, the end of the time does
        await _second(one)
        assert "needs another 5 min" in _asked(one)
        place.clock.now += 5 * MINUTE
        await one.press("y")
        assert isinstance(place.entries(code)[-1], DisinfectionStarted)
        await one.until(lambda: _asked(one).endswith("is disinfected."))
        await one.press("y")
        await one.until(lambda: one.app.finished)
    assert place.entries(code)[-1] == DisinfectionEnded(early=False)


def _question(one: Hand) -> LiveQuestion:
    assert isinstance(one.app.screen, LiveQuestion)
    return one.app.screen


def _asked(one: Hand) -> str:
    return str(_question(one).query_one("#dialog-message").render())


async def _second(one: Hand) -> None:
    _question(one).on_second(one.app.clock())
    await one.settle()


async def test_the_form_of_an_end_follows_the_time(place: Place) -> None:
    """A tick for taking it out too early is asked for while it is too early, and no longer."""
    code = place.roller()
    washing.soak(place.station, [code], washing.Bath(agent="bleach", strength="0.5"))
    place.clock.now += 10 * MINUTE - SECOND
    async with hand(place, lambda app: app.perform("done", [code])) as one:
        assert one.shown("early")
        place.clock.now += SECOND
        assert isinstance(one.app.screen, Form)
        one.app.screen.on_second(place.clock.now)
        await one.settle()
        assert not one.shown("early")
        assert "It will say" in one.line("result")


async def test_done_on_what_does_not_soak_is_an_error(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("done", [code])) as one:
        await one.until(lambda: one.app.finished)
        assert "is not soaking" in one.app.errors[0]


async def test_a_disinfection_of_the_past_is_recorded(place: Place) -> None:
    code = place.roller()
    place.clock.now += DAY
    async with hand(place, lambda app: app.perform("disinfect", [code])) as one:
        await one.fill(at="2026-11-22 20:00", minutes="15", strength="80")
        await one.confirm()
        assert not one.is_open()
        assert one.app.done[0].at == place.clock.now - DAY + 568 * MINUTE
    payload = place.entries(code)[-1]
    assert isinstance(payload, Disinfected)
    assert (payload.seconds, payload.strength, payload.agent) == (900, Decimal(80), "alcohol")


async def test_a_disinfection_that_would_have_begun_before_a_use_is_asked_about(place: Place) -> None:
    code = place.roller()
    using.use(place.station, code, using.Use(despite="in a hurry"))
    place.clock.now += MINUTE
    async with hand(place, lambda app: app.perform("disinfect", [code])) as one:
        await one.confirm()
        assert one.is_open()
        assert "Tick it, or undo the use" in one.sentence("before_use")
        assert one.question("before_use").endswith("log it again with its time.")
        assert len(place.entries(code)) == 2
        await one.fill(before_use=True)
        await one.confirm()
        assert not one.is_open()
    assert isinstance(place.entries(code)[-1], Disinfected)


async def test_a_disinfection_needs_its_minutes(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("disinfect", [code])) as one:
        await one.fill(minutes="")
        await one.confirm()
        assert one.is_open()
        assert "say how long it took" in one.sentence("minutes").lower()
    assert len(place.entries(code)) == 1
