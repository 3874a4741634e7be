"""One scan, from the code to what fills the screen."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rollertrack.domain.code import Kind, shown
from rollertrack.errors import BadCode, BadInput, RollerTrackError, StoreFailed, ours
from rollertrack.scanner.slow_scans import is_box_alone, why_unreadable
from rollertrack.services import checking, codes
from rollertrack.services.backend import Backend
from rollertrack.services.codes import Scan
from rollertrack.services.station import Done
from rollertrack.tui.scanning import scan_labels, scan_results
from rollertrack.tui.scanning.scan_labels import LabelNote
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.tui.scanning.scan_session import PAIRING, PendingAction, ScanSession, Want, binning
from rollertrack.wording import scans

if TYPE_CHECKING:
    from rollertrack.services.carding import ScanAgain

_WANTED = {"person": Want.PERSON, "operator": Want.OPERATOR, "bin": Want.BIN}


@dataclass(slots=True)
class ScanFlow:
    """Answers scans one after the other, in the order they came, each with a card to `show`.

    `wrote` is told of every deed that a scan did; what waits for another scan, the session alone keeps.
    """

    backend: Backend
    clock: Callable[[], int]
    show: Callable[[ScanResult], Awaitable[None]]
    wrote: Callable[[Done], None]
    session: ScanSession = field(default_factory=ScanSession)
    _shown: ScanResult | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self, text: str, *, at_speed: bool = False) -> None:
        """Answer a scan; `at_speed` when only a scanner can have sent it."""
        # A scan counts from when it came: while it waits its turn, a second reading must not grow old.
        now = self.clock()
        async with self._turn:
            self._shown = await self._result(text, now, at_speed=at_speed)
            await self.show(self._shown)

    async def _result(self, text: str, now: int, *, at_speed: bool) -> ScanResult:
        if is_box_alone(text):
            return self._unread(scan_results.barcode_result(text), now)
        try:
            scan = await self.backend.run(codes.identify, text)
        except BadCode as error:
            return self._unread(scan_results.stop_result(text, why_unreadable(text, error)), now)
        except StoreFailed as error:
            return self._unread(scan_results.stop_result(text, error.message), now)
        since = self.session.seen(scan.code, now)
        if self.session.is_echo(scan.code, since) and self._shown and self._shown.is_of_an_action:
            return await self._echo(self._shown, now)
        if not scan.known and scan.kind is not Kind.CARD:
            return self._unread(scan_results.unregistered_result(scan, at_speed=at_speed), now)
        label = await self._label(scan, at_speed=at_speed)
        result = await self._answered(scan, now)
        repeated = since is not None and not result.is_of_an_action
        return _with_notes(result, label, scans.scanned_again(since or 0) if repeated else "")

    async def _answered(self, scan: Scan, now: int) -> ScanResult:
        before = self.session.pending
        result = await self._answers[scan.kind](self, scan, now)
        if before is None or not before.holds(now) or result.is_deed:
            return result
        is_kept = self.session.pending is not None and self.session.pending.action is before.action
        return result if is_kept else replace(result, note=scans.let_go(before.action))

    def _unread(self, result: ScanResult, now: int) -> ScanResult:
        """A scan that says nothing, with what waits meanwhile: it must not wait unseen."""
        return replace(result, pending=self.session.misread(now))

    async def _echo(self, shown: ScanResult, now: int) -> ScanResult:
        """What one wave of a card was read twice for: nothing; but it must not pass for a second scan."""
        pending = self.session.echoed(now)
        result = await self.ask_again(shown) if shown.is_roller else shown
        note = scans.TOO_SOON if pending and pending.want is Want.AGAIN else scans.ECHOED
        return replace(result, pending=pending, note=note)

    async def _label(self, scan: Scan, *, at_speed: bool) -> LabelNote:
        if scan.kind is not Kind.ROLLER:
            return LabelNote()
        return await scan_labels.look(self.backend, scan, self.wrote, at_speed=at_speed)

    async def _roller(self, scan: Scan, now: int) -> ScanResult:
        person = self.session.roller_scanned(scan.code, now)
        pending = self.session.pending
        if pending and not pending.want:
            return await self._play(pending)
        result = await self.check(scan.code, person)
        return await self._collect(pending, result) if pending else result

    async def _person(self, scan: Scan, now: int) -> ScanResult:
        roller = self.session.person_scanned(scan, now)
        if self.session.pending:
            return await self._play(self.session.pending, scan)
        if roller:
            return await self.check(roller, scan.code)
        facts = await self.backend.run(codes.person_in_short, scan.code)
        return scan_results.person_result(scan, now + PAIRING, facts)

    async def _solution(self, scan: Scan, now: int) -> ScanResult:
        return await self._play(self.session.solution_scanned(scan, now), scan)

    async def _operator(self, scan: Scan, now: int) -> ScanResult:
        if not await self.backend.work_as(scan.code):
            return self._unread(scan_results.plain_result(scan, scans.CLOSED_HERE), now)
        self.session.operator_scanned(now)
        pending = self.session.pending
        if pending and not pending.want:
            return await self._play(pending)
        result = scan_results.plain_result(scan, scans.WORKS_HERE)
        return replace(result, pending=pending, until=pending.until) if pending else result

    async def _bin(self, scan: Scan, now: int) -> ScanResult:
        roller = self.session.bin_scanned(scan, now)
        if self.session.pending:
            return await self._play(self.session.pending, scan)
        return scan_results.bin_result(scan, roller)

    async def _action_card(self, scan: Scan, now: int) -> ScanResult:
        try:
            pending: PendingAction = self.session.action_scanned(scan.code, now)
        except BadCode as error:
            return self._unread(scan_results.unknown_card(scan, error.reason), now)
        if pending.want is Want.AGAIN and self._shown:
            return replace(self._shown, pending=pending, note=scans.TOO_SOON)
        return await self._play(pending)

    async def _play(self, pending: PendingAction, beside: Scan | None = None) -> ScanResult:
        """Do the action when all is there, else say what it waits for; `beside` was scanned last."""
        if pending.want is None:
            return await self._do(pending)
        soaking = await self._soaking(pending.rollers)
        pending = self.session.leave_out(pending, *soaking)
        return replace(scan_results.awaiting(pending, beside), note=scans.left_out(soaking))

    async def _collect(self, pending: PendingAction, result: ScanResult) -> ScanResult:
        """Show the rollers collected for a soak, with the newest one's own verdict over them."""
        if result.answer is not None and result.answer.is_soaking:
            pending = self.session.leave_out(pending, result.code)
            result = replace(result, note=scans.left_out([result.code]), pending=pending)
            return scan_results.collecting(result, pending) if pending.rollers else result
        return scan_results.collecting(result, pending)

    async def _do(self, pending: PendingAction) -> ScanResult:
        from rollertrack.services.carding import ScanAgain

        self.session.take_up()
        try:
            done = await self._act(pending)
        except ScanAgain as again:
            return await self._ask_for_another(pending, again)
        except RollerTrackError as error:
            return await self._fail(pending, error)
        self.session.spend()
        self.wrote(done)
        lines = scans.done_lines(done.message, done.codes, done.warnings)
        return scan_results.done(await self._roller_of(pending), pending.action, lines)

    async def _act(self, pending: PendingAction) -> Done:
        from rollertrack.services import carding

        return await self.backend.run(
            carding.act,
            pending.action,
            pending.rollers,
            person=pending.person,
            solution=pending.solution,
            sharps_bin=pending.sharps_bin,
            warned=pending.warnings,
        )

    async def bin_roller(self, roller: str, sharps_bin: str) -> Done:
        """Retire a roller into a bin, as the card of the bin does."""
        return await self._act(binning(roller, sharps_bin, self.clock()))

    async def _ask_for_another(self, pending: PendingAction, again: "ScanAgain") -> ScanResult:
        result = await self._roller_of(pending)
        does = scans.card_once_more(pending.action, result.word)
        held = self.session.hold(pending, Want.AGAIN, self.clock(), does, again.warnings)
        return scan_results.asking(result, held, again.message)

    async def _fail(self, pending: PendingAction, error: RollerTrackError) -> ScanResult:
        result = await self._roller_of(pending)
        if isinstance(error, BadInput) and (want := _WANTED.get(error.field)):
            return scan_results.wanting(result, self.session.hold(pending, want, self.clock(), error.reason))
        self.session.spend()
        return scan_results.failed(
            result, pending.action, error.reason if isinstance(error, BadInput) else error.message
        )

    async def _roller_of(self, pending: PendingAction) -> ScanResult:
        return await self.check(pending.rollers[-1], pending.person)

    async def _soaking(self, codes: Sequence[str]) -> list[str]:
        found = [await self.check(code, None) for code in codes]
        return [result.code for result in found if result.answer and result.answer.is_soaking]

    async def check(self, code: str, person: str | None) -> ScanResult:
        """The gate's answer now; a STOP when the record does not know the roller or cannot be read."""
        try:
            return scan_results.verdict_result(
                await self.backend.run(checking.check, code, person=person), person
            )
        except BadCode as error:
            return replace(scan_results.stop_result(shown(code), error.reason), code=code)
        except StoreFailed as error:
            return scan_results.lost_result(code, person, error.message)

    async def ask_again(self, result: ScanResult) -> ScanResult:
        """The same card as it is now; whatever fails is a STOP."""
        try:
            newer = await self.check(result.code, result.person)
        except Exception as error:
            newer = scan_results.lost(result, ours(error).message)
        return scan_results.renewed(result, newer)

    def forget(self) -> None:
        """Drop the scans that wait for their other half."""
        self.session.forget()

    _answers = {  # noqa: RUF012 - a table of methods, never changed
        Kind.ROLLER: _roller,
        Kind.PERSON: _person,
        Kind.SOLUTION: _solution,
        Kind.OPERATOR: _operator,
        Kind.BIN: _bin,
        Kind.CARD: _action_card,
    }


def _with_notes(result: ScanResult, label: LabelNote, repeated: str) -> ScanResult:
    """The same card with everything there is to say beside it."""
    notes = filter(None, (result.note, repeated, label.note))
    return replace(result, note="\n".join(notes), alarm=label.alarm)
