"""The terminal UI, and the sample inventory to try it on."""

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rollertrack.cli import all_is_loaded
from rollertrack.cli.beside import PagesBeside, checkup
from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.domain.text import whole_number
from rollertrack.errors import BadInput
from rollertrack.files import named_file
from rollertrack.services.times import moment
from rollertrack.settings import Settings
from rollertrack.tui.leaving import Leaving, in_order
from rollertrack.wiring import system_clock, terminal_app, write_sample
from rollertrack.wording.done import sample_written

_MOST_SEED = 2**31


def terminal(context: Context) -> int:
    """Open the terminal UI; a sample asked for on the first screen opens until it is quit."""
    _need_terminal()
    with in_order() as leaving:
        while True:
            sample_asked, status = _run(leaving, context.settings)
            if not sample_asked:
                return status
            if status := _open_sample(leaving, context.settings):
                return status


def _run(leaving: Leaving, settings: Settings) -> tuple[bool, int]:
    """Run the terminal UI; whether it was left for the sample, and its status."""
    app = terminal_app(settings)
    app.checkup, app.phones = partial(checkup, settings), PagesBeside(settings)
    all_is_loaded()
    asked = False

    async def leave_for_sample() -> None:
        nonlocal asked
        asked = True
        app.exit()

    app.on_sample = leave_for_sample
    status = leaving.run(app)
    return asked and not status, status


def demo(context: Context) -> int:
    """Write a sample database, or open the terminal UI on one that is thrown away."""
    typed = context.arguments
    seed = whole_number("seed", typed.seed, 0, _MOST_SEED)
    rollers = whole_number("rollers", typed.rollers, 1, 1_000_000) if typed.rollers else None
    if typed.write is None:
        _need_terminal()
        with in_order() as leaving:
            return _open_sample(leaving, context.settings, rollers, seed)
    path = named_file("write", typed.write)
    if path.exists() or path.is_symlink():
        raise BadInput("write", f"{path} exists already; name a new file")
    now = system_clock()
    ends = now if typed.at is None else moment(typed.at, now)[0]
    report = write_sample(path, rollers, seed, _progress, lambda: ends)
    message = sample_written(report.rollers, report.events, path)
    with answering(after_deed=True):
        context.out.say(message)
        context.out.document(
            {"path": str(path), "rollers": report.rollers, "events": report.events, "message": message}
        )
    return 0


def _need_terminal() -> None:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise BadInput("command", "the terminal UI needs a terminal; `rollertrack --help` lists the commands")


def _open_sample(leaving: Leaving, settings: Settings, rollers: int | None = None, seed: int = 1) -> int:
    with TemporaryDirectory(prefix="rollertrack-sample-") as folder:
        path = Path(folder) / "sample.db"
        write_sample(path, rollers, seed)
        sample = settings._replace(database=str(path), operator=None)
        app = terminal_app(sample)
        app.checkup = partial(checkup, sample)
        app.is_sample = True
        return leaving.run(app)


def _progress(written: int, wanted: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if written == wanted else ""
        sys.stderr.write(f"\r{written:,} of {wanted:,} rollers{end}")
        sys.stderr.flush()
