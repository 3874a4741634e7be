"""The days of the story, counted back from the moment it ends."""

from random import Random

from rollertrack.domain.policy import DAY, SECOND
from rollertrack.services.times import at_offset

MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
STORY_DAYS = 730
_GRAIN = 5 * MINUTE


class Calendar:
    """The last two years as seen from `end`: the last full five minutes before `now`, microseconds UTC.

    The coarse end lets two runs shortly after one another tell the same story, and leaves the soak that runs
    at its end some minutes.
    """

    def __init__(self, now: int) -> None:
        self.end = now - now % _GRAIN
        shift = at_offset(self.end) * MINUTE
        self._midnight = self.end - (self.end + shift) % DAY

    def day(self, ago: int, hour: float = 12) -> int:
        """An instant some days ago, at an hour of the station's local day."""
        return self._midnight - ago * DAY + int(hour * HOUR)

    def evening(self, ago: int, random: Random) -> int:
        """A moment between seven and half past ten in the evening, some days ago."""
        return self.day(ago, 19) + random.randrange(210 * 60) * SECOND

    def ago(self, micros: int) -> int:
        """The instant that long before the end."""
        return self.end - micros
