"""What the screens share whose text may go on below their edge."""

from typing import ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll

from rollertrack.tui.screens.live import LiveScreen

PAGES = (
    Binding("pagedown", "page(1)", "more", key_display="pgdn", id="paged.down", tooltip="Further down"),
    Binding("pageup", "page(-1)", "before", show=False, id="paged.up", tooltip="Further up"),
)
"""Each screen has them at their own place among its keys."""


class PagedScreen(LiveScreen):
    """A screen with a text that is turned by pages; the key for it is told while something lies below."""

    paged: ClassVar[str]
    """What scrolls, as a selector."""

    def on_mount(self) -> None:
        """Tell the key once it does something."""
        self.watch(self._scroll, "show_vertical_scrollbar", self.refresh_bindings, init=False)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one(self.paged, VerticalScroll)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no other page where all is in sight."""
        if action == "page":
            return self.is_mounted and self._scroll.show_vertical_scrollbar
        return super().check_action(action, parameters)

    def action_page(self, pages: int) -> None:
        """Go further down, or up, in what does not fit."""
        self._scroll.scroll_relative(y=pages * max(1, self._scroll.size.height - 1), animate=False)
