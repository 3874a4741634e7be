"""What is due and put off: for which thing, until when, why."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rollertrack.domain.events import Event, Snoozed

SNOOZABLE = ("wash", "take out", "discard", "test", "bin", "replace", "order")
"""What may be due, in the order in which it is told."""
_AT_ONCE = frozenset({"wash", "take out"})
"""Due from a deed on: another deed makes another debt, which nobody has put off."""


class Snooze(NamedTuple):
    """One thing put off: `at` is when that was said (microseconds UTC), `until` when it is due again."""

    what: str
    at: int
    until: int
    reason: str

    def holds(self, what: str, on: int, now: int) -> bool:
        """Whether it puts off what is due since or on an instant."""
        is_another = what in _AT_ONCE and on > self.at
        return what == self.what and now < self.until and not is_another


def snooze_of(event: Event) -> Snooze:
    """What an entry puts off."""
    payload = event.payload
    assert isinstance(payload, Snoozed)
    return Snooze(payload.what, event.at, payload.until, payload.reason)


def snoozes_of(events: Iterable[Event]) -> tuple[Snooze, ...]:
    """All that some entries put off, in their order."""
    return tuple(snooze_of(event) for event in events if isinstance(event.payload, Snoozed))


def snoozed(snoozes: Sequence[Snooze], what: str, on: int, now: int) -> Snooze | None:
    """What puts a thing off now: of each thing the word said last counts."""
    last = next((each for each in reversed(snoozes) if each.what == what), None)
    return last if last is not None and last.holds(what, on, now) else None


def said_already(counting: Sequence[Event], payload: Snoozed) -> bool:
    """Whether the very same was said last, of a debt that nothing since can have made another."""
    for event in reversed(counting):
        if isinstance(event.payload, Snoozed):
            if event.payload.what == payload.what:
                return event.payload == payload
        elif payload.what in _AT_ONCE:
            return False
    return False


_BETWEEN, _BEHIND = "\t", "\n"
_PARTS = len(Snooze._fields)
"""No clean line of text holds either."""


def as_text(snoozes: Sequence[Snooze]) -> str:
    """Snoozes as a list keeps them, the newest of each thing; empty for none."""
    newest = {each.what: each for each in snoozes}
    return _BEHIND.join(_BETWEEN.join(map(str, each)) for each in newest.values())


def from_text(text: str) -> tuple[Snooze, ...]:
    """Snoozes out of a list; what is out of form puts nothing off."""
    lines = (line.split(_BETWEEN) for line in text.split(_BEHIND))
    return tuple(
        Snooze(what, int(at), int(until), reason)
        for what, at, until, reason in (line for line in lines if len(line) == _PARTS)
        if at.removeprefix("-").isdecimal() and until.isdecimal()
    )
