"""The labels of one thing: which of them is the current one, and what a scanned one is."""

from collections.abc import Iterable
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from rollertrack.domain.events import Event, LabelPrinted, LabelProven

_NUMBER = attrgetter("seq")


class LabelSight(StrEnum):
    """What a label with a certain mark is, by the record."""

    NONE = "none"
    """No label was printed."""
    UNPROVEN = "unproven"
    """The current label, not scanned back so far."""
    PROVEN = "proven"
    """The current label, scanned back."""
    OLD = "old"
    """A newer one was printed since; this one is to be destroyed."""
    AHEAD = "ahead"
    """No printing on record explains its mark: that was undone, or the record is older than the label."""


class Labels(NamedTuple):
    """The labels printed of one thing, by the entries that count.

    `marks` are those of the labels in the order of entry, which is the order marks are given in: the last is
    the current label's, whose last sending and first scan `printed_at`, `place` and `proven_at` tell.
    """

    marks: tuple[str, ...] = ()
    printed_at: int | None = None
    proven_at: int | None = None
    place: str = ""

    @property
    def mark(self) -> str | None:
        """The mark of the current label; None when none was printed."""
        return self.marks[-1] if self.marks else None

    def sight(self, mark: str) -> LabelSight:
        """What a label with this mark is."""
        if mark == self.mark:
            return LabelSight.UNPROVEN if self.proven_at is None else LabelSight.PROVEN
        if mark in self.marks:
            return LabelSight.OLD
        return LabelSight.NONE if not self.marks and not mark else LabelSight.AHEAD


def labels_of(counting: Iterable[Event], until: int | None = None) -> Labels:
    """The labels after the entries that count; `until` leaves out what happened later."""
    about = [each for each in counting if isinstance(each.payload, LabelPrinted | LabelProven)]
    labels = Labels()
    for event in sorted(about, key=_NUMBER):
        if until is None or event.at <= until:
            labels = _after(labels, event)
    return labels


def _after(labels: Labels, event: Event) -> Labels:
    if isinstance(event.payload, LabelPrinted):
        return _printed(labels, event.payload, event.at)
    assert isinstance(event.payload, LabelProven)
    is_first = event.payload.mark == labels.mark and labels.proven_at is None
    return labels._replace(proven_at=event.at) if is_first else labels


def _printed(labels: Labels, payload: LabelPrinted, at: int) -> Labels:
    """A label with the mark of the one before is that one, sent once more."""
    again = payload.mark == labels.mark
    marks = labels.marks if again else (*labels.marks, payload.mark)
    return Labels(marks, max(at, labels.printed_at or at) if again else at, None, payload.place)
