"""Who touched what: the sets that a lot, a bottle, a roller, a person or an operator leads to.

Pure: what is looked through are the rows of every lot, bath and use, also of those taken back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from rollertrack.domain.lots import LotSeen, norm
from rollertrack.domain.touches import Bath, Touch

HAS, HAD, NEAR, DOUBTFUL = "has", "had", "near", "cannot_be_ruled_out"
PERSONS, PERSONS_TAKEN_BACK, MATES, PERSONS_OF_MATES = (
    "persons", "persons_taken_back", "mates", "persons_of_mates",
)  # fmt: skip
ROLLERS = "rollers"
USED, USE_TAKEN_BACK, WASHED_SINCE = "used", "use taken back", "used after a wash elsewhere"
BATH, BATH_TAKEN_BACK, MATE_TAKEN_BACK = "bath", "bath taken back", "mate taken back"
USED_MATE, LAY_IN = "mate used", "lay in"
PACK, PACK_NEAR, PACK_DOUBTFUL = "pack", "near pack", "pack without a lot"
OF_LOTS = (HAS, HAD, NEAR, DOUBTFUL, PERSONS, PERSONS_TAKEN_BACK, MATES, PERSONS_OF_MATES)
OF_SOLUTIONS = (ROLLERS, PERSONS)
OF_PACKS = frozenset({PACK, PACK_NEAR, PACK_DOUBTFUL})

LOT, ROLLER, SOLUTION, PERSON, OPERATOR, SPAN = "lot", "roller", "solution", "person", "operator", "span"
QUESTIONS = (LOT, PACK, ROLLER, SOLUTION, PERSON, OPERATOR, SPAN)


class Question(NamedTuple):
    """What is traced: one of QUESTIONS, the lot or the code it is about, and the span it is bound to.

    `last_pass` asks of a solution only what lay in it since its last passed strip before the failed one.
    """

    kind: str
    about: str = ""
    since: int | None = None
    until: int | None = None
    last_pass: bool = False

    @property
    def query(self) -> tuple[str, ...]:
        """What two that ask for the same have in common, however far each reaches."""
        if self.kind in {OPERATOR, SPAN}:
            ends = ("" if each is None else str(each) for each in (self.since, self.until))
            return (self.kind, self.about, *ends)
        return (self.kind, norm(self.about) if self.kind == LOT else self.about)


class TraceRow(NamedTuple):
    """One thing that was found: `what` it is to the question, of which roller, person or solution.

    `level` is how many steps it lies from the question; `by` is the roller that it came by, `bath` the
    solution or agent they shared, `lot` the lot that speaks for it and `lot_now` the one it has; `pack` is
    the pack that had that lot, where a roller never did; `entry` is its number in the log of the roller.
    """

    what: str
    code: str
    level: int
    at: int | None = None
    until: int | None = None
    by: str = ""
    bath: str = ""
    lot: str = ""
    lot_now: str = ""
    pack: str = ""
    area: str = ""
    entry: int = 0
    times: int = 1
    """For how many it stands, from the first to the last, where a list says the same only once."""


class Trace(NamedTuple):
    """The answer: codes by set, and each thing that was found; `question` as it was bound in the end."""

    question: Question
    sets: Mapping[str, tuple[str, ...]]
    rows: tuple[TraceRow, ...]
    solutions: tuple[str, ...] = ()
    """The bottles and jars that what touched a person had lain in."""

    @property
    def suspects(self) -> tuple[str, ...]:
        """The rollers that a recall puts aside in any case."""
        if ROLLERS in self.sets:
            return self.sets[ROLLERS]
        return tuple(sorted({*self.sets[HAS], *self.sets[HAD]}))


class Known(NamedTuple):
    """What a list says of a roller: its name, what holds it, since when it is retired."""

    code: str
    name: str
    held: str
    retired_at: int | None


class Traced(NamedTuple):
    """A trace with what its codes are called: rollers and how they stand, persons, solutions."""

    trace: Trace
    rollers: Mapping[str, Known]
    labels: Mapping[str, str]
    solutions: Mapping[str, str]


class Reach(NamedTuple):
    """How far a recall goes beyond what has or had the lot: to what lay beside it, to what may be of it.

    `also` names single rollers of the trace whose packs were looked at; `cause` is one of those an incident
    may have, empty for that of the question.
    """

    mates: bool = False
    doubtful: bool = False
    also: tuple[str, ...] = ()
    cause: str = ""


class Plan(NamedTuple):
    """What a recall would do: which rollers it puts aside, which were before, which stay as they are.

    `incident` is the open one of the same question that it widens, empty where it opens one; `discards` the
    solution that it throws away, empty for none.
    """

    traced: Traced
    cause: str
    incident: str
    aside: tuple[str, ...]
    before: tuple[str, ...]
    retired: tuple[str, ...]
    new_rollers: tuple[str, ...]
    """Those that its incident does not name yet, retired ones too."""
    new_persons: tuple[str, ...]
    discards: str
    packs: tuple[str, ...] = ()
    """The packs of the lot that it puts aside."""
    listed: frozenset[str] = frozenset()
    """The rollers and packs that its incident names from before, whatever asked for them then."""

    @property
    def is_new(self) -> bool:
        """Whether it would write anything."""
        found = (self.aside, self.new_rollers, self.new_persons, self.packs, self.discards)
        return not self.incident or any(found)


class Lots(NamedTuple):
    """The rollers of a lot: that have it, that had it, that look like it, that have none and may be of it."""

    has: frozenset[str]
    had: frozenset[str]
    near: frozenset[str]
    doubtful: frozenset[str]


class PackLot(NamedTuple):
    """A lot that the receipt of a pack, or a mend of it, gave the pack, also one that was taken back."""

    pack: str
    entry: int
    at: int
    lot: str
    product: str


def rollers_of_lot(
    lot: str,
    alike: Sequence[LotSeen],
    lotless: Iterable[LotSeen],
    in_packs: frozenset[str] = frozenset(),
    in_near_packs: frozenset[str] = frozenset(),
) -> Lots:
    """The rollers of a lot (its letters and digits), from every row that looks like it and those without one.

    A lot that was mended away is found under its old name, also where the entry was taken back; so is what
    came out of a pack that was known under it once.
    """
    same = [seen for seen in alike if seen.norm == lot]
    has = frozenset(seen.roller for seen in same if seen.counts and seen.stands)
    had = (frozenset(seen.roller for seen in same) | in_packs) - has
    near = (frozenset(seen.roller for seen in alike) | in_near_packs) - has - had
    doubtful = frozenset(seen.roller for seen in lotless) - has - had
    return Lots(has, had, near, doubtful)


class Shared(NamedTuple):
    """Two baths that were one: `theirs` of a roller that is asked about, `own` of the one beside it."""

    theirs: Bath
    own: Bath


class Mates(NamedTuple):
    """What lay beside the suspects: since when each mate did, the rows, and those taken back."""

    since: Mapping[str, int]
    rows: tuple[TraceRow, ...]


def mates_of(suspects: Collection[str], shared: Iterable[Shared]) -> Mates:
    """The rollers that lay in a bath beside a suspect, each with the start of its first shared soak."""
    since: dict[str, int] = {}
    rows = []
    for theirs, own in sorted(shared, key=_begun):
        if own.roller in suspects:
            continue
        voided = theirs.voided or own.voided
        if not voided:
            since.setdefault(own.roller, own.started_at)
        rows.append(
            TraceRow(
                MATE_TAKEN_BACK if voided else MATES, own.roller, 2, own.started_at, own.ended_at,
                by=theirs.roller, bath=own.solution or own.agent, entry=own.entry,
            )
        )  # fmt: skip
    return Mates(since, tuple(rows))


def _begun(each: Shared) -> tuple[int, str, int]:
    return each.own.started_at, each.own.roller, each.own.entry


class Touched(NamedTuple):
    """The persons of some uses that count, those of uses taken back alone, and a row for each use."""

    persons: frozenset[str]
    taken_back: frozenset[str]
    rows: tuple[TraceRow, ...]


def touched(uses: Iterable[Touch]) -> Touched:
    """Who was touched by some uses."""
    known = list(uses)
    persons = frozenset(use.person for use in known if use.person and not use.voided)
    gone = frozenset(use.person for use in known if use.person) - persons
    rows = tuple(use_row(use, USE_TAKEN_BACK if use.voided else USED, 1) for use in known)
    return Touched(persons, gone, rows)


def use_row(use: Touch, what: str, level: int) -> TraceRow:
    """A use as a row of a trace."""
    return TraceRow(
        what, use.person or "", level, use.at, by=use.roller, area=use.area, entry=use.entry
    )  # fmt: skip


def touched_by_mates(mates: Mates, uses: Iterable[Touch]) -> Touched:
    """Who was touched by a mate from the start of its first shared soak on."""
    known = [use for use in uses if use.roller in mates.since and use.at >= mates.since[use.roller]]
    found = touched(known)
    rows = tuple(use_row(use, USE_TAKEN_BACK if use.voided else USED_MATE, 3) for use in known)
    return found._replace(rows=rows)


class Reached(NamedTuple):
    """What lay in a solution, and who was touched before it was disinfected elsewhere."""

    rollers: frozenset[str]
    persons: frozenset[str]
    rows: tuple[TraceRow, ...]


def reached(
    solution: str, since: int | None, until: int | None, baths: Sequence[Bath], uses: Sequence[Touch]
) -> Reached:
    """The rollers that lay in a solution within a span, and the persons of their uses after it.

    A use counts from the start of that bath to the start of the next good disinfection elsewhere: needles
    that were used in that very instant were not in it yet. `baths` and `uses` are all of those rollers.
    """
    rows: list[TraceRow] = []
    spans: dict[str, list[tuple[int, int | None]]] = {}
    for bath in baths:
        if bath.solution != solution or not _within(bath, since, until):
            continue
        what = BATH_TAKEN_BACK if bath.voided else BATH
        rows.append(
            TraceRow(what, bath.roller, 1, bath.started_at, bath.ended_at, bath=solution, entry=bath.entry)
        )
        if not bath.voided:
            washed = _washed_elsewhere(bath, baths, solution)
            spans.setdefault(bath.roller, []).append((bath.started_at, washed))
    persons = set()
    for use in uses:
        own = spans.get(use.roller, [])
        later = [span for span in own if span[0] <= use.at]
        if not later:
            continue
        is_touched = any(end is None or use.at <= end for _, end in later)
        what = USE_TAKEN_BACK if use.voided else USED if is_touched else WASHED_SINCE
        rows.append(use_row(use, what, 2))
        if what == USED and use.person:
            persons.add(use.person)
    return Reached(frozenset(spans), frozenset(persons), tuple(rows))


def _within(bath: Bath, since: int | None, until: int | None) -> bool:
    lasts = since is None or bath.ended_at is None or since < bath.ended_at
    return lasts and (until is None or bath.started_at <= until)


def _washed_elsewhere(bath: Bath, baths: Iterable[Bath], solution: str) -> int | None:
    """When the next good disinfection of the roller in anything else began."""
    others = (
        other.started_at
        for other in baths
        if other.roller == bath.roller and other.solution != solution and other.good and not other.voided
    )
    return min((at for at in others if at >= bath.started_at), default=None)


def lain_in(uses: Iterable[Touch], baths: Sequence[Bath]) -> list[TraceRow]:
    """The solutions that rollers lay in before some uses, from the last good wash before each use on."""
    found: dict[tuple[str, int], TraceRow] = {}
    for use in uses:
        before = [bath for bath in baths if bath.roller == use.roller and bath.started_at <= use.at]
        counting = [bath for bath in before if not bath.voided]
        last = max((bath.started_at for bath in counting if bath.good), default=None)
        for bath in counting:
            if bath.solution and (last is None or bath.started_at >= last):
                found[bath.roller, bath.entry] = TraceRow(
                    LAY_IN, bath.solution, 2, bath.started_at, bath.ended_at, by=bath.roller,
                    bath=bath.solution, entry=bath.entry,
                )  # fmt: skip
    return list(found.values())


_OF_PERSONS = frozenset({USED, USED_MATE, USE_TAKEN_BACK, WASHED_SINCE})


def merged(rows: Iterable[TraceRow]) -> list[TraceRow]:
    """The rows as people read them: one for all uses of a roller on a person, one for all baths of a mate."""
    found: dict[tuple[str, str, str], TraceRow] = {}
    for row in rows:
        key = (row.what, row.code, row.by if row.what in _OF_PERSONS else "")
        found[key] = _with(found[key], row) if key in found else row
    return list(found.values())


def _with(first: TraceRow, row: TraceRow) -> TraceRow:
    """A row that stands for one more."""
    begins = [at for at in (first.at, row.at) if at is not None]
    ends = [at for at in (first.until, row.until, *begins) if at is not None]
    return first._replace(
        at=min(begins, default=None), until=max(ends, default=None), times=first.times + 1,
        area=first.area if first.area == row.area else "",
    )  # fmt: skip


def in_sets(**found: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Sets as they are told: sorted lists of codes."""
    return {name: tuple(sorted(codes)) for name, codes in found.items()}
