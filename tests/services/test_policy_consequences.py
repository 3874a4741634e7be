"""What a change of the policy sets aside and loosens is said before and when it is made."""

import pytest

from rollertrack.services import policies
from rollertrack.services.station import Station


def test_another_profile_lists_what_it_sets_aside_and_what_it_loosens(station: Station) -> None:
    policies.set_policy(station, "freshness.hours", "12")
    policies.set_policy(station, "age.days", "60")
    told = policies.consequences(station, "profile", "clinic")
    assert told == policies.set_policy(station, "profile", "clinic").warnings
    own = "“Days after the first use” 60 d, “A disinfection stays fresh” 12 h."
    assert told[0] == f"Set aside, set in the home profile: {own}"
    assert told[1].startswith("Looser from now on: “A disinfection stays fresh” 12 h → 24 h, “")
    assert "uses." not in told[1]
    back = policies.set_policy(station, "profile", "home").warnings
    assert back[0] == "In force again" + told[0].removeprefix("Set aside")
    assert "1 use → 10 uses" in back[1]
    assert "stays fresh" not in back[1]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("25", ("That is looser than the source, which says 24 h: every verdict that it decides says so.",)),
        ("23", ()),
    ],
)
def test_a_value_looser_than_its_source_says_so_when_it_is_set(
    station: Station, value: str, said: tuple[str, ...]
) -> None:
    assert policies.consequences(station, "freshness.hours", value) == said
    assert policies.set_policy(station, "freshness.hours", value).warnings == said
    assert policies.set_policy(station, "freshness.hours", "default").warnings == ()
