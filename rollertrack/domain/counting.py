"""What a stream comes to before its fold: the newest instant on record, the facts as last entered."""

from collections.abc import Sequence
from typing import TypeVar, cast

from rollertrack.domain.events import Body, Event, voided_entries

Facts = TypeVar("Facts", bound=Body)


def newest_instant(events: Sequence[Event]) -> int:
    """The newest time on record, of happening or of entering; voids count, what they took back does not."""
    voided = voided_entries(events)
    return max((max(each.at, each.recorded_at) for each in events if each.seq not in voided), default=0)


def entered_facts(
    counting: Sequence[Event], first: type[Body], facts: type[Facts]
) -> tuple[Event, Facts] | None:
    """The registration, and the facts as entered last; None when no registration counts."""
    known = sorted((each for each in counting if isinstance(each.body, facts)), key=lambda each: each.seq)
    begun = [each for each in known if type(each.body) is first]
    return (begun[-1], cast(Facts, known[-1].body)) if begun else None
