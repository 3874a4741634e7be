"""A roller as folded from the events of its stream: facts only, no policy, no clock."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain import events as ev
from rollertrack.domain.beat import ELSEWHERE, Beat, Ran, beat_of, surely_ran
from rollertrack.domain.counting import Newest, entered_facts, newest_entry
from rollertrack.domain.events import (
    Event,
    Placed,
    RollerFacts,
    as_entered,
    entered_since,
    in_order,
    untimed_entries,
    voided_entries,
)
from rollertrack.domain.labelled import Labels, labels_of
from rollertrack.domain.quantities import MINUTE, SECOND, contact_time, spoken
from rollertrack.domain.snoozes import Snooze, of_debts, snooze_of

HANDPIECE = "handpiece"
_OF_THE_NEEDLES = ("form", "length", "single_use", "max_uses", "max_days")
_MEANWHILE = "it was used meanwhile"
_ELSEWHERE = "it lay in a soak meanwhile"
LONGEST_SOAK = 12 * 3_600
"""Seconds beyond which a soak is not known to be good, where its entry does not say; convention."""


class PastUse(NamedTuple):
    """One use: when by the clock, on whom, by which entry; `effective_at` puts it among the others."""

    at: int
    person: str | None
    effective_at: int
    entry: int


class Wash(NamedTuple):
    """One disinfection that is over; `fault` says why it does not count, empty when it does.

    `begun` and `over` are its places among the other events, which differ from the times by the clock where
    that had gone back.
    """

    started_at: int
    ended_at: int
    begun: int
    over: int
    agent: str
    strength: Decimal | None
    fault: str
    cleaned: bool
    required: int | None = None
    """The contact time in force when it was logged, in seconds."""
    entry: int = 0
    """The number of the entry that it began with."""

    @property
    def good(self) -> bool:
        """Whether it counts."""
        return not self.fault


class Soak(NamedTuple):
    """A disinfection that was started and not ended; `doubt` says why the wall clock does not decide it."""

    started_at: int
    due_at: int
    ends_at: int
    facts: ev.DisinfectionStarted
    solution: str | None
    start: Placed
    doubt: str = ""


class Hold(NamedTuple):
    """Something that takes a roller out of use: since when and why."""

    at: int
    reason: str


class Roller(NamedTuple):
    """Everything the gate needs to know of one roller."""

    code: str
    facts: RollerFacts | None = None
    registered_at: int | None = None
    offset: int = 0
    opened_at: int | None = None
    uses: tuple[PastUse, ...] = ()
    bound_to: str | None = None
    shared: Hold | None = None
    infected: Hold | None = None
    soak: Soak | None = None
    last_wash: Wash | None = None
    last_good: Wash | None = None
    clean_from: int | None = None
    failed_inspection: Hold | None = None
    quarantined: Hold | None = None
    recalls: tuple[tuple[str, Hold], ...] = ()
    """What it is called back for, by incident, oldest first; each is lifted by itself."""
    retired: Hold | None = None
    labels: Labels = Labels()
    newest: int = 0
    newest_entry: Newest = Newest()
    muddled: int | None = None
    """The last entry made by a clock that had gone back, until a wash begun and ended after it counts."""
    soaked_until: int | None = None
    """When it last came out of a soak, whether that counted or not."""
    in_service_from: int | None = None
    """When it was first opened, used or washed; None while it lies as it came."""
    good_washes: frozenset[int] = frozenset()
    """The entries that its disinfections that count began with."""
    bin: str = ""
    """The sharps bin it went into; empty where nobody said."""
    snoozes: tuple[Snooze, ...] = ()
    """What is put off; nothing of a wash or a soak that is over, or that came after."""

    @property
    def recalled(self) -> Hold | None:
        """What it was called back for last, None when nothing of that stands."""
        return self.recalls[-1][1] if self.recalls else None

    @property
    def has_needles(self) -> bool:
        """Whether it has needles, as everything but a handpiece has."""
        return self.facts is not None and self.facts.form != HANDPIECE

    @property
    def dirty_since(self) -> int | None:
        """The first use that no good disinfection followed, None without a debt."""
        for use in self.uses:
            if self.clean_from is None or use.effective_at > self.clean_from:
                return use.effective_at
        return None

    @property
    def first_used(self) -> int | None:
        """When it was first used."""
        return min([use.at for use in self.uses], default=None)

    @property
    def last_used(self) -> int | None:
        """When it was last used; where a clock had gone back, the earliest that it can have been."""
        return self.uses[-1].effective_at if self.uses else None

    @property
    def label_mark(self) -> str | None:
        """The mark of the newest label; None when none was printed."""
        return self.labels.mark

    @property
    def label_printed_at(self) -> int | None:
        """When the newest label was sent."""
        return self.labels.printed_at

    @property
    def label_proven_at(self) -> int | None:
        """When the newest label was scanned back."""
        return self.labels.proven_at

    @property
    def title(self) -> str:
        """Its name, or what it is."""
        if self.facts is None:
            return ""
        return self.facts.name or " ".join(filter(None, (self.facts.maker, self.facts.model)))


class _Cure(NamedTuple):
    """A good wash: its first and last entry, where it began, whether the boot clock measured it.

    `is_late` says that it is a soak whose beginning was entered late: it may have begun at another time.
    """

    first: int
    last: int
    begun: int
    is_measured: bool
    is_late: bool


class _Folding:
    """The working state of a fold."""

    facts: RollerFacts | None = None
    registered_at: int | None = None
    offset: int = 0
    opened_at: int | None = None
    bound_to: str | None = None
    shared: Hold | None = None
    infected: Hold | None = None
    soak: Soak | None = None
    failed_inspection: Hold | None = None
    quarantined: Hold | None = None
    retired: Hold | None = None
    soaked_until: int | None = None
    in_service_from: int | None = None
    bin: str = ""

    def __init__(self, code: str) -> None:
        self.code = code
        self.recalls: dict[str, Hold] = {}
        self.uses: list[PastUse] = []
        self.washes: list[Wash] = []
        self.cures: list[_Cure] = []
        self.doubts: dict[int, str] = {}
        self.snoozes: list[Snooze] = []


def fold(code: str, events: Sequence[Event], until: int | None = None) -> Roller:
    """The roller after its events, in the order they happened; `until` leaves later ones out.

    Its registration, whom and what it ever touched, what is doubted and the newest instant on record come
    from all events.
    """
    voided = voided_entries(events)
    timeless = untimed_entries(events, voided)
    entered = as_entered(events, timeless, voided)
    story = in_order(entered)
    counting = [each.event for each in story]
    state = _Folding(code)
    _register(state, counting)
    _doubt(state, counting)
    for each in story:
        apply = _APPLY.get(type(each.event.payload))
        if apply and (until is None or each.event.at <= until):
            apply(state, each)
            if state.in_service_from is None and type(each.event.payload) in _OF_SERVICE:
                state.in_service_from = each.event.at
    _bind(state, counting)
    astray = [each for each in entered if each.is_astray and (until is None or each.event.at <= until)]
    return _frozen(
        state, labels_of(counting, until), newest_entry(events, timeless), _muddled(state, astray, entered)
    )


def by_boot_clock(roller: Roller, clock: int, beat: Beat) -> Roller:
    """The same roller, its soak due when the contact time has surely run, as the boot clock now stands."""
    soak = roller.soak
    if soak is None:
        return roller
    ran = surely_ran(soak.start.event, clock, clock, beat)
    passed = clock - soak.started_at
    lost = 0 if ran.doubt == ELSEWHERE else passed - ran.time
    ends_at = soak.ends_at + passed - ran.most
    soak = soak._replace(due_at=soak.due_at + lost, ends_at=ends_at, doubt=ran.doubt)
    return roller._replace(soak=soak)


def _frozen(state: _Folding, labels: Labels, newest: Newest, muddled: int | None) -> Roller:
    good = [wash for wash in state.washes if not wash.fault]
    clean_from = max([wash.begun for wash in good], default=None)
    return Roller(
        state.code, state.facts, state.registered_at, state.offset, state.opened_at,
        tuple(state.uses), state.bound_to, state.shared, state.infected, state.soak,
        last_wash=state.washes[-1] if state.washes else None,
        last_good=good[-1] if good else None,
        clean_from=clean_from,
        failed_inspection=state.failed_inspection, quarantined=state.quarantined,
        recalls=tuple(state.recalls.items()), retired=state.retired,
        labels=labels, newest=newest.at, newest_entry=newest, muddled=muddled,
        soaked_until=state.soaked_until,
        in_service_from=state.in_service_from,
        good_washes=frozenset([wash.entry for wash in good]),
        bin=state.bin if state.retired else "", snoozes=_put_off(state, clean_from),
    )  # fmt: skip


def _put_off(state: _Folding, clean_from: int | None) -> tuple[Snooze, ...]:
    """What is put off of what is due now; each use makes the wash another debt, each soak its end."""
    if not state.snoozes:
        return ()
    dirty = (use.entry for use in state.uses if clean_from is None or use.effective_at > clean_from)
    soaking = None if state.soak is None else state.soak.start.event.seq
    return of_debts(state.snoozes, {"wash": max(dirty, default=None), "take out": soaking})


def _muddled(state: _Folding, astray: Sequence[Placed], entered: Sequence[Placed]) -> int | None:
    """The last entry made by a clock that had gone back, unless a good wash was begun and ended after it.

    What is washed anew needs no order of what came before. A soak may be the first entry after the clock
    went back, when it began as it was entered; one told later must have begun after a right entry since.
    """
    if not astray:
        return None
    last = astray[-1].event.seq
    for cure in state.cures:
        before = [each for each in astray if each.event.seq <= cure.first]
        within = any(cure.first < each.event.seq <= cure.last for each in astray)
        begun_after = all(cure.begun >= _over_by(each, entered, cure) for each in before)
        if last <= cure.last and begun_after and (cure.is_measured or not within):
            return None
    return last


def _over_by(each: Placed, entered: Sequence[Placed], cure: _Cure) -> int:
    """When an entry by a clock that had gone back was over, as far as a wash after it can tell."""
    return (entered_since(each, entered) or each.high) if cure.is_late else each.high


def _register(state: _Folding, counting: list[Event]) -> None:
    """Take the facts as last entered: a mended registration corrects what was wrong from the start."""
    if known := entered_facts(counting, ev.Registered, RollerFacts):
        registration, facts = known
        state.facts = _with_its_needles(facts, counting)
        state.registered_at, state.offset = registration.at, registration.offset


def _with_its_needles(facts: RollerFacts, counting: list[Event]) -> RollerFacts:
    """What was used and once had needles keeps them: no entry makes a handpiece of it afterwards.

    Its limits, its binding and the rest of the skin would be gone together with the needles.
    """
    if facts.form != HANDPIECE or not any(isinstance(each.payload, ev.Used) for each in counting):
        return facts
    entered = sorted(counting, key=lambda each: -each.seq)
    payloads = (each.payload for each in entered)
    before = next((b for b in payloads if isinstance(b, RollerFacts) and b.form != HANDPIECE), None)
    if before is None:
        return facts
    kept = {name: getattr(before, name) for name in _OF_THE_NEEDLES}
    return facts.changed(**kept)


def _doubt(state: _Folding, counting: list[Event]) -> None:
    """Take what is doubted: a disinfection never counted, at whatever time that was found out."""
    for event in counting:
        if isinstance(event.payload, ev.Doubted):
            state.doubts.update(
                dict.fromkeys(event.payload.entries, f"as found later, {event.payload.reason}")
            )


def _opened(state: _Folding, each: Placed) -> None:
    if state.opened_at is None:
        state.opened_at = each.event.at


def _used(state: _Folding, each: Placed) -> None:
    state.uses.append(PastUse(each.event.at, each.event.person, each.effective_at, each.event.seq))
    # Whatever time is left, and however long it lies there yet: this soak began before the use.
    if state.soak is not None and not state.soak.facts.objection:
        facts = state.soak.facts.changed(objection=_MEANWHILE)
        state.soak = state.soak._replace(facts=facts)


def _soak_started(state: _Folding, each: Placed) -> None:
    event = each.event
    assert isinstance(event.payload, ev.DisinfectionStarted)
    facts = event.payload
    if not facts.objection and event.seq in state.doubts:
        facts = facts.changed(objection=state.doubts[event.seq])
    due_at = event.at + facts.planned * SECOND
    ends_at = event.at + _longest(facts) * SECOND
    state.soak = Soak(event.at, due_at, ends_at, facts, event.solution, each)


def _longest(facts: ev.Agent) -> int:
    return LONGEST_SOAK if facts.longest is None else facts.longest


def _used_between(state: _Folding, begun: int, over: int) -> bool:
    return any(begun < use.effective_at < over for use in state.uses)


def _soak_ended(state: _Folding, each: Placed) -> None:
    event = each.event
    assert isinstance(event.payload, ev.DisinfectionEnded)
    soak, state.soak = state.soak, None
    if soak is not None:
        ran = surely_ran(soak.start.event, event.at, event.recorded_at, beat_of(event))
        fault = _fault(state, soak.facts, ran, soak.start.effective_at, each.effective_at)
        if not fault and (event.payload.early or ran.time < soak.facts.planned * SECOND):
            fault = "it was ended early"
        fault = fault or event.payload.objection
        begun = soak.start
        wash = _wash(
            soak.facts,
            soak.started_at,
            event.at,
            begun.effective_at,
            each.effective_at,
            fault,
            begun.event.seq,
        )
        _washed(state, wash, soak.start.event, event)
        state.soaked_until = max(each.effective_at, state.soaked_until or each.effective_at)


def _disinfected(state: _Folding, each: Placed) -> None:
    event = each.event
    assert isinstance(event.payload, ev.Disinfected)
    length = event.payload.seconds * SECOND
    begun = each.effective_at - length
    fault = _fault(state, event.payload, Ran(length, length), begun, each.effective_at)
    fault = fault or state.doubts.get(event.seq, "")
    if not fault and lay_in_a_soak(state, begun):
        fault = _ELSEWHERE
    wash = _wash(event.payload, event.at - length, event.at, begun, each.effective_at, fault, event.seq)
    _washed(state, wash, event, event)


def lay_in_a_soak(state: "_Folding | Roller", since: int) -> bool:
    """Whether it lies in a soak, or came out of one after an instant: it was in no other bath meanwhile."""
    return state.soak is not None or (state.soaked_until is not None and since < state.soaked_until)


def _washed(state: _Folding, wash: Wash, first: Event, last: Event) -> None:
    state.washes.append(wash)
    if wash.good:
        start, end = beat_of(first), beat_of(last)
        is_measured = start.ticks is not None and (start.machine, start.boot) == (end.machine, end.boot)
        is_late = first is not last and first.at < first.recorded_at
        state.cures.append(_Cure(first.seq, last.seq, wash.begun, is_measured, is_late))


def _wash(facts: ev.Agent, start: int, end: int, begun: int, over: int, fault: str, entry: int) -> Wash:
    return Wash(
        start, end, begun, over, facts.agent, facts.strength, fault, facts.cleaned, facts.required, entry
    )


def _fault(state: _Folding, facts: ev.Agent, ran: Ran, begun: int, over: int) -> str:
    """Why a disinfection does not count, by the facts it was logged with and what happened meanwhile."""
    if facts.objection:
        return facts.objection
    if facts.required is None:
        return f"{facts.agent} does not disinfect"
    if ran.time < facts.required * SECOND:
        whole_minutes = max(0, ran.time) // MINUTE * 60
        lasted = f"{contact_time(whole_minutes)} of {contact_time(facts.required)}"
        return f"only {lasted} of it are sure: {ran.doubt}" if ran.doubt else f"it lasted {lasted}"
    if ran.most > _longest(facts) * SECOND:
        return f"it lay in it for {spoken(ran.most)}; {too_long(facts)}"
    return _MEANWHILE if _used_between(state, begun, over) else ""


def too_long(facts: ev.Agent) -> str:
    """Beyond which time in the agent nothing is known, in words."""
    return f"longer than {spoken(_longest(facts) * SECOND)} is not known to be good"


def _inspected(state: _Folding, each: Placed) -> None:
    event = each.event
    assert isinstance(event.payload, ev.Inspected)
    # A needle that was bent stays bent, whoever looks next: only undoing the entry takes it back.
    if not event.payload.ok and state.failed_inspection is None:
        state.failed_inspection = Hold(event.at, event.payload.reason)


def _quarantined(state: _Folding, each: Placed) -> None:
    event = each.event
    assert isinstance(event.payload, ev.Quarantined)
    state.quarantined = Hold(event.at, event.payload.reason)


def _recalled(state: _Folding, each: Placed) -> None:
    event = each.event
    assert isinstance(event.payload, ev.Recalled)
    state.recalls.pop(event.payload.incident, None)
    state.recalls[event.payload.incident] = Hold(event.at, event.payload.reason)


def _released(state: _Folding, each: Placed) -> None:
    """A release lifts the quarantine; a recall under it stays and needs a release of its own.

    So does each of several recalls: the newest goes first. One that names an incident lifts its recall alone.
    """
    assert isinstance(each.event.payload, ev.Released)
    if incident := each.event.payload.incident:
        state.recalls.pop(incident, None)
    elif state.quarantined is not None:
        state.quarantined = None
    elif state.recalls:
        state.recalls.popitem()


def _retired(state: _Folding, each: Placed) -> None:
    event = each.event
    assert isinstance(event.payload, ev.Retired)
    if state.retired is None:
        state.retired = Hold(event.at, event.payload.reason)
    state.bin = event.payload.bin or state.bin


def _binned(state: _Folding, each: Placed) -> None:
    assert isinstance(each.event.payload, ev.Binned)
    state.bin = each.event.payload.bin


def _snoozed(state: _Folding, each: Placed) -> None:
    state.snoozes.append(snooze_of(each.event))


_APPLY: dict[type[ev.Payload], Callable[[_Folding, Placed], None]] = {
    ev.Opened: _opened,
    ev.Used: _used,
    ev.DisinfectionStarted: _soak_started,
    ev.DisinfectionEnded: _soak_ended,
    ev.Disinfected: _disinfected,
    ev.Inspected: _inspected,
    ev.Quarantined: _quarantined,
    ev.Recalled: _recalled,
    ev.Released: _released,
    ev.Retired: _retired,
    ev.Binned: _binned,
    ev.Snoozed: _snoozed,
}


_OF_SERVICE = frozenset({ev.Opened, ev.Used, ev.DisinfectionStarted, ev.Disinfected})
"""With the first of these a new piece is one no more."""


def _bind(state: _Folding, counting: list[Event]) -> None:
    """Bind to the person of the first use; before it, to whom the roller was last set aside for.

    A handpiece passes from person to person and is never bound. Looks at every event, also later ones:
    a roller that ever touched a second person, or infected skin, did so for good.
    """
    uses = [event for event in counting if isinstance(event.payload, ev.Used)]
    for each in uses:
        if isinstance(each.payload, ev.Used) and each.payload.infected:
            state.infected = Hold(each.at, "it touched infected skin")
            break
    if state.facts is not None and state.facts.form == HANDPIECE:
        return
    owners = uses[:1] or [event for event in counting if isinstance(event.payload, ev.Bound)][-1:]
    for owner in owners:
        state.bound_to = owner.person
    for each in uses:
        if each.person != state.bound_to:
            state.shared = Hold(each.at, "it was used on more than one person")
            break
