"""Rollers, their records and what a station owes, in words."""

from collections.abc import Iterator, Sequence
from datetime import date

from rollertrack.domain.answer import Answer
from rollertrack.domain.code import shown
from rollertrack.domain.quantities import full_date, millimetres, plural, short, time_left
from rollertrack.domain.rows import EventRow, Overview, Record, RollerRow, RunningSoak
from rollertrack.domain.text import printable
from rollertrack.wording.dates import date_of, short_moment, spoken_day, spoken_moment
from rollertrack.wording.gate import stand_in_text
from rollertrack.wording.states import row_state, skin_text

Field = tuple[str, str]
RECORD_UNREADABLE = "The record cannot be read. Use no roller until it can be."
_MOST_NAMED = 3
_MOST_IN_A_JAR = 4
_MOST_CHOSEN = 12


NO_MATCH = "No roller fits this filter. Esc shows all."
NEW_OR_SHOWN = "ctrl+n registers one, → shows them"


def all_retired(count: int, ways: str) -> str:
    """That no roller is in use, and what may be done about it."""
    have = f"All {plural(count, 'roller')} {'is' if count == 1 else 'are'} retired" if count else ""
    return f"{have or 'No roller is on record'}; {ways}."


def roller_title(answer: Answer) -> str:
    """A roller in one line: code, name, length, person."""
    return roller_titles(answer)[0]


def roller_titles(answer: Answer) -> tuple[str, ...]:
    """The same in fewer and fewer words."""
    label = f"“{answer.person_label}”"
    person = f"{label} stands in" if answer.stands_in else f"person {label}"
    parts = (answer.name, millimetres(answer.length), person if answer.person_label else "")
    said = (filter(None, parts[:count]) for count in (3, 2, 1, 0))
    return tuple(printable(f"{shown(answer.code)}   {' · '.join(each)}".rstrip()) for each in said)


def rollers_text(codes: Sequence[str]) -> str:
    """Which rollers: the code of one, the count of more."""
    return shown(codes[0]) if len(codes) == 1 else plural(len(codes), "roller")


def one_at_a_time(deed: str) -> str:
    """That a deed is done to one roller, where several are chosen."""
    return f"“{deed}” is done to one roller at a time; esc lets the chosen ones go."


def chosen_lines(codes: Sequence[str]) -> tuple[str, ...]:
    """Which rollers are chosen, and what can be done to them."""
    return (
        f"{plural(len(codes), 'roller')} chosen",
        ", ".join(map(shown, codes[:_MOST_CHOSEN])) + (" …" if len(codes) > _MOST_CHOSEN else ""),
        "w soak · c take out · ctrl+l label · ctrl+k keep aside · x retire · esc let go",
    )


def them(codes: Sequence[str]) -> str:
    """The word that stands for rollers told of before."""
    return "it" if len(codes) == 1 else "them"


def rollers_named(codes: Sequence[str]) -> str:
    """Which rollers: the codes of a few, the count of more."""
    return ", ".join(map(shown, codes)) if len(codes) <= _MOST_NAMED else plural(len(codes), "roller")


def facts_told(record: Record) -> Iterator[Field]:
    """What was bought, for people: documents keep the date on the pack as it sorts."""
    for name, value in record.facts:
        yield name, full_date(date.fromisoformat(value)) if name == "expiry" else value


def record_fields(record: Record, now: int, life: str) -> Iterator[Field]:
    """What a glance at a roller must tell, field by field; `life` is its uses as the reader draws them."""
    answer = record.answer
    yield "Life", life
    yield "Disinfected", short_moment(answer.disinfected_at, now) if answer.disinfected_at else "never"
    if answer.fresh_until is not None:
        ago = now > answer.fresh_until
        yield "Fresh", f"{'ended' if ago else 'until'} {short_moment(answer.fresh_until, now)}"
    yield from _replacement(record, now)
    yield "Person", _person(record)
    if answer.person_label and (skin := skin_text(answer.verdict)):
        yield "Skin", skin
    yield "Label", label_state(record, now)


def _replacement(record: Record, now: int) -> Iterator[Field]:
    answer = record.answer
    if answer.replace_on is None:
        yield "Replace", "no date yet"
        return
    yield "Replace", f"by {date_of(answer.replace_on, now)} · {answer.replace_because}"
    if record.uses_out_on is not None and record.uses_out_on != answer.replace_on:
        yield "", f"at your pace the uses last until {date_of(record.uses_out_on, now)}"


def _person(record: Record) -> str:
    if record.bound_to is None:
        return stand_in_text(record.answer)
    label = f"“{record.bound_label}”" if record.bound_label else "not on record"
    return f"{shown(record.bound_to)}  {label}"


def label_state(record: Record, now: int) -> str:
    """How far its newest label is known to exist."""
    if record.label_printed_at is None:
        return "none yet"
    mark = f", mark {record.label_mark}" if record.label_mark else ""
    if record.label_proven_at is not None:
        return f"proven by a scan, {short_moment(record.label_proven_at, now)}{mark}"
    return f"sent {short_moment(record.label_printed_at, now)}{mark}, unproven"


