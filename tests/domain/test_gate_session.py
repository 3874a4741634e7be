"""Several pieces in one session, and a walk over every short story of a person's skin.

What the skin needs is said a second time here, over the raw sessions: nothing of the rules is asked for it.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from harness.gate import CARE, CLINIC, HOME, NEW, USE, WAIT, asked, messages, rules
from harness.histories import (
    ANN,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ROLLER,
    person,
    registered,
    roller,
    soaked,
    used,
)

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain.code import Kind, make
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word

WINDOW = 120 * MINUTE
_DICE = Random(1)
OTHERS = tuple(make(Kind.ROLLER, _DICE.choice) for _ in range(9))


def _ann(*pieces: tuple[int, str], length: str | None = "0.25", until: int | None = None) -> Person:
    """Ann after pieces used so long before noon, each on an area."""
    millimetres = None if length is None else Decimal(length)
    steps = [
        (NOON - ago, ev.Session(roller=other, entry=2, length=millimetres, area=area))
        for (ago, area), other in zip(pieces, OTHERS, strict=False)
    ]
    return person(*steps, until=until)


def _asked(who: Person, area: str = "face", policy: Policy = HOME, now: int = NOON) -> Verdict:
    return gate.check(roller(NEW), policy, now, who, area)


# The second piece


@pytest.mark.parametrize("policy", [HOME, CLINIC])
def test_the_second_piece_in_a_session_asks_for_care(policy: Policy) -> None:
    verdict = _asked(_ann((25 * MINUTE, "face")), policy=policy)
    assert verdict.word is CARE
    assert "Second piece in this session, face, 25 min ago." in messages(verdict)
    assert not rules(verdict) & {"floor", "interval"}


@pytest.mark.parametrize(("ago", "word"), [(0, CARE), (WINDOW - 1, CARE), (WINDOW, WAIT), (DAY - 1, WAIT)])
def test_only_a_new_session_meets_the_floor(ago: int, word: Word) -> None:
    assert _asked(_ann((ago, "face"))).word is word


def test_the_window_ends_at_the_instant_told() -> None:
    verdict = _asked(_ann((25 * MINUTE, "face")))
    assert verdict.valid_until == NOON - 25 * MINUTE + WINDOW
    assert _asked(_ann((25 * MINUTE, "face")), now=verdict.valid_until - 1).word is CARE
    assert _asked(_ann((25 * MINUTE, "face")), now=verdict.valid_until).word is WAIT


def test_a_session_is_never_kept_open_by_one_piece_after_the_other() -> None:
    """The window runs from the first piece: a third within two hours of the second comes too late."""
    assert _asked(_ann((100 * MINUTE, "face"), (50 * MINUTE, "face"))).word is CARE
    verdict = _asked(_ann((130 * MINUTE, "face"), (60 * MINUTE, "face")))
    assert verdict.word is WAIT
    against_advice = _ann((150 * MINUTE, "face"), (60 * MINUTE, "face"), (20 * MINUTE, "face"))
    assert rules(_asked(against_advice)) >= {"floor"}


def test_a_session_that_began_too_early_does_not_hide_the_one_before() -> None:
    hurried = _ann((10 * HOUR, "face"), (20 * MINUTE, "face"))
    assert _asked(hurried).word is WAIT
    assert rules(_asked(hurried)) >= {"floor", "session"}


def test_the_third_piece_is_called_so() -> None:
    verdict = _asked(_ann((40 * MINUTE, "nose"), (25 * MINUTE, "chin")))
    assert "Third piece in this session, chin, 25 min ago." in messages(verdict)


def test_a_piece_used_twice_is_no_second_piece() -> None:
    again = (NOON - 25 * MINUTE, ev.Session(roller=ROLLER, entry=2, length=Decimal("0.25"), area="face"))
    other = (NOON - 9 * MINUTE, ev.Session(roller=OTHERS[0], entry=2, length=Decimal("0.25"), area="chin"))
    verdict = _asked(person(again))
    assert verdict.word is CARE
    assert "This piece was used in this session, face, 25 min ago." in messages(verdict)
    assert "Second piece in this session, chin, 9 min ago." in messages(_asked(person(again, other)))


def test_the_order_of_entry_does_not_matter() -> None:
    pieces = ((100 * MINUTE, "nose"), (25 * MINUTE, "chin"))
    assert messages(_asked(_ann(*pieces))) == messages(_asked(_ann(*pieces[::-1])))


@pytest.mark.parametrize(
    ("before", "area", "word"),
    [
        (["face"], "scalp", USE), (["face"], "neck", USE), (["Scalp "], "scalp", CARE),
        (["scalpe"], "scalp", CARE), (["face"], "cheeks", CARE), (["cheeks"], "face", CARE),
        (["cheeks"], "chin", USE), ([""], "scalp", CARE),
        (["face"], "", CARE), ([""], "", CARE), (["elbow"], "ankle", USE), (["elbow"], "Elbow ", CARE),
        (["scalp", "neck"], "scalp", CARE), (["scalp", "neck"], "hands", USE), (["scalp", ""], "hands", CARE),
    ],
)  # fmt: skip
def test_a_clinic_is_only_told_where_both_areas_are_named_and_differ(
    before: list[str], area: str, word: Word
) -> None:
    pieces = [(ago * MINUTE, where) for ago, where in enumerate(before, 5)]
    verdict = _asked(_ann(*pieces), area, CLINIC)
    assert verdict.word is word
    assert "session" in rules(verdict)
    assert _asked(_ann(*pieces), area, HOME).word is CARE


def test_a_handpiece_is_no_piece_of_a_session() -> None:
    assert _asked(_ann((MINUTE, "face"), length=None)).word is USE
    pen = (NOON - DAY, registered(None, form="handpiece", sterile=False))
    assert asked(pen, (NOON, soaked()), who=_ann((MINUTE, "face"))).word is USE


def test_a_piece_logged_by_a_station_a_little_ahead_belongs_to_the_session() -> None:
    verdict = _asked(_ann((-4 * MINUTE, "face")))
    assert verdict.word is CARE
    assert "Second piece in this session, face, 0 s ago." in messages(verdict)


def test_a_piece_whose_time_is_not_sure_belongs_to_no_session() -> None:
    """Its time is the latest that it can have been: it may be the session of this morning."""
    ann = _ann((25 * MINUTE, "face"))
    unsure = ann._replace(sessions=tuple(each._replace(timed=False) for each in ann.sessions))
    assert _asked(unsure).word is WAIT
    assert not rules(_asked(unsure)) & {"session"}


def test_as_of_before_the_first_piece_there_is_no_session() -> None:
    ann = _ann((25 * MINUTE, "face"), until=NOON - HOUR)
    assert gate.check(roller(NEW), HOME, NOON - HOUR, ann, "face", clock=NOON).word is USE


def test_the_same_piece_again_owes_its_wash_first() -> None:
    steps = (NEW, (NOON - 25 * MINUTE, used(), ANN))
    verdict = gate.check(roller(*steps), HOME, NOON, _ann((25 * MINUTE, "face")), "face")
    assert verdict.word is Word.WASH


# The walk


AGES = (0, 25 * MINUTE, WINDOW - 1, WINDOW, WINDOW + 30 * MINUTE, DAY - 1, DAY, 3 * DAY, 7 * DAY, 30 * DAY)
KINDS: tuple[tuple[str | None, str | None, str], ...] = (
    ("0.25", None, "face"),
    ("0.50", None, "scalp"),
    ("1.50", "0.25", "face"),
    ("1.50", None, ""),
    (None, None, "face"),
)
Past = tuple[int, str | None, str | None, str]


def _stories() -> Iterator[tuple[Past, ...]]:
    one = [(ago, *kind) for ago, kind in product(AGES, KINDS)]
    yield ()
    yield from ((each,) for each in one)
    yield from product(one, one)
    few = [each for each in one if each[0] <= WINDOW + 30 * MINUTE and each[1] == "0.25"]
    yield from product(few, few, few)


def _needs(story: tuple[Past, ...], area: str, clinic: bool) -> Word:
    """The word by the raw story: rest a day, a week after deep needles; pieces of one session need none."""
    pieces = sorted(
        ((-ago, Decimal(depth or length), where) for ago, length, depth, where in story if length),
        key=lambda piece: piece[0],
    )
    start = None
    going_on = 0
    for place, (at, _, _) in enumerate(pieces):
        if start is None or at - start >= WINDOW:
            start, going_on = at, place
    if start is None or -start >= WINDOW:
        going_on = len(pieces)
    words = [USE]
    for at, deep, where in pieces[:going_on]:
        rest = 7 if deep > Decimal("0.5") else 1
        usual = 2 if deep <= Decimal("0.3") else 28 if clinic or deep > Decimal("0.5") else 14
        if where == "scalp":
            usual = min(usual, 7)
        if -at < rest * DAY:
            words.append(WAIT)
        if -at < usual * DAY:
            words.append(CARE)
    for _, _, where in pieces[going_on:]:
        words.append(USE if clinic and {where, area} == {"face", "scalp"} else CARE)
    return max(words, key=lambda word: word.rank)


def test_the_skin_is_asked_in_every_short_story() -> None:
    stories = seen = 0
    for story in _stories():
        stories += 1
        steps = [
            (
                NOON - ago,
                ev.Session(
                    roller=ROLLER,
                    entry=2,
                    length=None if length is None else Decimal(length),
                    depth=None if depth is None else Decimal(depth),
                    area=where,
                ),
            )
            for ago, length, depth, where in story
        ]
        ann = person(*steps)
        for policy, area in ((HOME, "face"), (CLINIC, "face"), (CLINIC, "scalp"), (CLINIC, "")):
            verdict = _asked(ann, area, policy)
            seen += verdict.word is not USE
            expected = _needs(story, area, policy is CLINIC)
            assert verdict.word is expected, (story, area, policy.profile, verdict.findings)
    assert stories >= 2_500
    assert seen >= 5_000
