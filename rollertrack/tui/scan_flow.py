"""One scan, from the code to what fills the screen."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from rollertrack.domain.code import Kind, shown
from rollertrack.errors import BadCode, StoreFailed
from rollertrack.services import records, using
from rollertrack.services.desk import Desk
from rollertrack.services.records import Scan
from rollertrack.tui import cards
from rollertrack.tui.cards import Card
from rollertrack.tui.contract import ours
from rollertrack.tui.scan_grammar import read
from rollertrack.tui.scan_session import PAIRING, ScanSession


@dataclass(slots=True)
class ScanFlow:
    """Answers scans one after the other, in the order they came, each with a card to `show`."""

    desk: Desk
    clock: Callable[[], int]
    show: Callable[[Card], Awaitable[None]]
    session: ScanSession = field(default_factory=ScanSession)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self, text: str) -> None:
        """Answer a scan."""
        async with self._turn:
            await self.show(await self._card(text))

    async def check(self, code: str, person: str | None) -> Card:
        """The gate's answer now; a STOP when the record does not know the roller or cannot be read."""
        try:
            return cards.verdict_card(await self.desk.ask(using.check, code, person=person), person)
        except BadCode as error:
            return replace(cards.stop_card(shown(code), error.reason), code=code)
        except StoreFailed as error:
            return cards.lost_card(code, person, error.message)

    async def ask_again(self, card: Card) -> Card:
        """The same card as it is now, with what it offered beside its verdict; whatever fails is a STOP."""
        try:
            newer = await self.check(card.code, card.person)
        except Exception as error:
            newer = cards.lost(card, ours(error).message)
        if card.soak_in is None:
            return replace(newer, note=card.note)
        return replace(newer, note=card.note, soak_in=card.soak_in, offer=card.offer)

    async def _card(self, text: str) -> Card:
        try:
            scan = await self.desk.ask(records.identify, text)
        except BadCode as error:
            return cards.stop_card(text, _why_unreadable(text, error))
        except StoreFailed as error:
            return cards.stop_card(text, error.message)
        repeated = self.session.seen(scan.code, self.clock())
        if not scan.known and scan.kind is not Kind.CARD:
            return cards.stop_card(
                shown(scan.code), f"no {scan.kind.name.lower()} is registered under this code"
            )
        card = await self._answers[scan.kind](self, scan)
        return card if repeated is None else replace(card, note=cards.repeat_note(repeated))

    async def _roller(self, scan: Scan) -> Card:
        now = self.clock()
        person = self.session.roller_scanned(scan.code, now)
        card = await self.check(scan.code, person.code if person else None)
        solution = self.session.solution(now)
        return cards.offering_soak(card, solution, self.session.rollers(now)) if solution else card

    async def _person(self, scan: Scan) -> Card:
        now = self.clock()
        roller = self.session.person_scanned(scan, now)
        return await self.check(roller, scan.code) if roller else cards.person_card(scan, now + PAIRING)

    async def _solution(self, scan: Scan) -> Card:
        now = self.clock()
        rollers = self.session.solution_scanned(scan, now)
        return cards.solution_card(scan, rollers, now + PAIRING)

    async def _operator(self, scan: Scan) -> Card:
        self.desk.operator = scan.code
        return cards.plain_card(scan, "Works here now: every deed from here on is theirs.")

    async def _bin(self, scan: Scan) -> Card:
        rollers = self.session.rollers(self.clock())
        return cards.bin_card(scan, rollers[-1] if rollers else None)

    async def _action_card(self, scan: Scan) -> Card:
        return cards.plain_card(scan, "Action cards do nothing yet; use the keys.")

    _answers = {  # noqa: RUF012 - a table of methods, never changed
        Kind.ROLLER: _roller,
        Kind.PERSON: _person,
        Kind.SOLUTION: _solution,
        Kind.OPERATOR: _operator,
        Kind.BIN: _bin,
        Kind.CARD: _action_card,
    }


def _why_unreadable(text: str, error: BadCode) -> str:
    """A code with a wrong letter names its neighbours; anything else is none of ours."""
    if read(text.strip()).damaged or error.nearest:
        return error.reason
    return f"this is not a RollerTrack code: {error.reason}"
