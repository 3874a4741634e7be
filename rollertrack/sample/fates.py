"""How each roller of the sample stands when its story ends."""

from enum import Enum, auto


class Fate(Enum):
    """The end of one roller's story, named for what a list shows."""

    FAVOURITE = auto()
    READY = auto()
    SEALED = auto()
    CARE = auto()
    DIRTY = auto()
    FORGOTTEN = auto()
    SOAKING = auto()
    STALE = auto()
    FAULTY = auto()
    NEW = auto()
    USED_UP = auto()
    OVER = auto()
    AGED = auto()
    EXPIRED = auto()
    RETIRED = auto()
    LOST = auto()
    QUARANTINED = auto()
    FAILED = auto()
    SHARED = auto()


F = Fate

# The first rollers: within twelve every word is seen, within forty-eight every reason for it.
_BENCH = (
    F.FAVOURITE, F.DIRTY, F.SOAKING, F.STALE, F.CARE, F.USED_UP, F.STALE, F.SEALED, F.EXPIRED, F.FAULTY,
    F.QUARANTINED, F.STALE, F.READY, F.SHARED, F.STALE, F.FAILED, F.NEW, F.READY, F.STALE, F.RETIRED,
    F.STALE, F.AGED, F.STALE, F.DIRTY, F.READY, F.STALE, F.OVER, F.STALE, F.CARE, F.STALE, F.LOST, F.STALE,
    F.SOAKING, F.STALE, F.READY, F.STALE, F.USED_UP, F.STALE, F.FAULTY, F.STALE, F.STALE, F.READY, F.STALE,
    F.NEW, F.STALE, F.STALE, F.STALE, F.STALE,
)  # fmt: skip

# Beyond them a big inventory: mostly past its use or long unwashed, little of it in hand today.
_ARCHIVE = (
    F.USED_UP, F.STALE, F.AGED, F.STALE, F.USED_UP, F.READY, F.STALE, F.AGED, F.RETIRED, F.STALE, F.USED_UP,
    F.EXPIRED, F.STALE, F.FORGOTTEN, F.AGED, F.STALE, F.USED_UP, F.SEALED, F.STALE, F.OVER, F.AGED, F.STALE,
    F.USED_UP, F.LOST, F.STALE, F.NEW, F.AGED, F.CARE, F.USED_UP, F.FAULTY, F.STALE, F.USED_UP, F.AGED,
    F.STALE, F.FAILED, F.READY, F.STALE, F.USED_UP, F.SHARED, F.QUARANTINED,
)  # fmt: skip


def fate_of(number: int) -> Fate:
    """The fate of the roller of a number, from 0; the same in every inventory."""
    if number < len(_BENCH):
        return _BENCH[number]
    return _ARCHIVE[(number - len(_BENCH)) % len(_ARCHIVE)]
