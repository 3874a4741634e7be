"""The one owner of standard output and standard error."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EBADF
from io import StringIO, TextIOWrapper
from typing import Any, NamedTuple, TextIO

from rollertrack.domain.text import all_seen, is_seen, printable
from rollertrack.errors import RollerTrackError

DONE_NOT_TOLD = 4
"""The exit status of an answer that could not be written: what was asked for is done, and stands."""


class AnswerLost(RollerTrackError):  # noqa: N818 - named for what happened
    """An answer that could not be written; `is_done` says that a deed was, which no script must repeat."""

    title = "Answer"
    exit_status = DONE_NOT_TOLD

    def __init__(self, reason: OSError, *, is_done: bool = False) -> None:
        why = (reason.strerror or str(reason)).lower()
        super().__init__(f"{'It is done, but the' if is_done else 'The'} answer could not be written: {why}.")
        self.reason = reason
        self.is_done = is_done

    @property
    def is_silent(self) -> bool:
        """A reader that has seen enough of a long answer, as in `rollertrack export | head`, knows it."""
        return isinstance(self.reason, BrokenPipeError) and not self.is_done


class _Nowhere(StringIO):
    """Stands for an output that whoever started us has closed."""

    encoding = "utf-8"

    def write(self, _text: str) -> int:
        raise OSError(EBADF, "the output is closed")


_lost_notes: list[OSError] = []
"""Why sentences on standard error could not be written, in this run."""


def escaped(document: str, *, readable: bool = True) -> str:
    """JSON whose strings hold only what a reader sees; the rest as JSON's own escapes, read the same.

    Without `readable` only ASCII is left. Line ends between values stay.
    """
    if all_seen(document) and (readable or document.isascii()):
        return document
    import json

    return "".join(
        char if char == "\n" or (is_seen(char) and (readable or char.isascii())) else json.dumps(char)[1:-1]
        for char in document
    )


def ready_output() -> None:
    """Let no sign of a text stop an answer: a terminal that cannot show it shows a question mark."""
    _lost_notes.clear()
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # A file opened later would get its number, and our words would go into a database.
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or _Nowhere()  # closed by who started us
    sys.stderr = sys.stderr or _Nowhere()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def settle_output() -> None:
    """Leave nothing unwritten that the interpreter would stumble over at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _give_up(stream)


def _give_up(stream: TextIO) -> None:
    """Throw away what can no longer be written, so that nothing complains of it at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def answering(*, after_deed: bool = False) -> Iterator[None]:
    """Around the writing of an answer, which is all out in the end; AnswerLost where it cannot be written."""
    try:
        yield
    except AnswerLost as lost:
        raise AnswerLost(lost.reason, is_done=after_deed or lost.is_done) from lost
    try:
        sys.stdout.flush()
    except OSError as error:
        _give_up(sys.stdout)
        raise AnswerLost(error, is_done=after_deed) from error
    if _lost_notes:
        raise AnswerLost(_lost_notes.pop(), is_done=after_deed)


def _complain(text: str) -> OSError | None:
    """A sentence on standard error; one that is closed or full stops nothing, and why is handed back."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError as error:
        _give_up(sys.stderr)
        return error
    return None


class Output(NamedTuple):
    """Where a command says what it did: words for people, or one JSON document."""

    as_json: bool

    def say(self, *lines: str) -> None:
        """Lines for people; nothing in JSON mode."""
        if not self.as_json:
            shown = lines if all_seen("".join(lines)) else map(printable, lines)
            _write("\n".join([*shown, ""]))

    def document(self, value: Any) -> None:
        """The JSON document; nothing for people."""
        if self.as_json:
            import json

            _write(_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")

    def data(self, data: bytes) -> None:
        """A text file in the place of an answer, byte for byte."""
        if isinstance(sys.stdout, TextIOWrapper):
            try:
                sys.stdout.flush()
                sys.stdout.buffer.write(data)
                sys.stdout.buffer.flush()
            except OSError as error:
                _give_up(sys.stdout)
                raise AnswerLost(error) from error
        else:
            _write(data.decode())

    def raw_line(self, line: str) -> None:
        """A line of an export, in both modes."""
        _write(_json(line) + "\n")

    def warn(self, text: str) -> None:
        """A sentence beside the result, on standard error; a document holds it itself."""
        lost = _complain(f"Note: {printable(text)}\n")
        if lost is not None and not self.as_json:
            _lost_notes.append(lost)

    @contextmanager
    def counting(self) -> Iterator[Callable[[str], None]]:
        """A line on standard error, written over and wiped in the end; only where a person reads it."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda _: None
            return
        width = 0

        def tell(text: str) -> None:
            nonlocal width
            line = printable(text)
            _complain(f"\r{line}{' ' * (width - cells(line))}")
            width = cells(line)

        try:
            yield tell
        finally:
            _complain(f"\r{' ' * width}\r" if width else "")

    def fail(self, error: RollerTrackError) -> None:
        """The one sentence of a failure, on standard error."""
        _complain(f"{printable(error.at_prompt)}\n")

    def table(self, rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Rows in columns as wide as their widest cell; the columns in `right` are aligned right."""
        self.say(*self.columns(rows, right))

    def columns(self, rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
        """The lines of such a table, for what stands between them."""
        lines = [tuple(printable(cell) for cell in row) for row in rows]
        widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
        found = []
        for line in lines:
            padded = (
                " " * (width - cells(cell)) + cell if place in right else cell + " " * (width - cells(cell))
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            found.append("  ".join(padded).rstrip())
        return found


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
    except OSError as error:
        _give_up(sys.stdout)
        raise AnswerLost(error) from error


def _json(text: str) -> str:
    return escaped(text, readable="utf" in (sys.stdout.encoding or "utf").lower())


def cells(text: str) -> int:
    """How many terminal cells a text takes: two for wide East Asian signs and emoji, none for marks."""
    import unicodedata

    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
