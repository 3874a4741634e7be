"""The one owner of standard output and standard error."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rollertrack.errors import RollerTrackError


def clean(text: str) -> str:
    """Text safe for a terminal: what was stored is data, never an escape sequence."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


@dataclass(frozen=True, slots=True)
class Output:
    """Where a command says what it did: words for people, or one JSON document."""

    as_json: bool

    def say(self, *lines: str) -> None:
        """Lines for people; nothing in JSON mode."""
        if not self.as_json:
            for line in lines:
                sys.stdout.write(clean(line) + "\n")

    def document(self, value: Any) -> None:
        """The JSON document; nothing for people."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def raw_line(self, line: str) -> None:
        """A line of an export, in both modes."""
        sys.stdout.write(line + "\n")

    def warn(self, text: str) -> None:
        """A sentence beside the result, on standard error."""
        sys.stderr.write(f"Note: {clean(text)}\n")

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


def cells(text: str) -> int:
    """How many terminal cells a text takes: two for wide East Asian signs and emoji, none for marks."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
