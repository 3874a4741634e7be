"""Short ways to tell what happened to a roller, a person or a solution, and random histories of them."""

import random
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain import person as persons
from rollertrack.domain import roller as rollers
from rollertrack.domain.code import LABELLED, Kind, make
from rollertrack.domain.events import Event, Payload

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NOON = 1_800_014_400 * SECOND  # 2027-01-15 12:00 UTC

ROLLER = "RKDTLBNEB"
ANN, BEA = (make(Kind.PERSON, random.Random(seed).choice) for seed in (1, 2))
JAR = make(Kind.SOLUTION, random.Random(3).choice)

Step = tuple[int, Payload] | tuple[int, Payload, str]

codes = st.builds(
    lambda kind, seed: make(kind, random.Random(seed).choice),
    st.sampled_from(LABELLED),
    st.integers(0, 2**32),
)


def told(stream: str, steps: Iterable[Step]) -> list[Event]:
    """The events of a stream as (when, what) or (when, what, on whom), entered in this order.

    Each was entered as it happened, or, where one that happened later stands before it, late.
    """
    events, entered = [], 0
    for seq, step in enumerate(steps, 1):
        entered = max(entered, step[0])
        events.append(
            Event(stream, seq, step[0], entered, step[1], person=step[2] if len(step) > 2 else None)
        )
    return events


def by_clock(stream: str, steps: Iterable[Step]) -> list[Event]:
    """The same, each entered as it happened by a clock that may have gone back."""
    return [event._replace(recorded_at=event.at) for event in told(stream, steps)]


def late(events: list[Event]) -> list[Event]:
    """The same events, all entered when the newest happened."""
    newest = max(event.at for event in events)
    return [event._replace(recorded_at=newest) for event in events]


def roller(*steps: Step, until: int | None = None) -> rollers.Roller:
    """A roller after what happened to it."""
    return rollers.fold(ROLLER, told(ROLLER, steps), until)


def person(*steps: Step, code: str = ANN, until: int | None = None) -> persons.Person:
    """A person after what happened to them since they were registered, a year before noon.

    They were asked the health questions a day before it, where nothing says otherwise.
    """
    known = (NOON - 365 * DAY, ev.PersonRegistered(label="Ann"))
    folded = persons.fold(code, told(code, (known, *steps)), until)
    assert folded is not None
    asked = folded.asked or persons.PastAsking(NOON - DAY, None, 1)
    return folded._replace(asked=asked)


def registered(length: str | None = "0.25", *, sterile: bool = True, **facts: Any) -> ev.Registered:
    """A registration; short and sterile unless said otherwise, so that the gate says USE and nothing more."""
    millimetres = None if length is None else Decimal(length)
    return ev.Registered(length=millimetres, sterile=sterile, **facts)


def used() -> ev.Used:
    """A use."""
    return ev.Used(word="USE")


def soaked(minutes: int = 10, **facts: Any) -> ev.Disinfected:
    """A disinfection in alcohol, recorded afterwards; it asks for ten minutes and was begun by a clean."""
    said: dict[str, Any] = {"agent": "alcohol", "required": 600, "cleaned": True} | facts
    return ev.Disinfected(seconds=minutes * 60, **said)


def soak(minutes: int = 10, **facts: Any) -> ev.DisinfectionStarted:
    """The start of a contact time in alcohol, which asks for ten minutes."""
    said: dict[str, Any] = {"agent": "alcohol", "required": 600, "cleaned": True} | facts
    return ev.DisinfectionStarted(planned=minutes * 60, **said)


BODIES_OF_A_LIFE: tuple[tuple[Payload, str | None], ...] = (
    (ev.Opened(), None),
    (used(), ANN),
    (used(), ANN),
    (used(), BEA),
    (soak(), None),
    (soak(5), None),
    (soak(objection="50 % alcohol is too weak"), None),
    (ev.DisinfectionEnded(), None),
    (ev.DisinfectionEnded(early=True), None),
    (soaked(), None),
    (soaked(), None),
    (soaked(5), None),
    (soaked(agent="soap", required=None, objection="soap cleans; it does not disinfect"), None),
    (ev.Inspected(ok=True), None),
    (ev.Inspected(ok=False, reason="bent"), None),
    (ev.Bound(), ANN),
    (ev.Bound(), BEA),
    (ev.Quarantined(reason="dropped"), None),
    (ev.Released(reason="looked at"), None),
    (ev.Recalled(reason="lot L1"), None),
    (ev.Retired(reason="worn"), None),
    (ev.Noted(text="pulls a little"), None),
    (ev.LabelPrinted(media="62", place="file", payload=ROLLER), None),
    (ev.LabelProven(), None),
    (ev.Amended(length=Decimal("1.5"), sterile=True), None),
    (ev.Amended(length=Decimal("0.25"), single_use=True), None),
)

_REGISTRATIONS = st.sampled_from(
    (
        registered("0.25"),
        registered("0.5", sterile=False),
        registered("1.5", max_uses=3, max_days=2),
        registered(None, form="handpiece", sterile=False),
    )
)
# Few moments, close to each other and to the edges of the rules, so that events meet and cross.
_MOMENTS = st.sampled_from([NOON + step for step in (-2 * DAY, -DAY, -DAY + 1, -10 * MINUTE, -5 * MINUTE, 0)])


@st.composite
def lives(draw: st.DrawFn, most: int = 9) -> list[Event]:
    """A random life of a roller up to noon, with back-dated entries and entries taken back."""
    events = [Event(ROLLER, 1, draw(_MOMENTS), NOON, draw(_REGISTRATIONS))]
    for seq in range(2, draw(st.integers(1, most)) + 2):
        if draw(st.integers(0, 5)) == 0:
            void = ev.Voided(entry=draw(st.integers(1, seq - 1)), reason="a mistake")
            events.append(Event(ROLLER, seq, NOON, NOON, void))
        else:
            payload, who = draw(st.sampled_from(BODIES_OF_A_LIFE))
            events.append(Event(ROLLER, seq, draw(_MOMENTS), NOON, payload, person=who))
    return events
