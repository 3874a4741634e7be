"""Proven labels: a label counts once it was scanned back, and an old one is told from the current one."""

from typing import NamedTuple

from rollertrack.domain.code import Kind, is_label_text, mark_of, shown
from rollertrack.domain.events import LabelProven
from rollertrack.domain.labelled import Labels, LabelSight
from rollertrack.errors import BadInput
from rollertrack.services.station import Done, Station, deed, once, read_code, roller_of
from rollertrack.store import queries
from rollertrack.wording import done as say
from rollertrack.wording.dates import spoken_moment
from rollertrack.wording.sentences import clause


class UnprovenRow(NamedTuple):
    """A roller whose newest label was sent and not scanned back: when, to where, with which mark."""

    code: str
    name: str
    printed_at: int
    place: str
    mark: str


def look(station: Station, code: str, mark: str) -> tuple[LabelSight, str]:
    """What a scanned label is, with the warning it calls for, empty for the current label.

    Only for what was scanned: nine letters that were typed carry no mark and say nothing of a label.
    """
    with station.store.reading() as journal:
        labels = roller_of(journal, read_code(station, code, Kind.ROLLER)).labels
        return labels.sight(mark), warning(labels, mark)


def warning(labels: Labels, mark: str) -> str:
    """What to do about a label that is not the current one, in a sentence or two; empty for any other."""
    match labels.sight(mark):
        case LabelSight.OLD if labels.proven_at is None:
            return (
                f"This is an old label: {_current(labels)} was printed {spoken_moment(labels.printed_at)}"
                " and never scanned. Stick that one on and scan it, then destroy this one."
            )
        case LabelSight.OLD:
            printed = spoken_moment(labels.printed_at)
            return f"This is an old label, destroy it: {_current(labels)} was printed {printed}."
        case LabelSight.AHEAD:
            which = f"with the mark {mark}" if mark else "without a mark"
            return f"A label {which} is not on record: print a new one, then destroy this one."
        case _:
            return ""


def _current(labels: Labels) -> str:
    return f"the one with the mark {labels.mark}" if labels.mark else "the one without a mark"


@once
def prove(
    station: Station, code: str, mark: str = "", *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Log that the current label of a roller was scanned back; the mark may also stand before the code.

    Raises BadInput for a label that was never printed or is not the current one, and for a code in threes,
    which no label holds.
    """
    scanned = mark or mark_of(code)
    with deed(station, at, operator) as now:
        roller = now.roller(code)
        name = shown(roller.code)
        if not is_label_text(code):
            raise BadInput("code", f"{name} was typed, or read off a page; scan the label itself")
        match roller.labels.sight(scanned):
            case LabelSight.UNPROVEN:
                event = now.append(roller.code, LabelProven(mark=scanned))
                return Done("prove", (roller.code,), now.at, say.label_proven(roller.code), (event.seq,))
            case LabelSight.PROVEN:
                message = say.label_proven_already(roller.code, roller.label_proven_at)
                return Done("prove", (roller.code,), now.at, message)
            case LabelSight.NONE:
                raise BadInput("code", f"no label of {name} was printed so far; print one, then scan it")
            case _:
                raise BadInput("code", _refusal(roller.labels, roller.code, scanned))


def _refusal(labels: Labels, code: str, mark: str) -> str:
    if not mark:
        # Never "destroy it": the letters may have been typed off the current label.
        current = shown(code, labels.mark or "")
        return f"the current label reads {current}; without the mark it is an old one, or was typed"
    return clause(warning(labels, mark))


def has_printed(station: Station) -> bool:
    """Whether the label of any roller in use was printed."""
    with station.store.reading():
        return queries.has_printed(station.store.database)


def unproven(station: Station) -> tuple[UnprovenRow, ...]:
    """The rollers in use whose newest label was never scanned back, the newest printed first."""
    with station.store.reading():
        rows = queries.unproven(station.store.database)
    return tuple(UnprovenRow(*row) for row in rows)
