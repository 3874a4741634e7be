"""The terminal UI, and the sample inventory to try it on."""

import sys

from rollertrack.cli.context import Context
from rollertrack.errors import BadInput
from rollertrack.wiring import terminal_app


def terminal(context: Context) -> int:
    """Open the terminal UI."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput("command", "the terminal UI needs a terminal; `rollertrack --help` lists the commands")
    app = terminal_app(context.settings)
    app.run()
    return app.return_code or 0
