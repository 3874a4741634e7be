"""Words in one spelling, where needles never go, the lengths that charts name, infections."""

from decimal import Decimal

import pytest
from harness.gate import CARE, CLINIC, FRESH, HOME, STOP, USE, asked, messages, rules
from harness.histories import ANN, DAY, NOON, person, registered, roller, soaked, told
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain import conditions, gate, guide
from rollertrack.domain import events as ev
from rollertrack.domain import person as persons
from rollertrack.domain.guide import AREA_WORDS, CONCERN_WORDS
from rollertrack.domain.policy import Policy
from rollertrack.domain.spelling import key_of
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word

VOCABULARIES = (AREA_WORDS, CONCERN_WORDS, conditions.WORDS)
NAMES = (*guide.AREAS, *guide.CONCERNS, *conditions.NAMES, *guide.NEVER)


def _judged(length: str, area: str, policy: Policy = HOME, depth: str | None = None) -> Verdict:
    clean = roller((NOON - DAY, registered(length, lot="L1")))
    dialled = None if depth is None else Decimal(depth)
    return gate.check(clean, policy, NOON, FRESH, area, depth=dialled)


# One spelling


@pytest.mark.parametrize("name", NAMES)
def test_a_known_word_is_known_however_it_is_written(name: str) -> None:
    known = next(each for each in VOCABULARIES if each.knows(name))
    for written in (
        name,
        name.upper(),
        f"  {name.title()} ",
        name.replace(" ", "  "),
        name.replace(" ", "-"),
    ):
        assert known.spelled(written) == name
        assert known.nearest(written) == ""


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("lid", "eyelid"), ("Eyelids", "eyelid"), ("décolleté", "chest"), ("decollete", "chest"),
        ("cheek", "cheeks"), ("jaw line", "chin"), ("under-eye", "under eye"), ("belly", "abdomen"),
        ("inside  the Orbital rim", "inside the orbital rim"), ("eye", "inside the orbital rim"),
        ("lower lip", "lips"), ("upper lip", "upper lip"), ("tattoos", "tattoo"),
        ("PMU", "permanent make-up"), ("permanent makeup", "permanent make-up"),
    ],
)  # fmt: skip
def test_other_names_of_an_area_are_kept_as_the_one(typed: str, area: str) -> None:
    assert AREA_WORDS.spelled(typed) == area


@pytest.mark.parametrize(
    ("typed", "kept", "near"),
    [
        ("scalpe", "scalpe", "scalp"), ("Left  cheek", "Left cheek", "cheeks"),
        ("forhead", "forhead", "forehead"),
        ("left eylid", "left eylid", "eyelid"), ("elbow", "elbow", ""), ("x", "x", ""), ("", "", ""),
        ("above the upper lip line", "above the upper lip line", "upper lip"),
    ],
)  # fmt: skip
def test_an_unknown_area_is_kept_and_the_nearest_named(typed: str, kept: str, near: str) -> None:
    assert AREA_WORDS.spelled(typed) == kept
    assert AREA_WORDS.nearest(typed) == near


def test_the_nearest_area_is_told_and_does_not_count_as_it() -> None:
    verdict = _judged("0.25", "scalpe")
    assert verdict.word is USE
    assert "“scalpe” is kept as it is; nearest: scalp." in messages(verdict)
    assert "area-word" not in rules(_judged("0.25", "Scalp ")) | rules(_judged("0.25", "elbow"))


@given(st.text(max_size=40))
def test_whatever_is_typed_comes_to_one_spelling(text: str) -> None:
    for known in VOCABULARIES:
        once = known.spelled(text)
        assert known.spelled(once) == once
        assert key_of(key_of(text)) == key_of(text)
        assert known.nearest(text) == "" or known.knows(known.nearest(text))
    assert guide.differ(text, text) is False
    assert _judged("0.25", text).word in {USE, CARE, STOP}


def test_old_events_with_odd_spelling_are_read_the_same() -> None:
    events = told(
        ANN,
        [
            (1, ev.PersonRegistered(label="Ann")),
            (2, ev.Contraindication(name="Cold  Sores")),
            (3, ev.Contraindication(name="My Own Words")),
            (4, ev.Session(roller="RBBBBBBBN", entry=2, length=Decimal("0.5"), area=" SCALP ")),
        ],
    )
    folded = persons.fold(ANN, events)
    assert folded is not None
    assert folded.contraindications == ("cold sore", "My Own Words")
    assert folded.sessions[0].area == "scalp"
    over = ev.Contraindication(name="coldsore", present=False)
    again = persons.fold(ANN, [*events, *told(ANN, [(5, over)] * 5)[4:]])
    assert again is not None
    assert again.contraindications == ("My Own Words",)


# Where needles never go


