"""The floor: a Textual app of one Static, repainted at each Down key."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static


class OneStatic(App[None]):
    """Shows one word; each Down key changes it."""

    BINDINGS: ClassVar = [("down", "turn", "turn")]
    turns = 0

    def compose(self) -> ComposeResult:
        yield Static("PAINTED 0")

    def action_turn(self) -> None:
        self.turns += 1
        self.query_one(Static).update(f"PAINTED {self.turns}")


if __name__ == "__main__":
    OneStatic().run()
