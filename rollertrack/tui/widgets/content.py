"""Records and verdicts as the terminal draws them; text from the record is never markup."""

from collections.abc import Iterable, Iterator

from rich.table import Table
from rich.text import Text
from textual.content import Content

from rollertrack.domain.answer import Answer
from rollertrack.domain.code import shown
from rollertrack.domain.quantities import millimetres
from rollertrack.domain.rows import EventRow, Record
from rollertrack.domain.text import printable
from rollertrack.domain.verdict import Finding
from rollertrack.domain.words import State, Word
from rollertrack.tui import palette
from rollertrack.tui.widgets import roller_columns
from rollertrack.wording.dates import short_moment
from rollertrack.wording.records import Field, entered_late, facts_told, people_text, record_fields, uses_text

_LABEL = 11
_WHEN = 13


def roller_heading(answer: Answer) -> Content:
    """A roller in one line without its person: the code loud, name and length after it."""
    what = " · ".join(filter(None, (answer.name, millimetres(answer.length))))
    return Content.assemble((shown(answer.code), "bold"), f"   {printable(what)}")


def word_content(word: Word) -> Content:
    """The word with its sign, in its colour."""
    return Content.styled(f"{word.sign} {word}", f"bold $verdict-{word.name.lower()}")


def state_content(state: State, line: str) -> Content:
    """What is told of a state, in its colour."""
    return Content.styled(printable(line), palette.state_style(state))


def finding_content(found: Finding) -> Content:
    """One finding behind the sign of its word."""
    style = "$foreground 60%" if found.word is Word.USE else f"$verdict-{found.word.name.lower()}"
    return Content.assemble((f"{found.sign} ", style), printable(found.message))


def findings_table(findings: Iterable[Finding], *, dark: bool, quiet: str = "dim") -> Table:
    """Every finding behind its sign, what wraps below what it says; `quiet` is how the sign of a go looks."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(ratio=1, overflow="fold")
    for found in findings:
        ink = quiet if found.word is Word.USE else palette.ink(found.word, dark).letters
        table.add_row(Text(found.sign, ink), Text(printable(found.message)))
    return table


_BAR = 8


def life_text(answer: Answer) -> str:
    """Uses as a bar and in words."""
    return f"{_bar(answer)}{uses_text(answer.uses, answer.uses_limit)}"


def _bar(answer: Answer) -> str:
    limit = answer.uses_limit
    return "" if limit is None else f"{roller_columns.bar(answer.uses, limit, _BAR)}  "


def glance(record: Record, now: int) -> Iterator[Field]:
    """What a glance at a roller must tell, its life as a bar and its numbers."""
    answer = record.answer
    limit = answer.uses_limit
    life = uses_text(answer.uses, None) if limit is None else f"{_bar(answer)}{answer.uses} of {limit}"
    return record_fields(record, now, life)


def fields_table(rows: Iterable[Field]) -> Table:
    """Fields as two columns, the names quiet; long texts wrap in their own column."""
    table = _grid(_LABEL)
    for name, text in rows:
        table.add_row(Text(name, "dim"), Text(printable(text)))
    return table


def bought_table(record: Record) -> Table:
    """What was bought, field by field."""
    return fields_table(facts_told(record))


def history_table(lines: Iterable[EventRow], now: int) -> Table:
    """Entries as two columns: when and what."""
    table = _grid(_WHEN)
    for line in lines:
        _add_entry(table, line, now)
    return table


def entry_text(line: EventRow, now: int) -> Text:
    """What happened; undone entries struck through, late ones with both clocks."""
    text = Text(printable(line.text), "strike dim" if line.voided else "")
    if line.voided:
        text.append("  undone", "not strike dim")
    if line.late:
        text.append(f"  {entered_late(line.recorded_at, now)}", "not strike dim")
    return text


def entry_line(each: EventRow, now: int) -> Table:
    """One entry: when, beside it what and who; what is too long for a line stays beside its time."""
    line = _grid(_WHEN + 2)
    _add_entry(line, each, now)
    return line


def _add_entry(table: Table, each: EventRow, now: int) -> None:
    table.add_row(Text(short_moment(each.at, now), "dim"), _with_people(entry_text(each, now), each))


def _with_people(text: Text, line: EventRow) -> Text:
    people = people_text(line)
    return text.append(f"  {people}", "dim") if people else text


def _grid(first: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(min_width=first, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    return table
