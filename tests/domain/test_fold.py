"""Folds: the same facts in any order of reading, late or voided, give the same roller."""

import random
from collections.abc import Callable
from itertools import permutations

import pytest
from harness.histories import (
    ANN,
    BEA,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ROLLER,
    Step,
    lives,
    registered,
    roller,
    soak,
    soaked,
    told,
    used,
)
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain import person as persons
from rollertrack.domain import solution as solutions
from rollertrack.domain.counting import Newest
from rollertrack.domain.events import Event
from rollertrack.domain.policy import Policy
from rollertrack.domain.roller import Hold, Roller, fold
from rollertrack.domain.words import Word

START = NOON - 10 * DAY
NEW: Step = (START, registered())


def _ageless(folded: Roller) -> Roller:
    """The roller without the newest instant on record, which an entry taken back still moves."""
    return folded._replace(newest=0, newest_entry=Newest())


@given(lives(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_handed_over_does_not_matter(
    events: list[Event], dice: random.Random
) -> None:
    shuffled = list(events)
    dice.shuffle(shuffled)
    assert fold(ROLLER, shuffled) == fold(ROLLER, events)


@given(lives(), st.data())
def test_a_voided_event_is_as_if_it_had_not_happened(events: list[Event], data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(events)).seq
    void = Event(ROLLER, len(events) + 1, NOON, NOON, ev.Voided(entry=entry, reason="x"))
    without = [event for event in events if event.seq != entry]
    assert _ageless(fold(ROLLER, [*events, void])) == _ageless(fold(ROLLER, without))


@given(lives(), st.data())
def test_a_void_of_a_void_restores(events: list[Event], data: st.DataObject) -> None:
    seq = len(events) + 1
    entry = data.draw(st.sampled_from(events)).seq
    void = Event(ROLLER, seq, NOON, NOON, ev.Voided(entry=entry, reason="x"))
    again = Event(ROLLER, seq + 1, NOON, NOON, ev.Voided(entry=seq, reason="y"))
    assert _ageless(fold(ROLLER, [*events, void, again])) == _ageless(fold(ROLLER, events))


@given(lives(), st.integers(-3 * DAY, DAY))
def test_as_of_a_moment_what_happened_later_is_left_out(events: list[Event], shift: int) -> None:
    until = NOON + shift
    folded = fold(ROLLER, events, until)
    counting = ev.effective(events)
    assert len(folded.uses) == sum(1 for e in counting if isinstance(e.payload, ev.Used) and e.at <= until)
    assert folded.newest == fold(ROLLER, events).newest
    assert folded.bound_to == fold(ROLLER, events).bound_to
    if until >= NOON:
        assert folded == fold(ROLLER, events)


def test_what_happened_at_the_very_moment_asked_about_counts() -> None:
    steps: tuple[Step, ...] = (NEW, (NOON, used(), ANN))
    assert len(roller(*steps, until=NOON).uses) == 1
    assert len(roller(*steps, until=NOON - 1).uses) == 0


def test_each_recall_is_lifted_by_itself() -> None:
    first, second = ev.Recalled(reason="a", incident="I1"), ev.Recalled(reason="b", incident="I2")
    both = ((START, first), (START + 1, second))
    assert [reason for _, (_, reason) in roller(NEW, *both).recalls] == ["a", "b"]
    assert roller(NEW, *both).recalled == Hold(START + 1, "b")
    named = (START + 2, ev.Released(reason="x", incident="I2"))
    assert roller(NEW, *both, named).recalled == Hold(START, "a")
    plain = (START + 3, ev.Released(reason="x"))
    assert roller(NEW, *both, plain).recalled == Hold(START, "a")
    assert roller(NEW, *both, named, plain).recalled is None
    again = (START + 2, ev.Recalled(reason="c", incident="I1"))
    assert roller(NEW, *both, again).recalled == Hold(START + 2, "c")
    assert len(roller(NEW, *both, again).recalls) == 2


def test_a_release_by_an_incident_leaves_the_quarantine() -> None:
    held = ((START, ev.Quarantined(reason="fell")), (START + 1, ev.Recalled(reason="a", incident="I1")))
    by_incident = (START + 2, ev.Released(reason="x", incident="I1"))
    assert roller(NEW, *held, by_incident).quarantined == Hold(START, "fell")
    assert roller(NEW, *held, by_incident).recalled is None
    other = (START + 2, ev.Released(reason="x", incident="I2"))
    assert roller(NEW, *held, other).recalled == Hold(START + 1, "a")


def _unnumbered(folded: Roller) -> Roller:
    """The same without the numbers of the entries of its uses and of the one that its wash began with."""
    assert folded.last_good is not None
    wash = folded.last_good._replace(entry=0)
    uses = tuple(use._replace(entry=0) for use in folded.uses)
    return folded._replace(uses=uses, last_wash=wash, last_good=wash, good_washes=frozenset())


def test_back_dated_events_take_their_place_by_when_they_happened() -> None:
    steps: tuple[Step, ...] = (
        (START + 1 * HOUR, used(), ANN),
        (START + 2 * HOUR, soaked()),
        (START + 3 * HOUR, used(), ANN),
        (START + 4 * HOUR, ev.Inspected(ok=False, reason="bent")),
        (START + 5 * HOUR, ev.Inspected(ok=True)),
    )
    expected = roller(NEW, *steps)
    for order in permutations(steps):
        assert _unnumbered(roller(NEW, *order)) == _unnumbered(expected)
    assert expected.dirty_since == START + 3 * HOUR
    assert expected.failed_inspection == Hold(START + 4 * HOUR, "bent")


def test_at_one_instant_the_later_entry_is_the_later_event() -> None:
    put, back = ev.Quarantined(reason="dropped"), ev.Released(reason="looked at")
    assert roller(NEW, (NOON, back), (NOON, put)).quarantined is not None
    assert roller(NEW, (NOON, put), (NOON, back)).quarantined is None


@pytest.mark.parametrize(("first", "then"), [(-1, 0), (0, 0), (0, -1)])
def test_a_failed_inspection_stays_until_it_is_undone(first: int, then: int) -> None:
    bent, ok = ev.Inspected(ok=False, reason="bent"), ev.Inspected(ok=True)
    looked: tuple[Step, ...] = (NEW, (NOON + first, bent), (NOON + then, ok))
    assert roller(*looked).failed_inspection == Hold(NOON + first, "bent")
    assert roller(*looked, (NOON, ev.Voided(entry=2, reason="the wrong roller"))).failed_inspection is None


def test_of_two_failed_inspections_the_first_stands_and_undoing_it_leaves_the_other() -> None:
    rust, bent = ev.Inspected(ok=False, reason="rust"), ev.Inspected(ok=False, reason="bent")
    looked: tuple[Step, ...] = (NEW, (NOON, rust), (NOON + 1, bent))
    assert roller(*looked).failed_inspection == Hold(NOON, "rust")
    left = roller(*looked, (NOON + 2, ev.Voided(entry=2, reason="a shadow")))
    assert left.failed_inspection == Hold(NOON + 1, "bent")


# Needles are not registered away

PEN = ev.Amended(form="handpiece", name="pen")
NEEDLES = registered("0.5", max_uses=2, max_days=9, name="evening")


@pytest.mark.parametrize(
    "steps",
    [
        ((NOON, used(), ANN), (NOON + 1, used(), BEA), (NOON + 2, PEN)),
        ((NOON + 1, PEN), (NOON, used(), ANN), (NOON, used(), BEA)),
        ((NOON, used(), ANN), (NOON + 1, used(), BEA), (NOON + 2, PEN), (NOON + 3, PEN)),
        ((NOON, PEN), (NOON, used(), ANN), (NOON, NEEDLES), (NOON, used(), BEA), (NOON, PEN)),
    ],
)
def test_what_had_needles_and_was_used_keeps_them(steps: tuple[Step, ...]) -> None:
    folded = roller((START, NEEDLES), *steps)
    facts = folded.facts
    assert facts is not None
    assert (facts.form, facts.length, facts.max_uses, facts.max_days) == ("roller", NEEDLES.length, 2, 9)
    assert facts.name == "pen"
    assert folded.bound_to == ANN
    assert folded.shared is not None


@pytest.mark.parametrize(
    "steps",
    [
        ((NOON, PEN),),
        ((NOON, used(), ANN), (NOON + 1, PEN), (NOON + 2, ev.Voided(entry=2, reason="another roller"))),
        ((NOON, ev.Bound(), ANN), (NOON + 1, soaked()), (NOON + 2, PEN)),
    ],
)
def test_what_was_never_used_may_turn_out_to_be_a_handpiece(steps: tuple[Step, ...]) -> None:
    folded = roller((START, NEEDLES), *steps)
    assert folded.facts == PEN
    assert not folded.has_needles


def test_a_handpiece_that_was_never_anything_else_stays_one() -> None:
    known = registered(None, form="handpiece")
    folded = roller((START, known), (NOON, used(), ANN), (NOON, used(), BEA), (NOON + 1, PEN))
    assert folded.facts == PEN
    assert folded.shared is None


def test_an_empty_stream_is_a_roller_nothing_is_known_of() -> None:
    assert fold(ROLLER, []) == Roller(ROLLER)


def test_a_mended_registration_holds_from_the_start_whatever_its_date() -> None:
    mended = ev.Amended(length=registered("1.5").length, sterile=False)
    folded = roller((NOON, registered()), (NOON - DAY, mended))
    assert folded.facts == mended
    assert folded.registered_at == NOON


def test_a_registration_taken_back_takes_its_amendments_along() -> None:
    mended = ev.Amended(length=registered().length, sterile=True)
    folded = roller(NEW, (START + 1, mended), (NOON, ev.Voided(entry=1, reason="no such roller")))
    assert folded.facts is None
    assert folded.registered_at is None


@pytest.mark.parametrize(
    ("start_after_use", "dirty"), [(-MINUTE, True), (-1, True), (0, False), (1, False), (MINUTE, False)]
)
def test_a_disinfection_counts_for_a_use_only_when_it_began_at_or_after_it(
    start_after_use: int, dirty: bool
) -> None:
    end = NOON + start_after_use + 10 * MINUTE
    folded = roller(NEW, (NOON, used(), ANN), (end, soaked()))
    assert (folded.dirty_since == NOON) is dirty


def test_the_debt_is_as_old_as_the_first_use_that_no_disinfection_followed() -> None:
    folded = roller(
        NEW,
        (START + HOUR, used(), ANN),
        (START + 2 * HOUR, soaked()),
        (START + 3 * HOUR, used(), ANN),
        (START + 4 * HOUR, used(), ANN),
        (START + 5 * HOUR, soaked(5)),
    )
    assert folded.dirty_since == START + 3 * HOUR
    assert folded.last_wash is not None
    assert folded.last_wash.fault == "it lasted 5 min of 10 min"


def test_a_use_during_the_soak_stays_owed() -> None:
    folded = roller(
        NEW,
        (NOON, soak()),
        (NOON + 5 * MINUTE, used(), ANN),
        (NOON + 10 * MINUTE, ev.DisinfectionEnded()),
    )
    assert folded.last_wash is not None
    assert folded.last_wash.fault == "it was used meanwhile"
    assert folded.dirty_since == NOON + 5 * MINUTE


def test_a_use_between_two_washes_of_one_stretch_leaves_the_later_one_in_force() -> None:
    spanning = (NOON + 30 * MINUTE, soaked(40))
    folded = roller(NEW, (NOON, used(), ANN), (NOON + 20 * MINUTE, soaked()), spanning)
    assert folded.last_wash is not None
    assert not folded.last_wash.good
    assert folded.last_good is not None
    assert folded.last_good.ended_at == NOON + 20 * MINUTE


_IN, _OUT = (NOON, soak()), (NOON + 10 * MINUTE, ev.DisinfectionEnded())


@pytest.mark.parametrize(("used_at", "counts"), [(-1, True), (0, True), (1, False), (10 * MINUTE - 1, False)])
def test_a_use_within_a_soak_spoils_it(used_at: int, counts: bool) -> None:
    folded = roller(NEW, (NOON + used_at, used(), ANN), _IN, _OUT)
    assert folded.last_wash is not None
    assert folded.last_wash.good is counts


def test_of_a_use_and_a_soak_at_one_moment_the_order_of_entry_decides() -> None:
    after_it_began = roller(NEW, _IN, (NOON, used(), ANN), _OUT)
    assert after_it_began.last_wash is not None
    assert after_it_began.last_wash.fault == "it was used meanwhile"
    assert after_it_began.dirty_since == NOON
    before_it_ended = roller(NEW, _IN, (_OUT[0], used(), ANN), _OUT)
    assert before_it_ended.last_wash is not None
    assert not before_it_ended.last_wash.good
    after_it_ended = roller(NEW, _IN, _OUT, (_OUT[0], used(), ANN))
    assert after_it_ended.last_wash is not None
    assert after_it_ended.last_wash.good
    assert after_it_ended.dirty_since == _OUT[0]


def test_a_soak_that_a_use_broke_into_is_known_not_to_count_while_it_runs() -> None:
    clean = roller(NEW, _IN)
    assert clean.soak is not None
    assert not clean.soak.facts.objection
    used_since = roller(NEW, _IN, (NOON + MINUTE, used(), ANN))
    assert used_since.soak is not None
    assert used_since.soak.facts.objection == "it was used meanwhile"
    verdict = gate.check(used_since, Policy("home"), NOON + 2 * MINUTE)
    assert verdict.word is Word.WASH
    assert verdict.next_step.startswith("Take it out and soak in")


def test_a_release_lifts_the_quarantine_and_leaves_the_recall() -> None:
    held = ((NOON, ev.Recalled(reason="lot")), (NOON + 1, ev.Quarantined(reason="dropped")))
    once = roller(NEW, *held, (NOON + 2, ev.Released(reason="looked fine")))
    assert (once.quarantined is None, once.recalled is None) == (True, False)
    twice = roller(NEW, *held, (NOON + 2, ev.Released(reason="a")), (NOON + 3, ev.Released(reason="b")))
    assert (twice.quarantined, twice.recalled) == (None, None)


@pytest.mark.parametrize(
    ("soaking", "after", "fault"),
    [
        (soak(), 10 * MINUTE, ""),
        (soak(), 10 * MINUTE - 1, "it lasted 9 min of 10 min"),
        (soak(5), 10 * MINUTE, ""),
        (soak(5), 5 * MINUTE, "it lasted 5 min of 10 min"),
        (soak(20), 15 * MINUTE, "it was ended early"),
        (soak(20), 20 * MINUTE, ""),
        (soak(objection="too weak"), 60 * MINUTE, "too weak"),
        (soak(agent="soap", required=None), 60 * MINUTE, "soap does not disinfect"),
    ],
)
def test_a_soak_counts_when_it_was_long_enough_in_the_right_agent(
    soaking: ev.DisinfectionStarted, after: int, fault: str
) -> None:
    wash = roller(NEW, (NOON, soaking), (NOON + after, ev.DisinfectionEnded())).last_wash
    assert wash is not None
    assert wash.fault == fault
    assert (wash.started_at, wash.ended_at) == (NOON, NOON + after)


def test_a_soak_marked_early_does_not_count_however_long_it_was() -> None:
    wash = roller(NEW, (NOON, soak()), (NOON + HOUR, ev.DisinfectionEnded(early=True))).last_wash
    assert wash is not None
    assert wash.fault == "it was ended early"


def test_an_end_without_a_start_is_no_disinfection() -> None:
    folded = roller(NEW, (NOON, ev.DisinfectionEnded()))
    assert folded.last_wash is None
    assert folded.soak is None


def test_an_end_dated_before_its_start_leaves_the_soak_open() -> None:
    folded = roller(NEW, (NOON, soak()), (NOON - 1, ev.DisinfectionEnded()))
    assert folded.soak is not None
    assert folded.last_wash is None


def test_a_second_start_begins_the_contact_time_anew() -> None:
    folded = roller(NEW, (NOON, soak()), (NOON + 5 * MINUTE, soak()))
    assert folded.soak is not None
    assert folded.soak.due_at == NOON + 15 * MINUTE


@pytest.mark.parametrize(
    ("steps", "bound_to", "shared"),
    [
        ((), None, False),
        (((1, ev.Bound(), ANN),), ANN, False),
        (((1, ev.Bound(), ANN), (2, ev.Bound(), BEA)), BEA, False),
        (((1, used(), ANN),), ANN, False),
        (((1, used(), ANN), (2, used(), ANN)), ANN, False),
        (((1, used(), ANN), (2, used(), BEA)), ANN, True),
        (((2, used(), ANN), (1, used(), BEA)), BEA, True),
        (((1, ev.Bound(), ANN), (2, used(), BEA)), BEA, False),
        (((1, ev.Bound(), ANN), (2, used(), BEA), (3, used(), ANN)), BEA, True),
        (((1, ev.Bound(), ANN), (2, used(), BEA), (3, ev.Bound(), ANN)), BEA, False),
        (((1, ev.Bound(), ANN), (2, used(), ANN)), ANN, False),
        (((1, used(), ANN), (2, ev.Bound(), BEA)), ANN, False),
        (((1, used(), ANN), (2, used())), ANN, True),
        (((1, used()), (2, used(), ANN)), None, True),
    ],
)
def test_the_first_use_binds_and_a_second_person_is_seen(
    steps: tuple[Step, ...], bound_to: str | None, shared: bool
) -> None:
    folded = roller(NEW, *steps)
    assert folded.bound_to == bound_to
    assert (folded.shared is not None) is shared


def test_a_roller_that_touches_a_second_person_later_is_shared_already_as_of_before() -> None:
    steps: tuple[Step, ...] = ((NOON, used(), ANN), (NOON + DAY, used(), BEA))
    assert roller(NEW, *steps, until=NOON + HOUR).shared is not None


@pytest.mark.parametrize("until", [None, NOON - 1])
def test_a_roller_that_touched_infected_skin_did_so_for_good(until: int | None) -> None:
    touched = (NOON, ev.Used(word="USE", infected=True), ANN)
    folded = roller(NEW, touched, (NOON + HOUR, soaked()), (NOON + HOUR, ev.Inspected(ok=True)), until=until)
    assert folded.infected is not None
    assert folded.infected.at == NOON
    assert roller(NEW, (NOON, used(), ANN)).infected is None
    assert roller(NEW, touched, (NOON, ev.Voided(entry=2, reason="mistake"))).infected is None


def test_a_handpiece_is_never_bound_and_never_shared() -> None:
    payload = registered(None, form="handpiece")
    folded = roller((START, payload), (NOON, used(), ANN), (NOON + 1, used(), BEA))
    assert folded.bound_to is None
    assert folded.shared is None


def test_a_hold_lasts_until_it_is_released_and_retirement_for_ever() -> None:
    put, take = ev.Quarantined(reason="dropped"), ev.Released(reason="fine")
    back, worn = ev.Recalled(reason="lot L1"), ev.Retired(reason="worn")
    assert roller(NEW, (1, put), (2, take)).quarantined is None
    assert roller(NEW, (1, put), (2, take), (3, put)).quarantined is not None
    assert roller(NEW, (1, back), (2, take)).recalled is None
    folded = roller(NEW, (1, worn), (2, take), (3, ev.Retired(reason="again")))
    assert folded.retired is not None
    assert (folded.retired.at, folded.retired.reason) == (1, "worn")


def test_the_first_opening_of_the_pack_counts() -> None:
    assert roller(NEW, (2, ev.Opened()), (1, ev.Opened())).opened_at == 1


def test_a_label_is_proven_only_after_it_was_last_printed() -> None:
    printed, proven = ev.LabelPrinted(media="62", place="file", payload="x"), ev.LabelProven()
    assert roller(NEW, (1, printed), (2, proven)).label_proven_at == 2
    folded = roller(NEW, (1, printed), (2, proven), (3, printed))
    assert (folded.label_printed_at, folded.label_proven_at) == (3, None)


Fold = Callable[[list[Event]], int]


def _person_newest(events: list[Event]) -> int:
    folded = persons.fold(ANN, events)
    assert folded is not None
    return folded.newest


@pytest.mark.parametrize(
    ("folded", "known"),
    [
        (lambda events: fold(ROLLER, events).newest, registered()),
        (_person_newest, ev.PersonRegistered(label="A")),
    ],
    ids=["roller", "person"],
)
def test_the_newest_instant_counts_when_it_was_entered_and_forgets_what_was_taken_back(
    folded: Fold, known: ev.Payload
) -> None:
    first, second = told(ROLLER, [(START, known), (NOON, ev.Noted(text="x"))])
    late = second._replace(at=START, recorded_at=NOON + HOUR)
    void = Event(ROLLER, 3, NOON + 1, NOON + 2, ev.Voided(entry=2, reason="clock was wrong"))
    assert folded([first, second]) == NOON
    assert folded([first, late]) == NOON + HOUR
    assert folded([first, late, void]) == NOON + 2
    again = Event(ROLLER, 4, NOON + 3, NOON + 3, ev.Voided(entry=3, reason="it was right"))
    assert folded([first, late, void, again]) == NOON + HOUR


@given(lives(), st.randoms(use_true_random=False))
def test_persons_and_solutions_fold_in_any_order_too(events: list[Event], dice: random.Random) -> None:
    payloads: list[ev.Payload] = [
        ev.Session(roller=ROLLER, entry=2),
        ev.Contraindication(name="eczema"),
        ev.Contraindication(name="eczema", present=False),
        ev.PersonAmended(label="B"),
    ]
    of_person = [each._replace(payload=payloads[each.seq % 4]) for each in events[1:]]
    of_person.insert(0, events[0]._replace(payload=ev.PersonRegistered(label="A")))
    jar: list[ev.Payload] = [
        ev.Tested(passed=True),
        ev.Tested(passed=False),
        ev.Discarded(reason="old"),
        ev.SolutionAmended(agent="quat"),
    ]
    of_jar = [each._replace(payload=jar[each.seq % 4]) for each in events[1:]]
    of_jar.insert(0, events[0]._replace(payload=ev.SolutionRegistered(agent="alcohol")))
    person, solution = persons.fold(ANN, of_person), solutions.fold("S", of_jar)
    dice.shuffle(of_person)
    dice.shuffle(of_jar)
    assert persons.fold(ANN, of_person) == person
    assert solutions.fold("S", of_jar) == solution
