"""The keys that work here, on the last line."""

from textual.app import ComposeResult
from textual.widgets import Footer, Static


class KeyLine(Footer):
    """The footer, calm and close; where there is room it says first that anything can be scanned."""

    DEFAULT_CSS = """
    KeyLine.-compact {
        padding: 0 0 0 1;
        background: transparent;
        #hint { width: auto; margin-right: 3; color: $foreground 55%; display: none; }
        FooterKey { background: transparent; margin-right: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._is_wanted = self._is_composing = False

    async def recompose(self) -> None:
        """Draw the keys anew; asked for while that is under way, once more when it is over.

        The toolkit would mount the keys of both at a time.
        """
        self._is_wanted = True
        if self._is_composing:
            return
        self._is_composing = True
        try:
            while self._is_wanted:
                self._is_wanted = False
                await super().recompose()
        finally:
            self._is_composing = False

    def compose(self) -> ComposeResult:
        """The hint, then the keys."""
        yield Static("scan anything, any time", id="hint", markup=False)
        yield from super().compose()
