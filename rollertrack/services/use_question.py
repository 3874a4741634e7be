"""A disinfection that would have begun before a use of the same roller is asked about before it is logged."""

from collections.abc import Sequence

from rollertrack.domain.code import shown
from rollertrack.domain.events import Event, Placed, Used, as_entered, at_the_latest, in_order
from rollertrack.domain.quantities import SECOND, minutes, spoken
from rollertrack.errors import Questioned
from rollertrack.services.station import Deed

_OR_BEFORE = (
    "Or was it washed before the use? --before-use records it, and it owes a wash all the same."
    " Nothing was logged."
)


def ask_about_uses(now: Deed, codes: Sequence[str], seconds: int) -> None:
    """Raise Questioned when a roller was, or may have been, used within the seconds up to the deed.

    Needles that were on skin meanwhile are not clean: either the use was earlier, or the wash was before it.
    """
    start = now.at - seconds * SECOND
    for code in codes:
        within = [each.event for each in _uses(now, code) if start < each.event.at <= now.at]
        if within:
            raise _questioned(within[-1], now.at, seconds)
        if astray := uses_astray(now, code, seconds):
            raise _untimed(astray[-1], seconds)


def uses_astray(now: Deed, code: str, seconds: int) -> list[Event]:
    """The uses by a clock that had gone back that may lie within the seconds up to the deed."""
    start, entered = now.at - seconds * SECOND, as_entered(now.journal.stream(code))
    found = []
    for each in _uses(now, code):
        latest = at_the_latest(each, entered)
        may_be = start < (now.recorded_at if latest is None else latest) and each.high <= now.at
        if each.is_astray and may_be and now.recorded_at >= each.high:
            found.append(each.event)
    return found


def _uses(now: Deed, code: str) -> list[Placed]:
    story = in_order(as_entered(now.journal.stream(code)))
    return [each for each in story if isinstance(each.event.body, Used)]


def _questioned(use: Event, ended_at: int, seconds: int) -> Questioned:
    name, entry = shown(use.stream), f"entry {use.seq}"
    before = spoken(ended_at - use.at) + " before that" if ended_at > use.at else "just then"
    return Questioned(
        f"{name} was used {before} ({entry}), and {minutes(seconds)} began before the use."
        f" Was the use earlier? Then undo {entry} and log it again with its time (--at).",
        _OR_BEFORE,
    )


def _untimed(use: Event, seconds: int) -> Questioned:
    name, entry = shown(use.stream), f"entry {use.seq}"
    return Questioned(
        f"{name} was used when the clock had gone back ({entry}), and {minutes(seconds)} may have begun"
        f" before the use. Was the use earlier? Then undo {entry} and log it again with its time (--at).",
        _OR_BEFORE,
    )
