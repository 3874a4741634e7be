"""The guide: what sources name for a concern and an area, beside the rollers of this place."""

from collections.abc import Sequence
from decimal import Decimal

from rollertrack.domain import guidance as gd
from rollertrack.domain import guide
from rollertrack.domain.guidance import Advice, Guidance, Owned, RestAfter
from rollertrack.domain.text import clean_line, needle_length
from rollertrack.errors import BadInput
from rollertrack.services.station import Station
from rollertrack.store.hundredths import from_hundredths
from rollertrack.store.report_queries import lengths_in_use


def guided(station: Station, concern: str = "", area: str = "", length: str = "") -> Advice:
    """What is said to a concern, an area and a needle length, each of which may be left out.

    BadInput for a concern that no source knows; an area that none knows is answered with that.
    """
    wanted = known_concern(concern)
    place = guide.AREA_WORDS.spelled(clean_line("area", area))
    asked = needle_length(length) if length.strip() else None
    with station.store.reading() as journal:
        policy = journal.policy()
        rows = lengths_in_use(station.store.database)
    found = gd.guidance(wanted, place, policy)
    never = guide.never(place) if place else None
    if never is not None:  # nothing is named there, whatever is named for the concern elsewhere
        found = Guidance(None, None, gd.Together(None), found.limit)
    owned = tuple(
        Owned(needles, row.rollers, row.name, found.limit is not None and needles >= found.limit)
        for row in rows
        if (needles := from_hundredths(row.length)) is not None
    )
    wished = asked if never is None else None
    about = [wished] if wished is not None else _at_hand(found, owned) if wanted or place else []
    rests = (RestAfter(each, policy.interval(each, place), tuple(gd.pauses(each, place))) for each in about)
    named_for = ((), ()) if wished is None else gd.places_of(wished)
    return Advice(wanted, place, asked, policy.profile, found, never, tuple(rests), owned, named_for)


def _at_hand(found: Guidance, owned: Sequence[Owned]) -> list[Decimal]:
    """The lengths that are here, of those that are named; where none is, the ends of what is named."""
    span = found.together.span
    own = {each.length for each in owned if span is not None and span.takes(each.length)}
    return sorted(own) or gd.named_lengths(found)


def known_concern(text: str) -> str:
    """A concern in its one spelling; BadInput names those there are."""
    words = guide.CONCERN_WORDS
    clean = clean_line("concern", text)
    if not clean or words.knows(clean):
        return words.spelled(clean)
    near = words.nearest(clean)
    right = f"nearest: {near}" if near else f"one of {', '.join(guide.CONCERNS)} is right"
    raise BadInput("concern", f"“{clean[:40]}” is not known; {right}")
