"""The keys that work here, on the last line."""

from textual.app import ComposeResult
from textual.widgets import Footer, Static


class KeyLine(Footer):
    """The footer, calm and close; where there is room it says first that anything can be scanned."""

    DEFAULT_CSS = """
    KeyLine.-compact {
        padding: 0 0 0 1;
        background: transparent;
        .hint { width: auto; margin-right: 3; color: $foreground 55%; display: none; }
        FooterKey { background: transparent; margin-right: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)

    def compose(self) -> ComposeResult:
        """The hint, then the keys."""
        # A class and no id: the toolkit may mount the keys anew before the old ones are gone.
        yield Static("scan anything, any time", classes="hint", markup=False)
        yield from super().compose()
