"""What the sources say together of a concern and an area: a spread, how many agree, and what is left."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.guide import LENGTHS, Never
from rollertrack.domain.guide_table import BY_AREA, BY_CONCERN, PAUSES, SCALP_PAUSE, Named, Pause
from rollertrack.domain.policy import Policy

HOME_LIMIT = Decimal("1.0")
"""Needles from here on are for professionals, in mm; at home no rule of one's own moves it up."""


class Span(NamedTuple):
    """Needles from one length to another, in mm; `is_below` says that the longer end is not in it."""

    shortest: Decimal
    longest: Decimal
    is_below: bool = False

    def takes(self, length: Decimal) -> bool:
        """Whether needles of a length are in it."""
        return self.shortest <= length <= self.longest and not (self.is_below and length == self.longest)

    def holds(self, named: Named) -> bool:
        """Whether a source names anything of it."""
        shortest = named.shortest or Decimal(0)
        return shortest <= self.longest and self.shortest <= named.longest


class Spread(NamedTuple):
    """What the sources of one thing name: all of it, and up to where all of them go."""

    name: str
    sources: tuple[Named, ...]
    span: Span
    agreed: Decimal

    def agreeing(self, span: Span) -> int:
        """How many of the sources name anything of a span."""
        return sum(span.holds(each) for each in self.sources)


class Together(NamedTuple):
    """What concern and area leave: a span, or None; and why it is none, or shorter than the sources say.

    `differ` says that the two do not meet, and the span is that of the shorter; `held_back` that the home
    profile leaves out what is for professionals.
    """

    span: Span | None
    differ: bool = False
    held_back: bool = False


class Guidance(NamedTuple):
    """The answer to a concern, an area, or both."""

    concern: Spread | None
    area: Spread | None
    together: Together
    limit: Decimal | None
    """From where on needles are for professionals, in mm; None where the profile sets no limit."""


class Owned(NamedTuple):
    """Rollers of one length that are here: how many, the name of one, whether they are for professionals."""

    length: Decimal
    rollers: int
    name: str
    is_professional: bool


class RestAfter(NamedTuple):
    """The policy's rest in microseconds after needles of a length, in mm, and those that sources name."""

    length: Decimal
    rest: int
    pauses: tuple[Pause, ...]


class Advice(NamedTuple):
    """What was asked for in its one spelling, and all that the guide says to it.

    The rests are those after the length that was asked for; else after the lengths here that it names; else
    after those that sources name.
    """

    concern: str
    area: str
    length: Decimal | None
    profile: str
    found: Guidance
    never: Never | None
    rests: tuple[RestAfter, ...]
    owned: tuple[Owned, ...]
    named_for: tuple[tuple[str, ...], tuple[str, ...]]
    """The concerns and the areas for which some source names the length that was asked for."""


def of_concern(name: str) -> Spread | None:
    """What pages name for a concern; None without a source."""
    return _spread(name, BY_CONCERN.get(name, ()))


def of_area(name: str) -> Spread | None:
    """What charts name for an area; None without a source."""
    found = _spread(name, BY_AREA.get(name, ()))
    return found and found._replace(agreed=LENGTHS[name].agreed)


def _spread(name: str, sources: tuple[Named, ...]) -> Spread | None:
    if not sources:
        return None
    shortest = min(each.shortest if each.shortest is not None else Decimal("0.05") for each in sources)
    longest = max(each.longest for each in sources)
    return Spread(name, sources, Span(shortest, longest), min(each.longest for each in sources))


def limit_of(policy: Policy) -> Decimal | None:
    """From where on needles are for professionals, in mm; at home never later than the usual limit."""
    if policy.profile != "home":
        return policy.length_professional
    return min(policy.length_professional or HOME_LIMIT, HOME_LIMIT)


def guidance(concern: str, area: str, policy: Policy) -> Guidance:
    """What is named for a concern and an area, by their one spelling; either may be empty."""
    wanted, place = of_concern(concern), of_area(area)
    # An area without a source suggests nothing, whatever is named for the concern elsewhere.
    known = not area or place is not None
    met = _met(wanted, place) if known else Together(None)
    limit = limit_of(policy)
    return Guidance(wanted, place, _kept_below(met, limit) if policy.profile == "home" else met, limit)


def _met(concern: Spread | None, area: Spread | None) -> Together:
    """What both name; of an area no more than all its charts agree on."""
    charted = area and Span(min(area.span.shortest, area.agreed), area.agreed)
    if concern is None or charted is None:
        return Together(charted or (concern.span if concern else None))
    shortest = max(concern.span.shortest, charted.shortest)
    longest = min(concern.span.longest, charted.longest)
    if shortest <= longest:
        return Together(Span(shortest, longest))
    return Together(min(concern.span, charted, key=lambda span: span.longest), differ=True)


def _kept_below(met: Together, limit: Decimal | None) -> Together:
    span = met.span
    if span is None or limit is None or span.longest < limit:
        return met
    kept = Span(span.shortest, limit, is_below=True) if span.shortest < limit else None
    return met._replace(span=kept, held_back=True)


def pauses(length: Decimal, area: str = "") -> Sequence[Pause]:
    """The rests that sources name after needles of a length; of the scalp the one that was tried."""
    found = [each for each in PAUSES if each.shortest <= length <= each.longest]
    tried = area == "scalp" and SCALP_PAUSE.shortest <= length <= SCALP_PAUSE.longest
    return [SCALP_PAUSE, *found] if tried else found


def named_lengths(found: Guidance) -> list[Decimal]:
    """The shortest and the longest needles that sources name, of those that concern and area leave."""
    span = found.together.span
    spreads = (found.concern, found.area)
    ends = {
        end
        for spread in spreads if spread is not None
        for named in spread.sources
        for end in (named.shortest, named.longest)
        if end is not None and span is not None and span.takes(end)
    }  # fmt: skip
    return sorted({min(ends), max(ends)}) if ends else []


def places_of(length: Decimal) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The concerns and the areas for which some source names a length."""
    exact = Span(length, length)
    both = (BY_CONCERN, BY_AREA)
    concerns, areas = (
        tuple(name for name, sources in table.items() if any(map(exact.holds, sources))) for table in both
    )
    return concerns, areas
