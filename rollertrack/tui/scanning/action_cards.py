"""What an action card puts on the screen: what it waits for, what it did, why it did not."""

from collections.abc import Sequence
from dataclasses import replace

from rollertrack.domain.cards import Action
from rollertrack.domain.code import shown
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services.records import Scan
from rollertrack.services.station import Done
from rollertrack.tui.scanning import offers
from rollertrack.tui.scanning.pending_action import PendingAction
from rollertrack.tui.scanning.scan_results import ScanResult, named
from rollertrack.wording.records import rollers_text
from rollertrack.wording.sentences import error_sentence

DONE_SIGN, FAULT_SIGN, OPEN_SIGN = "✓", "✗", "?"
TOO_SOON = "Too soon to count: a scanner may read twice. Scan it once more."
ECHOED = "Read twice: it counts once."
_MOST_LISTED = 12


def awaiting(pending: PendingAction, beside: Scan | None = None) -> ScanResult:
    """An action card that waits for rollers; `beside` is the jar, person or bin scanned with it last."""
    result = ScanResult(
        beside.code if beside else pending.action.code,
        named(beside) if beside else pending.action.does.removesuffix("."),
        headline=_headline(pending.action, OPEN_SIGN),
        pending=pending,
        until=pending.until,
    )
    return collecting(result, pending) if pending.rollers else result


def collecting(result: ScanResult, pending: PendingAction) -> ScanResult:
    """The same card with the rollers that go into one soak: listed, and one key away too."""
    into = shown(pending.solution) if pending.solution else "the usual agent"
    offer = replace(offers.SOAK, label=f"soak {rollers_text(pending.rollers)} into {into}")
    soak_in = (pending.solution or "", pending.rollers)
    return replace(
        result,
        pending=pending,
        offer=offer,
        soak_in=soak_in,
        text=(f"For the soak:  {_listed(pending.rollers)}",),
    )


def wanting(result: ScanResult, pending: PendingAction) -> ScanResult:
    """A roller whose card waits for one more scan, of a person, an operator or a bin."""
    return replace(result, headline=_headline(pending.action, OPEN_SIGN), pending=pending)


def asking(result: ScanResult, pending: PendingAction, message: str) -> ScanResult:
    """A roller whose card must be scanned once more: the verdict fills the screen where it is the reason."""
    if pending.action is Action.UNDO:
        about = message.partition(" Nothing was undone")[0]
        return replace(result, headline=_headline(pending.action, OPEN_SIGN), text=(about,), pending=pending)
    return replace(result, pending=pending)


def second_scan(action: Action, word: Word | None) -> str:
    """What a second scan of a card does, in a few words."""
    match action:
        case Action.USED if word is Word.CARE:
            does = "logs it, and that you know"
        case Action.USED:
            does = "logs it against the advice"
        case Action.DONE:
            does = "takes it out as incomplete"
        case _:
            does = "takes it back"
    return f"{action.word} once more {does}"


def done(result: ScanResult, action: Action, what: Done) -> ScanResult:
    """What an action card did, with the roller as it stands now."""
    # A few rollers are named in the message itself.
    names = (_listed(what.codes),) if shown(what.codes[-1]) not in what.message else ()
    text = (what.message, *names, *what.warnings)
    return replace(result, headline=_headline(action, DONE_SIGN), text=text, is_deed=True)


def failed(result: ScanResult, action: Action, error: RollerTrackError) -> ScanResult:
    """Why an action card did nothing."""
    reason = error.reason if isinstance(error, BadInput) else error.message
    return replace(
        result, headline=_headline(action, FAULT_SIGN), text=(error_sentence(reason),), is_deed=True
    )


def unknown(scan: Scan, error: BadInput) -> ScanResult:
    """An action card of some other program, or of a later one."""
    return ScanResult(
        scan.code, named(scan), headline=f"UNKNOWN {FAULT_SIGN}", text=(error_sentence(error.reason),)
    )


def left_out(codes: Sequence[str]) -> str:
    """That some rollers cannot go into a soak; nothing to say of none."""
    return f"{_listed(codes)} in a soak already: left out." if codes else ""


def let_go(action: Action) -> str:
    """That a card waited for something else than what was scanned."""
    return f"{action.word} was let go: it waited for something else."


def _headline(action: Action, sign: str) -> str:
    return f"{action.word} {sign}"


def _listed(codes: Sequence[str]) -> str:
    newest = codes[-_MOST_LISTED:]
    more = f" and {len(codes) - len(newest)} more" if len(codes) > len(newest) else ""
    return "  ".join(map(shown, newest)) + more
