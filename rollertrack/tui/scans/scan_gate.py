"""The gate as scans ask it: an answer always comes, and what cannot be known is a STOP."""

from dataclasses import dataclass, replace

from rollertrack.domain.code import shown
from rollertrack.errors import BadCode, StoreFailed
from rollertrack.services import using
from rollertrack.services.desk import Desk
from rollertrack.tui.contract import ours
from rollertrack.tui.scans import cards
from rollertrack.tui.scans.cards import Card


@dataclass(frozen=True, slots=True)
class ScanGate:
    """Asks the gate about rollers."""

    desk: Desk

    async def check(self, code: str, person: str | None) -> Card:
        """The gate's answer now; a STOP when the record does not know the roller or cannot be read."""
        try:
            return cards.verdict_card(await self.desk.ask(using.check, code, person=person), person)
        except BadCode as error:
            return replace(cards.stop_card(shown(code), error.reason), code=code)
        except StoreFailed as error:
            return cards.lost_card(code, person, error.message)

    async def ask_again(self, card: Card) -> Card:
        """The same card as it is now; whatever fails is a STOP."""
        try:
            newer = await self.check(card.code, card.person)
        except Exception as error:
            newer = cards.lost(card, ours(error).message)
        return cards.renewed(card, newer)
