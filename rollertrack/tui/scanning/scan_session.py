"""What was scanned a moment ago, and an action card that waits for more; pure, for twenty visible seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from rollertrack.domain.cards import Action, action_of
from rollertrack.domain.quantities import SECOND
from rollertrack.services.codes import Scan
from rollertrack.wording import scans

PAIRING = 20 * SECOND
ECHO = 3 * SECOND // 2
"""A scanner that reads a card twice at one wave does so within this time, in microseconds."""


class Want(Enum):
    """What an action card waits for."""

    ROLLER = auto()
    ROLLERS = auto()
    PERSON = auto()
    OPERATOR = auto()
    BIN = auto()
    AGAIN = auto()


@dataclass(frozen=True, slots=True)
class PendingAction:
    """An action and everything scanned with it; `want` is None once all is there.

    `ask` says in words what is missing or what a second scan does; that scan counts from `counts_from` on,
    and does what `warnings` tell of, no more. Instants are microseconds UTC.
    """

    action: Action
    want: Want | None
    since: int
    rollers: tuple[str, ...] = ()
    person: str | None = None
    solution: str | None = None
    sharps_bin: str | None = None
    ask: str = ""
    warnings: tuple[str, ...] = ()
    counts_from: int = 0

    @property
    def until(self) -> int:
        """When it is let go."""
        return self.since + PAIRING

    def holds(self, now: int) -> bool:
        """Whether it still waits; a clock that was set back lets it go.

        A scan may have come a little before it began to wait: it stood in the queue meanwhile.
        """
        return self.since - PAIRING < now < self.until

    @property
    def collects(self) -> bool:
        """Whether it takes roller after roller."""
        return self.want is Want.ROLLERS

    def after_action(self, action: Action, now: int) -> "PendingAction | None":
        """The same card scanned once more; None for another one, which begins anew."""
        if action is not self.action:
            return None
        if self.want is Want.AGAIN and now < self.counts_from:
            return self.echoed(now)
        if self.want is Want.ROLLER or (self.collects and not self.rollers):
            return replace(self, since=now)
        return replace(self, want=None)

    def echoed(self, now: int) -> "PendingAction":
        """The card was read again too soon: a scan that counts must stand apart from it."""
        return replace(self, counts_from=max(self.counts_from, now + ECHO))

    def after_roller(self, code: str, person: str | None, now: int) -> "PendingAction | None":
        """With a roller; None where none was awaited."""
        if self.want is Want.ROLLER:
            return replace(self, want=None, rollers=(code,), person=person or self.person)
        if self.collects:
            others = tuple(each for each in self.rollers if each != code)
            return replace(self, rollers=(*others, code), since=now)
        return None

    def without(self, *codes: str) -> "PendingAction":
        """Without some of its rollers."""
        return replace(self, rollers=tuple(each for each in self.rollers if each not in codes))

    def after_person(self, code: str, now: int) -> "PendingAction | None":
        """With a person; None where nobody was awaited."""
        match self.want:
            case Want.PERSON:
                return replace(self, want=None, person=code)
            case Want.ROLLER:
                return replace(self, person=code, since=now)
            case _:
                return None

    def after_operator(self) -> "PendingAction | None":
        """With an operator, who stands in the way of nothing but a warning: it must be on the screen."""
        if self.want is Want.AGAIN:
            return None
        return replace(self, want=None) if self.want is Want.OPERATOR else self

    def after_solution(self, code: str, now: int) -> "PendingAction | None":
        """With a jar, which starts a soak that was waiting for it; None where no jar was awaited."""
        if not self.collects:
            return None
        starts = bool(self.rollers) and self.solution in {None, code}
        return replace(self, want=None if starts else self.want, solution=code, since=now)

    def after_bin(self, code: str, now: int) -> "PendingAction | None":
        """With a sharps bin; None where none was awaited."""
        if self.action is not Action.BIN or self.want not in {Want.BIN, Want.ROLLER}:
            return None
        return replace(self, want=None if self.rollers else self.want, sharps_bin=code, since=now)

    def line(self, now: int) -> str:
        """What it waits for, and for how long; or that it was let go."""
        if not self.holds(now):
            return scans.ran_out(self.action)
        counts_in = self.counts_from - now if self.want is Want.AGAIN else 0
        return scans.with_time_left(self._waiting(), self.until - now, counts_in=counts_in)

    def _waiting(self) -> str:
        if self.collects:
            return scans.soak_collects(self.action, len(self.rollers), self.solution)
        return self.ask if self.ask and self.want is Want.AGAIN else scans.card_waits(self.action, self.ask)


REPEAT = 5 * SECOND


def binning(roller: str, sharps_bin: str, now: int) -> PendingAction:
    """A roller that goes into a bin, with nothing left to wait for."""
    return PendingAction(Action.BIN, None, now, (roller,), sharps_bin=sharps_bin)


@dataclass(slots=True)
class ScanSession:
    """The scans of one station; instants are microseconds UTC."""

    pending: PendingAction | None = None
    _seen: dict[str, int] = field(default_factory=dict)
    _last: str = ""
    _person: tuple[Scan, int] | None = None
    _bin: tuple[Scan, int] | None = None
    _rollers: dict[str, str | None] = field(default_factory=dict)
    _rollers_at: int = 0

    def seen(self, code: str, now: int) -> int | None:
        """Note a scan; the microseconds since the same code was scanned, if it was within five seconds."""
        before = self._seen.get(code)
        self._seen[code] = now
        return now - before if before is not None and 0 <= now - before < REPEAT else None

    def is_echo(self, code: str, since: int | None) -> bool:
        """Whether a scan, `since` after the one before of its code, is the same wave read twice."""
        is_same, self._last = code == self._last, code
        return is_same and since is not None and since < ECHO

    def rollers(self, now: int) -> tuple[str, ...]:
        """The rollers scanned just now, oldest first: each within twenty seconds of the next."""
        return tuple(self._rollers) if 0 <= now - self._rollers_at < PAIRING else ()

    def roller_scanned(self, code: str, now: int) -> str | None:
        """Note a roller; the person scanned just before it, who is then spent."""
        person, self._person = self._fresh(self._person, now), None
        if not self.rollers(now):
            self._rollers.clear()
        self._rollers.pop(code, None)
        self._rollers[code] = person.code if person else None
        self._rollers_at = now
        pending = self._pending(now)
        self.pending = pending.after_roller(code, person.code if person else None, now) if pending else None
        return person.code if person else None

    def person_scanned(self, person: Scan, now: int) -> str | None:
        """Note a person; the roller scanned just before, with whom the pair is complete."""
        roller = next(reversed(self.rollers(now)), None)
        self._person = None if roller else (person, now)
        if roller:
            self._rollers[roller] = person.code
        pending = self._pending(now)
        self.pending = pending.after_person(person.code, now) if pending else None
        return roller

    def operator_scanned(self, now: int) -> None:
        """Note an operator, who now does what is pending."""
        pending = self._pending(now)
        self.pending = pending.after_operator() if pending else None

    def solution_scanned(self, solution: Scan, now: int) -> PendingAction:
        """Note a solution: a soak in it, with the rollers scanned just before."""
        pending = self._pending(now)
        self.pending = (pending.after_solution(solution.code, now) if pending else None) or PendingAction(
            Action.SOAK, Want.ROLLERS, now, self.rollers(now), solution=solution.code
        )
        return self.pending

    def bin_scanned(self, sharps_bin: Scan, now: int) -> str | None:
        """Note a sharps bin; the roller scanned just before."""
        self._bin = (sharps_bin, now)
        pending = self._pending(now)
        self.pending = pending.after_bin(sharps_bin.code, now) if pending else None
        return next(reversed(self.rollers(now)), None)

    def action_scanned(self, code: str, now: int) -> PendingAction:
        """Note an action card: with what is pending, or with what was scanned just before.

        BadCode for a card of some other program.
        """
        action = action_of(code)
        pending = self._pending(now)
        self.pending = (pending.after_action(action, now) if pending else None) or self._begun(action, now)
        return self.pending

    def _begun(self, action: Action, now: int) -> PendingAction:
        """On one roller, the one on the screen, a card acts at once; more than that is shown first."""
        rollers = self.rollers(now)
        if action is Action.SOAK:
            return PendingAction(action, None if len(rollers) == 1 else Want.ROLLERS, now, rollers)
        person, sharps_bin = self._fresh(self._person, now), self._fresh(self._bin, now)
        newest = rollers[-1:]
        whose = self._rollers[newest[0]] if newest else person.code if person else None
        into = sharps_bin.code if sharps_bin and action is Action.BIN else None
        return PendingAction(
            action, None if newest else Want.ROLLER, now, newest, person=whose, sharps_bin=into
        )

    def hold(
        self, pending: PendingAction, want: Want, now: int, ask: str, warnings: Sequence[str] = ()
    ) -> PendingAction:
        """Keep a card pending for something it turned out to need."""
        self.pending = replace(
            pending, want=want, since=now, ask=ask, warnings=tuple(warnings), counts_from=now + ECHO
        )
        return self.pending

    def leave_out(self, pending: PendingAction, *codes: str) -> PendingAction:
        """Let an action go on waiting without some of its rollers."""
        self.pending = pending.without(*codes)
        return self.pending

    def take_up(self) -> None:
        """Let nothing wait: what did is being done."""
        self.pending = None

    def echoed(self, now: int) -> PendingAction | None:
        """Note that the newest scan was read twice; what is pending."""
        pending = self._pending(now)
        self.pending = pending.echoed(now) if pending else None
        return self.pending

    def misread(self, now: int) -> PendingAction | None:
        """Note a scan that says nothing; what is pending. A warning it drove off the screen is let go."""
        pending = self._pending(now)
        self.pending = pending if pending and pending.want is not Want.AGAIN else None
        return self.pending

    def spend(self) -> None:
        """Drop what waits for its other half: a deed was done with it."""
        self.pending = self._person = self._bin = None
        self._rollers.clear()

    def forget(self) -> None:
        """The same by the user's will; repeats are still told, and what is scanned next is new."""
        self.spend()
        self._last = ""

    def _pending(self, now: int) -> PendingAction | None:
        return self.pending if self.pending is not None and self.pending.holds(now) else None

    @staticmethod
    def _fresh(held: tuple[Scan, int] | None, now: int) -> Scan | None:
        return held[0] if held is not None and 0 <= now - held[1] < PAIRING else None
