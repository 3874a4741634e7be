"""ESC/POS on a line: questions that are answered at once, and one that waits its turn.

They go before the first command and after the last one, never into a picture, which they would break.
"""

import time
from collections import deque
from collections.abc import Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.languages import escpos
from rollertrack.labels.outcomes import Outcome, Sent
from rollertrack.labels.papers.media import Media
from rollertrack.labels.printers.escpos_status import (
    IN_TURN,
    QUESTIONS,
    Ear,
    Said,
    paper_is_out,
    question,
    standing,
)
from rollertrack.labels.printers.line import Clock, Line
from rollertrack.labels.printers.standing import Standing
from rollertrack.labels.printers.talk import ASK_FOR, HUNG_UP, NEVER_ANSWERS, refuse_words, stopped

_MUTE_FOR = 1.0
"""Seconds in which a printer that never said anything may still say that it is done."""
_ROUNDS = 2
"""Answers that confirm a job, each asked for after the one before: a stray byte can pass for one only."""


class EscPos:
    """The Tongue of ESC/POS; made anew for each line."""

    def __init__(self) -> None:
        self._ear = Ear()
        self._is_met = False
        self._greeting = b""
        self._heard: dict[Said, deque[int]] = {kind: deque() for kind in Said}

    def encode(self, pictures: Sequence[Bitmap], media: Media) -> bytes:  # noqa: ARG002 - as the other tongues
        """The pictures as one job: each is fed and cut off."""
        return escpos.encode(pictures)

    def ask(self, line: Line, clock: Clock) -> Standing | None:
        """How the printer says it stands; it is asked no further once it keeps silent."""
        self._heard[Said.NOW].clear()
        answers: dict[int, int] = {}
        for number in QUESTIONS:
            line.write(question(number), clock.left(ASK_FOR))
            answer = self._hear(Said.NOW, line, clock.left(ASK_FOR))
            if answer is None:
                break
            answers[number] = answer
        self._is_met = True
        return standing(answers) if answers else None

    def confirm(self, line: Line, clock: Clock, *, spoke: bool) -> Outcome:
        """CONFIRMED once the printer answered, after the job and in its turn, twice; SENT says why not."""
        try:
            return self._confirm(line, clock, spoke=spoke)
        except EOFError:
            return Outcome(Sent.SENT, HUNG_UP)
        except TimeoutError:
            return Outcome(Sent.SENT, f"it did not say that it was done (waited {clock.timeout:g} s)")

    def _confirm(self, line: Line, clock: Clock, *, spoke: bool) -> Outcome:
        answer = 0
        for _ in range(_ROUNDS):
            self._forget(line, clock)
            line.write(IN_TURN, clock.left())
            heard = self._await(line, clock, spoke=spoke)
            if isinstance(heard, Outcome):
                return heard
            answer, spoke = heard, True
        if paper_is_out(answer):
            return Outcome(Sent.SENT, "the paper ran out with it; look whether the last label is whole")
        after = self.ask(line, clock)
        if after is not None and after.fault:
            # Some printers answer GS r at once, whatever is still to do.
            return Outcome(Sent.SENT, f"it said that it was done, and then: {after.fault}")
        return Outcome(Sent.CONFIRMED, after.note if after is not None else "")

    def _await(self, line: Line, clock: Clock, *, spoke: bool) -> int | Outcome:
        """The answer in its turn; an Outcome when there will be none."""
        if not spoke:
            answer = self._hear(Said.IN_TURN, line, clock.left(_MUTE_FOR))
            if answer is None and not self._heard[Said.NOW]:
                return Outcome(Sent.SENT, NEVER_ANSWERS)
            if answer is not None:
                return answer
        silent_at = time.monotonic() + clock.timeout
        while True:
            answer = self._hear(Said.IN_TURN, line, clock.left(ASK_FOR))
            if answer is not None:
                return answer
            now = self.ask(line, clock)
            if now is not None and now.fault:
                return stopped(now)
            if now is not None:
                silent_at = time.monotonic() + clock.timeout
            elif time.monotonic() >= silent_at:
                raise TimeoutError

    def _hear(self, kind: Said, line: Line, within: float) -> int | None:
        """The next answer of that kind; answers of the other kind are kept for when they are asked for."""
        end = time.monotonic() + within
        while not self._heard[kind]:
            left = end - time.monotonic()
            if left <= 0 or not line.answers:
                return None
            data = line.read(left)
            if not self._is_met:
                self._greeting += data
                refuse_words(self._greeting)
            for said, byte in self._ear.sort(data):
                self._heard[said].append(byte)
        return self._heard[kind].popleft()

    def _forget(self, line: Line, clock: Clock) -> None:
        """Whatever was said until now is no answer to what is asked next; TimeoutError when it never ends."""
        while said := line.read(clock.left(0)):
            for _ in self._ear.sort(said):
                pass
        for kept in self._heard.values():
            kept.clear()
