"""Help lives on what it explains: anything with a `help` explains itself on `?`."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Help:
    """What a widget or screen is, in plain sentences."""

    title: str
    text: str


@runtime_checkable
class Helpable(Protocol):
    """Something that explains itself."""

    help: Help
