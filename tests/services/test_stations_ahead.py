"""Two stations whose clocks differ by less than the tolerance: nothing on record is overlooked."""

import random
from pathlib import Path

import pytest

from rollertrack.domain.words import State, Word
from rollertrack.services import checking, keeping, lists, people, registering, using, washing
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store

NOON = 1_795_348_800_000_000
MINUTE = 60_000_000


@pytest.fixture
def stations(tmp_path: Path) -> tuple[Station, Station]:
    """One station, and another on the same database whose clock runs three minutes ahead."""
    choose = random.Random(1).choice
    here = Station(Store(tmp_path / "station.db"), lambda: NOON, choose)
    ahead = Station(Store(tmp_path / "station.db"), lambda: NOON + 3 * MINUTE, choose)
    people.first_start(here)
    return here, ahead


def fresh_roller(station: Station) -> str:
    code = registering.add(station, {"length": "0.2"}, at=NOON - 60 * MINUTE).codes[0]
    washing.disinfect(station, [code], Bath("alcohol", minutes="10"), at=NOON - 30 * MINUTE)
    return code


def test_a_use_just_logged_ahead_is_a_debt_here(stations: tuple[Station, Station]) -> None:
    here, ahead = stations
    code = fresh_roller(here)
    using.use(ahead, code, Use())
    assert checking.check(here, code).verdict.word is Word.WASH
    assert lists.roller_rows(here, lists.listing(here).ids)[0].state is State.DIRTY


def test_a_retirement_just_logged_ahead_stops_here_and_in_the_list(
    stations: tuple[Station, Station],
) -> None:
    here, ahead = stations
    code = fresh_roller(here)
    keeping.retire(ahead, code, "bent")
    assert checking.check(here, code).verdict.word is Word.STOP
    assert lists.listing(here, state=State.RETIRED).codes == [code]


def test_a_session_just_logged_ahead_is_told_at_the_next_roller(
    stations: tuple[Station, Station],
) -> None:
    here, ahead = stations
    used, other = fresh_roller(here), fresh_roller(here)
    using.use(ahead, used, Use())
    verdict = checking.check(here, other).verdict
    assert verdict.word is Word.CARE
    assert "Second piece in this session, 0 s ago." in [each.message for each in verdict.findings]


def test_a_past_moment_still_leaves_out_what_came_later(stations: tuple[Station, Station]) -> None:
    here, ahead = stations
    code = fresh_roller(here)
    using.use(ahead, code, Use())
    assert checking.check(here, code, at=NOON - MINUTE).verdict.word is Word.USE


@pytest.mark.parametrize(
    ("bottle", "typed", "counts"), [("50", "70", False), ("70", "70", True), ("70", "", True)]
)
def test_a_typed_strength_does_not_hide_a_weak_bottle(
    stations: tuple[Station, Station], bottle: str, typed: str, counts: bool
) -> None:
    from rollertrack.services.solutions import SolutionFacts, add_solution

    here, _ = stations
    code = registering.add(here, {"length": "0.2"}, at=NOON - 60 * MINUTE).codes[0]
    facts = SolutionFacts(agent="alcohol", strength=bottle)
    solution = add_solution(here, facts, at=NOON - 50 * MINUTE).codes[0]
    bath = Bath("alcohol", solution, strength=typed, minutes="10")
    washing.disinfect(here, [code], bath, at=NOON - 30 * MINUTE)
    assert (checking.check(here, code).verdict.word is Word.USE) is counts
