"""Parse, open the station, run the handler, turn every failure into one sentence and a status."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

from rollertrack import __version__
from rollertrack.cli.context import Context
from rollertrack.cli.output import Output, answering, give_up_output, ready_output
from rollertrack.cli.parsing import Call, help_asked, parse
from rollertrack.errors import DEBUG_VARIABLE, RollerTrackError

_INTERRUPTED = 130

Handler = Callable[[Context], int]


def main(words: Sequence[str]) -> int:
    """Run a command; its exit status."""
    ready_output()
    out = Output("--json" in words)
    try:
        status = _run(words)
        with answering():
            sys.stdout.flush()
    except RollerTrackError as error:
        return _failed(out, error)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough of a long answer, as in `rollertrack export | head`.
        give_up_output()
        return 0
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        told = f"RollerTrack failed: {type(error).__name__}: {error}. {DEBUG_VARIABLE}=1 shows where."
        return _failed(out, RollerTrackError(told.replace("\n", " ")))
    return status


def _run(words: Sequence[str]) -> int:
    if told := help_asked(words):
        Output(as_json=False).say(*told.split("\n"))
        return 0
    if words and words[0] in {"--version", "-V"}:
        Output(as_json=False).say(f"rollertrack {__version__}")
        return 0
    call = parse(words)
    with Context(call.arguments, call.database) as context:
        return _handler(call)(context)


def _handler(call: Call) -> Handler:
    module, _, function = (call.command.handler if call.command else "front:terminal").partition(":")
    handler: Handler = getattr(import_module(f"rollertrack.cli.{module}"), function)
    return handler


def _failed(out: Output, error: RollerTrackError) -> int:
    out.fail(error)
    with suppress(RollerTrackError), answering():
        out.document({"error": error.message, "title": error.title, "exit_status": error.exit_status})
        sys.stdout.flush()
    return error.exit_status
