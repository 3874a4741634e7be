"""Printing as forms and the label screen ask for it: fields both share, and what is done to the queue."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from rollertrack.domain.text import required_line, whole_number
from rollertrack.errors import BadInput, DeviceFailed, FileThere
from rollertrack.services.labels import queue
from rollertrack.services.labels.labelling import label
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.preview import Choices
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Checkbox, Choice, DropDown, Field, Said, Text, said_by
from rollertrack.tui.station_app import StationApp
from rollertrack.wording.discovery import NONE_SET
from rollertrack.wording.printing import cancelling_preview, file_there, queued_text, replacing_question

A_PLACE, A_FILE = ":place", ":file"
"""Not names of printers: those hold no colon."""
_LONGEST_PATH = 1_000
_MOST_PLACES = 2_500
"""On any sheet."""
_PLACES = "tcp://HOST:9100"
_NOTHING_SAID = Said({})


def fields(offered: Choices, before: Said = _NOTHING_SAID) -> list[Field]:
    """Printer or file, paper, copies, flag; filled with what was said before, as far as it is offered."""
    names = [(name, name) for name in offered.printers]
    targets = [*names, ("another place …", A_PLACE), ("a file …", A_FILE)]
    usual = offered.usual_printer or next(iter(offered.printers), A_FILE)
    said = before.text("printer")
    return [
        Choice("printer", "Printer", targets, said if said in dict(targets).values() else usual,
               blank=False),
        Text("place", "Place", before.text("place"), read=lambda text: required_line("place", text),
             placeholder=_PLACES),
        Text("to", "File", before.text("to"), read=lambda text: required_line("file", text, _LONGEST_PATH),
             placeholder="such as labels.pdf or .png", also=("file",), longest=_LONGEST_PATH),
        Choice("media", "Paper", [(name, name) for name in offered.media], before.text("media"),
               prompt="as the printer has it"),
        Text("start", "Begin at", before.text("start"), read=_start,
             placeholder="the next free label"),
        Text("copies", "Copies", before.text("copies") or "1", read=copies_reader(offered)),
        Checkbox("flag", "Flag", "folds round the handle", value=before.is_checked("flag")),
    ]  # fmt: skip


def hint(offered: Choices) -> str:
    """What to do where no printer is set; empty where one is."""
    return "" if offered.printers else NONE_SET


def copies_reader(offered: Choices) -> Callable[[str], int]:
    """The reader of the copies of each."""
    return lambda text: whole_number("copies", text, 1, offered.most_copies)


def _start(text: str) -> int | None:
    return whole_number("start", text, 1, _MOST_PLACES) if text.strip() else None


def absent(offered: Choices) -> Callable[[Said], frozenset[str]]:
    """The fields that what was said leaves no question for."""

    def unasked(said: Said) -> frozenset[str]:
        chosen = said.text("printer")
        asked = {
            "place": chosen == A_PLACE,
            "to": chosen == A_FILE,
            "start": paper(offered, said) in offered.sheets,
        }
        return frozenset(key for key, is_asked in asked.items() if not is_asked)

    return unasked


def paper(offered: Choices, said: Said) -> str:
    """The name of the paper that is printed on, also where none was chosen."""
    return said.chosen("media") or offered.papers.get(printer_of(said) or "", offered.usual_media)


def is_file(said: Said) -> bool:
    """Whether the labels go into a file."""
    return said.text("printer") == A_FILE


def button(said: Said) -> str:
    """What the button of a form does with the labels."""
    return "Write" if is_file(said) else "Print"


def printer_of(said: Said) -> str | None:
    """The printer by its name or place, None for a file and for a place not typed yet."""
    chosen = said.chosen("printer")
    if chosen == A_PLACE:
        return said.text("place").strip() or None
    return None if chosen == A_FILE else chosen


async def carried_out(
    app: StationApp, codes: Sequence[str], request: PrintRequest, *, what: str = "label"
) -> tuple[Done, int | None]:
    """Labels put into the queue, with the number of their batch; or written to a file."""
    from rollertrack.services.labels import ordering

    if request.to is not None:
        return await _written(app, codes, request, what), None
    batch = await app.backend.run_drawing(ordering.enqueue, codes, request, what=what)
    said = queued_text(batch.jobs, batch.printer)
    return Done("queue", tuple(codes), app.clock(), said), batch.id


async def _written(app: StationApp, codes: Sequence[str], request: PrintRequest, what: str) -> Done:
    """Labels written to a file, after a question where one is there already; BadInput for a no."""
    try:
        return await app.backend.run_printing(label, codes, request, what=what)
    except FileThere as there:
        question = replacing_question(there.path)
        if not await app.confirm("Replace the file?", question, yes="Replace it", no="Keep it"):
            raise BadInput("to", file_there(there.path)) from None
    return await app.backend.run_printing(label, codes, replace(request, force=True), what=what)


@contextmanager
def placing(said: Said) -> Iterator[None]:
    """Around what hands labels over: what goes wrong is said of the field that it was typed in."""
    try:
        yield
    except DeviceFailed as error:
        raise BadInput("to", error.message) from None
    except BadInput as error:
        raise placed(error, said) from None


def placed(error: BadInput, said: Said) -> BadInput:
    """What a service says of a printer, as said of the field that it was typed in."""
    is_place = error.field == "printer" and said.text("printer") == A_PLACE
    return BadInput("place", error.reason) if is_place else error


def print_request(said: Said) -> PrintRequest:
    """What was said, as the service takes it; what should be a number and is none is refused there."""
    copies, start = said.text("copies").strip(), said.text("start").strip()
    return PrintRequest(
        printer=printer_of(said),
        to=said.text("to") if is_file(said) else None,
        media=said.chosen("media"),
        copies=int(copies) if copies.isdecimal() else 0,
        flag=said.is_checked("flag"),
        start=(int(start) if start.isdecimal() else 0) if start else None,
    )


class RequestPanel(Vertical):
    """The fields of a request in a narrow column; what was said stays when others are offered."""

    DEFAULT_CSS = """
    RequestPanel {
        height: auto;
        Field .field-part { margin-left: 10; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", show=False, id="request.next", tooltip="Go to the next field")
    ]

    @dataclass
    class Changed(Message):
        """Something else is asked for."""

        panel: "RequestPanel"

    def __init__(self) -> None:
        super().__init__()
        self._offered: Choices | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the fields are there."""
        return bool(self.query(Field))

    @property
    def lacks_printer(self) -> bool:
        """Whether none is set."""
        return self._offered is not None and not self._offered.printers

    @property
    def said(self) -> Said:
        """What the fields in sight say."""
        return said_by([each for each in self.query(Field) if each.display])

    @property
    def request(self) -> PrintRequest:
        """What was said, as the service takes it."""
        return print_request(self.said)

    @property
    def paper(self) -> str:
        """The name of the paper that is printed on, also where none was chosen."""
        return paper(self._offered, self.said) if self._offered else ""

    async def offer(self, offered: Choices) -> None:
        """Show what there is to choose from, unless it shows already."""
        before, self._offered = self._offered, offered
        if before is not None and before.printers_and_papers() == offered.printers_and_papers():
            return
        said = said_by(list(self.query(Field)))
        if before is not None and not before.printers and not said.text("to"):
            said = Said({**said.values, "printer": ""})  # the first printer is the one that was looked for
        async with self.batch():
            await self.remove_children()
            await self.mount_all(self._arranged(fields(offered, said)))
        self.query_one("#field-printer", Field).ask(hint(offered))
        self.post_message(self.Changed(self))

    def focus_on(self, key: str) -> None:
        """Put the cursor into a field."""
        for widget in self.query(f"#field-{key} *"):
            if widget.focusable:
                widget.focus()
                return

    @on(DropDown.Chosen)
    def action_next(self) -> None:
        """Go to the next field, from the last one to what follows."""
        self.screen.focus_next()

    def wrong(self) -> Field | None:
        """The first field that reads wrong, with its sentence under it."""
        found = [each for each in self.query(Field) if each.display and each.complaint()]
        for each in found:
            each.say(each.complaint())
        return next(iter(found), None)

    def has_field(self, name: str) -> bool:
        """Whether a field in sight answers to a name."""
        return self._field(name) is not None

    def blame(self, error: BadInput) -> bool:
        """Put a sentence under the field it speaks of; whether there is such a field."""
        found = self._field(placed(error, self.said).field)
        if found is not None:
            found.say(error.reason)
        return found is not None

    def _field(self, name: str) -> Field | None:
        return next((each for each in self.query(Field) if each.display and name in each.names), None)

    @on(Field.Changed)
    def _reconsider(self, event: Field.Changed) -> None:
        event.stop()
        for each in self.query(Field):
            each.say(each.complaint() if each.touched else "")
        self._arranged(list(self.query(Field)))
        self.post_message(self.Changed(self))

    def _arranged(self, asked: Sequence[Field]) -> Sequence[Field]:
        """The fields, those shown that are asked as things stand."""
        unasked = absent(self._offered)(said_by(asked)) if self._offered is not None else frozenset()
        for each in asked:
            each.show(each.key not in unasked)
        return asked


async def go_on(app: StationApp, batch: int) -> None:
    """Print what failed or waits of a batch, and nothing that was sent."""
    if failed := await app.backend.run(queue.failed, batch):
        await app.backend.run(queue.retry, failed)
    app.print_batch(batch)


async def cancel(app: StationApp, ids: Sequence[int]) -> Done | None:
    """Take jobs out of the queue; asks first when they are several."""
    question = cancelling_preview(len(ids))
    if len(ids) > 1 and not await app.confirm("Cancel them?", question, yes="Cancel them"):
        return None
    return await app.backend.run(queue.cancel, ids)


async def clear(app: StationApp) -> Done | None:
    """Remove what is finished."""
    return await app.backend.run(queue.clear)
