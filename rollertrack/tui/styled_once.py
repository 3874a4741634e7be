"""A screen whose widgets are styled once as it opens."""

from textual import events, on
from textual.screen import Screen, ScreenResultType


class StyledOnce(Screen[ScreenResultType]):
    """A screen that styles what was mounted a moment ago not once more as it comes to the top.

    Textual styles all that stands on a screen each time it comes there: for one that opens, twice.
    """

    _was_on_top = False

    def on_compose(self) -> None:
        """Style the screen itself: it stood there before the styles of its class were read."""
        self.update_node_styles(animate=False)

    @on(events.ScreenResume)
    def _style_once(self, event: events.ScreenResume) -> None:
        event.refresh_styles = self._was_on_top
        self._was_on_top = True
