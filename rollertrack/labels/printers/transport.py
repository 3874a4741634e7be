"""The way to a printer: bytes go out, and from most printers answers come back."""

import time
from collections.abc import Iterator
from typing import Protocol

_CHUNK = 4096
"""Bytes handed over at a time; a pipe or printer that says it is ready takes as many at once."""
_SLOWEST = 8_000
"""Bytes a second; a printer slower than the slowest print head is one that trickles."""


class Transport(Protocol):
    """An open connection to one printer."""

    @property
    def answers(self) -> bool:
        """Whether anything can come back at all; false for a pipe, a plain file, a one-way device."""

    def write(self, chunk: bytes, within: float) -> None:
        """Hand over every byte; TimeoutError when they were not taken in so many seconds."""

    def read(self, within: float) -> bytes:
        """What the printer says, waiting at most so many seconds; empty when it says nothing.

        Raises EOFError when it hung up in good order, OSError when the connection broke.
        """

    def settle(self, within: float) -> None:
        """Wait until the bytes are out of this computer's hands, as far as it can tell; or TimeoutError."""

    def rest(self) -> None:
        """Know that the printer has done everything it was sent."""

    def close(self) -> None:
        """Give the connection back at once, whatever is still on it."""


class Clock:
    """The time left for a job."""

    def __init__(self, timeout: float, size: int = 0, speed: float = _SLOWEST) -> None:
        self.timeout = timeout
        self.ends_at = time.monotonic() + timeout + size / min(speed, _SLOWEST)
        """When even a printer that answers must be done, by the clock that nobody can set."""

    def left(self, most: float | None = None) -> float:
        """Seconds the printer may now keep silent, at most `most`; TimeoutError when there are none."""
        left = min(self.timeout, self.ends_at - time.monotonic())
        if left <= 0:
            raise TimeoutError
        return left if most is None else min(left, most)


def write_job(transport: Transport, job: bytes, clock: Clock) -> None:
    """Hand over a job piece by piece, so that a printer that stops is noticed within its time."""
    for chunk in chunks(job):
        transport.write(chunk, clock.left())
    transport.settle(clock.left())


def chunks(job: bytes) -> Iterator[bytes]:
    """The job in pieces of a few kilobytes."""
    return (job[start : start + _CHUNK] for start in range(0, len(job), _CHUNK))
