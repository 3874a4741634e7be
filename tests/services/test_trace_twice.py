"""The sets of a trace are the same, said a second time over the raw journal: random lives, a whole clinic."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from harness.stations import MINUTE, START, Clock
from harness.trace_oracle import Oracle

from rollertrack.domain import events as ev
from rollertrack.domain import trace as tr
from rollertrack.domain.code import Kind, make
from rollertrack.domain.lots import look, norm
from rollertrack.domain.trace import Question
from rollertrack.sample.writing import write_sample
from rollertrack.services import lists, tracing, upkeep
from rollertrack.services.station import Station
from rollertrack.store.journal import Journal
from rollertrack.store.store import Store

HISTORIES, SAMPLED = 500, 96
LEAST_IN_A_PACK = 5
_LOTS = ("A12Z", "a-12z", "A 12/Z", "AI2Z", "AL2Y", "A12", "-", "")
_AGENTS = ("alcohol", "quat")


class Life:
    """One small house of its own: some rollers, persons and bottles, whose lots no other house has."""

    def __init__(self, journal: Journal, number: int, clock: Clock) -> None:
        self._dice = dice = Random(f"history {number}")
        self._journal, self._clock, self.number = journal, clock, number
        self.rollers = [make(Kind.ROLLER, dice.choice) for _ in range(dice.randint(3, 6))]
        self.persons = [make(Kind.PERSON, dice.choice) for _ in range(3)]
        self.solutions = [make(Kind.SOLUTION, dice.choice) for _ in range(2)]

    def live(self) -> None:
        for person in self.persons:
            self._append(person, ev.PersonRegistered(label="p"))
        for solution in self.solutions:
            self._append(solution, ev.SolutionRegistered(agent="alcohol"))
        for roller in self.rollers:
            self._append(roller, ev.Registered(**self._facts()))
        for _ in range(self._dice.randint(10, 30)):
            self._clock.now += self._dice.choice((0, 1, MINUTE, 7 * MINUTE, 30 * MINUTE)) + 1
            self._dice.choice(self._steps)(self)

    def _append(self, stream: str, payload: ev.Payload, **named: str | None) -> None:
        """An entry of now, or a late one."""
        dice, now = self._dice, self._clock.now
        at = now if dice.random() < 0.7 else now - dice.choice((1, 7 * MINUTE, 30 * MINUTE, 90 * MINUTE))
        self._journal.append(stream, payload, at, now, 0, **named)

    def _facts(self) -> dict[str, Any]:
        lot = self._dice.choice(_LOTS)
        return {
            "length": Decimal(self._dice.choice(("0.25", "0.50"))),
            "maker": f"{self._dice.choice(('Titan', 'TITAN', 'Crown'))}{self.number}",
            "lot": f"{self.number}X{lot}" if len(lot) > 1 else lot,
            "product": self._dice.choice(("", "", f"product {self.number}")),
        }

    @property
    def _roller(self) -> str:
        return self._dice.choice(self.rollers)

    def _mend(self) -> None:
        self._append(self._roller, ev.Amended(**self._facts()))

    def _use(self) -> None:
        self._append(self._roller, ev.Used(word="USE"), person=self._dice.choice((*self.persons, None)))

    def _soak(self) -> None:
        dice = self._dice
        bath: dict[str, Any] = {
            "agent": dice.choice(_AGENTS),
            "required": dice.choice((None, 60)),
            "planned": 60,
        }
        solution, now = dice.choice((*self.solutions, None)), self._clock.now
        for roller in dice.sample(self.rollers, dice.randint(1, 2)):
            self._journal.append(
                roller, ev.DisinfectionStarted(**bath), now, now, 0, solution=solution
            )  # fmt: skip

    def _end(self) -> None:
        self._append(self._roller, ev.DisinfectionEnded(early=self._dice.random() < 0.2))

    def _disinfect(self) -> None:
        dice = self._dice
        seconds, objection = dice.choice((0, 60, 3600)), dice.choice(("", "", "too weak"))
        payload = ev.Disinfected(agent="alcohol", required=60, seconds=seconds, objection=objection)
        self._append(self._roller, payload, solution=dice.choice((*self.solutions, None)))

    def _void(self) -> None:
        stream = self._dice.choice((*self.rollers, *self.solutions))
        entry = self._dice.randint(1, len(self._journal.stream(stream)))
        self._append(stream, ev.Voided(entry=entry, reason="wrong"))

    def _test(self) -> None:
        self._append(self._dice.choice(self.solutions), ev.Tested(passed=self._dice.random() < 0.6))

    def _retire(self) -> None:
        self._append(self._roller, ev.Retired(reason="worn"))

    _steps = (_mend, _use, _use, _use, _soak, _soak, _soak, _end, _end, _disinfect, _void, _test, _retire)


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Station, Sequence[Life], Oracle]]:
    """Five hundred houses on one database, and what answers a second time."""
    path, clock = tmp_path_factory.mktemp("lives") / "lives.db", Clock(START)
    with closing(Store(path)) as store:
        with store.transaction() as journal:
            known = [Life(journal, number, clock) for number in range(HISTORIES)]
            for life in known:
                life.live()
        with closing(sqlite3.connect(path)) as connection:
            yield Station(store, clock, Random("x").choice), known, Oracle(connection)


def test_five_hundred_random_histories_have_the_same_sets_twice(
    lives: tuple[Station, Sequence[Life], Oracle],
) -> None:
    station, known, oracle = lives
    found = dict.fromkeys((*tr.OF_LOTS, "rollers"), 0)
    with station.store.reading():
        for life in known:
            for written in ("a 12z", "AI2Z"):
                lot = f"{life.number}x{written}"
                sets = _sets(station, Question(tr.LOT, lot))
                assert sets == oracle.of_lot(norm(lot), look(lot)), f"history {life.number}, lot {lot}"
                _count(found, sets)
            for solution in life.solutions:
                for last_pass in (False, True):
                    question = Question(tr.SOLUTION, solution, last_pass=last_pass)
                    sets = _sets(station, question)
                    again = oracle.of_solution(solution, since_last_pass=last_pass)
                    assert sets == again, f"history {life.number}, {question}"
                    _count(found, sets)
    # None of them is empty all along, or the comparison would say nothing.
    assert min(found.values()) > HISTORIES // 100, found


def test_a_sample_clinic_whose_packs_share_lots_has_the_same_sets_twice(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    with closing(Store(path)) as store:
        write_sample(store, rollers=SAMPLED, now=START)
        station = Station(store, Clock(START), Random("x").choice)
        with closing(sqlite3.connect(path)) as connection:
            oracle, pieces = Oracle(connection), 0
            for lot in oracle.lots():
                sets = _sets(station, Question(tr.LOT, lot))
                assert sets == oracle.of_lot(lot, look(lot)), lot
                pieces = max(pieces, len(sets[tr.HAS]))
            bottles = [row.code for row in lists.list_solutions(station)]
            for code in bottles:
                assert _sets(station, Question(tr.SOLUTION, code)) == oracle.of_solution(code), code
    assert pieces >= LEAST_IN_A_PACK


def _sets(station: Station, question: Question) -> dict[str, list[str]]:
    found = tracing.trace(station, question).trace
    return {name: list(codes) for name, codes in found.sets.items()}


def _count(found: dict[str, int], sets: dict[str, list[str]]) -> None:
    for name, codes in sets.items():
        found[name] += bool(codes)


def test_the_random_histories_are_kept_as_they_are_folded(
    lives: tuple[Station, Sequence[Life], Oracle],
) -> None:
    station, _, _ = lives
    assert "in the list" not in upkeep.verify(station).fault  # their uses were told without sessions
