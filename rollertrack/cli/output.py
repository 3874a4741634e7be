"""The one owner of standard output and standard error."""

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from rollertrack.errors import RollerTrackError


def clean(text: str) -> str:
    """Text safe for a terminal: what was stored is data, never an escape sequence."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


def ready_output() -> None:
    """Let no sign of a text stop an answer: a terminal that cannot show it shows a question mark."""
    if sys.stdout is None:  # closed by who started us
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def give_up_output() -> None:
    """Throw away what nobody reads any more, so that nothing complains of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def answering() -> Iterator[None]:
    """Around the writing of an answer: a reader that has left changes neither the deed nor its status."""
    try:
        yield
    except BrokenPipeError:
        give_up_output()
    except OSError as error:
        give_up_output()
        told = f"The answer could not be written: {(error.strerror or str(error)).lower()}."
        raise RollerTrackError(told) from error


@dataclass(frozen=True, slots=True)
class Output:
    """Where a command says what it did: words for people, or one JSON document."""

    as_json: bool

    def say(self, *lines: str) -> None:
        """Lines for people; nothing in JSON mode."""
        if not self.as_json:
            _write("".join(clean(line) + "\n" for line in lines))

    def document(self, value: Any) -> None:
        """The JSON document; nothing for people."""
        if self.as_json:
            readable = "utf" in (sys.stdout.encoding or "utf").lower()
            _write(json.dumps(value, ensure_ascii=not readable, indent=2) + "\n")

    def raw_line(self, line: str) -> None:
        """A line of an export, in both modes."""
        sys.stdout.write(line + "\n")

    def warn(self, text: str) -> None:
        """A sentence beside the result, on standard error."""
        sys.stderr.write(f"Note: {clean(text)}\n")

    @contextmanager
    def counting(self) -> Iterator[Callable[[str], None]]:
        """A line on standard error, written over and wiped in the end; only where a person reads it."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda _: None
            return
        width = 0

        def tell(text: str) -> None:
            nonlocal width
            line = clean(text)
            sys.stderr.write(f"\r{line}{' ' * (width - cells(line))}")
            sys.stderr.flush()
            width = cells(line)

        try:
            yield tell
        finally:
            sys.stderr.write(f"\r{' ' * width}\r" if width else "")
            sys.stderr.flush()

    def fail(self, error: RollerTrackError) -> None:
        """The one sentence of a failure, on standard error."""
        sys.stderr.write(f"{clean(error.message)}\n")

    def table(self, rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Rows in columns as wide as their widest cell; the columns in `right` are aligned right."""
        lines = [tuple(clean(cell) for cell in row) for row in rows]
        widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            padded = (
                " " * (width - cells(cell)) + cell if place in right else cell + " " * (width - cells(cell))
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            self.say("  ".join(padded).rstrip())


def _write(text: str) -> None:
    with answering():
        sys.stdout.write(text)


def cells(text: str) -> int:
    """How many terminal cells a text takes: two for wide East Asian signs and emoji, none for marks."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
