"""The inspector's report: everything of a span that an inspector asks for, read out of the journal."""

from collections import Counter

from rollertrack.domain.inspection import Inspection, Section
from rollertrack.domain.reports import Period
from rollertrack.domain.text import required_line
from rollertrack.services import inspection_goods as goods
from rollertrack.services import inspection_rollers as rollers
from rollertrack.services.inspected import Inspected, Rows
from rollertrack.services.report_uses import washes_of
from rollertrack.services.sealing import seal
from rollertrack.services.station import Station
from rollertrack.wording import inspection as say


def inspection(station: Station, place: str, span: Period) -> Inspection:
    """The report of a span; `place` is what the establishment is called."""
    named = required_line("place", place)
    with station.store.reading() as journal:
        read, washes = Inspected(station, journal, span), washes_of(station, span)
        sections = (
            _section(read, say.USES, rollers.uses(read)),
            _section(read, say.WASHES, rollers.washes(read)),
            _section(read, say.MISSING, rollers.missing(read, washes)),
            _section(read, say.PACKS, goods.packs_received(read)),
            _section(read, say.BINS, goods.bins(read)),
            _section(read, say.INCIDENTS, goods.incidents_open(read)),
            _section(read, say.VOIDED, rollers.voided(read)),
            _section(read, say.PERSONS, rollers.persons(read)),
        )
        counts = say.counts(read.counts, Counter(each.outcome for each in washes))
        return Inspection(
            named, span, station.clock(), journal.policy().profile, str(seal(station)), counts, sections
        )


def _section(read: Inspected, heads: say.Heads, rows: Rows) -> Section:
    """A section with its rows in the order in which things happened."""
    ordered = sorted(rows)
    read.counts[heads.title] = len(ordered)
    texts = tuple(row for _, row in ordered)
    return Section(heads.title, heads.columns, heads.widths, texts, heads.empty)
