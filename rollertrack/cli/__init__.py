"""The command line: commands as a table; only what the command needs is imported."""

import sys


def run() -> None:
    """Run the command of this process and exit with its status."""
    from rollertrack.cli.main import main

    sys.exit(main(sys.argv[1:]))
