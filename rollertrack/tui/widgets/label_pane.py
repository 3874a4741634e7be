"""A label as it will be printed, with its size; or why it cannot be."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from rollertrack.domain.text import printable
from rollertrack.errors import RollerTrackError
from rollertrack.labels.bitmap import Bitmap
from rollertrack.services.backend import Backend
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.tui.widgets.label_preview import LabelPreview
from rollertrack.wording.sentences import capitalised


class LabelPane(Vertical):
    """Draws one roller's label for a request, off the event loop; the caller drops stale questions."""

    DEFAULT_CSS = """
    LabelPane {
        #picture { height: 1fr; }
        #size { height: 1; color: $foreground 60%; }
        #trouble { display: none; height: auto; color: $foreground 75%; }
        &.-trouble #trouble { display: block; }
        &.-trouble #picture, &.-trouble #size { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.picture: Bitmap | None = None

    def compose(self) -> ComposeResult:
        """The size, the picture, or the sentence."""
        yield Static("", id="size", markup=False)
        yield LabelPreview(id="picture")
        yield Static("", id="trouble", markup=False)

    async def draw(self, backend: Backend, code: str | None, request: PrintRequest, paper: str) -> None:
        """Show the label of a roller on a paper, none for None, or the sentence on why there is none."""
        from rollertrack.services.labels import labelling

        if code is None:
            self._show(None)
            return
        try:
            picture = await backend.run_drawing(
                labelling.preview, code, media=request.media, printer=request.printer, flag=request.flag
            )
        except RollerTrackError as error:
            self._show(None, error.message)
        else:
            self._show(picture, size=f"{paper} · {picture.width} × {picture.height} dots")

    def _show(self, picture: Bitmap | None, trouble: str = "", size: str = "") -> None:
        self.picture = picture
        self.set_class(bool(trouble), "-trouble")
        self.query_one("#trouble", Static).update(printable(capitalised(trouble)))
        self.query_one("#size", Static).update(printable(size))
        self.query_one("#picture", LabelPreview).show(picture, scale=None)
