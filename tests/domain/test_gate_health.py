"""The gate's rules on the health questions and on reactions; how long the skin rests, as people are told."""

from decimal import Decimal

import pytest
from harness.gate import BOTH, CARE, CLINIC, FRESH, HOME, NEW, USE, WAIT, asked, messages, rules
from harness.histories import ANN, DAY, HOUR, NOON, person, roller, told
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain import conditions, gate
from rollertrack.domain import events as ev
from rollertrack.domain import person as persons
from rollertrack.domain.own_rules import is_looser
from rollertrack.domain.person import PastAsking, PastReaction, PastSession
from rollertrack.domain.policy import Policy, checked_setting
from rollertrack.domain.policy_table import EDITABLE
from rollertrack.domain.rest import resting

NOTHING = ev.Asked(none=True)
RED = ev.Reaction(text="red for a week")
BEGUN = (NOON - 10, ev.PersonRegistered(label="Ann"))


def _asked(ago: int | None) -> persons.Person:
    return FRESH._replace(asked=None if ago is None else PastAsking(NOON - ago, None, 2))


# The health questions


@pytest.mark.parametrize(("ago", "word"), [(None, CARE), (180 * DAY + 1, CARE), (180 * DAY, USE), (0, USE)])
def test_a_clinic_asks_who_was_never_asked_or_longer_ago(ago: int | None, word: object) -> None:
    verdict = asked(NEW, policy=CLINIC, who=_asked(ago))
    assert verdict.word is word
    assert ("unasked" in rules(verdict)) is (word is CARE)
    assert asked(NEW, who=_asked(ago)).word is USE  # nobody at home is asked


def test_it_says_when_it_will_ask_again_and_since_when_it_does_not_know() -> None:
    verdict = asked(NEW, policy=CLINIC, who=_asked(180 * DAY))
    turns = gate.question(roller(NEW), CLINIC, NOON, _asked(180 * DAY))
    assert gate.judge(turns._replace(now=NOON + 1)).word is CARE
    assert verdict.valid_until == NOON + 1
    assert messages(asked(NEW, policy=CLINIC, who=_asked(None))) == ["The health questions were never asked."]
    old = asked(NEW, policy=CLINIC, who=_asked(200 * DAY))
    assert messages(old) == ["The health questions were asked 200 d ago."]
    assert old.next_step == "Ask the health questions, and log the answers"


def test_a_home_may_want_them_asked_and_a_clinic_may_not() -> None:
    assert asked(NEW, policy=Policy("home", {"ask.days": "30"}), who=_asked(31 * DAY)).word is CARE
    off = asked(NEW, policy=Policy("clinic", {"ask.days": "none"}), who=_asked(None))
    assert off.word is USE
    assert any(each.startswith("By your own rule: none") for each in messages(off))
    assert checked_setting("ask.days", "none") == ("ask.days", "none")
    (row,) = (each for each in EDITABLE if each.key == "ask.days")
    assert is_looser(row, "none", "180")
    assert is_looser(row, "200", "180")
    assert not is_looser(row, "90", "180")


def test_answers_are_all_that_holds() -> None:
    noted = [(NOON - 9, ev.Contraindication(name="eczema")), (NOON - 8, ev.Contraindication(name="My Own"))]
    folded = person(*noted, (NOON - 7, ev.Asked(answers=("Herpes", "rosacea"))))
    assert folded.contraindications == ("cold sore", "rosacea")
    assert folded.asked == PastAsking(NOON - 7, None, 4)
    assert person(*noted, (NOON - 7, NOTHING)).contraindications == ()
    later = person(*noted, (NOON - 7, NOTHING), (NOON - 6, ev.Contraindication(name="diabetes")))
    assert later.contraindications == ("diabetes",)


def test_answers_taken_back_leave_what_was_noted_before() -> None:
    noted = (NOON - 9, ev.Contraindication(name="eczema"))
    back = (NOON - 6, ev.Voided(entry=3, reason="another person"))
    folded = persons.fold(ANN, told(ANN, [BEGUN, noted, (NOON - 7, NOTHING), back]))
    assert folded is not None
    assert folded.contraindications == ("eczema",)
    assert folded.asked is None


def test_of_a_past_moment_answers_given_since_are_unknown_but_what_held_counts() -> None:
    steps = ((NOON - 9, ev.Contraindication(name="eczema")), (NOON - 7, NOTHING))
    then = persons.fold(ANN, told(ANN, [BEGUN, *steps]), NOON - 8)
    assert then is not None
    assert then.asked is None
    assert then.contraindications == ("eczema",)


def test_what_the_lists_name_is_known_with_its_count() -> None:
    assert len(conditions.NAMES) == len(set(conditions.NAMES)) == 22
    counts = [each.lists for each in conditions.CONDITIONS]
    assert counts == sorted(counts, reverse=True) == [9, 8, 7, 7, 7, 6, 6, 6, *[5] * 11, 4, 4, 4]
    assert all(each.source for each in conditions.CONDITIONS)
    assert conditions.lists_naming("Lupus") == 5
    assert conditions.lists_naming("my own words") == 0
    assert conditions.cleaned(["Botox", "recent procedure", "", "My Own"]) == ("recent procedure", "my own")
    assert set(conditions.INFECTIONS) <= set(conditions.NAMES)


