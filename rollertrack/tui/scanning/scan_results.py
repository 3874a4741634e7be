"""What a scan puts on the screen: a verdict, or what was scanned and what it waits for."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from rollertrack.domain.answer import Answer
from rollertrack.domain.code import KIND_WORDS, Kind, shown
from rollertrack.domain.gate import unknown
from rollertrack.domain.quantities import ago
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word
from rollertrack.services.records import Scan
from rollertrack.tui.scanning import offers
from rollertrack.tui.scanning.offers import Offer
from rollertrack.tui.scanning.pending_action import PendingAction
from rollertrack.wording.records import roller_title
from rollertrack.wording.sentences import error_sentence


class Claim(NamedTuple):
    """A label that no roller has claimed: its code with its mark, and whether a scanner read it."""

    text: str
    is_scanned: bool


@dataclass(frozen=True, slots=True)
class ScanResult:
    """One scan on display; `code` is the text itself where it could not be read.

    `person` is who the roller was checked with when a scan named them; `soak_in` are a solution and the
    rollers it is offered to; `until` is when the card goes by itself, in microseconds UTC; `is_lost` says
    that the record of its roller cannot be read now. `headline` stands in large letters in place of the
    verdict's word; `pending` is what an action card waits for; `is_deed` says that the card tells of a deed;
    `alarm` is said loudly beside the verdict; `claim` is a label that may be registered.
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
    headline: str = ""
    pending: PendingAction | None = None
    is_deed: bool = False
    alarm: str = ""
    claim: Claim | None = None

    @property
    def stays(self) -> bool:
        """Whether it must be dismissed by hand: a STOP, unless a deed just made it one."""
        return self.word is Word.STOP and not self.is_deed

    @property
    def passes(self) -> bool:
        """Whether it leaves no line behind: an action card by itself says nothing of the past."""
        return self.verdict is None and self.is_of_an_action

    @property
    def is_of_an_action(self) -> bool:
        """Whether an action card had a part in it."""
        return self.pending is not None or self.is_deed

    @property
    def is_roller(self) -> bool:
        """Whether it tells of a roller, also of one that cannot be read now."""
        return self.answer is not None or self.is_lost

    def has_turned(self, now: int) -> bool:
        """Whether it would say something else by now."""
        until = self.verdict.said_until if self.verdict else None
        return until is not None and now >= until

    @property
    def word(self) -> Word | None:
        """The word of its verdict."""
        return self.verdict.word if self.verdict else None


def verdict_result(answer: Answer, person: str | None) -> ScanResult:
    """The gate's answer on a roller."""
    return ScanResult(
        answer.code,
        roller_title(answer),
        answer.verdict,
        answer,
        person=person,
        offer=offers.offer_for(answer),
    )


def repeat_note(since: int) -> str:
    """A second look within five seconds, said aloud; `since` in microseconds."""
    return f"Scanned {ago(since)} already: scanning counts nothing."


def stop_result(text: str, message: str) -> ScanResult:
    """A code that cannot be read, or that no record carries."""
    return ScanResult(text, text[:40], unknown(error_sentence(message)))


def barcode_result(text: str) -> ScanResult:
    """A barcode of a maker's box: nothing is wrong, it is only not what is asked for here."""
    note = ("It says nothing of a roller's state. Scan the RollerTrack label on the roller itself.",)
    return ScanResult(text, "A maker's barcode", text=(text[:60].replace("\x1d", " "), *note))


def unregistered_result(scan: Scan, *, at_speed: bool) -> ScanResult:
    """A valid code that no record carries; a roller may be registered under that of a blank label."""
    result = ScanResult(
        scan.code, shown(scan.code), unknown(f"No {KIND_WORDS[scan.kind]} is registered under this code.")
    )
    if scan.kind is not Kind.ROLLER:
        return result
    return replace(
        result, offer=offers.CLAIM, claim=Claim(scan.mark + scan.code, at_speed and scan.from_label)
    )


def lost_result(code: str, person: str | None, message: str) -> ScanResult:
    """A roller whose record cannot be read now."""
    return ScanResult(code, shown(code), unknown(error_sentence(message)), person=person, is_lost=True)


def lost(result: ScanResult, message: str) -> ScanResult:
    """The same card while its record cannot be read."""
    offer = result.offer if result.soak_in else None
    return replace(result, verdict=unknown(message), answer=None, offer=offer, is_lost=True)


def renewed(result: ScanResult, newer: ScanResult) -> ScanResult:
    """The same card with a newer verdict; what stood beside the verdict stays."""
    return replace(
        result,
        title=newer.title,
        verdict=newer.verdict,
        answer=newer.answer,
        is_lost=newer.is_lost,
        offer=result.offer if result.soak_in else newer.offer,
    )


def person_result(person: Scan, until: int) -> ScanResult:
    """A person who waits for a roller."""
    return ScanResult(
        person.code,
        named(person),
        text=("Now scan a roller: both are checked together.",),
        until=until,
    )


def bin_result(sharps_bin: Scan, roller: str | None) -> ScanResult:
    """A sharps bin, with the roller shown just before offered to it."""
    if roller is None:
        text = ("Scan a roller first, then the bin, to retire the roller into it.",)
        return ScanResult(sharps_bin.code, named(sharps_bin), text=text)
    offer = replace(offers.RETIRE, label=f"retire {shown(roller)} into this bin")
    text = ("The BIN card does the same as the key.",)
    return ScanResult(
        sharps_bin.code, named(sharps_bin), text=text, offer=offer, bin_for=(roller, sharps_bin.code)
    )


def plain_result(scan: Scan, note: str) -> ScanResult:
    """Anything else that was scanned."""
    return ScanResult(scan.code, named(scan), text=(note,))


def named(scan: Scan) -> str:
    """What was scanned in a line: its kind, its code, its label."""
    label = f"  “{scan.label}”" if scan.label else ""
    return f"{KIND_WORDS[scan.kind]}  {shown(scan.code)}{label}"
