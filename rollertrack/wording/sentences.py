"""Words made into sentences, and sentences into parts of one."""

from rollertrack.domain.code import shown
from rollertrack.domain.text import ended, printable


def capitalised(text: str) -> str:
    """The text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text as a sentence, empty for none."""
    return ended(capitalised(text)) if text else ""


def note_sentence(note: str) -> str:
    """A printer's note as a sentence; a place or a name at its beginning stays as it is written."""
    first = note.split(maxsplit=1)[:1]
    return sentence(note) if not first or first[0].isalpha() else ended(note)


def clause(text: str) -> str:
    """A sentence as a part of another one: a small letter first, no stop."""
    return text[:1].lower() + text[1:].removesuffix(".")


def error_sentence(message: str) -> str:
    """An error's message as a sentence of its own, without the name of its field."""
    return sentence(message.removeprefix("code: "))


def deed_title(name: str, label: str, to: str) -> str:
    """A deed among the commands: what it is called, or which one it is and what it is done to."""
    return capitalised(f"{name.replace('_', ' ')} · {shown(to)}" if to else label)


def deed_help(does: str, key: str) -> str:
    """What a deed does, with its key."""
    return f"{does}  ({key})" if key else does


def shows_where(message: str, variable: str) -> str:
    """A fault of the program, and the variable of the environment under which it says more."""
    return f"{printable(message)} ({variable}=1 shows where.)"


def too_long_for_field(most: int) -> str:
    """That what was pasted into a field is not all there."""
    return f"no more than {most} characters fit; the rest was left out"


def doing_text(what: str, since: str, process: int) -> str:
    """What another program does with the database now."""
    return f"{what}, since {since} (process {process})"
