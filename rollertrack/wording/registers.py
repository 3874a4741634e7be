"""Persons, solutions, operators and bins in words."""

from datetime import date

from rollertrack.domain.code import shown
from rollertrack.domain.person import Person
from rollertrack.domain.quantities import dose, full_date, plural
from rollertrack.domain.rows import NamedRow, PersonRow, SolutionRow
from rollertrack.domain.solution import Solution
from rollertrack.wording.dates import date_of, iso, short_moment, spoken_day, spoken_moment
from rollertrack.wording.events import days_of_use, strip_text

NO_OPERATOR = "A sharps bin does no deeds; choose an operator."


def closed_operator(code: str) -> str:
    """That a closed operator does no deeds."""
    return f"{shown(code)} is closed; x opens it again."


def works_no_more(code: str) -> str:
    """That who worked here was closed."""
    return f"{shown(code)} works here no more; y on another, or a card scanned, says who does."


def person_facts(row: PersonRow, now: int) -> tuple[str, ...]:
    """What is known of a person beside the label, what must not be missed first."""
    if row.last_session_at:
        sessions = f"{plural(row.sessions, 'session')}, last {short_moment(row.last_session_at, now)}"
    else:
        sessions = "no session yet"
    return f"noted: {row.contraindications}" if row.contraindications else "", sessions


def solution_facts(row: SolutionRow, now: int) -> tuple[str, ...]:
    """What is known of a bottle or a jar beside what is in it."""
    strip = ""
    if row.last_strip_at is not None:
        strip = f"{strip_text(passed=bool(row.last_strip_passed))} {short_moment(row.last_strip_at, now)}"
    return (
        *_pack(row),
        f"opened {date_of(row.opened_at, now)}",
        "" if row.spent_since is None else _spent(date_of(row.spent_since, now)),
        strip,
        f"discarded {date_of(row.discarded_at, now)}" if row.discarded_at else "",
        days_of_use(row.use_days),
        f"topped up {date_of(row.topped_up_at, now)}" if row.topped_up_at else "",
        row.listing,
    )


def solution_cells(row: SolutionRow) -> tuple[str, ...]:
    """A solution in the columns of a list that names every date in full."""
    lot, expires = _pack(row)
    opened = f"opened {spoken_moment(row.opened_at)}"
    if row.spent_since is not None:
        opened = f"{opened}, {_spent(spoken_day(row.spent_since))}"
    if row.topped_up_at is not None:
        opened = f"{opened}, topped up {spoken_day(row.topped_up_at)}"
    discarded = "discarded" if row.discarded_at else ""
    told = (lot, opened, expires, days_of_use(row.use_days), row.listing, _strip(row), discarded)
    return shown(row.code), dose(row.agent, row.strength), *told


def solution_choice(row: SolutionRow) -> str:
    """A solution among others to choose from: that it is over, what is in it, since when, its code."""
    over = "expired · " if row.is_expired else "past its life · " if row.spent_since is not None else ""
    lot = f" · lot {row.lot}" if row.lot else ""
    opened = spoken_day(row.opened_at)
    return f"{over}{dose(row.agent, row.strength)} · opened {opened}{lot} · {shown(row.code)}"


def _spent(since: str) -> str:
    return f"past its life since {since}"


def label_and_code(row: PersonRow | NamedRow) -> str:
    """A person, an operator or a bin among others to choose from."""
    return f"{row.label} · {shown(row.code)}"


def closed_word(row: NamedRow) -> str:
    """Whether an operator left, or a bin was full or is gone; empty for one in use."""
    return "taken away" if row.collected_at else "closed" if row.closed_at else ""


def closed_text(row: NamedRow, now: int) -> str:
    """When an operator left, or a bin was full or went; empty for one in use."""
    if row.collected_at:
        return f"taken away {date_of(row.collected_at, now)}"
    return f"closed {date_of(row.closed_at, now)}" if row.closed_at else ""


def _pack(row: SolutionRow) -> tuple[str, str]:
    expires = "expired" if row.is_expired else "expires"
    return (
        f"lot {row.lot}" if row.lot else "",
        f"{expires} {full_date(date.fromisoformat(row.expiry))}" if row.expiry else "",
    )


def _strip(row: SolutionRow) -> str:
    """What the newest test strip said."""
    if row.last_strip_at is None:
        return ""
    return f"{strip_text(passed=bool(row.last_strip_passed))} {spoken_moment(row.last_strip_at)}"


def person_fields(person: Person) -> list[tuple[str, str]]:
    """Everything known of a person, field by field."""
    last = max((session.at for session in person.sessions), default=None)
    return [
        ("label", person.label),
        ("ask first about", ", ".join(person.contraindications)),
        ("sessions", str(len(person.sessions))),
        ("last session", iso(last) or ""),
    ]


def solution_fields(bottle: Solution) -> list[tuple[str, str]]:
    """Everything known of a solution, field by field."""
    at, passed = bottle.strips[-1] if bottle.strips else (None, False)
    return [
        ("agent", dose(bottle.agent, bottle.strength)),
        ("lot", bottle.lot),
        ("expiry", bottle.expiry.isoformat() if bottle.expiry else ""),
        ("listing", bottle.listing),
        ("opened", iso(bottle.opened_at) or ""),
        ("label says", days_of_use(bottle.use_days)),
        ("topped up", iso(bottle.topped_up_at) or ""),
        ("test strip", f"{'passed' if passed else 'failed'} {iso(at)}" if at is not None else ""),
        ("discarded", iso(bottle.discarded_at) or ""),
    ]
