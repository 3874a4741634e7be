"""Counted nouns and notes: one is one, and what stands alone begins with a capital."""

import pytest

from rollertrack.domain.quantities import plural
from rollertrack.domain.rows import SolutionRow
from rollertrack.wording import done
from rollertrack.wording.due import nothing_due
from rollertrack.wording.events import strip_text
from rollertrack.wording.printing import noted
from rollertrack.wording.records import uses_text
from rollertrack.wording.registers import solution_cells, solution_facts


@pytest.mark.parametrize(("count", "said"), [(0, "0 entries"), (1, "1 entry"), (2_000, "2,000 entries")])
def test_a_noun_that_takes_more_than_an_s(count: int, said: str) -> None:
    assert plural(count, "entry", "entries") == said


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (nothing_due(1), "Nothing is due within 1 day."),
        (nothing_due(2), "Nothing is due within 2 days."),
        (uses_text(1, None), "1 use, no limit"),
        (uses_text(2, None), "2 uses, no limit"),
        (done.verified(1, 1), "All agree: 1 entry in 1 record."),
        (done.rebuilt(1, 2), "Rebuilt the lists of 1 record from 2 entries."),
        (done.labels_counted(2, 3), "2 labels, 3 copies,"),
    ],
)
def test_one_is_never_many(said: str, text: str) -> None:
    assert said == text


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("look whether it printed", "Look whether it printed"),
        ("bench: no paper", "bench: no paper"),
        ("", ""),
    ],
)
def test_a_note_begins_with_a_capital_and_a_name_as_it_is_written(note: str, said: str) -> None:
    assert noted(note) == said


@pytest.mark.parametrize("passed", [True, False])
def test_lists_screens_and_the_history_say_alike_what_a_strip_said(passed: bool) -> None:
    row = SolutionRow("S", "opa", None, "", None, 0, None, 1, passed)
    said = strip_text(passed=passed)
    assert said == f"strip {'passed' if passed else 'failed'}"
    assert any(text.startswith(said) for text in solution_facts(row, 1))
    assert any(text.startswith(said) for text in solution_cells(row))
