"""What follows a use is true of this roller; STOP promises no freshness; a date is the last good day."""

import pytest
from harness.stations import DAY, HOUR, clock_of, me, ready_roller

from rollertrack.domain.words import Word
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.services import checking, health, keeping, lists, policies, registering, using, washing
from rollertrack.services.due import due as what_is_due
from rollertrack.services.labels.facts import label_facts
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.wording.dates import iso_day

WASH_IT = "Use it, then clean and disinfect it"
BIN_IT = "Use it, then put it in a sharps container: this is its last use"


def fresh(station: Station, **facts: str | bool) -> str:
    return registering.add(station, {"length": "0.25", "sterile": True, "lot": "L1", **facts}).codes[0]


def on_label(station: Station, code: str) -> LabelFacts:
    with station.store.reading() as journal:
        return label_facts(journal, code)


@pytest.mark.parametrize(
    ("facts", "profile", "step", "after"),
    [
        ({}, "home", WASH_IT, "It now owes a wash."),
        ({"max_uses": "2"}, "home", WASH_IT, "It now owes a wash."),
        ({"max_uses": "1"}, "home", BIN_IT, "It is now used up: put it in a sharps container."),
        ({"single_use": True}, "home", BIN_IT, "It is now used up: put it in a sharps container."),
        ({"form": "cartridge"}, "home", BIN_IT, "It is now used up: put it in a sharps container."),
        ({}, "clinic", BIN_IT, "It is now used up: put it in a sharps container."),
    ],
)
def test_the_step_and_the_answer_are_true_of_this_roller(
    station: Station, facts: dict[str, str | bool], profile: str, step: str, after: str
) -> None:
    if profile == "clinic":
        policies.set_policy(station, "profile", "clinic")
        policies.set_policy(station, "use.operator", "no")
        health.ask(station, me(station), none=True)
    code = fresh(station, **facts)
    asked = checking.check(station, code, person=me(station))
    assert (asked.verdict.word, asked.verdict.next_step) == (Word.USE, step)
    assert asked.last_use is (step == BIN_IT)
    assert using.use(station, code, Use(me(station))).message.endswith(after)


def test_in_a_clinic_more_uses_by_policy_end_in_the_bin_all_the_same(station: Station) -> None:
    for key, value in (("profile", "clinic"), ("use.operator", "no"), ("uses.to-0.30", "5")):
        policies.set_policy(station, key, value)
    health.ask(station, me(station), none=True)
    code = fresh(station)
    assert checking.check(station, code, person=me(station)).verdict.next_step == BIN_IT
    told = using.use(station, code, Use(me(station))).message
    assert told.endswith("It is not used again (used up): put it in a sharps container.")


def test_a_use_of_what_is_out_of_use_owes_no_wash(station: Station) -> None:
    bent, aside = ready_roller(station), ready_roller(station)
    keeping.inspect(station, bent, fail="bent")
    keeping.quarantine(station, aside, "looked at")
    despite = Use(me(station), despite="a test")
    assert using.use(station, bent, despite).message.endswith(
        "It is not used again (failed inspection): put it in a sharps container."
    )
    assert using.use(station, aside, despite).message.endswith("It is still quarantined: keep it aside.")


def test_a_soak_of_what_is_never_used_again_says_so(station: Station) -> None:
    code = ready_roller(station)
    keeping.inspect(station, code, fail="bent")
    done = washing.soak(station, [code], Bath("alcohol"))
    assert any("must not be used (failed inspection), washed or not" in each for each in done.warnings)
    clock_of(station).now += HOUR
    told = washing.done(station, [code]).message
    assert told.endswith("It must not be used all the same (failed inspection).")


def test_stop_and_wait_promise_no_freshness(station: Station) -> None:
    code = ready_roller(station)
    other = ready_roller(station)
    assert checking.check(station, code).fresh_until is not None
    using.use(station, other, Use(me(station)))
    clock_of(station).now += 3 * HOUR
    waiting = checking.check(station, code, person=me(station))
    assert (waiting.verdict.word, waiting.fresh_until) == (Word.WAIT, None)
    keeping.quarantine(station, code, "dropped")
    stopped = checking.check(station, code)
    assert (stopped.verdict.word, stopped.fresh_until) == (Word.STOP, None)
    assert stopped.disinfected_at is not None


@pytest.mark.parametrize("retired", [False, True])
def test_what_is_kept_aside_keeps_its_date_and_is_due(station: Station, retired: bool) -> None:
    code = fresh(station, expiry="2027-02-01")
    keeping.quarantine(station, code, "looked at")
    if retired:
        keeping.retire(station, code, "lost")
    row = lists.roller_row(station, code)
    assert row is not None
    due = [(line.code, line.what, iso_day(line.on)) for line in what_is_due(station, 60).lines]
    assert due == ([] if retired else [(code, "replace", "2027-02-01")])
    assert iso_day(row.replace_on) == (None if retired else "2027-02-01")
    assert iso_day(checking.check(station, code).replace_on) == (None if retired else "2027-02-01")


def test_every_date_is_the_last_good_day(station: Station) -> None:
    code = fresh(station, expiry="2027-12-31")
    assert iso_day(checking.check(station, code).replace_on) == "2027-12-31"
    row, label = lists.roller_row(station, code), on_label(station, code)
    assert row is not None
    assert iso_day(row.replace_on) == "2027-12-31"
    assert (str(label.replace_by), label.expires) == ("2027-12-31", True)
    using.use(station, code, Use(me(station)))
    clock_of(station).now += DAY
    assert not on_label(station, code).expires
    assert str(on_label(station, code).replace_by) == iso_day(checking.check(station, code).replace_on)


def test_who_does_not_ask_how_long_an_answer_holds_is_told_all_else_of_it(station: Station) -> None:
    code = ready_roller(station)
    asked = checking.check(station, code)
    assert asked.verdict.valid_until is not None
    assert asked.verdict.said_until is not None
    short = checking.check(station, code, lasting=False)
    timeless = asked.verdict._replace(valid_until=None, said_until=None)
    assert short == asked._replace(verdict=timeless)
