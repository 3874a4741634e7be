"""Lists of lines to choose from, without frames, their choice marked quietly."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class CalmList(OptionList):
    """An option list that looks like the list of rollers; nothing in it is read as markup."""

    DEFAULT_CSS = """
    CalmList {
        height: 1fr;
        padding: 0 1;
        border: none;
        background: transparent;
        scrollbar-size: 1 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus { border: none; background-tint: transparent; }
        .option-list--option-highlighted, &:focus .option-list--option-highlighted {
            background: $primary 18%;
            color: $foreground;
            text-style: none;
        }
        .option-list--option-hover { background: $foreground 6%; }
        .option-list--option-disabled { color: $foreground; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual names it
        super().__init__(id=id, markup=False)


class MendList(CalmList):
    """A list whose Enter mends the chosen line, and whose keys say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "edit", key_display="enter", id="list.mend", tooltip="Mend the chosen one")
    ]
