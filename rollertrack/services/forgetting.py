"""Forget a person: what was written about them in somebody's own words is erased, and nothing else."""

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.errors import BadInput, StoreFailed
from rollertrack.services.station import Deed, Done, Station, deed, once, read_code
from rollertrack.store import erasable
from rollertrack.store.copies import copies_beside
from rollertrack.store.journal import rows_about
from rollertrack.wording import persons as say


@once
def forget(station: Station, code: str, *, at: str | int | None = None, operator: str | None = None) -> Done:
    """Erase the label of a person and every note about them for good; code, sessions and conditions stay."""
    with deed(station, at, operator, "forgetting a person") as now:
        found = read_code(station, code, Kind.PERSON)
        if not any(each.kind == "registered" for each in now.journal.stream(found)):
            now.person(found)  # raises that nobody is registered there
        _must_be_apart(now, found)
        texts = now.journal.erase(found)
        if not texts:
            raise BadInput("code", f"{shown(found)} is forgotten already; nothing is left to erase")
        event = now.append(found, ev.Forgotten(texts=len(texts)))
        erasable.erase_beside(station.store.database, found, texts)
        message = say.forgotten(found, len(texts))
        warnings = tuple(map(say.still_in, copies_beside(station.store.path)))
        return Done("person forget", (found,), now.at, message, (event.seq,), warnings)


def _must_be_apart(now: Deed, code: str) -> None:
    """Refuse where a text stands in the journal itself: out of a damaged stream it was not moved."""
    if not erasable.is_apart(rows_about(now.station.store.database, code)):
        raise StoreFailed(
            f"The record of {code} is not whole, and its texts cannot be erased. Run `rollertrack verify`."
        )
