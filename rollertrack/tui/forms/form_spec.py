"""What a form is made of: what it asks, what it was told, and what it will do."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rollertrack.domain.verdict import Finding
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Field, Value

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says: the answers of the fields in sight, and which of them were changed."""

    values: Mapping[str, Value]
    changed: frozenset[str] = frozenset()

    def text(self, key: str) -> str:
        """A text or choice; empty for a field that is not in sight."""
        return str(self.values.get(key, ""))

    def chosen(self, key: str) -> str | None:
        """A choice, None when nothing is chosen."""
        return self.text(key) or None

    def is_checked(self, key: str) -> bool:
        """A tick."""
        return self.values.get(key, False) is True

    def several(self, key: str) -> tuple[str, ...]:
        """What was ticked in a list."""
        value = self.values.get(key, ())
        return value if isinstance(value, tuple) else ()


def said_by(fields: Sequence[Field]) -> Said:
    """What fields say, whether they are in sight or not."""
    changed = frozenset(each.key for each in fields if each.value != each.initial)
    return Said({each.key: each.value for each in fields}, changed)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form will do if it is confirmed now; its fields `absent` are not asked.

    `questions` stand above the fields they name; a tick `withdrawn` was given to another question than the
    one asked now; `turns_at` is the next instant, in microseconds UTC, at which the preview may be another
    one; `trouble` is what still stands in the way.
    """

    result: str = ""
    word: Word | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    absent: frozenset[str] = NOTHING
    questions: Mapping[str, str] = field(default_factory=dict)
    button: str = ""
    withdrawn: frozenset[str] = NOTHING
    turns_at: int | None = None
    trouble: BadInput | None = None


@dataclass(frozen=True, slots=True)
class FormSpec:
    """What stands on a form: its title, its fields, whom or what it is about, the word on its button.

    `absent` names the fields that are not asked, given the answers of all of them; `at_first` those that
    only a preview brings in; `start` the field that has the cursor first, if it is not the first one.
    """

    title: str
    fields: Sequence[Field]
    subject: str = ""
    button: str = "Save"
    absent: Callable[[Said], frozenset[str]] = lambda _: NOTHING
    at_first: frozenset[str] = NOTHING
    start: str = ""


PreviewFor = Callable[[Said], Awaitable[Preview]]
Submit = Callable[[Said], Awaitable[Done]]
