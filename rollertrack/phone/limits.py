"""How often somebody may ask: a bucket each, filled again with time. Pure; the clock is handed in."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil

_MOST_BUCKETS = 10_000


class Buckets:
    """One bucket a name: so many at once, and so many a second after that."""

    def __init__(self, size: int, a_second: float, clock: Callable[[], float]) -> None:
        self._size = size
        self._a_second = a_second
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> int:
        """Take one; 0, or after how many whole seconds there is one again."""
        now = self._clock()
        left, since = self._left.pop(name, (float(self._size), now))
        left = min(float(self._size), left + max(0.0, now - since) * self._a_second)
        wait = 0 if left >= 1 else ceil((1 - left) / self._a_second)
        self._left[name] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > _MOST_BUCKETS:
            self._left.popitem(last=False)
        return wait
