"""The terminal UI, and the sample inventory to try it on."""

from rollertrack.cli.context import Context
from rollertrack.wiring import terminal_app


def terminal(context: Context) -> int:
    """Open the terminal UI."""
    app = terminal_app(context.settings)
    app.run()
    return app.return_code or 0
