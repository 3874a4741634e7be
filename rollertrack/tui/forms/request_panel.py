"""Printer, paper, copies and flag beside a list: what the label screen asks, always in sight."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from rollertrack.errors import BadInput
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.preview import Choices
from rollertrack.tui.forms import print_requests
from rollertrack.tui.forms.fields import Field
from rollertrack.tui.forms.form import Said, said_by


class RequestPanel(Vertical):
    """The fields of a request in a narrow column; what was said stays when others are offered."""

    DEFAULT_CSS = """
    RequestPanel {
        height: auto;
        Field .field-label { width: 10; }
        Field .field-sentence { margin-left: 10; }
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
    def said(self) -> Said:
        """What the fields in sight say."""
        return said_by([each for each in self.query(Field) if each.display])

    @property
    def request(self) -> PrintRequest:
        """What was said, as the service takes it."""
        return print_requests.print_request(self.said)

    @property
    def paper(self) -> str:
        """The name of the paper that is printed on, also where none was chosen."""
        return print_requests.paper(self._offered, self.said) if self._offered else ""

    async def offer(self, offered: Choices) -> None:
        """Show what there is to choose from, unless it shows already."""
        before, self._offered = self._offered, offered
        if before is not None and before.printers_and_papers() == offered.printers_and_papers():
            return
        said = said_by(list(self.query(Field)))
        async with self.batch():
            await self.remove_children()
            await self.mount_all(print_requests.fields(offered, said))
        self._arrange()
        self.post_message(self.Changed(self))

    def focus_on(self, key: str) -> None:
        """Put the cursor into a field."""
        for widget in self.query(f"#field-{key} *"):
            if widget.focusable:
                widget.focus()
                return

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
        found = self._field(print_requests.placed(error, self.said).field)
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
        self._arrange()
        self.post_message(self.Changed(self))

    def _arrange(self) -> None:
        if self._offered is None:
            return
        absent = print_requests.absent(self._offered)(said_by(list(self.query(Field))))
        for each in self.query(Field):
            each.display = each.key not in absent
