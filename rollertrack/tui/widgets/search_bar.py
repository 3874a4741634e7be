"""What filters over lists share: words as you type, and the way back to the list."""

from textual import events, on
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

_LONGEST = 100


class SearchBar(Horizontal):
    """A filter with a field for words; what else there is to choose, and how it is told, is its kind's."""

    class Left(Message):
        """The hands go back to the list."""

    @staticmethod
    def field() -> Input:
        """The field for the words."""
        return Input(placeholder="/ filter", id="search", compact=True, max_length=_LONGEST)

    @property
    def search(self) -> str:
        """The words typed."""
        return self.query_one(Input).value

    def focus_search(self) -> None:
        """Put the cursor into the words."""
        self.query_one(Input).focus()

    def tell(self) -> None:
        """Say that another list is wanted."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self, changed: Input.Changed) -> None:
        changed.stop()
        self.tell()

    @on(Input.Submitted)
    def _submitted(self, submitted: Input.Submitted) -> None:
        submitted.stop()
        self.post_message(self.Left())

    def on_key(self, event: events.Key) -> None:
        """Down leaves to the list; Esc clears first."""
        if event.key in {"down", "escape"}:
            event.stop()
            if event.key == "escape":
                self.query_one(Input).value = ""
            self.post_message(self.Left())
