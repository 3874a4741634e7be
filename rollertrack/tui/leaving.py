"""Leaving in order: a signal that ends a program closes the screen and the store first."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from textual.app import App

from rollertrack.tui.terminal_driver import restore_terminals

_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
_BY_SIGNAL: Final = 128
"""What a shell adds to the number of the signal that ended a program."""


@contextmanager
def in_order(app: App[Any]) -> Iterator[None]:
    """Around the run of an app: signals have it leave with their status, and the terminal is itself after.

    A deed under way is finished first. A second signal does not wait for it. What whoever started us has set
    to be ignored stays ignored.
    """
    told = False

    def leave(number: int, _frame: FrameType | None) -> None:
        nonlocal told
        status = _BY_SIGNAL + number
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise SystemExit(status) from None
        if told:
            restore_terminals()
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        told = True
        loop.call_soon_threadsafe(app.exit, None, status)

    before = {}
    for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        restore_terminals()
        for number, handler in before.items():
            signal.signal(number, handler)


def status_of(app: App[Any]) -> int:
    """The exit status of an app that has run: what it said, or 3 for one that said nothing and broke."""
    code = app.return_code
    return _BROKEN if code is None or code == 1 else code


_BROKEN: Final = 3


def has_terminal() -> bool:
    """Whether a screen can be shown and typed to."""
    return all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__))
