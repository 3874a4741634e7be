"""What an empty database says."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Middle
from textual.content import Content
from textual.widgets import Static

from rollertrack.domain.guide import REMINDER

_ANSWERS = (
    "RollerTrack answers one question before needles touch skin:",
    "may this roller be used, now, on this person?",
)
_KEYS = (
    ("ctrl+n", "register your first roller"),
    ("v", "view a sample inventory"),
    ("?", "help"),
    ("ctrl+q", "leave"),
)


class Welcome(Middle):
    """Shown in place of the list while no roller is on record."""

    DEFAULT_CSS = """
    Welcome {
        width: 100%;
        height: 1fr;
        align-horizontal: center;
        Static { width: auto; height: auto; }
    }
    """

    def __init__(self, with_sample: bool) -> None:
        super().__init__()
        self._with_sample = with_sample

    def compose(self) -> ComposeResult:
        """A few lines in the middle."""
        yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        first, question = _ANSWERS
        yield Content(first)
        yield Content.styled(question, "bold")
        yield Content("")
        for key, does in _KEYS:
            if key != "v" or self._with_sample:
                yield Content.assemble((f"{key:>8}", "bold $primary"), f"   {does}")
        yield Content("")
        yield Content.styled(REMINDER, "$foreground 60%")
