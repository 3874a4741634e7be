"""What is known of a deed, and how what does it is found: by name, when it is wanted, and not before."""

from importlib import import_module
from typing import Any, Final, NamedTuple

from rollertrack.deeds.options import Option

ROLLER: Final = "roller"
ROLLERS: Final = "rollers"
RECORD: Final = "record"
STATION: Final = "station"
PERSON: Final = "person"
SOLUTION: Final = "solution"
NAMED: Final = "named"
PRINTER: Final = "printer"
JOB: Final = "job"
BLANK: Final = "blank"


class Deed(NamedTuple):
    """One deed or read; `name` is its own, and it stands once.

    `scope` is what it is done to: a ROLLER, several ROLLERS at once, any RECORD with a code, a PERSON, a
    SOLUTION, a NAMED operator or bin, a PRINTER, a print JOB, a BLANK label that no roller has claimed, or
    nothing but the STATION. Whatever `service`, `handler`, `form` and `screen` name is `module:function`
    below rollertrack.
    """

    name: str
    scope: str
    service: str
    words: str = ""
    """How the command line calls it, such as `person add`."""
    summary: str = ""
    """What the command line's help says of it."""
    options: tuple[Option, ...] = ()
    handler: str = ""
    """What answers on the command line, where it is more than the service called with the options."""
    creates: bool = False
    """Whether it may make the database; no other does."""
    key: str = ""
    """Outside the letters of codes: a letter of a scan that slips through presses nothing."""
    label: str = ""
    """What it is called beside its key and in the palette."""
    does: str = ""
    """What it does, in a sentence for people at a screen."""
    rank: int = 0
    """Its place among the keys of its scope."""
    in_footer: bool = False
    form: str = ""
    """What asks for its facts and does it: `await form(app, …)` gives what was done."""
    screen: str = ""
    """The screen that shows it."""


def load(name: str) -> Any:
    """What a row names by `module:function`."""
    module, _, found = name.partition(":")
    return getattr(import_module(f"rollertrack.{module}"), found)
