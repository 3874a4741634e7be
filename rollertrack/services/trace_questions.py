"""What is asked of a trace, read from what was typed: one sentence for whatever does not fit."""

from datetime import date, timedelta
from typing import NamedTuple

from rollertrack.domain import code as codes
from rollertrack.domain import trace as tr
from rollertrack.domain.code import KIND_WORDS, Kind, kind_of, shown
from rollertrack.domain.lots import norm
from rollertrack.domain.quantities import article
from rollertrack.domain.text import required_line
from rollertrack.domain.trace import Question
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import times
from rollertrack.services.station import Station, nearest_codes, read_code
from rollertrack.services.stock_names import pack_name_of

_KINDS = {
    tr.ROLLER: Kind.ROLLER, tr.SOLUTION: Kind.SOLUTION, tr.PERSON: Kind.PERSON, tr.OPERATOR: Kind.OPERATOR,
}  # fmt: skip
_WAYS = {tr.OPERATOR: "by"}
"""How a question is asked on the command line, where it is not by its own name."""
_SPANNED = (tr.SOLUTION, tr.PERSON, tr.OPERATOR, tr.SPAN)


class Asked(NamedTuple):
    """A question as typed; None where nothing was said."""

    lot: str | None = None
    pack: str | None = None
    roller: str | None = None
    solution: str | None = None
    person: str | None = None
    operator: str | None = None
    begin: str | None = None
    end: str | None = None
    last_pass: bool = False


def read_question(station: Station, asked: Asked) -> Question:
    """What is asked, checked; BadInput names what does not fit."""
    named = [(kind, text) for kind in tr.QUESTIONS[:-1] if (text := getattr(asked, kind)) is not None]
    since, until = _span(station, asked)
    if len(named) > 1:
        first, second = (_way(kind) for kind, _ in named[:2])
        raise BadInput(
            second,
            f"give either {first} or {second}, not both",
            at_prompt=f"give either --{first} or --{second}, not both",
        )
    if not named and since is None and until is None:
        raise BadInput(
            "trace",
            "say what to trace: a lot, pack, roller, solution, person or operator, or from when",
            at_prompt="say what to trace: --lot, --pack, --roller, --solution, --person, --by or --from",
        )
    kind, text = named[0] if named else (tr.SPAN, "")
    if kind not in _SPANNED and (since is not None or until is not None):
        raise BadInput("from", f"a {kind} is traced whole; leave the span out")
    if asked.last_pass and kind != tr.SOLUTION:
        raise BadInput(
            "since-last-pass",
            "is asked of a solution; name it",
            at_prompt="is asked of a solution; name it with --solution",
        )
    if asked.last_pass and since is not None:
        raise BadInput(
            "from",
            "give either the first day or the last strip that passed, not both",
            at_prompt="give either --from or --since-last-pass, not both",
        )
    if kind == tr.LOT:
        lot = required_lot(text)
        return Question(tr.LOT, lot)
    if kind == tr.PACK:
        with station.store.reading():
            return Question(tr.PACK, pack_name_of(station, text))
    about = "" if kind == tr.SPAN else _code(station, kind, text)
    return Question(kind, about, since, until, asked.last_pass)


def _way(kind: str) -> str:
    return _WAYS.get(kind, kind)


def required_lot(text: str) -> str:
    """A lot as typed; BadInput where nothing of it is a letter or a digit."""
    lot = required_line("lot", text) if text.strip() else ""
    if not norm(lot):
        raise BadInput("lot", "give the letters and digits on the pack, such as A-12")
    return lot


def _code(station: Station, kind: str, text: str) -> str:
    """The code of a kind that is on record; one of another kind says what traces it."""
    try:
        code = codes.find(text)
    except BadCode as error:
        if kind == tr.PERSON:  # it may be a label
            return read_code(station, text, Kind.PERSON, "person")
        nearest = nearest_codes(station, text)
        near = f"; near it: {', '.join(map(shown, nearest))}" if nearest else ""
        raise BadCode(error.reason + near, nearest, _way(kind)) from None
    found = kind_of(code)
    if found is not _KINDS[kind]:
        other = next((name for name, each in _KINDS.items() if each is found), "")
        said, right = f"{shown(code)} is {article(KIND_WORDS[found])}", article(KIND_WORDS[_KINDS[kind]])
        at_prompt = f"--{_way(other)} traces it" if other else f"--{_way(kind)} takes the code of {right}"
        raise BadInput(_way(kind), f"{said}; the code of {right} is right", at_prompt=f"{said}; {at_prompt}")
    with station.store.reading() as journal:
        if not journal.stream(code):
            raise BadCode(f"no {KIND_WORDS[found]} is registered under {shown(code)}", field=_way(kind))
    return code


def _span(station: Station, asked: Asked) -> tuple[int | None, int | None]:
    now = station.clock()
    since = None if asked.begin is None else _moment(asked.begin, now, "from", last=False)
    until = None if asked.end is None else _moment(asked.end, now, "to", last=True)
    if since is not None and until is not None and until < since:
        raise BadInput(
            "to",
            "lies before the first moment; a later one is right",
            at_prompt="lies before --from; a later moment is right",
        )
    return since, until


def _moment(text: str, now: int, field: str, *, last: bool) -> int:
    """A moment as typed; of a day alone its first instant, or its last."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return times.moment(text, now, field)[0]
    if (begun := times.day_begins(times.day(text, field))) > now:
        raise BadInput(field, f"“{text[:40]}” lies in the future; a day that has begun is right")
    return times.day_begins(day + timedelta(days=1)) - 1 if last else begun