# Reactions


@BOTH
@pytest.mark.parametrize(("ago", "word"), [(0, CARE), (90 * DAY - 1, CARE), (90 * DAY, USE)])
def test_a_reaction_asks_for_care_as_long_as_it_is_traced_back(
    policy: Policy, ago: int, word: object
) -> None:
    verdict = asked(NEW, policy=policy, who=person((NOON - ago, RED)))
    assert verdict.word is word
    if word is CARE:
        assert rules(verdict) == {"reaction"}
        assert verdict.valid_until == NOON - ago + 90 * DAY
        assert "red for a week" not in messages(verdict)[0]
        assert verdict.next_step == "Ask a professional first"


def test_a_reaction_that_is_over_does_not_and_a_newer_one_does() -> None:
    over = PastReaction(NOON - 9 * DAY, "red", "", None, 2, is_over=True)
    assert asked(NEW, who=FRESH._replace(reactions=(over,))).word is USE
    again = over._replace(at=NOON - DAY, is_over=False)
    assert asked(NEW, who=FRESH._replace(reactions=(again, over))).word is CARE
    short = Policy("home", {"reaction.days": "1"})
    assert asked(NEW, policy=short, who=FRESH._replace(reactions=(again,))).word is USE


def test_what_is_on_record_of_a_person_is_told_in_order() -> None:
    session = ev.Session(roller="RBBBBBBBN", entry=2, length=Decimal("0.5"), area="Cheek", concern="pores")
    reaction = ev.Reaction(text="red", roller="RBBBBBBBN", entry=2)
    care = ev.CareGiven(which="after", how="on paper")
    folded = person((NOON - 5, session), (NOON - 4, reaction), (NOON - 3, care))
    assert folded.reactions == (PastReaction(NOON - 4, "red", "RBBBBBBBN", 2, 3),)
    assert folded.care == (persons.PastCare(NOON - 3, "after", "on paper"),)
    assert (folded.sessions[0].area, folded.sessions[0].concern) == ("cheeks", "pores")


# How long the skin rests


_LENGTHS = st.sampled_from([None, *map(Decimal, ("0.25", "0.30", "0.50", "0.51", "1.50", "2.00"))])
_SESSIONS = st.lists(
    st.builds(
        lambda at, length, area: PastSession(at, "RBBBBBBBN", 2, length, area),
        at=st.sampled_from([NOON - each * HOUR for each in (3, 24, 30, 47, 48, 167, 168, 336, 700, 1008)]),
        length=_LENGTHS,
        area=st.sampled_from(["", "face", "scalp"]),
    ),
    max_size=5,
)  # fmt: skip


@given(_SESSIONS, st.sampled_from([HOME, CLINIC]))
def test_people_are_told_of_rest_what_the_gate_says(sessions: list[PastSession], policy: Policy) -> None:
    rests = resting(sessions, policy, NOON)
    verdict = gate.check(roller(NEW), policy, NOON, FRESH._replace(sessions=tuple(sessions)))
    assert (rests.floor is not None) is ("floor" in rules(verdict))
    assert bool(rests.advised) is ("interval" in rules(verdict))
    ends = [each.until for each in rests.advised]
    assert ends == sorted(ends, reverse=True)
    places = [(each.session.reach, each.session.area) for each in rests.advised]
    assert len(places) == len(set(places))


def test_each_length_and_place_has_the_rest_that_ends_last() -> None:
    def past(ago: int, length: str, area: str) -> PastSession:
        return PastSession(NOON - ago, "RBBBBBBBN", 2, Decimal(length), area)

    sessions = [past(DAY, "1.0", "cheeks"), past(2 * DAY, "1.0", "cheeks"), past(HOUR, "0.3", "face"),
                past(4 * DAY, "0.5", "scalp"), past(60 * DAY, "2.0", "back")]  # fmt: skip
    rests = resting(sessions, HOME, NOON)
    assert rests.floor is not None
    assert (rests.floor.until, rests.floor.span) == (NOON + 6 * DAY, 7 * DAY)
    assert [(each.until - NOON, each.session.area) for each in rests.advised] == [
        (27 * DAY, "cheeks"), (3 * DAY, "scalp"), (2 * DAY - HOUR, "face"),
    ]  # fmt: skip
    assert resting([], HOME, NOON) == (None, ())
    assert asked(NEW, who=FRESH._replace(sessions=(past(3 * HOUR, "0.3", "face"),))).word is WAIT


@pytest.mark.parametrize(
    ("length", "area", "is_usual"),
    [("0.3", "face", True), ("0.5", "scalp", False), ("1.5", "scalp", False), ("2.0", "scalp", True)],
)
def test_a_rest_says_whether_it_is_only_convention(length: str, area: str, is_usual: bool) -> None:
    assert HOME.is_interval_convention(Decimal(length), area) is is_usual
    own = Policy("home", {"interval.from-2.00.days": "50", "interval.to-0.30.days": "3"})
    assert own.is_interval_convention(Decimal("0.3"), "face") is False
    assert own.is_interval_convention(Decimal("2.0"), "") is False
    assert own.is_interval_convention(Decimal("1.0"), "") is True
