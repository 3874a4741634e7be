"""A disinfection that would have begun before a use of the same roller is asked about before it is logged."""

from collections.abc import Sequence

from rollertrack.domain.code import shown
from rollertrack.domain.events import Event, Used, effective
from rollertrack.domain.policy import SECOND
from rollertrack.domain.wording import minutes, spoken
from rollertrack.errors import Questioned
from rollertrack.services.station import Deed


def ask_about_uses(now: Deed, codes: Sequence[str], seconds: int) -> None:
    """Raise Questioned when a roller was used within the seconds up to the moment of the deed.

    Needles that were on skin meanwhile are not clean: either the use was earlier, or the wash was before it.
    """
    start = now.at - seconds * SECOND
    for code in codes:
        uses = [each for each in effective(now.journal.stream(code)) if isinstance(each.body, Used)]
        within = [each for each in uses if start < each.at <= now.at]
        if within:
            raise _questioned(within[-1], now.at, seconds)


def _questioned(use: Event, ended_at: int, seconds: int) -> Questioned:
    name, entry = shown(use.stream), f"entry {use.seq}"
    before = spoken(ended_at - use.at) + " before that" if ended_at > use.at else "just then"
    return Questioned(
        f"{name} was used {before} ({entry}), and {minutes(seconds)} began before the use."
        f" Was the use earlier? Then undo {entry} and log it again with its time (--at).",
        "Or was it washed before the use? --before-use records it, and it owes a wash all the same."
        " Nothing was logged.",
    )
