"""The command line: commands as a table; only what the command needs is imported."""

import gc
import signal
import sys

_INTERRUPTED = 130
_USUAL = gc.get_threshold()
_SELDOM = 100_000
"""Objects made between two looks for garbage: what is made while loading stays, and looks find none."""


def run() -> None:
    """Run the command of this process and exit with its status."""
    gc.set_threshold(_SELDOM)
    hears_the_key = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if hears_the_key:
        # Ctrl+C ends a program that has not begun yet, without a word.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from rollertrack.cli.main import main

    try:
        if hears_the_key:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        status = main(sys.argv[1:])
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        status = _INTERRUPTED
    gc.freeze()  # the end of the process is no time to look through all of it either
    sys.exit(status)


def all_is_loaded() -> None:
    """From here on look for garbage as usual, as a program that goes on must, but not in what is loaded."""
    gc.freeze()
    gc.set_threshold(*_USUAL)
