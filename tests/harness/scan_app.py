"""An app with a field and a line that tells what was typed into it and what was scanned."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from rollertrack.tui.scanning.scan_input import ScanAwaited, ScanInput, Scanned, ScanUnreadable
from rollertrack.tui.textual_private import TerminalApp


class ScanApp(ScanInput, TerminalApp[None]):
    """Keeps what it hears, in the order it hears it."""

    BINDINGS = [  # noqa: RUF012 - as Textual wants it
        ("f2", "note('key')", "A key of the app"),
        ("f3", "leave", "Leave the field"),
    ]

    def __init__(self, scan_gap: float = 0.035, scan_pause: float = 1.0) -> None:
        super().__init__(scan_gap=scan_gap, scan_pause=scan_pause)
        self.heard: list[str] = []
        self.scans: list[Scanned] = []

    def compose(self) -> ComposeResult:
        yield Input(id="field")
        yield Static(id="told")

    def on_mount(self) -> None:
        self.action_note("ready")

    def action_note(self, what: str) -> None:
        self.heard.append(what)
        told = f"typed <{self.query_one(Input).value}> heard {' '.join(self.heard)}."
        self.query_one("#told", Static).update(Content(told))

    def action_leave(self) -> None:
        self.screen.set_focus(None)
        self.action_note("left")

    def on_key(self, event: events.Key) -> None:
        if self.focused is None and event.key != "f3":
            self.action_note(f"key:{event.key}")

    def on_input_changed(self) -> None:
        self.action_note("changed")

    def on_input_submitted(self) -> None:
        self.action_note("submitted")

    def on_scanned(self, scan: Scanned) -> None:
        self.scans.append(scan)
        self.action_note(f"scan:{scan.code}")

    def on_scan_unreadable(self, scan: ScanUnreadable) -> None:
        self.action_note(f"unreadable:{scan.text}")

    def on_scan_awaited(self, scan: ScanAwaited) -> None:
        self.action_note(f"awaited:{scan.waiting}")


if __name__ == "__main__":
    ScanApp(scan_pause=30).run()  # the machine may be busy between two keys of a test
