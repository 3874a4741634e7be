"""What a stream comes to before its fold: the newest instant on record, the facts as last entered."""

from collections.abc import Sequence, Set
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar, cast

from rollertrack.domain.events import Event, Payload, Session, untimed_entries

_NUMBER, _TIME = attrgetter("seq"), itemgetter(0, 1)
Facts = TypeVar("Facts", bound=Payload)


class Newest(NamedTuple):
    """The newest time on a record, of happening or of entering, and the entry it stands in.

    A session is named by its use, as whose entry it is taken back.
    """

    at: int = 0
    stream: str = ""
    entry: int = 0
    is_registration: bool = False


def newest_entry(events: Sequence[Event], timeless: Set[int] | None = None) -> Newest:
    """The newest time on record; voids count, what they took back and a registration since mended do not."""
    if timeless is None:
        timeless = untimed_entries(events)
    times = [(max(each.at, each.recorded_at), each.seq, each) for each in events if each.seq not in timeless]
    if not times:
        return Newest()
    at, _, newest = max(times, key=_TIME)
    payload = newest.payload
    if isinstance(payload, Session):
        return Newest(at, payload.roller, payload.entry)
    return Newest(at, newest.stream, newest.seq, payload.kind == "registered")


def newest_instant(events: Sequence[Event]) -> int:
    """The newest time on record, of happening or of entering; 0 without one."""
    return newest_entry(events).at


def newest_entering(events: Sequence[Event]) -> int:
    """The newest moment at which something was entered; 0 without one."""
    timeless = untimed_entries(events)
    return max([each.recorded_at for each in events if each.seq not in timeless], default=0)


def entered_facts(
    counting: Sequence[Event], first: type[Payload], facts: type[Facts]
) -> tuple[Event, Facts] | None:
    """The registration, and the facts as entered last; None when no registration counts."""
    known = sorted([each for each in counting if isinstance(each.payload, facts)], key=_NUMBER)
    begun = [each for each in known if type(each.payload) is first]
    return (begun[-1], cast(Facts, known[-1].payload)) if begun else None
