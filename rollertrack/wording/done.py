"""What a deed says once it is done."""

from decimal import Decimal

from rollertrack.domain.code import shown
from rollertrack.domain.events import POLICY_STREAM, Event
from rollertrack.domain.quantities import dose
from rollertrack.wording.events import describe_event


def solution_registered(code: str, agent: str, strength: Decimal | None) -> str:
    """That a bottle or a jar has its code."""
    return f"Registered solution {shown(code)}: {dose(agent, strength)}."


def solution_mended(code: str) -> str:
    """That its facts were mended."""
    return f"Mended solution {shown(code)}."


def strip_logged(code: str, *, passed: bool) -> str:
    """What a test strip said."""
    return f"The strip of {shown(code)} {'passed' if passed else 'failed: do not disinfect with it'}."


def solution_discarded(code: str) -> str:
    """That it was thrown away."""
    return f"Discarded {shown(code)}."


def inspected(code: str, *, ok: bool, failed_before: str = "") -> str:
    """What a look found; one that found nothing does not straighten what an earlier one found."""
    if not ok:
        return f"The inspection of {shown(code)} failed: it must not be used."
    before = (
        f" An earlier one failed ({failed_before}) and stands; if it was wrong, undo it with a reason."
        if failed_before
        else ""
    )
    return f"The inspection of {shown(code)} passed.{before}"


def quarantined(code: str) -> str:
    """That it is put aside."""
    return f"{shown(code)} is in quarantine until it is released."


def noted(code: str) -> str:
    """That a note was written."""
    return f"Noted on {shown(code)}."


LATER_ENTRY = " A later entry says otherwise and decides."


def released(code: str, *, still_held: bool) -> str:
    """That it may come back, unless something else holds it."""
    if still_held:
        return f"Recorded the release of {shown(code)}; another entry still holds it."
    return f"{shown(code)} is released; ask the gate before you use it."


def retired(code: str) -> str:
    """That its life has ended."""
    return f"{shown(code)} is retired. Put it in a sharps container, whole."


def pack_opened(code: str) -> str:
    """That its pack was opened."""
    return f"Opened {shown(code)}; use it soon, its freshness runs from now."


def mended(code: str, turned: str) -> str:
    """That a registration was mended, and what turned by it."""
    return f"Mended the registration of {shown(code)}.{turned}"


def named_registered(word: str, code: str, label: str) -> str:
    """That a person, an operator or a bin has its code; `word` says which."""
    return f"Registered {word} {shown(code)} “{label}”."


def named_mended(word: str, code: str) -> str:
    """That the facts of one were mended."""
    return f"Mended {word} {shown(code)}."


def undone(entry: Event, turned: str) -> str:
    """That an entry was taken back, and what turned by it."""
    whose = "the policy" if entry.stream == POLICY_STREAM else shown(entry.stream)
    return f"Undid entry {entry.seq} of {whose}: {describe_event(entry)}.{turned}"
