"""Text that wants to command the terminal, in every kind of widget; `bare` leaves the filter out."""

import sys
from typing import Any

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    DataTable,
    Digits,
    Footer,
    Header,
    Input,
    Label,
    Link,
    ListItem,
    ListView,
    Log,
    OptionList,
    Pretty,
    RadioButton,
    RichLog,
    Static,
    TextArea,
    Tree,
)

from rollertrack.tui.terminal_door import PrintableApp

HOSTILE = {
    "title": "a\x1b]0;owned\x07",
    "clipboard": "b\x1b]52;c;b3duZWQ=\x1b\\",
    "screen": "c\x1b[2Jd\x1b[31;5m",
    "c1": "e\x9d0;owned\x9cf\x9b31m",
    "bidi": "g\u202eh\u2066i\u200b",
    "markup": "[@click=app.quit]j[/] [/]",
    "link": "[link=http://x\x1b]0;owned\x07]k[/link]",
    "noise": "l\x00\x08\x0e\x7f\xad\ue000m",
}
ALL = " ".join(HOSTILE.values())
KEYS: list[BindingType] = [("f2", "nothing", ALL)]


class Hostile:
    """The widgets, apart from the kind of app they are in."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static(Content(ALL))
        yield Static(Text(ALL))
        yield Label(ALL, markup=False)
        yield Button(Content(ALL))
        yield Checkbox(Content(ALL))
        yield RadioButton(Content(ALL))
        yield Input(value=ALL, placeholder=ALL)
        yield TextArea(ALL)
        yield Log()
        yield RichLog()
        yield Pretty([ALL])
        yield Digits(ALL)
        yield Link(ALL)
        yield OptionList(Content(ALL))
        yield ListView(ListItem(Label(ALL, markup=False)))
        yield Tree(Text(ALL))
        yield DataTable[Any]()
        yield Collapsible(title="t")
        yield Footer()

    def on_mount(self: Any) -> None:
        self.title = ALL
        self.query_one(Log).write_line(ALL)
        self.query_one(RichLog).write(Text(ALL))
        table = self.query_one(DataTable)
        table.add_columns(Text(ALL))
        table.add_row(Text(ALL))
        static = self.query(Static).first()
        static.border_title = Content(ALL)
        static.styles.border = ("solid", "white")
        self.notify(ALL, title=ALL, markup=False)
        self.call_after_refresh(self.say_done)

    def say_done(self: Any) -> None:
        self.call_after_refresh(lambda: self.query(Static).first().update(Content("all shown")))


class BareApp(Hostile, App[None]):
    """As Textual is."""

    CSS = "Screen > * { height: auto; max-height: 6; }"
    BINDINGS = KEYS


class FilteredApp(Hostile, PrintableApp[None]):
    """With the last door shut."""

    CSS = BareApp.CSS
    BINDINGS = KEYS


if __name__ == "__main__":
    (BareApp if "bare" in sys.argv else FilteredApp)().run()
