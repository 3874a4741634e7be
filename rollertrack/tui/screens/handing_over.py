"""The care slip as it is handed over on the screen: it is given once somebody says that it was read."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from rollertrack.tui.help import Help
from rollertrack.tui.screens.care import CareScreen
from rollertrack.wording import care as say

_OTHERS = frozenset({"turn", "give"})
"""What is not done to a slip while it is handed over: it is this one, once."""


class HandingOverScreen(CareScreen, inherit_bindings=False):
    """One slip for one person; left without Enter it was not given."""

    help = Help(
        "The care slip, handed over",
        "Turn the screen to whom it is for. Enter says that it was given, and logs it where somebody is "
        "named; Escape goes back and logs nothing.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "given", "given", key_display="enter", id="handing.given",
                tooltip="It was given: log it"),
        *(each for each in CareScreen.BINDINGS if isinstance(each, Binding) and each.action not in _OTHERS),
    ]  # fmt: skip

    def __init__(self, which: str, label: str) -> None:
        super().__init__(which)
        self.is_given = False
        self._label = label

    @property
    def heading(self) -> str:
        """The slip and whom it is for."""
        return say.slip_for(self.which, self._label)

    def action_given(self) -> None:
        """It was given."""
        self.is_given = True
        self.action_back()
