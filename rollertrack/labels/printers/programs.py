"""Programs that print for us: `lp` of CUPS, or any command of the user's, run without a shell."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple

from rollertrack.domain.text import printable
from rollertrack.labels.printer import NotSent

_LONGEST = 160
"""Characters of a program's own words that are shown."""
_MOST = 100_000
"""Bytes of them that are looked at."""


class Ended(NamedTuple):
    """How a program ended, and what it wrote to its two outputs."""

    status: int
    said: str
    complained: str

    @property
    def why(self) -> str:
        """Its last words, on one line and without what could act on a terminal."""
        lines = [*self.said.splitlines(), *self.complained.splitlines()]
        shown = (printable(line, "").strip() for line in reversed(lines))
        return next(filter(None, shown), "it does not say why")[:_LONGEST]


def run(words: Sequence[str], given: bytes, timeout: float, *, plain: bool = False) -> Ended:
    """Run a program on some bytes; NotSent when there is none of that name, TimeoutError when it hangs.

    One that hangs is ended with all that it started. `plain` makes it speak English.
    """
    environment = {**os.environ, "LC_ALL": "C"} if plain else None
    with _outputs() as (said, complained):
        try:
            process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=said, stderr=complained, env=environment,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise NotSent(_not_started(words[0], error)) from None
        with process:
            try:
                process.communicate(given, timeout)
            except subprocess.TimeoutExpired:
                raise TimeoutError from None
            finally:
                _end(process)
        return Ended(process.returncode, _text(said), _text(complained))


@contextmanager
def _outputs() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    # Files, not pipes: a program left in the background may hold a pipe open for ever.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        yield said, complained


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that still runs, and what it started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _not_started(program: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"no program {program} is installed here"
    return f"{program} cannot be run: {(error.strerror or str(error)).lower()}"


def _text(output: IO[bytes]) -> str:
    output.seek(0)
    return output.read(_MOST).decode("utf-8", "replace")
