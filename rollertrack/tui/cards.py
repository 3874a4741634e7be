"""What a scan puts on the screen: a verdict, or what was scanned and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rollertrack.domain.code import KIND_WORDS, shown
from rollertrack.domain.gate import unknown
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word
from rollertrack.services.answer import Answer
from rollertrack.services.records import Scan
from rollertrack.tui import offers, told
from rollertrack.tui.offers import Offer

BINNED = "put in the sharps bin"


@dataclass(frozen=True, slots=True)
class Card:
    """One scan on display; `code` is the text itself where it could not be read.

    `person` is who the roller was checked with when a scan named them; `soak_in` are a solution and the
    rollers it is offered to; `until` is when the card goes by itself, in microseconds UTC; `is_lost` says
    that the record of its roller cannot be read now.
    """

    code: str
    title: str
    verdict: Verdict | None = None
    answer: Answer | None = None
    person: str | None = None
    text: tuple[str, ...] = ()
    note: str = ""
    offer: Offer | None = None
    soak_in: tuple[str, tuple[str, ...]] | None = None
    bin_for: tuple[str, str] | None = None
    until: int | None = None
    is_lost: bool = False

    @property
    def is_roller(self) -> bool:
        """Whether it tells of a roller, also of one that cannot be read now."""
        return self.answer is not None or self.is_lost

    def has_turned(self, now: int) -> bool:
        """Whether its word may be another one by now."""
        until = self.verdict.valid_until if self.verdict else None
        return until is not None and now >= until

    @property
    def word(self) -> Word | None:
        """The word of its verdict."""
        return self.verdict.word if self.verdict else None


def verdict_card(answer: Answer, person: str | None, repeated: int | None = None) -> Card:
    """The gate's answer on a roller."""
    return Card(
        answer.code,
        told.title(answer),
        answer.verdict,
        answer,
        person=person,
        note="" if repeated is None else repeat_note(repeated),
        offer=offers.offer_for(answer),
    )


def repeat_note(seconds: int) -> str:
    """A second look within five seconds, said aloud."""
    ago = "just now" if seconds == 0 else f"{seconds} s ago"
    return f"Scanned {ago} already: scanning counts nothing."


def stop_card(text: str, message: str) -> Card:
    """A code that cannot be read, or that no record carries."""
    return Card(text, text[:40], unknown(_sentence(message)))


def lost_card(code: str, person: str | None, message: str) -> Card:
    """A roller whose record cannot be read now."""
    return Card(code, shown(code), unknown(_sentence(message)), person=person, is_lost=True)


def lost(card: Card, message: str) -> Card:
    """The same card while its record cannot be read."""
    offer = card.offer if card.soak_in else None
    return replace(card, verdict=unknown(message), answer=None, offer=offer, is_lost=True)


def person_card(person: Scan, until: int) -> Card:
    """A person who waits for a roller."""
    return Card(
        person.code,
        _named(person),
        text=("Now scan a roller: both are checked together.",),
        until=until,
    )


def solution_card(solution: Scan, rollers: Sequence[str], until: int) -> Card:
    """A solution, with the soak it is offered for."""
    waiting = Card(
        solution.code, _named(solution), text=("Now scan the rollers that go into it.",), until=until
    )
    return offering_soak(waiting, solution, rollers) if rollers else waiting


def offering_soak(card: Card, solution: Scan, rollers: Sequence[str]) -> Card:
    """The same card with a soak in a solution one key away."""
    into = f"{_names(rollers)} into {shown(solution.code)}"
    offer = replace(offers.SOAK, label=f"soak {into}")
    return replace(card, offer=offer, soak_in=(solution.code, tuple(rollers)), text=())


def bin_card(sharps_bin: Scan, roller: str | None) -> Card:
    """A sharps bin, with the roller shown just before offered to it."""
    if roller is None:
        text = ("Scan a roller first, then the bin, to retire the roller into it.",)
        return Card(sharps_bin.code, _named(sharps_bin), text=text)
    offer = replace(offers.RETIRE, label=f"retire {shown(roller)} into this bin")
    return Card(sharps_bin.code, _named(sharps_bin), offer=offer, bin_for=(roller, sharps_bin.code))


def plain_card(scan: Scan, sentence: str) -> Card:
    """Anything else that was scanned."""
    return Card(scan.code, _named(scan), text=(sentence,))


def _named(scan: Scan) -> str:
    label = f"  “{scan.label}”" if scan.label else ""
    return f"{KIND_WORDS[scan.kind]}  {shown(scan.code)}{label}"


def _names(codes: Sequence[str]) -> str:
    return shown(codes[0]) if len(codes) == 1 else f"{len(codes)} rollers"


def _sentence(message: str) -> str:
    told_once = message.removeprefix("code: ")
    return told_once[:1].upper() + told_once[1:] + ("" if told_once.endswith(".") else ".")
