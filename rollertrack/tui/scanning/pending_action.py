"""A pending action: a card, what was scanned with it so far, and what it still waits for; pure.

It waits for twenty seconds. When they are over it is let go, and nothing was done.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

from rollertrack.domain.cards import Action
from rollertrack.domain.code import shown
from rollertrack.domain.quantities import SECOND, plural, spoken

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
            return f"{self.action.word} was let go: nothing was logged"
        if self.want is Want.AGAIN and now < self.counts_from:
            return f"{self._waiting()} · counts in {spoken(self.counts_from - now)}"
        return f"{self._waiting()} · {spoken(self.until - now)}"

    def _waiting(self) -> str:
        if self.collects:
            return self._collecting()
        what = self.ask or "scan a roller"
        return what if self.want is Want.AGAIN else f"{self.action.word}: {what}"

    def _collecting(self) -> str:
        if not self.rollers:
            where = f"into {shown(self.solution)}" if self.solution else "in"
            return f"{self.action.word}: scan the rollers that go {where}"
        starts = "the jar or INTO SOAK again" if self.solution else "INTO SOAK again or a jar"
        return f"{plural(len(self.rollers), 'roller')}: scan more; {starts} starts the soak"
