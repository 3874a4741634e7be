"""Action cards at work: one that has all it needs does its deed, another says what it waits for.

What the deeds need is imported at the first one: the first screen does not wait for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services.backend import Backend
from rollertrack.services.records import Scan
from rollertrack.services.station import Done
from rollertrack.tui.scanning import action_cards, offers
from rollertrack.tui.scanning.pending_action import PendingAction, Want
from rollertrack.tui.scanning.scan_gate import ScanGate
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.tui.scanning.scan_session import ScanSession

if TYPE_CHECKING:
    from rollertrack.services.carding import ScanAgain

_WANTED = {"person": Want.PERSON, "operator": Want.OPERATOR, "bin": Want.BIN}


@dataclass(frozen=True, slots=True)
class ScanDeeds:
    """Does the pending action of a session; `wrote` is told of every deed done."""

    backend: Backend
    clock: Callable[[], int]
    gate: ScanGate
    session: ScanSession
    wrote: Callable[[Done], None]

    async def play(self, pending: PendingAction, beside: Scan | None = None) -> ScanResult:
        """Do the action when all is there, else say what it waits for; `beside` was scanned last."""
        if pending.want is None:
            return await self._do(pending)
        soaking = await self._soaking(pending.rollers)
        pending = self.session.pending = pending.without(*soaking)
        return replace(action_cards.awaiting(pending, beside), note=action_cards.left_out(soaking))

    async def collect(self, pending: PendingAction, result: ScanResult) -> ScanResult:
        """Show the rollers collected for a soak, with the newest one's own verdict over them."""
        if result.answer is not None and offers.is_soaking(result.answer):
            pending = self.session.pending = pending.without(result.code)
            result = replace(result, note=action_cards.left_out([result.code]), pending=pending)
            return action_cards.collecting(result, pending) if pending.rollers else result
        return action_cards.collecting(result, pending)

    async def _do(self, pending: PendingAction) -> ScanResult:
        from rollertrack.services import carding

        self.session.pending = None
        try:
            done = await self.backend.run(
                carding.act,
                pending.action,
                pending.rollers,
                person=pending.person,
                solution=pending.solution,
                sharps_bin=pending.sharps_bin,
                warned=pending.warnings,
            )
        except carding.ScanAgain as again:
            return await self._ask_again(pending, again)
        except RollerTrackError as error:
            return await self._fail(pending, error)
        self.session.spend()
        self.wrote(done)
        return action_cards.done(await self._roller(pending), pending.action, done)

    async def _ask_again(self, pending: PendingAction, again: "ScanAgain") -> ScanResult:
        result = await self._roller(pending)
        does = action_cards.second_scan(pending.action, result.word)
        held = self.session.hold(pending, Want.AGAIN, self.clock(), does, again.warnings)
        return action_cards.asking(result, held, again.message)

    async def _fail(self, pending: PendingAction, error: RollerTrackError) -> ScanResult:
        result = await self._roller(pending)
        if isinstance(error, BadInput) and (want := _WANTED.get(error.field)):
            return action_cards.wanting(result, self.session.hold(pending, want, self.clock(), error.reason))
        self.session.spend()
        return action_cards.failed(result, pending.action, error)

    async def _roller(self, pending: PendingAction) -> ScanResult:
        return await self.gate.check(pending.rollers[-1], pending.person)

    async def _soaking(self, codes: Sequence[str]) -> list[str]:
        found = [await self.gate.check(code, None) for code in codes]
        return [result.code for result in found if result.answer and offers.is_soaking(result.answer)]
