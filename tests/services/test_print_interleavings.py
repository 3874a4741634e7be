"""Whatever happens in whatever order: no label is sent twice unasked, none is lost, no two bear one mark."""

import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from harness.print_house import CONFIRMED, DESK, OFFICE, SENT, print_house, recorded, rollers, said
from harness.stations import HOUR, Clock
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rollertrack.domain.print_jobs import JobRow, JobState
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.printer import BrokenOff, NotSent, Outcome
from rollertrack.services import upkeep
from rollertrack.services.labels import ordering, queue, sending
from rollertrack.services.station import Station
from rollertrack.store.store import DeedElsewhere

OUTCOMES = ("confirmed", "sent", "refused", "broken", "stopped", "killed")
DONE = {JobState.SENT, JobState.CONFIRMED}


class Killed(BaseException):
    """The process is gone: nothing after this can write anything."""


class Queue(RuleBasedStateMachine):
    """A station, its printer and a user, and what a witness beside the printer counts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.outcome = "confirmed"
        self.asked: dict[int, str] = {}
        self.removed: set[int] = set()
        self.sendings: Counter[int] = Counter()
        self.allowed: Counter[int] = Counter()
        self.successes: Counter[str] = Counter()
        self.on_paper: dict[str, set[int]] = defaultdict(set)
        self._open()

    def _open(self) -> None:
        self.life = ExitStack()
        self.station: Station = self.life.enter_context(print_house(self.folder / "a.db", self.clock))
        self.life.enter_context(patch("rollertrack.services.labels.sending.send", self._send))

    @initialize()
    def have_rollers(self) -> None:
        self.codes = rollers(self.station, 2)

    def teardown(self) -> None:
        assert upkeep.verify(self.station).fault == ""
        self.life.close()
        shutil.rmtree(self.folder)

    @property
    def rows(self) -> tuple[JobRow, ...]:
        return queue.newest_jobs(self.station, 10_000)

    def _send(self, _printer: object, pictures: Sequence[Bitmap], *_: object, start: int) -> Outcome:
        """What a printer does; it knows from its paper alone which label this is."""
        assert start >= 1
        if self.outcome == "refused":
            raise NotSent("it is off")
        claimed = {(row.mark + row.code, row.id) for row in self.rows if row.state is JobState.SENDING}
        for text in {said(picture) for picture in pictures}:
            newest = max(number for label, number in claimed if label == text)
            self.sendings[newest] += 1
            self.on_paper[text].add(newest)
        if self.outcome == "broken":
            raise BrokenOff("it hung up")
        if self.outcome == "stopped":
            raise KeyboardInterrupt
        if self.outcome == "killed":
            self.station.store.reads_only = True
            raise Killed
        return SENT if self.outcome == "sent" else CONFIRMED

    @rule(which=st.sets(st.integers(0, 1), min_size=1), sheet=st.booleans(), copies=st.integers(1, 2))
    def ask(self, which: set[int], sheet: bool, copies: int) -> None:
        codes = [self.codes[each] for each in sorted(which)]
        request = replace(OFFICE if sheet else replace(DESK, media="50x25"), copies=copies)
        batch = ordering.enqueue(self.station, codes, request)
        for number, code in enumerate(codes, batch.id):
            self.asked[number] = code
            self.allowed[number] = 1

    @rule(outcome=st.sampled_from(OUTCOMES))
    def print_one(self, outcome: str) -> None:
        self.outcome = outcome
        before = {row.id for row in self.rows if row.state in DONE}
        try:
            sending.print_next(self.station)
        except KeyboardInterrupt:
            assert outcome == "stopped"
        except DeedElsewhere:  # what would still be written behind the kill
            assert outcome == "killed"
            self.life.close()
            self._open()
        for row in self.rows:
            if row.state in DONE and row.id not in before:
                self.successes[row.code] += 1

    @rule(hours=st.integers(0, 1))
    def wait(self, hours: int) -> None:
        self.clock.now += hours * HOUR

    @precondition(lambda self: any(row.state is JobState.FAILED for row in self.rows))
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        failed = [row.id for row in self.rows if row.state is JobState.FAILED]
        chosen = data.draw(st.sets(st.sampled_from(failed), min_size=1))
        queue.retry(self.station, chosen)
        self.allowed.update(chosen)

    @precondition(lambda self: bool(queue.unsent(self.station)))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sets(st.sampled_from(queue.unsent(self.station)), min_size=1))
        queue.cancel(self.station, chosen)

    @rule()
    def clear(self) -> None:
        self.removed |= {row.id for row in self.rows if row.state in DONE | {JobState.CANCELLED}}
        queue.clear(self.station)

    @invariant()
    def nothing_is_sent_twice_unasked(self) -> None:
        assert all(count <= self.allowed[number] for number, count in self.sendings.items())

    @invariant()
    def nothing_is_lost(self) -> None:
        assert {row.id: row.code for row in self.rows} == {
            number: code for number, code in self.asked.items() if number not in self.removed
        }

    @invariant()
    def the_record_holds_what_was_sent(self) -> None:
        for code in getattr(self, "codes", ()):
            marks = recorded(self.station, code)
            assert len(marks) == self.successes[code]
            assert len(set(marks)) == len(marks)

    @invariant()
    def no_two_labels_bear_one_mark(self) -> None:
        assert all(len(numbers) == 1 for numbers in self.on_paper.values())


TestQueue = Queue.TestCase
TestQueue.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
