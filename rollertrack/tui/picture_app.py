"""Keeps the one label in sight drawn in pixels, over its half blocks, where the terminal can."""

from textual.app import App, ReturnType
from textual.geometry import Region

from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui import terminal_picture
from rollertrack.tui.terminal_picture import Cell, picture_cell
from rollertrack.tui.widgets.label_preview import LabelPreview


class PictureApp(App[ReturnType]):
    """An app that lays a picture over the label preview that is all in sight."""

    _loaded: tuple[object, ...] = ()
    _placed: Region | None = None
    _is_over = False

    async def on_mount(self) -> None:
        """Give the picture anew after a rest in the background: the terminal dropped it with the screen."""
        self.app_resume_signal.subscribe(self, self._load_anew)

    def _load_anew(self, _: App[object]) -> None:
        self._loaded = ()
        self.refresh()

    def post_display_hook(self) -> None:
        """Follow with the picture after each frame: outside its synchronized update, past the filters."""
        super().post_display_hook()
        if not self._is_over and (cell := picture_cell(self)) is not None:
            self._send(self._follow(cell))

    def on_exit_app(self) -> None:
        """Take the picture along before the terminal gets its own screen back."""
        self._forget()

    def on_unmount(self) -> None:
        """The same after a fault."""
        self._forget()

    def _forget(self) -> None:
        self._is_over = True
        if self._loaded:
            self._loaded = ()
            self._send(terminal_picture.unload())

    def _follow(self, cell: Cell) -> str:
        """What makes the terminal show what is in sight now."""
        seen = self._label_in_sight()
        if seen is None:
            was, self._placed = self._placed, None
            return terminal_picture.remove() if was else ""
        bitmap, cells = seen
        text = "" if self._placed in {None, cells} else terminal_picture.remove()
        if (wanted := (bitmap, cells.size, cell)) != self._loaded:
            text = terminal_picture.load(terminal_picture.canvas(bitmap, cells.size, cell))
            self._loaded = wanted
        self._placed = cells
        # Placed again each time: some terminals take away what a frame is written over.
        return text + terminal_picture.place(cells.offset, cells.size)

    def _label_in_sight(self) -> tuple[Bitmap, Region] | None:
        """The label that nothing covers, and its cells on the screen."""
        if not self.screen_stack:
            return None
        over: list[Region] = []
        # Textual offers no public list of what lies over a widget; this one begins in front.
        for widget, (region, clip) in self.screen._compositor.visible_widgets.items():  # noqa: SLF001
            if isinstance(widget, LabelPreview) and (whole := widget.whole_label) is not None:
                bitmap, cells = whole
                cells = cells.translate(widget.content_region.offset)
                covered = any(each.overlaps(cells) for each in over)
                return (bitmap, cells) if clip.contains_region(cells) and not covered else None
            if widget.visible:
                over.append(region.intersection(clip))
        return None

    def _send(self, text: str) -> None:
        if text and self._driver is not None:
            self._driver.write(text)
            self._driver.flush()
