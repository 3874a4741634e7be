"""How long the skin rests after its sessions: the floor, before which nobody goes on, and what is advised."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.person import PastSession
from rollertrack.domain.policy import Policy


class Rest(NamedTuple):
    """The skin rests until an instant (microseconds UTC), for so long, after a session."""

    until: int
    span: int
    session: PastSession


def floor_after(session: PastSession, policy: Policy) -> Rest:
    """The shortest rest after a session: before its end the gate says WAIT."""
    span = policy.floor(session.reach)
    return Rest(session.at + span, span, session)


def advised_after(session: PastSession, policy: Policy) -> Rest:
    """The advised rest after a session, by its length and area."""
    span = policy.interval(session.reach, session.area)
    return Rest(session.at + span, span, session)


def running(rests: Iterable[Rest], now: int) -> list[Rest]:
    """Those that are not over yet, the one that ends last first."""
    return sorted((each for each in rests if now < each.until), key=lambda each: -each.until)


class Resting(NamedTuple):
    """What the skin rests from now: the floor, and the advised rests, one for each length and place.

    Each list begins with the rest that ends last.
    """

    floor: Rest | None
    advised: tuple[Rest, ...]


def resting(sessions: Sequence[PastSession], policy: Policy, now: int) -> Resting:
    """What the skin rests from at a moment; a pen's handpiece has no needles and asks for none."""
    needled = [each for each in sessions if each.reach is not None]
    floors = running((floor_after(each, policy) for each in needled), now)
    advised: dict[tuple[Decimal | None, str], Rest] = {}
    for each in running((advised_after(session, policy) for session in needled), now):
        advised.setdefault((each.session.reach, each.session.area), each)
    return Resting(floors[0] if floors else None, tuple(advised.values()))
