"""Action cards at work: a hand that has all it needs does its deed, another says what it waits for.

What the deeds need is imported at the first one: the first screen does not wait for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services.desk import Desk
from rollertrack.services.records import Scan
from rollertrack.services.station import Done
from rollertrack.tui.scans import action_cards, offers
from rollertrack.tui.scans.cards import Card
from rollertrack.tui.scans.scan_gate import ScanGate
from rollertrack.tui.scans.scan_hand import Hand, Want
from rollertrack.tui.scans.scan_session import ScanSession

if TYPE_CHECKING:
    from rollertrack.services.carding import ScanAgain

_WANTED = {"person": Want.PERSON, "operator": Want.OPERATOR, "bin": Want.BIN}


@dataclass(frozen=True, slots=True)
class ScanDeeds:
    """Plays the hand of a session; `wrote` is told of every deed done."""

    desk: Desk
    clock: Callable[[], int]
    gate: ScanGate
    session: ScanSession
    wrote: Callable[[Done], None]

    async def play(self, hand: Hand, beside: Scan | None = None) -> Card:
        """Do what the hand holds when all is there, else say what it waits for; `beside` was scanned last."""
        if hand.want is None:
            return await self._do(hand)
        soaking = await self._soaking(hand.rollers)
        hand = self.session.hand = hand.without(*soaking)
        return replace(action_cards.awaiting(hand, beside), note=action_cards.left_out(soaking))

    async def collect(self, hand: Hand, card: Card) -> Card:
        """Show the rollers collected for a soak, with the newest one's own verdict over them."""
        if card.answer is not None and offers.is_soaking(card.answer):
            hand = self.session.hand = hand.without(card.code)
            card = replace(card, note=action_cards.left_out([card.code]), hand=hand)
            return action_cards.collecting(card, hand) if hand.rollers else card
        return action_cards.collecting(card, hand)

    async def _do(self, hand: Hand) -> Card:
        from rollertrack.services import carding

        self.session.hand = None
        try:
            done = await self.desk.ask(
                carding.act, hand.action, hand.rollers, person=hand.person, solution=hand.solution,
                sharps_bin=hand.sharps_bin, warned=hand.warnings,
            )  # fmt: skip
        except carding.ScanAgain as again:
            return await self._ask_again(hand, again)
        except RollerTrackError as error:
            return await self._fail(hand, error)
        self.session.spend()
        self.wrote(done)
        return action_cards.done(await self._roller(hand), hand.action, done)

    async def _ask_again(self, hand: Hand, again: "ScanAgain") -> Card:
        card = await self._roller(hand)
        does = action_cards.second_scan(hand.action, card.word)
        held = self.session.hold(hand, Want.AGAIN, self.clock(), does, again.warnings)
        return action_cards.asking(card, held, again.message)

    async def _fail(self, hand: Hand, error: RollerTrackError) -> Card:
        card = await self._roller(hand)
        if isinstance(error, BadInput) and (want := _WANTED.get(error.field)):
            return action_cards.wanting(card, self.session.hold(hand, want, self.clock(), error.reason))
        self.session.spend()
        return action_cards.failed(card, hand.action, error)

    async def _roller(self, hand: Hand) -> Card:
        return await self.gate.check(hand.rollers[-1], hand.person)

    async def _soaking(self, codes: Sequence[str]) -> list[str]:
        found = [await self.gate.check(code, None) for code in codes]
        return [card.code for card in found if card.answer and offers.is_soaking(card.answer)]
