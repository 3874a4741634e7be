"""Parse, open the station, run the handler, turn every failure into one sentence and a status."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from rollertrack import __version__
from rollertrack.cli.output import AnswerLost, Output, answering, ready_output, settle_output
from rollertrack.errors import DEBUG_VARIABLE, RollerTrackError

if TYPE_CHECKING:
    from rollertrack.cli.context import Context
    from rollertrack.cli.parsing import Call

_INTERRUPTED = 130


def main(words: Sequence[str]) -> int:
    """Run a command; its exit status."""
    ready_output()
    try:
        return _answered(words, Output("--json" in words))
    finally:
        settle_output()


def _answered(words: Sequence[str], out: Output) -> int:
    try:
        with answering():
            return _left(words)
    except AnswerLost as lost:
        if not lost.is_silent:
            out.fail(lost)
        return lost.exit_status
    except RollerTrackError as error:
        return _failed(out, error)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        text = f"RollerTrack failed: {type(error).__name__}: {error}. {DEBUG_VARIABLE}=1 shows where."
        return _failed(out, RollerTrackError(text.replace("\n", " ")))


def _left(words: Sequence[str]) -> int:
    try:
        return _run(words)
    except SystemExit as left:  # argparse, once it has shown the help of a command
        return int(left.code or 0)


def _run(words: Sequence[str]) -> int:
    if words and words[0] in {"--version", "-V"}:
        Output(as_json=False).say(f"rollertrack {__version__}")
        return 0
    from rollertrack.cli.parsing import help_asked, parse

    if text := help_asked(words):
        Output(as_json=False).say(*text.split("\n"))
        return 0
    call = parse(words)
    from rollertrack.cli.context import Context  # the store and the rules come with it

    with Context(call.arguments, call.deed, call.database) as context:
        return _handler(call)(context)


def _handler(call: "Call") -> "Callable[[Context], int]":
    """What answers: the handler of the deed, or its service with what was typed."""
    from rollertrack.cli.context import Context
    from rollertrack.deeds.table import load

    handler: Callable[[Context], int]
    if call.deed is None:
        handler = load("cli.front:terminal")
    elif call.deed.handler:
        handler = load(call.deed.handler)
    else:
        handler = Context.do
    return handler


def _failed(out: Output, error: RollerTrackError) -> int:
    out.fail(error)
    # It failed: that its sentence was lost too changes nothing.
    with suppress(AnswerLost), answering():
        out.document({"error": error.at_prompt, "title": error.title, "exit_status": error.exit_status})
    return error.exit_status
