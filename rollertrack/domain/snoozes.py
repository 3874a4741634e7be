"""What is due and put off: for which thing, until when, why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rollertrack.domain.events import Event, Snoozed

SNOOZABLE = ("wash", "take out", "discard", "test", "bin", "replace", "order")
"""What may be due, in the order in which it is told."""


class Snooze(NamedTuple):
    """One thing put off by an entry; `until` is when it is due again, in microseconds UTC."""

    what: str
    entry: int
    until: int
    reason: str


def snooze_of(event: Event) -> Snooze:
    """What an entry puts off."""
    payload = event.payload
    assert isinstance(payload, Snoozed)
    return Snooze(payload.what, event.seq, payload.until, payload.reason)


def snoozes_of(events: Iterable[Event]) -> tuple[Snooze, ...]:
    """All that some entries put off, in their order."""
    return tuple(snooze_of(event) for event in events if isinstance(event.payload, Snoozed))


def of_debts(snoozes: Iterable[Snooze], debts: Mapping[str, int | None]) -> tuple[Snooze, ...]:
    """The snoozes without those of a debt that is paid, or made by an entry after them: nobody put it off.

    `debts` names the entry that made each, None for one that is paid. The order of entry decides: what was
    told late happened before the snooze, and nobody knew it then.
    """
    return tuple(
        each
        for each in snoozes
        if each.what not in debts or ((made := debts[each.what]) is not None and made < each.entry)
    )


def snoozed(snoozes: Sequence[Snooze], what: str, now: int) -> Snooze | None:
    """What puts a thing off now: of each thing the word said last counts."""
    last = _newest(snoozes).get(what)
    return last if last is not None and now < last.until else None


def _newest(snoozes: Iterable[Snooze]) -> dict[str, Snooze]:
    return {each.what: each for each in sorted(snoozes, key=lambda each: each.entry)}


_BETWEEN, _BEHIND = "\t", "\n"
_PARTS = len(Snooze._fields)
"""No clean line of text holds either."""


def as_text(snoozes: Sequence[Snooze]) -> str:
    """Snoozes as a list keeps them, the newest of each thing; empty for none."""
    if not snoozes:
        return ""
    return _BEHIND.join(_BETWEEN.join(map(str, each)) for each in _newest(snoozes).values())


def from_text(text: str) -> tuple[Snooze, ...]:
    """Snoozes out of a list; what is out of form puts nothing off."""
    lines = (line.split(_BETWEEN) for line in text.split(_BEHIND))
    return tuple(
        Snooze(what, int(entry), int(until), reason)
        for what, entry, until, reason in (line for line in lines if len(line) == _PARTS)
        if entry.isdecimal() and until.isdecimal()
    )
