"""Words on a screen that are told again whenever anything may have changed."""

from typing import Any

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class Words(Static):
    """A static that asks for room and paint only when what it says differs; text is never markup here."""

    def __init__(self, content: VisualType = "", **named: Any) -> None:
        super().__init__(content, markup=False, **named)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Say this from now on."""
        if not _is_same(content, self.content):
            super().update(content, layout=layout)


def _is_same(new: VisualType, old: VisualType) -> bool:
    """Whether two contents look alike; Content itself compares letters and no styles."""
    if isinstance(new, Content) and isinstance(old, Content):
        return new.is_same(old)
    return isinstance(new, str) and isinstance(old, str) and new == old
