"""Leaving in order: a signal that ends a program closes the screen and the store first.

Loads no Textual: a signal may come while that is being loaded.
"""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from textual.app import App

_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
_BY_SIGNAL: Final = 128
"""What a shell adds to the number of the signal that ended a program."""
_FAULT, _BROKEN = 1, 3
"""Textual's status for a fault of the program, and ours: 1 means that a deed was refused."""


class Leaving:
    """Runs apps one after the other, and lets a signal end the one that runs."""

    def __init__(self) -> None:
        self._app: App[Any] | None = None
        self._is_told = False

    def run(self, app: "App[Any]") -> int:
        """Run an app to its end; its exit status."""
        self._app = app
        app.run()
        self._app = None
        return _BROKEN if app.return_code in {None, _FAULT} else app.return_code or 0

    def leave(self, number: int, _frame: FrameType | None) -> None:
        """What a signal does: a deed under way is finished first, unless it comes a second time."""
        status = _BY_SIGNAL + number
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise SystemExit(status) from None
        if self._is_told or self._app is None:
            _restore()
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        else:
            self._is_told = True
            loop.call_soon_threadsafe(self._app.exit, None, status)


@contextmanager
def in_order() -> Iterator[Leaving]:
    """Around the run of apps: signals have them leave with their status, and the terminal is itself after.

    What whoever started us has set to be ignored stays ignored.
    """
    leaving, before = Leaving(), dict[int, Any]()
    for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, leaving.leave)
    try:
        yield leaving
    finally:
        _restore()
        for number, handler in before.items():
            signal.signal(number, handler)


def _restore() -> None:
    """Give terminals back that an app left as it used them, if one ever came so far."""
    if "rollertrack.tui.textual_private" in sys.modules:
        from rollertrack.tui.textual_private import restore_terminals

        restore_terminals()
