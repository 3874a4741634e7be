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
    station: Station, text: str, person: str | None, *, is_paired: bool, uid: str = ""
) -> tuple[Scan, Look | None]:
    """What a text names, and how it looks when that is a roller."""
    with station.store.reading():
        scan = identify(station, text)
        is_roller = scan.kind is Kind.ROLLER
        return scan, look(station, text, person, is_paired=is_paired, uid=uid) if is_roller else None


def look(station: Station, text: str, person: str | None, *, is_paired: bool, uid: str = "") -> Look:
    """Read what a page shows, in one consistent view; a label's own text, so that an old one is warned of."""
    with station.store.reading() as journal:
        now = station.clock()
        if not is_paired:
            return Look(checking.check(station, _LINK + text), None, None, now)
        bound_to = roller_of(journal, read_code(station, text, Kind.ROLLER)).bound_to
        record = records.show(station, text, person or bound_to)
        answer = record.answer._replace(label_warning=checking.label_warning(station, _LINK + text))
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
