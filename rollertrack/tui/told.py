"""Records and verdicts in the words of the screens; text from the record is never markup."""

from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text
from textual.content import Content

from rollertrack.domain.code import LENGTH, shown
from rollertrack.domain.verdict import Finding, Verdict
from rollertrack.domain.wording import countdown, millimetres, plural, short
from rollertrack.domain.words import Word
from rollertrack.services.answer import Answer
from rollertrack.services.rows import EventRow, Overview, Record, RunningSoak
from rollertrack.tui import wording
from rollertrack.tui.terminal_filter import printable
from rollertrack.tui.widgets import life_bar
from rollertrack.tui.widgets.roller_columns import cut

Field = tuple[str, str]
_LABEL = 11
_SHORT_LABEL = 16
_WHEN = 13


def title(answer: Answer) -> str:
    """A roller in one line: code, name, length, person."""
    person = f"person “{answer.person_label}”" if answer.person_label else ""
    parts = filter(None, (answer.name, millimetres(answer.length), person))
    return printable(f"{shown(answer.code)}   {' · '.join(parts)}".rstrip())


def typed_code(letters: str) -> str:
    """The letters of a code that were typed so far, in threes."""
    plain = letters.replace("-", "")
    threes = "-".join(plain[start : start + 3] for start in range(0, len(plain), 3))
    return f"Code: {threes} · Enter" if len(plain) >= LENGTH else f"Code: {threes}…"


def heading(answer: Answer) -> Content:
    """A roller in one line without its person: the code loud, name and length after it."""
    what = " · ".join(filter(None, (answer.name, millimetres(answer.length))))
    return Content.assemble((shown(answer.code), "bold"), f"   {printable(what)}")


def headline(verdict: Verdict) -> Content:
    """The word with its sign, in its colour."""
    word = verdict.word
    return Content.styled(f"{word.sign} {word}", f"bold $verdict-{word.name.lower()}")


def finding(found: Finding) -> Content:
    """One finding behind the sign of its word."""
    style = "$foreground 60%" if found.word is Word.USE else f"$verdict-{found.word.name.lower()}"
    return Content.assemble((f"{found.sign} ", style), printable(found.message))


def life(answer: Answer, width: int = 10) -> str:
    """Uses as a bar and in words."""
    if answer.uses_limit is None:
        return f"{answer.uses} uses, no limit"
    bar = life_bar.bar(answer.uses, answer.uses_limit, width)
    return f"{bar}  {answer.uses} of {answer.uses_limit} used"


def fields(record: Record, now: int) -> Iterator[Field]:
    """What a glance at a roller must tell, field by field."""
    answer = record.answer
    yield "Life", life(answer)
    if record.soak:
        left = record.soak.due_at - now
        yield "Soaking", f"{record.soak.agent} · {countdown(left) + ' left' if left > 0 else 'time is up'}"
    yield "Disinfected", wording.moment(answer.disinfected_at, now) if answer.disinfected_at else "never"
    if answer.fresh_until is not None:
        ago = now > answer.fresh_until
        yield "Fresh", f"{'ended' if ago else 'until'} {wording.moment(answer.fresh_until, now)}"
    yield from _replacement(record, now)
    yield "Person", _person(record)
    yield "Label", label_state(record, now)


def _replacement(record: Record, now: int) -> Iterator[Field]:
    answer = record.answer
    if answer.replace_on is None:
        yield "Replace", "no date yet"
        return
    yield "Replace", f"by {wording.date_of(answer.replace_on, now)} · {answer.replace_because}"
    if record.uses_out_on is not None and record.uses_out_on != answer.replace_on:
        yield "", f"at your pace the uses last until {wording.date_of(record.uses_out_on, now)}"


def _person(record: Record) -> str:
    if record.bound_to is None:
        return "bound to no one yet"
    label = f"“{record.bound_label}”" if record.bound_label else "not on record"
    return f"{shown(record.bound_to)}  {label}"


def label_state(record: Record, now: int) -> str:
    """How far its newest label is known to exist."""
    if record.label_printed_at is None:
        return "none yet"
    mark = f", mark {record.label_mark}" if record.label_mark else ""
    if record.label_proven_at is not None:
        return f"proven by a scan, {wording.moment(record.label_proven_at, now)}{mark}"
    return f"sent {wording.moment(record.label_printed_at, now)}{mark}, unproven"


def columns(rows: Iterable[Field]) -> Table:
    """Fields as two columns, the names quiet; long texts wrap in their own column."""
    table = _grid(_LABEL)
    for name, text in rows:
        table.add_row(Text(name, "dim"), Text(printable(text)))
    return table


def history(lines: Iterable[EventRow], now: int) -> Table:
    """Entries as two columns: when and what."""
    table = _grid(_WHEN)
    for line in lines:
        table.add_row(Text(wording.moment(line.at, now), "dim"), entry(line, now))
    return table


def entry(line: EventRow, now: int) -> Text:
    """What happened; undone entries struck through, late ones with both clocks."""
    text = Text(printable(line.text), "strike dim" if line.voided else "")
    if line.voided:
        text.append("  undone", "not strike dim")
    if line.late:
        text.append(f"  entered late, {wording.moment(line.recorded_at, now)}", "not strike dim")
    return text


def line(each: EventRow, now: int) -> Text:
    """One entry in one line: when, what, who."""
    text = Text.assemble((f"{wording.moment(each.at, now):<{_WHEN + 3}}", "dim"), entry(each, now))
    return text.append(f"  by {shown(each.operator)}", "dim") if each.operator else text


def _grid(first: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(min_width=first, no_wrap=True)
    table.add_column(ratio=1)
    return table


def who(code: str, label: str) -> tuple[str, ...]:
    """Who works here, in fewer and fewer words."""
    return (
        (f"by {label} · {shown(code)}", f"by {cut(label, _SHORT_LABEL)}") if label else (f"by {shown(code)}",)
    )


def finished(soaks_up: Sequence[RunningSoak]) -> str:
    """Which soaks have just come to their end."""
    if len(soaks_up) == 1:
        return f"{shown(soaks_up[0].code)} can come out of the {soaks_up[0].agent}."
    return f"{plural(len(soaks_up), 'roller')} can come out of their soak; f2 shows them."


def debts(overview: Overview, now: int) -> tuple[str, ...]:
    """How many rollers owe a wash, in fewer and fewer words."""
    count, oldest = overview.debt.count, overview.debt.oldest
    if not count:
        return "nothing owes a wash", ""
    owed = f"{count:,} {'owes' if count == 1 else 'owe'} a wash"
    return (f"{owed}, oldest {short(now - oldest)}", owed) if oldest is not None else (owed,)


def soaks(overview: Overview, now: int) -> tuple[str, ...]:
    """The running soaks with the time left of the next one, in fewer and fewer words."""
    if not overview.soaks:
        return ("",)
    running = [soak.due_at for soak in overview.soaks if soak.due_at > now]
    up = len(overview.soaks) - len(running)
    left = f"{countdown(min(running) - now)} left" if running else ""
    out = f"{up} to take out" if up else ""
    long = f"{plural(len(running), 'soak')} {left}" if running else ""
    return tuple(
        "◔ " + " · ".join(filter(None, parts)) for parts in ((long, out), (left, out), (out or left,))
    )
