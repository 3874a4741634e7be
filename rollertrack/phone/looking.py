"""What a page needs to know of a roller, read in one consistent view."""

from typing import NamedTuple

from rollertrack.domain.answer import Answer
from rollertrack.domain.code import Kind
from rollertrack.phone.forms import Asked, Offered
from rollertrack.services import checking, keeping, lists, people, policies, records, washing
from rollertrack.services.codes import Scan, identify
from rollertrack.services.station import Done, Station, read_code, roller_of, said_before

_LINK = "http://label/"


class Look(NamedTuple):
    """A roller as a phone sees it; `asked` only where the phone is paired."""

    answer: Answer
    asked: Asked | None
    done: Done | None
    now: int


def found(
    station: Station,
    text: str,
    person: str | None,
    *,
    is_paired: bool,
    uid: str = "",
    is_scanned: bool = True,
) -> tuple[Scan, Look | None]:
    """What a text names, and how it looks when that is a roller."""
    with station.store.reading():
        scan = identify(station, text, near_all=is_paired)
        is_roller = scan.kind is Kind.ROLLER
        if not is_roller:
            return scan, None
        return scan, look(station, text, person, is_paired=is_paired, uid=uid, is_scanned=is_scanned)


def look(
    station: Station,
    text: str,
    person: str | None,
    *,
    is_paired: bool,
    uid: str = "",
    is_scanned: bool = True,
    answers: tuple[str, ...] | None = None,
) -> Look:
    """Read what a page shows, in one consistent view; an old label that was scanned is warned of.

    A code that was typed or came from a page of ours has no mark, and says nothing of the label. With
    `answers` to the health questions the verdict is what it would be once they are logged.
    """
    label = f"{_LINK}{text}" if is_scanned else text
    with station.store.reading() as journal:
        now = station.clock()
        if not is_paired:
            return Look(checking.check(station, label), None, None, now)
        bound_to = roller_of(journal, read_code(station, text, Kind.ROLLER)).bound_to
        record = records.show(station, text, person or bound_to)
        answer = record.answer._replace(label_warning=checking.label_warning(station, label))
        offered = _offered(station)
        told = answer
        if answers is not None:
            told = checking.check(station, record.code, person=person or bound_to, answers=answers)
        asked = Asked(
            record, told.verdict, answer.person, answer.head, offered,
            washing.asked_at_end(station, [record.code]) if record.soak else frozenset(),
            keeping.undone_unasked(station, record.code), bool(washing.sealed(station, [record.code])), now,
            answers,
        )  # fmt: skip
        done = said_before(station, uid) if uid else None
        return Look(answer, asked, done if done and record.code in done.codes else None, now)


def _offered(station: Station) -> Offered:
    return Offered(
        policies.policy_in_force(station),
        tuple(people.list_persons(station)),
        tuple(people.open_bins(station)),
        tuple(row for row in lists.list_solutions(station) if row.discarded_at is None),
    )
