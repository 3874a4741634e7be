"""A walk over every life of a roller in a few events, and many longer: exactly the forbidden are refused.

What must not be used is said a second time here, over the raw events alone: nothing of the folds, the
standing or the rules is asked for it.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from harness.histories import ANN, BEA, DAY, HOUR, MINUTE, NOON, ROLLER, SECOND

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain.events import Event, Payload
from rollertrack.domain.labelled import Labels
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.roller import Roller, fold
from rollertrack.domain.verdict import Finding, Question
from rollertrack.domain.words import Word

# Events after the registration; and how many histories and distinct states they must come to, at least.
DEPTH = 4
FEWEST_HISTORIES, FEWEST_STATES, FEWEST_GOES = 82_000, 14_900, 1_400
# Of the longer ones there are millions: as many as this, of up to so many events, drawn anew by each seed.
LONGER, LONGEST, SEEDS = 5_000, 8, (1, 2, 3, 4)
FEWEST_LONGER_STATES, FEWEST_LONGER_GOES = 4_500, 1_200

# Early to middle is too short for the ten minutes of contact time, middle to late is just enough.
EARLY, MIDDLE, LATE = NOON - 15 * MINUTE, NOON - 10 * MINUTE, NOON
EXPIRY, EXPIRED = date(2027, 1, 16), NOON + 36 * HOUR
FACTS = ev.Registered(length=Decimal("0.25"), sterile=True, max_uses=2, max_days=1, expiry=EXPIRY)
MOMENTS = (
    NOON,
    MIDDLE + DAY - MINUTE,  # a first use that was early is a day old, one in the middle is not
    NOON + DAY,  # the last instant at which a late disinfection is fresh
    NOON + DAY + 1,
    EXPIRED,
)
PEOPLE = (Person(ANN, "Ann"), Person(BEA, "Bea"))
ASKED = tuple(product(MOMENTS, PEOPLE))
POLICIES = Policy("home"), Policy("clinic")


# What may happen


@dataclass(frozen=True, slots=True)
class Deed:
    """What happens, when and on whom; in which order deeds of two families are entered does not matter."""

    family: str
    at: int
    payload: Payload
    person: str | None = None


_SOAK = ev.DisinfectionStarted(planned=600, agent="alcohol", required=600)
_SOAKED = ev.Disinfected(seconds=600, agent="alcohol", required=600)
_SHORT = ev.Disinfected(seconds=599, agent="alcohol", required=600)
_SOAP = ev.DisinfectionStarted(planned=600, agent="soap", objection="soap cleans")
_SINGLE = ev.Amended(length=Decimal("0.25"), sterile=True, single_use=True)
_UNSTERILE = ev.Amended(length=Decimal("0.25"), max_uses=2, max_days=1)
_PEN = ev.Amended(form="handpiece", sterile=True)

DEEDS = (
    Deed("use", EARLY, ev.Used(word="USE"), ANN),
    Deed("use", MIDDLE, ev.Used(word="USE"), ANN),
    Deed("use", LATE, ev.Used(word="USE"), ANN),
    Deed("use", MIDDLE, ev.Used(word="USE"), BEA),
    Deed("use", MIDDLE, ev.Used(word="USE")),
    Deed("use", EARLY, ev.Used(word="USE", infected=True), ANN),
    Deed("use", EARLY, ev.Bound(), ANN),
    Deed("use", MIDDLE, ev.Bound(), BEA),
    Deed("wash", EARLY, _SOAK),
    Deed("wash", MIDDLE, _SOAK),
    Deed("wash", LATE, _SOAK),
    Deed("wash", EARLY, _SOAP),
    Deed("wash", MIDDLE, ev.DisinfectionEnded()),
    Deed("wash", LATE, ev.DisinfectionEnded()),
    Deed("wash", LATE, ev.DisinfectionEnded(early=True)),
    Deed("wash", MIDDLE, _SOAKED),
    Deed("wash", LATE, _SOAKED),
    Deed("wash", LATE, _SHORT),
    Deed("look", MIDDLE, ev.Inspected(ok=False, reason="bent")),
    Deed("look", LATE, ev.Inspected(ok=True)),
    Deed("hold", MIDDLE, ev.Quarantined(reason="dropped")),
    Deed("hold", MIDDLE, ev.Recalled(reason="lot")),
    Deed("hold", EARLY, ev.Released(reason="fine")),
    Deed("hold", LATE, ev.Released(reason="fine")),
    Deed("retire", EARLY, ev.Retired(reason="worn")),
    Deed("open", LATE, ev.Opened()),
    Deed("mend", LATE, _SINGLE),
    Deed("mend", LATE, _UNSTERILE),
    Deed("mend", LATE, _PEN),
)
WRITTEN = (
    Deed("write", LATE, ev.Noted(text="x")),
    Deed("write", MIDDLE, ev.LabelPrinted(media="62", place="file", payload="x")),
    Deed("write", LATE, ev.LabelProven()),
)

History = tuple[Event, ...]
FIRST = Event(ROLLER, 1, NOON - 300 * DAY, NOON, FACTS)

BODY_OF = {id(each.payload): each.payload for each in (FIRST, *DEEDS, *WRITTEN)}
"""What happens, each by its identity: comparing two of them is slow, and there are but these."""


@cache
def _event(deed: Deed, seq: int) -> Event:
    return Event(ROLLER, seq, deed.at, NOON, deed.payload, person=deed.person)


@cache
def _void(entry: int, seq: int) -> Event:
    return Event(ROLLER, seq, NOON, NOON, ev.Voided(entry=entry, reason="x"))


def _plain_histories() -> Iterator[tuple[int, History]]:
    """Every history without voids, and how many events it has, breadth first.

    Two that differ only in the order in which deeds of two families were entered are one.
    """
    families = sorted({deed.family for deed in DEEDS})
    place = [(families.index(deed.family), deed.at) for deed in DEEDS]
    frontier: list[tuple[int, ...]] = [()]
    yield 0, (FIRST,)
    for count in range(1, DEPTH + 1):
        seen: set[tuple[int, ...]] = set()
        for shorter in frontier:
            for deed in range(len(DEEDS)):
                longer = (*shorter, deed)
                seen.add(tuple(sorted(longer, key=place.__getitem__)))
        frontier = list(seen)
        for deeds in frontier:
            yield count, (FIRST, *(_event(DEEDS[deed], seq) for seq, deed in enumerate(deeds, 2)))


def _histories() -> Iterator[History]:
    """Every history: plain; with an entry taken back, and brought back; with something written down."""
    for count, history in _plain_histories():
        yield history
        seq = len(history) + 1
        if count < DEPTH:
            for entry in range(1, seq):
                yield (*history, _void(entry, seq))
        if count < DEPTH - 1:
            for entry in range(1, seq):
                yield (*history, _void(entry, seq), _void(seq, seq + 1))
            for deed in WRITTEN:
                yield (*history, _event(deed, seq))


def _longer_histories(seed: int) -> Iterator[History]:
    """Histories of more events, some with entries taken back and brought back."""
    dice = random.Random(seed)
    for _ in range(LONGER):
        deeds = dice.choices((*DEEDS, *WRITTEN), k=dice.randint(DEPTH + 1, LONGEST))
        history = (FIRST, *(_event(deed, seq) for seq, deed in enumerate(deeds, 2)))
        for _ in range(dice.choice((0, 0, 1, 2, 3))):
            seq = len(history) + 1
            history = (*history, _void(dice.randint(2, seq - 1), seq))
        yield history


# What must not be used, said over the raw events


@dataclass(frozen=True, slots=True)
class Need:
    """What speaks against a use: for ever, by anybody but some, from an instant on."""

    never: bool
    owners: frozenset[str | None]
    fresh_until: int | None
    dead_from: int | None

    def forbids(self, now: int, person: str) -> bool:
        """Whether the roller must not be used now on this person."""
        return (
            self.never
            or any(owner != person for owner in self.owners)
            or (self.fresh_until is not None and now > self.fresh_until)
            or (self.dead_from is not None and now >= self.dead_from)
        )


LAST = 2**31
"""The place of what began before it was entered: behind every entry of its instant."""


@dataclass(frozen=True, slots=True)
class _Bath:
    start: int
    end: int
    good: bool


_UNKNOWN = Need(True, frozenset(), None, None)


def _needs(history: History) -> tuple[Need, Need]:
    """What speaks against a use at home and in a clinic: said by what stands alone, in the order entered."""
    return _said_by(tuple((each.at, each.person, id(each.payload)) for each in _standing_entries(history)))


def _standing_entries(history: History) -> Sequence[Event]:
    if not isinstance(history[-1].payload, ev.Voided):  # voids are entered last here
        return history
    return [each for each in history if _stands(each, history)]


@cache
def _said_by(entered: tuple[tuple[int, str | None, int], ...]) -> tuple[Need, Need]:
    entries = [
        Event(ROLLER, seq, at, NOON, BODY_OF[payload], person=person)
        for seq, (at, person, payload) in enumerate(entered, 1)
    ]
    story = sorted(entries, key=lambda each: (each.at, each.seq))
    facts = [each.payload for each in entries if isinstance(each.payload, ev.RollerFacts)]
    uses = [each for each in story if isinstance(each.payload, ev.Used)]
    if not any(isinstance(each, ev.Registered) for each in facts):
        return _UNKNOWN, _UNKNOWN
    known, baths = facts[-1], list(_baths(story))
    washed = not _owes(story, uses, baths, known)
    if known.form == "handpiece" and not uses:
        need = Need(_held(story) or not washed, frozenset(), _fresh_until(story, baths), _expires(known))
        return need, need
    # What pricked skin is judged by its needles, whatever was registered afterwards.
    limits = next(each for each in reversed(facts) if each.form != "handpiece")
    owners, dead_from = frozenset(_owners(story, uses)), _dead_from(uses, limits, known)
    return (
        Need(_held(story) or not washed or _used_up(uses, limits), owners,
             _fresh_until(story, baths), dead_from),
        Need(_held(story) or bool(uses) or not _untouched(story, known), owners,
             _open_until(story), _expires(known)),
    )  # fmt: skip


def _untouched(story: Sequence[Event], known: ev.RollerFacts) -> bool:
    """Sterile when bought, and in no bath since."""
    bathed = any(isinstance(each.payload, ev.DisinfectionStarted | ev.Disinfected) for each in story)
    return known.sterile and not bathed


def _open_until(story: Sequence[Event]) -> int | None:
    return next((each.at + DAY for each in story if isinstance(each.payload, ev.Opened)), None)


def _expires(known: ev.RollerFacts) -> int | None:
    return EXPIRED if known.expiry else None


def _stands(event: Event, history: History) -> bool:
    """Whether nothing that itself stands takes the event back; a void says nothing of the roller."""
    return not isinstance(event.payload, ev.Voided) and not _undone(event, history)


def _undone(event: Event, history: History) -> bool:
    return any(
        isinstance(other.payload, ev.Voided)
        and other.payload.entry == event.seq
        and not _undone(other, history)
        for other in history[event.seq :]
    )


def _held(story: Sequence[Event]) -> bool:
    """Retired, put aside or recalled and not released, ever found bent, or ever on infected skin."""
    recalled = aside = bent = False
    for event in story:
        match event.payload:
            case ev.Retired() | ev.Used(infected=True):
                return True
            case ev.Quarantined():
                aside = True
            case ev.Recalled():
                recalled = True
            case ev.Released() if aside:
                aside = False
            case ev.Released():
                recalled = False
            case ev.Inspected(ok=ok):
                bent = bent or not ok
    return recalled or aside or bent


def _owners(story: Sequence[Event], uses: Sequence[Event]) -> Iterator[str | None]:
    """Everyone it touched; while it touched nobody, whom it was set aside for last."""
    aside = [each.person for each in story if isinstance(each.payload, ev.Bound)]
    yield from [each.person for each in uses] or aside[-1:]


def _baths(story: Sequence[Event]) -> Iterator[_Bath]:
    begun: Event | None = None
    out = -1
    for event in story:
        payload = event.payload
        if isinstance(payload, ev.DisinfectionStarted):
            begun = event
        elif isinstance(payload, ev.Disinfected):
            start = event.at - payload.seconds * SECOND
            calm = _undisturbed(story, (start, LAST), event) and begun is None and out <= start
            yield _Bath(start, event.at, calm and _long_enough(payload, payload.seconds * SECOND))
        elif isinstance(payload, ev.DisinfectionEnded) and begun is not None:
            assert isinstance(begun.payload, ev.DisinfectionStarted)
            took = event.at - begun.at
            whole = took >= begun.payload.planned * SECOND and not payload.early
            calm = whole and _undisturbed(story, (begun.at, begun.seq), event)
            yield _Bath(begun.at, event.at, calm and _long_enough(begun.payload, took))
            begun, out = None, event.at


def _undisturbed(story: Sequence[Event], start: tuple[int, int], end: Event) -> bool:
    """Whether nobody took it out of the bath to use it; at one instant the order of entry tells."""
    return not any(
        isinstance(each.payload, ev.Used) and start < (each.at, each.seq) < (end.at, end.seq)
        for each in story
    )


def _long_enough(said: ev.Agent, took: int) -> bool:
    return not said.objection and said.required is not None and took >= said.required * SECOND


def _owes(
    story: Sequence[Event], uses: Sequence[Event], baths: Sequence[_Bath], known: ev.RollerFacts
) -> bool:
    """In the bath, used since it was last clean, last washed in vain, or never clean."""
    turns = [
        each.payload
        for each in story
        if isinstance(each.payload, ev.DisinfectionStarted | ev.DisinfectionEnded)
    ]
    in_the_bath = bool(turns) and isinstance(turns[-1], ev.DisinfectionStarted)
    undisinfected = any(not any(bath.good and bath.start >= use.at for bath in baths) for use in uses)
    in_vain = bool(baths) and not baths[-1].good
    return in_the_bath or undisinfected or in_vain or (not baths and not known.sterile)


def _used_up(uses: Sequence[Event], known: ev.RollerFacts) -> bool:
    return len(uses) >= (1 if known.single_use else known.max_uses or 10)


def _fresh_until(story: Sequence[Event], baths: Sequence[_Bath]) -> int | None:
    """A day after it was last clean: out of the bath, or else out of the pack."""
    clean = [bath.end for bath in baths if bath.good]
    return clean[-1] + DAY if clean else _open_until(story)


def _dead_from(uses: Sequence[Event], limits: ev.RollerFacts, known: ev.RollerFacts) -> int | None:
    ends = [EXPIRED] if known.expiry else []
    if uses and limits.max_days:
        ends.append(uses[0].at + limits.max_days * DAY)
    return min(ends, default=None)


# The walk


def test_the_gate_lets_nothing_through_that_must_not_be_used_and_refuses_nothing_else() -> None:
    walked = _walk(_histories())
    assert walked.histories >= FEWEST_HISTORIES
    assert walked.states >= FEWEST_STATES
    assert walked.goes >= FEWEST_GOES


@pytest.mark.parametrize("seed", SEEDS)
def test_nor_does_it_after_more_events(seed: int) -> None:
    walked = _walk(_longer_histories(seed))
    assert walked.states >= FEWEST_LONGER_STATES
    assert walked.goes >= FEWEST_LONGER_GOES


class Walked(NamedTuple):
    """How many histories a walk saw, how many distinct states, and how often the gate let a use through."""

    histories: int
    states: int
    goes: int


def _walk(histories: Iterable[History]) -> Walked:
    count = goes = 0
    states = set()
    answered: dict[Roller, list[bool]] = {}
    for history in histories:
        count += 1
        roller, needs = fold(ROLLER, history), _needs(history)
        if (roller, needs) in states:
            continue
        states.add((roller, needs))
        if (key := _unnumbered(roller)) not in answered:
            answered[key] = _answers(roller)
        answers, allowed = answered[key], _allowed(needs)
        assert answers == allowed, (needs, history)
        goes += sum(answers)
    print(f"{count:,} histories, {len(states):,} states, {goes:,} times USE")  # noqa: T201
    return Walked(count, len(states), goes)


def _unnumbered(roller: Roller) -> Roller:
    """The roller without the numbers of its entries, which nothing is decided by once it is folded.

    That makes one of two that differ in the order of entering alone, and the gate is asked of it once.
    """
    wash, good, soak, newest = roller.last_wash, roller.last_good, roller.soak, roller.newest_entry
    return roller._replace(
        uses=tuple([use._replace(entry=0) for use in roller.uses]),
        last_wash=wash and wash._replace(entry=0),
        last_good=good and good._replace(entry=0),
        soak=soak and soak._replace(start=soak.start._replace(event=FIRST)),
        newest_entry=newest._replace(entry=0),
        good_washes=frozenset(),
        labels=Labels(),
    )


@cache
def _allowed(needs: tuple[Need, Need]) -> list[bool]:
    """Whether a use may be, by every policy, at every moment, for everybody."""
    return [not need.forbids(now, person.code) for need in needs for now, person in ASKED]


def _answers(roller: Roller) -> list[bool]:
    """Whether the gate lets a use through, by every policy, at every moment, for everybody."""
    questions = [gate.question(roller, policy, NOON) for policy in POLICIES]
    for question in questions:
        _is_judged_as_found(question._replace(person=PEOPLE[0]))
    return [
        gate.worst(gate.found(question._replace(now=now, clock=now, person=person))) in {Word.USE, Word.CARE}
        for question in questions
        for now, person in ASKED
    ]


@cache
def _judged() -> set[tuple[Finding, ...]]:
    """What was found in questions that were judged."""
    return set()


def _is_judged_as_found(question: Question) -> None:
    """The verdict says what the rules find: that it does follows from the findings, so each are judged once.

    Until when a verdict holds is looked at elsewhere.
    """
    findings = gate.found(question)
    if findings not in _judged():
        _judged().add(findings)
        verdict = gate.judge(question)
        assert verdict.word is gate.worst(findings)
        assert verdict.may_use is (verdict.word in {Word.USE, Word.CARE})
