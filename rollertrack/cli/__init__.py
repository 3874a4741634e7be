"""The command line: commands as a table; only what the command needs is imported."""

import signal
import sys

_INTERRUPTED = 130


def run() -> None:
    """Run the command of this process and exit with its status."""
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
    sys.exit(status)
