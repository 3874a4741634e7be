"""Labels printed ahead of their rollers: codes set apart, claimed later by registering a roller with one."""

from rollertrack.domain.code import Kind
from rollertrack.errors import BadInput
from rollertrack.services.station import Station, deed, new_codes
from rollertrack.store import lookups

MOST_BLANKS = 500


def draw(station: Station, count: int) -> tuple[str, ...]:
    """New roller codes for blank labels, which no record, no other blank and no later roller gets."""
    if not 1 <= count <= MOST_BLANKS:
        raise BadInput("blank", f"{count:,} is out of range; 1 to {MOST_BLANKS} is right")
    with deed(station) as now:
        codes = new_codes(now, Kind.ROLLER, count)
        lookups.keep_blanks(station.store.database, codes, now.recorded_at)
        return tuple(codes)
