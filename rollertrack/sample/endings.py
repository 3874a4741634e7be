"""How the story of one roller ends: the deeds that leave it as a list shows it."""

from dataclasses import dataclass

from rollertrack.sample import goods
from rollertrack.sample.days import HOUR, MINUTE, Calendar
from rollertrack.sample.diary import Diary
from rollertrack.services import keeping


@dataclass(frozen=True, slots=True)
class Ending:
    """The last page of a roller's story; `ago` is the day of its last evening, `place` counts its fate."""

    diary: Diary
    calendar: Calendar
    ago: int
    place: int
    other: str

    @property
    def noon(self) -> int:
        """The day after the last evening, when everything late is entered."""
        return self.calendar.day(self.ago - 1, 12)


def fresh(end: Ending) -> None:
    """Washed within the last day; the first of them an hour ago, the next ones longer."""
    hours = 1 + 5 * (end.place % 5)
    end.diary.wash(end.calendar.ago(hours * HOUR + end.diary.random.randrange(40) * MINUTE))


def dirty(end: Ending) -> None:
    """Used and not washed: the first fourteen hours ago, the others this morning."""
    end.diary.session(end.calendar.ago(14 * HOUR + 5 * MINUTE if end.place == 0 else 3 * HOUR))


def forgotten(end: Ending) -> None:
    """Used one evening more, and laid aside unwashed."""
    end.diary.session(end.calendar.evening(end.ago - 2, end.diary.random))


def soaking(end: Ending) -> None:
    """In the soak as the story ends: the first for another six minutes."""
    if end.place == 0:
        end.diary.soak(end.calendar.ago(4 * MINUTE), "10")
    else:
        end.diary.soak(end.calendar.ago(8 * MINUTE), "30")


def stale(end: Ending) -> None:
    """Washed the day after its last evening, and not since."""
    end.diary.wash(end.noon)


def faulty(end: Ending) -> None:
    """Washed well, and then once more in a way that does not count."""
    end.diary.wash(end.noon)
    slip = end.diary.stop_early if end.place % 2 == 0 else end.diary.wash_badly
    slip(end.noon + 3 * HOUR)


def retired(end: Ending) -> None:
    """Ended for a fault of its own, into the sharps bin."""
    reason = end.diary.random.choice(goods.RETIRED)
    end.diary.enter(end.noon, keeping.retire, reason, sharps_bin=end.diary.shelf.bin)


def lost(end: Ending) -> None:
    """Ended because nobody knows where it is."""
    end.diary.enter(end.noon, keeping.retire, end.diary.random.choice(goods.LOST))


def quarantined(end: Ending) -> None:
    """Put aside, and still there."""
    end.diary.enter(end.noon, keeping.quarantine, end.diary.random.choice(goods.QUARANTINED))


def failed(end: Ending) -> None:
    """The last look at its needles found something."""
    end.diary.enter(end.noon, keeping.inspect, fail=end.diary.random.choice(goods.FAILED))


def shared(end: Ending) -> None:
    """Used on someone else, against the gate."""
    excuse = end.diary.random.choice(goods.DESPITE_SHARED)
    end.diary.session(end.noon, despite=excuse, person=end.other)
