"""What a solution turns out to have been takes back, or gives back, the disinfections done in it.

Each is judged anew by the solution as it stands now, under the policy of its day; one that nothing stood
against and something stands against now is doubted on its roller. The doubt goes when nothing is left.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rollertrack.domain import events as ev
from rollertrack.domain import roller as rollers
from rollertrack.domain import solution as solutions
from rollertrack.domain.beat import beat_of, surely_ran
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Event, voided_entries
from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import SECOND
from rollertrack.domain.solution import Solution, longest_soak, objections
from rollertrack.errors import BadCode
from rollertrack.services import times
from rollertrack.services.station import Deed, read_code
from rollertrack.wording.records import rollers_text


class Settled(NamedTuple):
    """The rollers whose last disinfection no longer counts, and those whose does again."""

    doubted: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What came of it, in sentences that follow another one; empty when nothing did."""
        said = ""
        if self.doubted:
            said += f" The last disinfection of {rollers_text(self.doubted)} no longer counts."
        if self.cleared:
            said += f" The last disinfection of {rollers_text(self.cleared)} counts again."
        return said


class _Doubt(NamedTuple):
    """What should stand on a roller: of which entries, in which solution, why."""

    entries: tuple[int, ...]
    solution: str
    reason: str


def settled(now: Deed, stream: str) -> Settled:
    """Bring doubts in step after a deed on a stream: on all that was in a solution, or on the one roller.

    Undoing an entry of a roller may bring an old disinfection back to where it decides.
    """
    if stream.startswith(Kind.SOLUTION):
        codes = now.journal.rollers_in(stream)
        now.journal.read_ahead(codes)
        return _Bench(now).settled(codes, stream)
    return _Bench(now).settled([stream], None) if stream.startswith(Kind.ROLLER) else Settled()


