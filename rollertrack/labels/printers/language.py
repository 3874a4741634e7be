"""One job over one transport: ask, send, and wait until the printer says that it is done."""

import re
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.printer import NOT_ASKED, NotSent, Outcome, PrinterState, Sent
from rollertrack.labels.printers.faults import Delivery
from rollertrack.labels.printers.transport import Clock, Transport, write_job

ASK_FOR = 0.5
"""Seconds a printer has to answer how it stands; one that says nothing is unknown, not offline."""
NEVER_ANSWERS = "it never answers"
HUNG_UP = "it hung up before it said that it was done"
_POLL = 0.1
"""Seconds between two questions whether it is done."""
_IDLE_FOR = 2.0
"""Seconds of idleness after which a printer is not expected to begin any more."""
_AT_REST = round(_IDLE_FOR / _POLL)
"""So many idle answers one after the other."""


_WORDS = re.compile(rb"[\x20-\x7e]{3,}")
_TELNET = re.compile(rb"\xff[\xfb-\xfe]")
_STX = b"\x02"
_SHOWN = 30


def refuse_words(said: bytes) -> None:
    """Raise NotSent where a greeting in words answers before any label was sent: there is no printer.

    No status of a printer has three letters or signs in a row but between STX and ETX, as Zebras answer;
    bits of a greeting would pass for an empty paper tray.
    """
    words = None if _STX in said else _WORDS.search(said)
    if words is not None:
        answer = words[0][:_SHOWN].decode("ascii").strip()
        raise NotSent(f"what answers there is no printer: it says “{answer}”; is the port right?")
    if _TELNET.match(said):
        raise NotSent("what answers there is no printer: it speaks Telnet; is the port right?")


class PrinterLanguage(Protocol):
    """What is said to a printer in one language."""

    def encode(self, pictures: Sequence[Bitmap], media: Media) -> bytes:
        """The pictures as one job."""

    def ask(self, transport: Transport, clock: Clock) -> PrinterState | None:
        """How the printer says it stands; None when it says nothing."""

    def confirm(self, transport: Transport, clock: Clock, *, spoke: bool) -> Outcome:
        """Wait for the end of the job just sent; `spoke` tells whether the printer answered before it."""


def send_job(
    transport: Transport, language: PrinterLanguage, job: bytes, clock: Clock, delivery: Delivery, *,
    asked: bool = True,
) -> Outcome:  # fmt: skip
    """Send a job to a printer that says it can print, or says nothing at all, or is not `asked`.

    Raises NotSent when it says that it cannot; errors of the transport come out as they are.
    """
    before = language.ask(transport, clock) if asked and transport.answers else None
    if before is not None and before.fault:
        raise NotSent(before.fault)
    delivery.begun = True
    write_job(transport, job, clock)
    if not asked:
        return Outcome(Sent.SENT, NOT_ASKED)
    if not transport.answers:
        return Outcome(Sent.SENT, NEVER_ANSWERS)
    outcome = language.confirm(transport, clock, spoke=before is not None)
    if outcome.state is Sent.CONFIRMED:
        transport.rest()
    return outcome


def await_idle(
    ask: Callable[[], PrinterState | None], transport: Transport, clock: Clock, *,
    spoke: bool, in_turn: bool, pauses: bool = False,
) -> Outcome:  # fmt: skip
    """Ask again and again until the printer has nothing left to do; SENT says why that is not known.

    `in_turn` means that the question cannot overtake the job; otherwise the printer must have been seen
    at work. `pauses` means that it may also be idle between two labels of the job. Errors of the
    transport come out as they are.
    """
    try:
        if not spoke and ask() is None:
            return Outcome(Sent.SENT, NEVER_ANSWERS)
        return _await_idle(ask, transport, clock, in_turn=in_turn, pauses=pauses)
    except EOFError:
        return Outcome(Sent.SENT, HUNG_UP)
    except TimeoutError:
        return Outcome(Sent.SENT, f"it did not say that it was done (waited {clock.timeout:g} s)")


def _await_idle(
    ask: Callable[[], PrinterState | None], transport: Transport, clock: Clock, *, in_turn: bool, pauses: bool
) -> Outcome:
    worked, idle, enough = False, 0, _AT_REST if pauses else 1
    silent_at = time.monotonic() + clock.timeout
    while time.monotonic() < silent_at:
        now = ask()
        if now is not None:
            silent_at = time.monotonic() + clock.timeout
            if now.fault:
                return stopped(now)
            worked, idle = worked or now.busy, 0 if now.busy else idle + 1
            # Before it was seen at work, an idle answer may be older than the last byte of the job.
            if (worked and idle >= enough) or (in_turn and idle > 1):
                return Outcome(Sent.CONFIRMED, now.note)
            if idle >= _AT_REST:
                return Outcome(Sent.SENT, "it is idle again, but was never seen to print")
        transport.read(clock.left(_POLL))
    raise TimeoutError


def stopped(now: PrinterState) -> Outcome:
    """A job that was taken whole and then not finished."""
    return Outcome(Sent.SENT, f"it stopped before it was done: {now.fault}")
