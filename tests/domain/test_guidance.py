"""The guide: what sources name, how much of it they share, and what a home is never offered."""

from decimal import Decimal

import pytest

from rollertrack.domain.guidance import HOME_LIMIT, Span, guidance, limit_of, of_area, pauses, places_of
from rollertrack.domain.guide import AREAS, CONCERNS, LENGTHS, NEVER
from rollertrack.domain.guide_table import BY_AREA, BY_CONCERN, PAUSES, SCALP_PAUSE, SOURCES
from rollertrack.domain.policy import Policy

HOME, CLINIC = Policy("home"), Policy("clinic")
MM = Decimal


def span(shortest: str, longest: str, *, is_below: bool = False) -> Span:
    return Span(MM(shortest), MM(longest), is_below)


def test_every_number_has_a_source_with_an_address() -> None:
    named = [each.source for table in (BY_AREA, BY_CONCERN) for sources in table.values() for each in sources]
    named += [each.source for each in (*PAUSES, SCALP_PAUSE)]
    assert set(named) <= set(SOURCES)
    assert set(SOURCES) == set(named), "a source that nothing is drawn from"
    assert all(source.address.startswith("http") for source in SOURCES.values())


def test_guide_and_gate_say_the_same_of_every_area() -> None:
    assert set(BY_AREA) == set(LENGTHS)
    for area, lengths in LENGTHS.items():
        longest = [each.longest for each in BY_AREA[area]]
        assert max(longest) == lengths.longest or area in {"face", "scalp"}, area
        if len(longest) > 1:
            assert min(longest) == lengths.agreed, area


def test_every_concern_has_sources_and_no_place_where_needles_never_go_has_any() -> None:
    assert set(BY_CONCERN) == set(CONCERNS)
    assert not set(BY_AREA) & set(NEVER)


@pytest.mark.parametrize(
    ("concern", "area", "left", "differ"),
    [
        ("fine lines", "forehead", span("0.5", "0.5"), False),
        ("pores", "nose", span("0.25", "0.5"), False),
        ("product absorption", "cheeks", span("0.13", "0.3"), True),
        ("stretch marks", "forehead", span("0.25", "0.5"), True),
        ("fine lines", "", span("0.5", "1.0", is_below=True), False),
        ("", "under eye", span("0.2", "0.3"), False),
        ("fine lines", "neck", None, False),
        ("fine lines", "elbow", None, False),
        ("stretch marks", "thighs", None, False),
        ("", "", None, False),
    ],
)
def test_concern_and_area_leave_what_both_name(
    concern: str, area: str, left: Span | None, differ: bool
) -> None:
    found = guidance(concern, area, HOME).together
    assert (found.span, found.differ) == (left, differ)


def test_home_never_suggests_a_length_for_professionals_whatever_its_rules_say() -> None:
    changed = [Policy("home", {"length.professional": value}) for value in ("none", "2.0", "0.5")]
    for policy in (HOME, *changed):
        limit = limit_of(policy)
        assert limit is not None
        assert limit <= HOME_LIMIT
        for concern in ("", *CONCERNS):
            for area in ("", *AREAS):
                offered = guidance(concern, area, policy).together.span
                assert offered is None or offered.longest < limit or offered.is_below
                assert offered is None or offered.longest <= limit
                assert offered is None or offered.shortest < limit


def test_a_clinic_sees_the_whole_spread() -> None:
    found = guidance("acne scars", "cheeks", CLINIC)
    assert found.together.span == span("0.5", "1.0")
    assert (found.limit, found.together.held_back) == (None, False)
    at_home = guidance("acne scars", "cheeks", HOME).together
    assert (at_home.span, at_home.held_back) == (span("0.5", "1.0", is_below=True), True)


def test_agreement_is_counted_source_by_source() -> None:
    cheeks = of_area("cheeks")
    assert cheeks is not None
    assert cheeks.agreeing(span("1.0", "1.0")) == 3
    assert cheeks.agreeing(span("1.01", "2.0")) == 1
    assert cheeks.agreeing(span("0.1", "0.49")) == 0
    assert of_area("back") is None


def test_rests_are_those_named_for_the_length_and_the_scalp_has_one_that_was_tried() -> None:
    assert [each.words for each in pauses(MM("0.75"))][:2] == ["4 weeks", "2 to 4 weeks"]
    assert {each.source for each in pauses(MM("1.5"))} >= {"bestgiftshopper.com", "SkinPen label"}
    assert pauses(MM("1.5"), "scalp")[0] is SCALP_PAUSE
    assert SCALP_PAUSE not in pauses(MM("1.51"), "scalp")
    assert SCALP_PAUSE not in pauses(MM("1.5"))
    assert pauses(MM("5")) == []


def test_a_length_leads_back_to_what_names_it() -> None:
    concerns, areas = places_of(MM("0.25"))
    assert "product absorption" in concerns
    assert "stretch marks" not in concerns
    assert "under eye" in areas
    assert "cheeks" not in areas
    assert places_of(MM("3.0")) == ((), ())
