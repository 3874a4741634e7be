"""What a page needs to know of a roller, read in one consistent view."""

from dataclasses import replace
from typing import NamedTuple

from rollertrack.domain.answer import Answer
from rollertrack.phone.forms import Asked, Offered
from rollertrack.services import checking, keeping, lists, people, policies, records, washing
from rollertrack.services.station import Done, Station, said_before

_LINK = "http://label/"


class Look(NamedTuple):
    """A roller as a phone sees it; `asked` only where the phone is paired."""

    answer: Answer
    asked: Asked | None
    done: Done | None
    now: int


def look(station: Station, text: str, person: str | None, *, is_paired: bool, uid: str = "") -> Look:
    """Read what a page shows, in one consistent view; a label's own text, so that an old one is warned of."""
    with station.store.reading():
        now = station.clock()
        if not is_paired:
            return Look(checking.check(station, _LINK + text), None, None, now)
        record = records.show(station, text)
        whose = person or record.bound_to
        answer = checking.check(station, _LINK + text, person=whose)
        record = replace(record, answer=answer)  # what is told of the skin is told of this person
        offered = _offered(station)
        asked = Asked(
            record, answer.verdict, answer.person, answer.head, offered,
            washing.asked_at_end(station, [record.code]) if record.soak else frozenset(),
            keeping.undone_unasked(station, record.code), bool(washing.sealed(station, [record.code])), now,
        )  # fmt: skip
        return Look(answer, asked, said_before(station, uid) if uid else None, now)


def _offered(station: Station) -> Offered:
    return Offered(
        policies.policy_in_force(station),
        tuple(people.list_persons(station)),
        tuple(people.open_bins(station)),
        tuple(row for row in lists.list_solutions(station) if row.discarded_at is None),
    )
