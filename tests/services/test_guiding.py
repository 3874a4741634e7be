"""The guide asked at a place: what is for professionals, after which needles the rests are, in words."""

from decimal import Decimal

import pytest

from rollertrack.domain.guide import NEVER
from rollertrack.services import policies, registering
from rollertrack.services.guiding import guided
from rollertrack.services.station import Station
from rollertrack.wording.guide import advice_document, advice_lines, guide_rows, mm


def _said(station: Station, **asked: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, text in advice_lines(guided(station, **asked)):
        said.setdefault(name, text)
    return said


def _after(station: Station, **asked: str) -> list[str]:
    return [mm(each.length) for each in guided(station, **asked).rests]


@pytest.mark.parametrize(("length", "is_told"), [("0.99", False), ("1.0", True), ("2.0", True)])
def test_home_says_of_a_length_for_professionals_what_it_is(
    station: Station, length: str, *, is_told: bool
) -> None:
    said = _said(station, length=length).get("At home", "")
    told = "Needles from 1 mm on are for professionals; none is suggested."
    assert said == (told if is_told else "")
    policies.set_policy(station, "profile", "clinic")
    assert "At home" not in _said(station, length=length)


def test_the_rest_is_told_for_lengths_that_there_are(station: Station) -> None:
    assert _after(station) == []
    assert _after(station, length="0.7") == ["0.7"]
    # Nobody owns one: the ends of what sources name below what is for professionals, and no 0.99.
    assert _after(station, concern="acne scars", area="cheeks") == ["0.5"]
    assert _after(station, concern="fine lines") == ["0.5", "0.75"]
    assert _after(station, area="neck") == []
    registering.add(station, {"length": "0.6"})
    registering.add(station, {"length": "1.0"})
    registering.add(station, {"length": "0.25"})
    assert _after(station, concern="acne scars", area="cheeks") == ["0.6"]
    assert _after(station, area="forehead") == ["0.25"]
    assert _said(station, concern="fine lines")["Rest"].startswith("after 0.6 mm ")
    document = advice_document(guided(station, concern="fine lines"))
    assert document["asked"]["length"] is None
    assert [each["after"] for each in document["rests"]] == [0.6]
    assert document["rest_days"] == document["rests"][0]["days"]
    assert document["rests_named"] == document["rests"][0]["named"]


def test_how_many_charts_go_further_is_said_in_a_word(station: Station) -> None:
    def told(area: str) -> str:
        return next(text for name, _, text in guide_rows(guided(station, area=area)) if name == area)

    assert told("forehead") == "0.25–0.5  all 3; one up to 0.75"
    assert told("abdomen") == "1–1.5  all 3; 2 up to 2.5"


def test_every_length_of_a_rest_is_one_that_somebody_named(station: Station) -> None:
    for area in ("", "cheeks", "scalp", "thighs"):
        for each in guided(station, "acne scars", area).rests:
            assert each.length < Decimal(1)
            assert each.length != Decimal("0.99")


def test_where_needles_never_go_no_length_is_named_anywhere(station: Station) -> None:
    """Neither for the concern beside it nor for the length that was asked for, in words, bars and JSON."""
    registering.add(station, {"length": "0.5"})
    for area in (*NEVER, "around the lips", "on my tattoo"):
        for length in ("", "0.5"):
            advice = guided(station, concern="acne scars", area=area, length=length)
            assert advice.never is not None, area
            assert guide_rows(advice) == []
            told = [text for name, text in advice_lines(advice) if name not in {"At home", "Never"}]
            assert [text for text in told if any(char.isdecimal() for char in text)] == []
            document = advice_document(advice)
            named = [document[name] for name in ("concern", "area", "together", "rest_days")]
            assert named == [None] * 4
            assert (document["rests"], document["named_for"]) == ([], {"concerns": [], "areas": []})