@pytest.mark.parametrize("policy", [HOME, CLINIC])
@pytest.mark.parametrize(
    ("area", "word"),
    [
        ("eyelid", STOP), ("Eye-Lids", STOP), ("upper lid", STOP), ("left eyelid", STOP),
        ("face and eyelids", STOP), ("inside the orbital rim", STOP), ("orbital rim", STOP), ("eyes", STOP),
        ("left eye", STOP), ("lips", CARE), ("lower lip", CARE), ("left lip", CARE), ("tattoo", CARE),
        ("over a tattoo", CARE), ("arm, tattooed", CARE), ("permanent make-up", CARE), ("microblading", CARE),
        ("eylid", CARE), ("left eylid", CARE), ("cheeks and eylid", CARE), ("outside the orbital rim", CARE),
        ("under the left eye", CARE), ("upper lip", USE), ("under eye", USE), ("below the eyes", USE),
        ("hips", USE), ("elbow", USE), ("face", USE), ("", USE),
    ],
)  # fmt: skip
def test_where_needles_never_go(area: str, word: Word, policy: Policy) -> None:
    verdict = _judged("0.25", area, policy)
    assert verdict.word is word
    assert ("never-area" in rules(verdict)) is (word is not USE)


# The lengths that charts name


@pytest.mark.parametrize(
    ("area", "agreed", "longest"),
    [
        ("forehead", "0.5", "0.75"), ("between the brows", "0.5", "1.0"), ("under eye", "0.3", "0.5"),
        ("nose", "0.5", "0.75"), ("upper lip", "0.5", "0.75"), ("cheeks", "1.0", "2.0"),
        ("chin", "1.0", "2.0"),
        ("face", "1.5", "1.5"), ("scalp", "2.5", "2.5"), ("abdomen", "1.5", "2.5"), ("thighs", "1.5", "2.5"),
    ],
)  # fmt: skip
def test_longer_than_any_chart_names_asks_for_care(area: str, agreed: str, longest: str) -> None:
    step = Decimal("0.01")
    trained = Policy("home", {"length.professional": "none"})
    lengths = [Decimal(agreed), Decimal(agreed) + step, Decimal(longest), Decimal(longest) + step]
    verdicts = [_judged(str(length), area, trained) for length in lengths]
    told_between = {"area"} if agreed != longest else set()
    found = [rules(verdict) & {"area"} for verdict in verdicts]
    assert found == [set(), told_between or {"area"}, told_between, {"area"}]
    assert [verdict.word for verdict in verdicts] == [USE, USE if told_between else CARE, USE, CARE]
    said = next(each for each in messages(verdicts[3]) if "depth chart" in each)
    assert f"the {longest} mm" in said
    assert (f"all agree up to {agreed} mm" in said) is bool(told_between)


@pytest.mark.parametrize("area", ["neck", "chest", "back", "arms", "hands", "elbow", ""])
def test_an_area_without_a_source_has_no_length(area: str) -> None:
    assert "area" not in rules(_judged("0.99", area))


@pytest.mark.parametrize(
    ("area", "care"),
    [("Under  Eye", True), ("forhead", True), ("left cheek", False), ("cheeks and nose", True)],
)
def test_the_charts_are_asked_for_what_was_meant(area: str, care: bool) -> None:
    assert ("area" in rules(_judged("0.99", area))) is care
    assert (_judged("0.99", area).word is CARE) is care


def test_a_dialled_depth_counts_for_the_area() -> None:
    assert _judged("0.99", "nose").word is CARE
    assert "area" not in rules(_judged("0.99", "nose", depth="0.50"))
    assert "area" in rules(_judged("0.99", "nose", depth="0.51"))


# Infected skin


@pytest.mark.parametrize("policy", [HOME, CLINIC])
@pytest.mark.parametrize(
    ("noted", "word"),
    [
        ("active infection", STOP), ("Active  Infection", STOP), ("cold sore", STOP), ("cold-sores", STOP),
        ("herpes on the lip", STOP), ("infected spot", STOP), ("history of herpes", CARE),
        ("past infection", CARE), ("cold sorre", CARE), ("eczema", CARE), ("active acne", CARE),
    ],
)  # fmt: skip
def test_infected_skin_stops_and_everything_else_asks(noted: str, word: Word, policy: Policy) -> None:
    ann = person((NOON - DAY, ev.Contraindication(name=noted)))
    verdict = asked((NOON - DAY, registered(lot="L1")), policy=policy, who=ann)
    assert verdict.word is word
    if word is STOP:
        assert verdict.next_step == "Not on infected skin; ask a professional"
    over = person((NOON - DAY, ev.Contraindication(name=noted)),
                  (NOON, ev.Contraindication(name=noted, present=False)))  # fmt: skip
    assert asked((NOON - DAY, registered(lot="L1")), policy=policy, who=over).word is USE


def test_an_infection_stands_beside_what_else_is_noted() -> None:
    both = [(NOON - DAY, ev.Contraindication(name=name)) for name in ("cold sore", "eczema")]
    verdict = asked((NOON - DAY, registered(lot="L1")), who=person(*both))
    assert rules(verdict) >= {"infection", "contraindication"}
    assert "Noted for this person: eczema." in messages(verdict)


def test_a_use_that_touched_infected_skin_stops_the_roller() -> None:
    touched = (NOON - DAY, ev.Used(word="USE", infected=True), ANN)
    verdict = asked((NOON - 2 * DAY, registered(lot="L1")), touched, (NOON, soaked()))
    assert verdict.word is STOP
    assert "Never again: it touched infected skin." in messages(verdict)
