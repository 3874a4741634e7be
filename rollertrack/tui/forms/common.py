"""Fields and words that several forms share."""

from collections.abc import Sequence

from rollertrack.domain.code import shown
from rollertrack.domain.rows import NamedRow, PersonRow, SolutionRow
from rollertrack.services import times
from rollertrack.services.preview import Choices
from rollertrack.tui.forms.fields import Choice, Field, Option, Text
from rollertrack.tui.forms.form import Said
from rollertrack.wording import dates
from rollertrack.wording.registers import solution_choice


def person_field(choices: Choices, preset: str | None, label: str = "Person") -> Choice:
    """Who it is for."""
    return Choice("person", label, _named(choices.persons), preset or "", prompt="nobody named")


def operator_fields(choices: Choices) -> list[Field]:
    """Who does it, where the profile asks for it and the station does not know."""
    if not choices.policy.needs_operator or choices.operator:
        return []
    return [Choice("operator", "Operator", _named(choices.operators), prompt="who does it")]


def bin_field(choices: Choices) -> Choice:
    """Which sharps bin it goes into."""
    return Choice("bin", "Sharps bin", _named(choices.bins), prompt="none named")


def when_field(label: str, now: int) -> Text:
    """A moment that has passed; empty is now."""
    return Text(
        "at",
        label,
        placeholder=f"now, or like {dates.typed_moment(now)}",
        read=lambda text: times.moment(text, now) if text.strip() else None,
    )


def when(said: Said) -> str | None:
    """The moment typed, None for now."""
    return said.text("at").strip() or None


def solution_options(rows: Sequence[SolutionRow]) -> list[Option]:
    """Solutions by what is in them, since when, and their code."""
    return [(solution_choice(row), row.code) for row in rows]


def _named(rows: Sequence[PersonRow | NamedRow]) -> list[Option]:
    return [(f"{row.label} · {shown(row.code)}", row.code) for row in rows]


def about(code: str, name: str) -> str:
    """A code with the name it carries."""
    return f"{shown(code)} · {name}" if name else shown(code)