def soaks_over_text(soaks_up: Sequence[RunningSoak]) -> str:
    """Which soaks have just come to their end."""
    if len(soaks_up) == 1:
        return f"{shown(soaks_up[0].code)} can come out of the {soaks_up[0].agent}."
    return f"{plural(len(soaks_up), 'roller')} can come out of their soak; f2 shows them."


def debt_texts(overview: Overview, now: int) -> tuple[str, ...]:
    """How many rollers owe a wash, in fewer and fewer words; no number while the list is recalculated."""
    if overview.is_recalculating:
        return "the list is being recalculated", "recalculating"
    count, oldest = overview.debt.count, overview.debt.oldest
    if not count:
        return "0 dirty", ""
    owed = f"{count:,} dirty"
    return (f"{owed}, oldest {short(now - oldest)}", owed) if oldest is not None else (owed,)


def soak_texts(overview: Overview, now: int) -> tuple[str, ...]:
    """The running soaks with the time left of the next one, in fewer and fewer words."""
    if not overview.soaks:
        return ("",)
    running = [soak.due_at for soak in overview.soaks if soak.due_at > now]
    up = len(overview.soaks) - len(running)
    left = time_left(min(running) - now) if running else ""
    out = f"{up} to take out" if up else ""
    long = f"{plural(len(running), 'soak')} {left}" if running else ""
    return tuple(
        "◔ " + " · ".join(filter(None, parts)) for parts in ((long, out), (left, out), (out or left,))
    )


def dated_label_state(record: Record) -> str:
    """How far its newest label is known to exist, with every date in full."""
    if record.label_printed_at is None:
        return "none"
    mark = f", mark {record.label_mark}" if record.label_mark else ""
    proven = spoken_moment(record.label_proven_at)
    state = f"proven {proven}" if proven else "unproven: scan it once it is stuck on"
    return f"sent {spoken_moment(record.label_printed_at)}{mark}, {state}"


_OF_RECALLS = frozenset({"recalled", "released", "opened", "widened", "closed"})
"""What names the person that a recall is about, on whom nothing was done."""


def people_text(line: EventRow) -> str:
    """On whom and by whom, by label with the code behind it."""
    on = "of" if line.kind in _OF_RECALLS else "on"
    named = ((on, line.person, line.person_label), ("by", line.operator, line.operator_label))
    return printable(" · ".join(f"{how} {_labelled(code, label)}" for how, code, label in named if code))


def _labelled(code: str, label: str) -> str:
    return f"“{label}” {shown(code)}" if label else shown(code)


def entry_cells(line: EventRow) -> tuple[str, ...]:
    """An entry in columns: its number, when, what, who, and whether it was undone or entered late."""
    people = people_text(line)
    late = f"entered {spoken_moment(line.recorded_at)}" if line.late else ""
    marks = ", ".join(filter(None, ("undone" if line.voided else "", late)))
    return str(line.seq), spoken_moment(line.at), line.text, people, marks


def roller_cells(row: RollerRow) -> tuple[str, ...]:
    """A roller in the columns of a list: its state, code, name, whose, length, uses, its last day."""
    limit = f"/{row.uses_limit}" if row.uses_limit is not None else ""
    because = f" · {row.replace_because}" if row.replace_because else ""
    replace = f"replace {spoken_day(row.replace_on)}{because}" if row.replace_on is not None else ""
    return (
        row_state(row), shown(row.code), row.name, whose_text(row),
        millimetres(row.length), f"{row.uses}{limit}", replace,
    )  # fmt: skip


def whose_text(row: RollerRow) -> str:
    """Whose a roller is; one that is nobody's is told from others by its lot."""
    if row.bound_to is None:
        return f"lot {row.lot}" if row.lot else ""
    return row.bound_label or shown(row.bound_to)


def soak_end_texts(due_at: int, now: int) -> tuple[str, str]:
    """How long a soak still is, or that its time is up; and when that is or was by the clock."""
    ends = short_moment(due_at, now)
    if due_at > now:
        return f"◔ {time_left(due_at - now)}", f"ends {ends}"
    return "~ time is up: take it out", f"since {ends}"


def jar_text(rollers: Sequence[RunningSoak]) -> str:
    """What lies in a jar: how many, and the first of them by name."""
    named = [f"{shown(each.code)} {each.name}".strip() for each in rollers[:_MOST_IN_A_JAR]]
    more = f" and {len(rollers) - _MOST_IN_A_JAR} more" if len(rollers) > _MOST_IN_A_JAR else ""
    return printable(f"{plural(len(rollers), 'roller')} · {', '.join(named)}{more}")


NO_LIMIT = "no limit"


def uses_text(uses: int, limit: int | None) -> str:
    """How many of its uses a roller has had."""
    return f"{plural(uses, 'use')}, {NO_LIMIT}" if limit is None else f"{uses} of {limit} used"


def entered_late(at: int, now: int) -> str:
    """When an entry was made that tells of an earlier moment."""
    return f"entered late, {short_moment(at, now)}"
