"""What a scan puts on the screen: a verdict and the key of its next step, or what a card did or waits for."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from rollertrack.deeds.table import BY_NAME
from rollertrack.domain.answer import Answer
from rollertrack.domain.cards import Action
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.gate import unknown
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word
from rollertrack.services.codes import Scan
from rollertrack.tui.scanning.scan_session import PendingAction
from rollertrack.wording import scans
from rollertrack.wording.records import roller_title
from rollertrack.wording.sentences import error_sentence


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed one key away: what it does in words, and its name."""

    label: str
    deed: str

    @property
    def key(self) -> str:
        """The key of the deed."""
        return BY_NAME[self.deed].key


USE = Offer("log the use", "use")
SOAK = Offer("start the soak", "soak")
FINISH = Offer("take it out", "done")
RETIRE = Offer("retire it", "retire")
RELEASE = Offer("release it", "quarantine")
CLAIM = Offer("register a roller with this code", "claim")
RECEIVE = Offer("receive this box", "receive")
_OFFERS = {offer.deed: offer for offer in (USE, FINISH, SOAK, RETIRE)} | {"release": RELEASE}


def offer_for(answer: Answer) -> Offer | None:
    """The deed that follows from a verdict, or None where only time or a person can help."""
    return _OFFERS[answer.next_deed] if answer.next_deed else None


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
    def opens(self) -> str | None:
        """The code that Enter opens: the roller's, or that of a person who waits for one."""
        if self.answer is not None:
            return self.answer.code
        is_person = self.code[:1] == Kind.PERSON and self.until is not None and self.pending is None
        return self.code if is_person else None

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
        offer=offer_for(answer),
    )


def stop_result(text: str, message: str) -> ScanResult:
    """A code that cannot be read, or that no record carries."""
    return ScanResult(text, text[:40], unknown(error_sentence(message)))


def barcode_result(text: str) -> ScanResult:
    """A barcode of a maker's box: nothing is wrong, it is only not what is asked for here."""
    return ScanResult(text, scans.BOX, text=scans.box_lines(text), offer=RECEIVE)


def unregistered_result(scan: Scan, *, at_speed: bool) -> ScanResult:
    """A valid code that no record carries; a roller may be registered under that of a blank label."""
    result = ScanResult(scan.code, shown(scan.code), unknown(scans.not_registered(scan.kind)))
    if scan.kind is not Kind.ROLLER:
        return result
    return replace(result, offer=CLAIM, claim=Claim(scan.mark + scan.code, at_speed and scan.from_label))


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


def person_result(person: Scan, until: int, facts: tuple[str, ...]) -> ScanResult:
    """A person who waits for a roller, with what is known of them in short."""
    return ScanResult(
        person.code,
        _named(person),
        text=(*facts, scans.PERSON_WAITS),
        until=until,
    )


def bin_result(sharps_bin: Scan, roller: str | None) -> ScanResult:
    """A sharps bin, with the roller shown just before offered to it."""
    if roller is None:
        return ScanResult(sharps_bin.code, _named(sharps_bin), text=(scans.BIN_WAITS,))
    offer = replace(RETIRE, label=scans.into_this_bin(roller))
    text = (scans.BIN_CARD,)
    return ScanResult(
        sharps_bin.code, _named(sharps_bin), text=text, offer=offer, bin_for=(roller, sharps_bin.code)
    )


def plain_result(scan: Scan, note: str) -> ScanResult:
    """Anything else that was scanned."""
    return ScanResult(scan.code, _named(scan), text=(note,))


def _named(scan: Scan) -> str:
    return scans.scanned_title(scan.kind, scan.code, scan.label)


def awaiting(pending: PendingAction, beside: Scan | None = None) -> ScanResult:
    """An action card that waits for rollers; `beside` is the jar, person or bin scanned with it last."""
    result = ScanResult(
        beside.code if beside else pending.action.code,
        _named(beside) if beside else pending.action.does.removesuffix("."),
        headline=scans.card_headline(pending.action, scans.OPEN_SIGN),
        pending=pending,
        until=pending.until,
    )
    return collecting(result, pending) if pending.rollers else result


def collecting(result: ScanResult, pending: PendingAction) -> ScanResult:
    """The same card with the rollers that go into one soak: listed, and one key away too."""
    offer = replace(SOAK, label=scans.soak_offer(pending.rollers, pending.solution))
    soak_in = (pending.solution or "", pending.rollers)
    return replace(
        result,
        pending=pending,
        offer=offer,
        soak_in=soak_in,
        text=(scans.for_the_soak(pending.rollers),),
    )


def wanting(result: ScanResult, pending: PendingAction) -> ScanResult:
    """A roller whose card waits for one more scan, of a person, an operator or a bin."""
    return replace(result, headline=scans.card_headline(pending.action, scans.OPEN_SIGN), pending=pending)


def asking(result: ScanResult, pending: PendingAction, message: str) -> ScanResult:
    """A roller whose card must be scanned once more: the verdict fills the screen where it is the reason."""
    if pending.action is Action.UNDO:
        headline = scans.card_headline(pending.action, scans.OPEN_SIGN)
        return replace(result, headline=headline, text=(scans.without_undone(message),), pending=pending)
    return replace(result, pending=pending)


def done(result: ScanResult, action: Action, text: tuple[str, ...]) -> ScanResult:
    """What an action card did, with the roller as it stands now."""
    return replace(result, headline=scans.card_headline(action, scans.DONE_SIGN), text=text, is_deed=True)


def failed(result: ScanResult, action: Action, reason: str) -> ScanResult:
    """Why an action card did nothing."""
    return replace(
        result,
        headline=scans.card_headline(action, scans.FAULT_SIGN),
        text=(error_sentence(reason),),
        is_deed=True,
    )


def unknown_card(scan: Scan, reason: str) -> ScanResult:
    """An action card of some other program, or of a later one."""
    return ScanResult(scan.code, _named(scan), headline=scans.UNKNOWN_CARD, text=(error_sentence(reason),))
