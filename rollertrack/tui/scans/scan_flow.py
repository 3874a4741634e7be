"""One scan, from the code to what fills the screen."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from rollertrack.diagnostics.scan_match import script_of
from rollertrack.domain.cards import action_of
from rollertrack.domain.code import Kind, narrow
from rollertrack.errors import BadCode, StoreFailed
from rollertrack.services import records
from rollertrack.services.desk import Desk
from rollertrack.services.records import Scan
from rollertrack.services.station import Done
from rollertrack.tui.scans import action_cards, cards, scan_boxes, scan_labels
from rollertrack.tui.scans.cards import Card
from rollertrack.tui.scans.scan_deeds import ScanDeeds
from rollertrack.tui.scans.scan_gate import ScanGate
from rollertrack.tui.scans.scan_grammar import read
from rollertrack.tui.scans.scan_hand import PAIRING, Hand, Want
from rollertrack.tui.scans.scan_labels import LabelTold
from rollertrack.tui.scans.scan_memory import read_end
from rollertrack.tui.scans.scan_session import ScanSession


@dataclass(slots=True)
class ScanFlow:
    """Answers scans one after the other, in the order they came, each with a card to `show`.

    `wrote` is told of every deed that a scan did.
    """

    desk: Desk
    clock: Callable[[], int]
    show: Callable[[Card], Awaitable[None]]
    wrote: Callable[[Done], None]
    session: ScanSession = field(default_factory=ScanSession)
    gate: ScanGate = field(init=False)
    _deeds: ScanDeeds = field(init=False)
    _shown: Card | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.gate = ScanGate(self.desk)
        self._deeds = ScanDeeds(self.desk, self.clock, self.gate, self.session, self.wrote)

    async def take(self, text: str, *, at_speed: bool = False) -> None:
        """Answer a scan; `at_speed` when only a scanner can have sent it."""
        # A scan counts from when it came: while it waits its turn, a second reading must not grow old.
        now = self.clock()
        async with self._turn:
            self._shown = await self._card(text, now, at_speed=at_speed)
            await self.show(self._shown)

    async def _card(self, text: str, now: int, *, at_speed: bool) -> Card:
        if _is_box(text):
            return self._unread(cards.box_card(text), now)
        try:
            scan = await self.desk.ask(records.identify, text)
        except BadCode as error:
            return self._unread(cards.stop_card(text, _why_unreadable(text, error)), now)
        except StoreFailed as error:
            return self._unread(cards.stop_card(text, error.message), now)
        since = self.session.seen(scan.code, now)
        if self.session.is_echo(scan.code, since) and self._shown and self._shown.is_of_an_action:
            return await self._echo(self._shown, now)
        if not scan.known and scan.kind is not Kind.CARD:
            return self._unread(cards.unregistered_card(scan, at_speed=at_speed), now)
        label = await self._label(scan, at_speed=at_speed)
        card = await self._answered(scan, now)
        repeated = since is not None and not card.is_of_an_action
        return _with_notes(card, label, cards.repeat_note(since or 0) if repeated else "")

    async def _answered(self, scan: Scan, now: int) -> Card:
        before = self.session.hand
        card = await self._answers[scan.kind](self, scan, now)
        if before is None or not before.holds(now) or card.is_deed:
            return card
        is_kept = self.session.hand is not None and self.session.hand.action is before.action
        return card if is_kept else replace(card, note=action_cards.let_go(before.action))

    def _unread(self, card: Card, now: int) -> Card:
        """A scan that says nothing, with what waits meanwhile: it must not wait unseen."""
        return replace(card, hand=self.session.misread(now))

    async def _echo(self, shown: Card, now: int) -> Card:
        """What one wave of a card was read twice for: nothing; but it must not pass for a second scan."""
        hand = self.session.echoed(now)
        card = await self.gate.ask_again(shown) if shown.is_roller else shown
        note = action_cards.TOO_SOON if hand and hand.want is Want.AGAIN else action_cards.ECHOED
        return replace(card, hand=hand, note=note)

    async def _label(self, scan: Scan, *, at_speed: bool) -> LabelTold:
        if scan.kind is not Kind.ROLLER:
            return LabelTold()
        return await scan_labels.look(self.desk, scan, self.wrote, at_speed=at_speed)

    async def _roller(self, scan: Scan, now: int) -> Card:
        person = self.session.roller_scanned(scan.code, now)
        hand = self.session.hand
        if hand and not hand.want:
            return await self._deeds.play(hand)
        card = await self.gate.check(scan.code, person)
        return await self._deeds.collect(hand, card) if hand else card

    async def _person(self, scan: Scan, now: int) -> Card:
        roller = self.session.person_scanned(scan, now)
        if self.session.hand:
            return await self._deeds.play(self.session.hand, scan)
        return await self.gate.check(roller, scan.code) if roller else cards.person_card(scan, now + PAIRING)

    async def _solution(self, scan: Scan, now: int) -> Card:
        return await self._deeds.play(self.session.solution_scanned(scan, now), scan)

    async def _operator(self, scan: Scan, now: int) -> Card:
        self.desk.operator = scan.code
        self.session.operator_scanned(now)
        hand = self.session.hand
        if hand and not hand.want:
            return await self._deeds.play(hand)
        card = cards.plain_card(scan, "Works here now: every deed from here on is theirs.")
        return replace(card, hand=hand, until=hand.until) if hand else card

    async def _bin(self, scan: Scan, now: int) -> Card:
        roller = self.session.bin_scanned(scan, now)
        if self.session.hand:
            return await self._deeds.play(self.session.hand, scan)
        return cards.bin_card(scan, roller)

    async def _action_card(self, scan: Scan, now: int) -> Card:
        try:
            hand: Hand = self.session.action_scanned(action_of(scan.code), now)
        except BadCode as error:
            return self._unread(action_cards.unknown(scan, error), now)
        if hand.want is Want.AGAIN and self._shown:
            return replace(self._shown, hand=hand, note=action_cards.TOO_SOON)
        return await self._deeds.play(hand)

    _answers = {  # noqa: RUF012 - a table of methods, never changed
        Kind.ROLLER: _roller,
        Kind.PERSON: _person,
        Kind.SOLUTION: _solution,
        Kind.OPERATOR: _operator,
        Kind.BIN: _bin,
        Kind.CARD: _action_card,
    }


_SPOKEN = {"Hangul": "Korean", "Hiragana": "Japanese", "Katakana": "Japanese", "Cjk": "Chinese"}


def _with_notes(card: Card, label: LabelTold, repeated: str) -> Card:
    """The same card with everything there is to say beside it."""
    notes = filter(None, (card.note, repeated, label.note))
    return replace(card, note="\n".join(notes), alarm=label.alarm)


def _is_box(text: str) -> bool:
    """Whether a scan is of a maker's box: no code is at its end, nor the remains of one."""
    found = read_end(text, least=len(text) + 1)
    return found is None and not read(text).damaged and scan_boxes.is_box(text)


def _why_unreadable(text: str, error: BadCode) -> str:
    """A code with a wrong letter names its neighbours; anything else is none of ours."""
    if (script := script_of(narrow(text))) not in {"", "Latin"}:
        script = _SPOKEN.get(script, script)
        return (
            f"{script} letters came. If a label was scanned, the keyboard is set to {script}:"
            " switch it to English and scan again"
        )
    if read(text.strip()).damaged or error.nearest:
        return error.reason
    return f"this is not a RollerTrack code: {error.reason}"