class _Bench:
    """Judges disinfections anew; keeps what it has read, for one solution may have been in many."""

    def __init__(self, now: Deed) -> None:
        self._now = now
        self._solutions: dict[tuple[str, int], Solution | None] = {}
        self._policies: dict[int, Policy] = {}

    def settled(self, codes: Sequence[str], solution: str | None) -> Settled:
        doubted, cleared = [], []
        for code in codes:
            before, after = self._settle(code, solution)
            if after and not before:
                doubted.append(code)
            elif before and not after:
                cleared.append(code)
        return Settled(tuple(doubted), tuple(cleared))

    def _settle(self, code: str, solution: str | None) -> tuple[bool, bool]:
        """Whether a disinfection that decides was doubted on a roller, and whether one is now."""
        entries = tuple(self._now.journal.stream(code))
        gone = voided_entries(entries)
        standing = {
            _Doubt(each.payload.entries, each.solution or "", each.payload.reason): each
            for each in entries
            if isinstance(each.payload, ev.Doubted)
            and each.seq not in gone
            and solution in {None, each.solution}
        }
        right = self._doubts(entries, solution)
        was = {entry for doubt in standing for entry in doubt.entries}
        will = {entry for doubt in right for entry in doubt.entries}
        if set(right) == set(standing) or not (was or self._decides(code, entries, right)):
            return bool(was), bool(was)
        for doubt, event in standing.items():
            if doubt not in right:
                self._append(code, ev.Voided(entry=event.seq, reason="what raised it was mended"), None)
        for doubt in right:
            if doubt not in standing:
                self._append(code, ev.Doubted(entries=doubt.entries, reason=doubt.reason), doubt.solution)
        return bool(was), bool(will)

    def _decides(self, code: str, entries: Sequence[Event], doubts: Sequence[_Doubt]) -> bool:
        """Whether any of it makes the roller clean as it stands, or is the soak it is in."""
        at, seq = self._now.recorded_at, len(entries)
        doubtful = (
            Event(code, seq + place, at, at, ev.Doubted(entries=doubt.entries, reason=doubt.reason))
            for place, doubt in enumerate(doubts, 1)
        )
        stands, falls = rollers.fold(code, entries), rollers.fold(code, (*entries, *doubtful))
        return (stands.last_good, stands.soak, stands.dirty_since) != (
            falls.last_good, falls.soak, falls.dirty_since,
        )  # fmt: skip

    def _append(self, code: str, payload: ev.Payload, solution: str | None) -> None:
        """Write what was found out when it was found out, whatever moment the deed itself is for."""
        now = self._now
        at, offset = now.recorded_at, times.at_offset(now.recorded_at)
        now.journal.append(code, payload, at, at, offset, operator=now.operator, solution=solution)

    def _doubts(self, entries: Sequence[Event], solution: str | None) -> list[_Doubt]:
        """What should stand on a roller, also of entries undone by now: they may come back."""
        found: dict[tuple[str, str], list[int]] = {}
        took = _took(entries)
        for event, bath in _baths(entries, solution):
            if reason := self._denial(event, bath, max(_seconds(bath), took.get(event.seq, 0))):
                found.setdefault((event.solution or "", reason), []).append(event.seq)
        return [_Doubt(tuple(numbers), where, why) for (where, why), numbers in found.items()]

    def _denial(self, event: Event, bath: ev.Agent, seconds: int) -> str:
        """What stands against a disinfection now and did not when it was logged; empty when nothing does."""
        code = event.solution or ""
        stream = self._now.journal.stream(code)
        head = bath.solution_head or sum(each.recorded_at <= event.recorded_at for each in stream)
        then, today = self._solution(code, head), self._solution(code, len(stream))
        if then == today:
            return ""
        known = self._against(event, bath, seconds, then, then)
        found = self._against(event, bath, seconds, then, today)
        return next((each for each in found if each not in known), "")

    def _against(
        self, event: Event, bath: ev.Agent, seconds: int, then: Solution | None, found: Solution | None
    ) -> tuple[str, ...]:
        """All that stands against a disinfection in a solution as `found`, which was taken for `then`."""
        if found is None:
            return (f"solution {shown(event.solution or '')} is not on record",)
        policy = self._policy(event.at)
        assumed = policy.agent(bath.agent).assumed
        strength = bath.strength
        if then is not None and strength == (assumed if then.strength is None else then.strength):
            # Nobody said how strong it was: it was taken from the bottle.
            strength = assumed if found.strength is None else found.strength
        is_over = isinstance(bath, ev.Disinfected)
        start = event.at - (_seconds(bath) * SECOND if is_over else 0)
        against = objections(policy, bath.agent, strength, found, start)
        outlived = seconds > longest_soak(policy, bath.agent, found, start)
        return (*against, "it lay in it for longer than that was good") if outlived else against

    def _solution(self, code: str, head: int) -> Solution | None:
        """A solution as its first entries tell it."""
        if (code, head) not in self._solutions:
            self._solutions[code, head] = solutions.fold(code, self._now.journal.stream(code)[:head])
        return self._solutions[code, head]

    def _policy(self, instant: int) -> Policy:
        """The policy that was in force when something happened."""
        if instant not in self._policies:
            self._policies[instant] = self._now.journal.policy(instant)
        return self._policies[instant]


def _seconds(bath: ev.Agent) -> int:
    """How long it took, or was to take."""
    assert isinstance(bath, ev.Disinfected | ev.DisinfectionStarted)
    return bath.seconds if isinstance(bath, ev.Disinfected) else bath.planned


def _took(entries: Sequence[Event]) -> dict[int, int]:
    """For how many seconds each soak that is over ran, by the number of the entry that began it."""
    begun: Event | None = None
    found: dict[int, int] = {}
    for event in ev.effective(entries):
        match event.payload:
            case ev.DisinfectionStarted():
                begun = event
            case ev.DisinfectionEnded() if begun is not None:
                ran = surely_ran(begun, event.at, event.recorded_at, beat_of(event))
                found[begun.seq] = ran.most // SECOND
                begun = None
    return found


def _baths(entries: Sequence[Event], solution: str | None) -> Iterator[tuple[Event, ev.Agent]]:
    """The disinfections in a solution, or in any, that nothing stood against when they were logged."""
    for event in entries:
        payload = event.payload
        if not isinstance(payload, ev.DisinfectionStarted | ev.Disinfected) or payload.objection:
            continue
        if event.solution is not None and solution in {None, event.solution}:
            yield event, payload


def solution_named(now: Deed, text: str, field: str = "code") -> Solution:
    """The solution that a code names."""
    code = read_code(now.station, text, Kind.SOLUTION, field)
    found = solutions.fold(code, now.journal.stream(code))
    if found is None:
        raise BadCode(f"no solution is registered under {shown(code)}", field=field)
    return found
