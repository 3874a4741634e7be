"""The keys that work here, on the last line."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer, Static

from rollertrack.tui.textual_private import FooterKey


class _Key(NamedTuple):
    """What stands of a key on the line."""

    key: str
    key_display: str
    description: str
    action: str
    disabled: bool
    tooltip: str


class KeyLine(Footer):
    """The footer, calm and close; where there is room it says first that anything can be scanned.

    Textual's own ties each key it shows to the footer for good: after some thousand keypresses most of the
    memory, and of the time to answer, is theirs. Keys here are tied to nothing, and made anew only when
    others are shown.
    """

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
        self._shown: tuple[_Key, ...] | None = None

    def compose(self) -> ComposeResult:
        """The hint, then the keys."""
        # A class and no id: the toolkit may mount the keys anew before the old ones are gone.
        yield Static("scan anything, any time", classes="hint", markup=False)
        for key in self._shown or ():
            yield FooterKey(**key._asdict())

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Show the keys that work now, if they are not those that are shown."""
        if self.is_attached and screen is self.screen and screen.app.app_focus:
            now = tuple(self._keys())
            # Mounted twice at a time they would stand there twice, until others are shown.
            if now != self._shown or len(self.query(FooterKey)) > len(now):
                self._shown = now
                self.call_after_refresh(self.recompose)

    def _keys(self) -> Iterator[_Key]:
        """One key for each action, in the order they are bound."""
        actions = set[str]()
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in actions:
                actions.add(binding.action)
                yield _Key(
                    binding.key,
                    self.app.get_key_display(binding),
                    binding.description,
                    binding.action,
                    not enabled,
                    tooltip,
                )
