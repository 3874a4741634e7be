"""Whose debt was put off: that of the entries before the word, whatever instants were told."""

import random
from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, MINUTE, QUICK_BATH, Clock, station_at

from rollertrack.errors import BadInput
from rollertrack.services import keeping, registering, using, washing
from rollertrack.services.due import due
from rollertrack.services.snoozing import snooze
from rollertrack.services.solutions import SolutionFacts, add_solution, discard_solution
from rollertrack.services.station import Station
from rollertrack.services.upkeep import verify
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.wording.dates import iso_day


def fresh(station: Station) -> str:
    code = registering.add(station, {"length": "0.25", "max_uses": "99"}).codes[0]
    washing.disinfect(station, code, QUICK_BATH)
    return code


def used(station: Station, code: str, at: int | None = None) -> None:
    using.use(station, code, Use(acknowledged=True, despite="only here"), at=at)


def put_off(station: Station, codes: str | list[str], what: str = "wash", at: int | None = None) -> None:
    snooze(station, codes, what, iso_day(station.clock() + 9 * DAY) or "", "away", at=at)


def stands(station: Station) -> tuple[list[str], list[str]]:
    found = due(station, 0)
    return [line.what for line in found.lines], [line.what for line in found.snoozed]


def test_a_use_told_after_the_word_was_put_off_by_nobody_whenever_it_was(
    station: Station, clock: Clock
) -> None:
    code = fresh(station)
    clock.now += HOUR
    used(station, code)
    clock.now += HOUR
    put_off(station, code)
    assert stands(station) == ([], ["wash"])
    clock.now += HOUR
    used(station, code, clock.now - 150 * MINUTE)  # before the word, and before the other use
    assert stands(station) == (["wash"], [])
    put_off(station, code)
    assert stands(station) == ([], ["wash"])
    keeping.undo(station, code, "never said")
    assert stands(station) == (["wash"], [])
    assert verify(station).fault == ""


def test_a_word_told_late_puts_off_what_was_there_when_it_was_entered(station: Station, clock: Clock) -> None:
    code = fresh(station)
    clock.now += HOUR
    used(station, code)
    clock.now += HOUR
    put_off(station, code, at=clock.now - 90 * MINUTE)
    assert stands(station) == ([], ["wash"])


def test_a_soak_that_is_put_off_says_nothing_of_the_next(station: Station, clock: Clock) -> None:
    code = fresh(station)
    washing.soak(station, [code], Bath("alcohol", cleaned=True))
    put_off(station, code, "take out")
    clock.now += HOUR
    assert stands(station) == ([], ["take out"])
    washing.done(station, [code])
    washing.soak(station, [code], Bath("alcohol", cleaned=True))
    clock.now += HOUR
    assert stands(station) == (["take out"], [])


def test_a_wash_is_put_off_only_where_every_use_since_the_last_was_known(tmp_path: Path) -> None:
    """Random lives; said once more: the word must have come after each use that no wash followed."""
    dice = random.Random(7)
    for number in range(12):
        clock = Clock()
        with station_at(tmp_path / f"{number}.db", clock) as station:
            code = fresh(station)
            uses, washed, word = list[tuple[int, int]](), clock.now, 0
            for order in range(1, 15):
                clock.now += dice.choice((30 * MINUTE, HOUR, 3 * HOUR))
                deed = dice.choice(("use", "late", "wash", "snooze"))
                dirty = [entry for at, entry in uses if at > washed]
                if deed == "wash":
                    washing.disinfect(station, code, QUICK_BATH)
                    washed = clock.now
                elif deed == "snooze" and dirty and not word > max(dirty):
                    put_off(station, code)
                    word = order
                elif deed in {"use", "late"}:
                    at = clock.now - (25 * MINUTE if deed == "late" else 0)
                    used(station, code, at)
                    uses.append((at, order))
                dirty = [entry for at, entry in uses if at > washed]
                expected = ([], ["wash"]) if dirty and word > max(dirty) else (["wash"] * bool(dirty), [])
                assert stands(station) == expected, (number, order, deed)
            assert verify(station).fault == ""


def test_what_is_due_of_nothing_is_not_put_off(station: Station, clock: Clock) -> None:
    clean, dirty, gone = (fresh(station) for _ in range(3))
    clock.now += HOUR
    used(station, dirty)
    used(station, gone)
    keeping.retire(station, gone, "worn")
    jar = add_solution(station, SolutionFacts("quat")).codes[0]
    discard_solution(station, jar, "cloudy")
    for codes, what in (
        (clean, "wash"), ([dirty, clean], "wash"), (dirty, "take out"), (gone, "wash"), (gone, "replace"),
        (jar, "discard"), (jar, "test"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match="is not due of") as raised:
            put_off(station, codes, what)
        assert raised.value.field == "what"
    assert stands(station) == (["wash"], [])
    done = snooze(station, [dirty, dirty], "wash", iso_day(clock.now + 9 * DAY) or "", "away")
    assert (done.codes, stands(station)) == ((dirty,), ([], ["wash"]))
