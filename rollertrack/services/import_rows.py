"""A row of a foreign table as a roller: its cells read by the rules of what other programs write."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from rollertrack.domain.code import Kind, find_kind
from rollertrack.domain.events import ROLLER_KINDS
from rollertrack.domain.text import NOTE_LIMIT, clean_line, excerpt, whole_number
from rollertrack.domain.words import State
from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.services.registering import MOST_AT_ONCE, read_facts
from rollertrack.wording import importing as say
from rollertrack.wording.events import UNNAMED

DATES = ("dmy", "mdy", "iso")
_TEXTS = {
    "name": "name", "maker": "maker", "model": "model", "material": "material", "lot": "lot",
    "length": "length", "needles": "needles", "max-uses": "max_uses", "max-days": "max_days",
}  # fmt: skip
_COUNTS = frozenset({"needles", "max-uses", "max-days"})
_WHOLE = re.compile(r"(\d+)[.,]0+", re.ASCII)
_THOUSANDS = re.compile(r"([1-9]\d{0,2})[.,]000", re.ASCII)
_KINDS = {
    "derma roller": "roller", "dermaroller": "roller", "stempel": "stamp", "kartusche": "cartridge",
    "tip": "cartridge", "handstück": "handpiece", "pen": "handpiece",
}  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "wahr", "✓"})
_NO = frozenset({"no", "n", "false", "0", "nein", "falsch", "–", "-", "never", "nie"})
_GONE = frozenset({
    "archived", "retired", "disposed", "lost", "destroyed", "stolen", "archiviert", "ausgemustert",
    "entsorgt", "verloren", "gestohlen", "zerstört",
})  # fmt: skip
_STOPPED = State.STOP.value
_GOOD = frozenset({
    State.READY.value, State.STALE.value, State.NEW.value,
    "active", "aktiv", "available", "verfügbar", "bereit", "einsatzbereit", "ready to deploy", "deployable",
    "in stock", "auf lager", "lagernd", "vorrätig", "sealed", "unopened", "ungeöffnet", "unused", "unbenutzt",
    "neu", "good", "gut", "ok", "okay", "in ordnung", "10",
})  # fmt: skip
"""Of what says that it is fit; whatever else a table says of a roller, somebody has to look into it."""
_CODES = {
    "50": "attention needed", "55": "damaged", "60": "destroyed", "65": "rejected", "70": "lost",
    "75": "quarantined", "85": "returned",
}  # fmt: skip
"""How InvenTree numbers what it says of a piece; 10 is good."""
_PLACE = re.compile(r"/locations?/")
_A_ROLLER = re.compile(r"roller|derma|needl|nadel", re.IGNORECASE)
_LENGTH_IN_A_NAME = re.compile(r"(?<![\d.,])(\d[.,]\d{1,2}) ?mm\b", re.IGNORECASE)
_NO_DATE = re.compile(r"(0001-01-01|0000-00-00|00[./]00[./]0000)(?!\d).*", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_MONTH_ONLY = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*", re.ASCII)
_MONTHS = 12
_MOST_USES = 100_000


class ImportedRow(NamedTuple):
    """What a row says: the facts of a roller, how many there are, its name elsewhere, a code, a note.

    `is_gone` says that it was retired where it comes from, `guessed` which length its name was read for.
    """

    facts: Mapping[str, Any]
    pieces: int = 1
    ref: str = ""
    code: str = ""
    notes: tuple[str, ...] = ()
    is_gone: bool = False
    guessed: str = ""
    hold: str = ""
    """Why it is put aside: a table brings no history, and what was used must not pass for new."""


def read_row(cells: Mapping[str, str], dates: str = "") -> ImportedRow:
    """A row by its fields, each as its cell says it; BadInput names the field that cannot be read.

    An empty cell says nothing. `dates` is the order of day and month where one can be read in two ways.
    """
    said = {field: text.strip() for field, text in cells.items() if text.strip()}
    if any(map(_is_gone, said.get("archived", "").splitlines())):
        return ImportedRow({}, is_gone=True)
    typed: dict[str, str | bool] = {
        _TEXTS[field]: _whole(field, text) if field in _COUNTS else text
        for field, text in said.items()
        if field in _TEXTS
    }
    for field, key in (("sterile", "sterile"), ("single-use", "single_use")):
        if field in said:
            typed[key] = _yes(field, said[field])
    if "kind" in said:
        typed["form"] = _KINDS.get(said["kind"].casefold(), said["kind"])
    guessed = ""
    if "length" not in typed and typed.get("form") != "handpiece":
        guessed = _length_in(said.get("name", "")) or _length_in(said.get("model", ""))
        if guessed:
            typed["length"] = guessed
    facts = read_facts(typed)
    if "expiry" in said and (day := read_date(said["expiry"], dates)) is not None:
        facts |= {"expiry": day, "expiry_offset": times.offset_after(day)}
    code = find_kind(said["code"], Kind.ROLLER) if "code" in said else ""
    return ImportedRow(
        facts,
        pieces=whole_number("count", _whole("count", said["count"]), 0, 1 if code else MOST_AT_ONCE)
        if "count" in said
        else 1,
        ref=clean_line("ref", said.get("ref", "")),
        code=code,
        notes=tuple(clean_line("note", each, NOTE_LIMIT) for each in said.get("note", "").splitlines()),
        guessed=guessed,
        hold=_hold(said),
    )


def no_roller(cells: Mapping[str, str], *, lists_lengths: bool) -> str:
    """Why a row is clearly none, as of places and of the rest of a household; empty for one that may be.

    In a table that `lists_lengths` for most of its rows one without is a roller whose length is missing,
    unless its category says what else it is.
    """
    if _PLACE.search(cells.get("ref", "")):
        return say.A_PLACE
    name, model = cells.get("name", ""), cells.get("model", "")
    told = " ".join((name, model, cells.get("category", ""), cells.get("kind", "")))
    may_be = (
        (lists_lengths and not cells.get("category", "").strip())
        or any(cells.get(field, "").strip() for field in ("length", "code"))
        or cells.get("kind", "").strip().casefold() in {*ROLLER_KINDS, *_KINDS}
        or _A_ROLLER.search(told)
        or _length_in(name)
        or _length_in(model)
    )
    return "" if may_be else say.ANOTHER_THING


def _hold(said: Mapping[str, str]) -> str:
    """Why a roller is not to be used before somebody has looked into what it was; empty for nothing."""
    found = [_uses(said)]
    if _is_yes(said.get("sterile", "")) and said.get("in-service", "no").casefold() not in _NO:
        found.append(say.WAS_OPENED)
    states = {each.casefold(): each for each in map(_state, said.get("archived", "").splitlines())}
    found += map(_status, states.values())
    return "; ".join(filter(None, found))


def _state(text: str) -> str:
    """What a table calls a roller, in a word where it goes by a number."""
    return _CODES.get(text, text)


def _uses(said: Mapping[str, str]) -> str:
    """That it was used, as any column of a row says it."""
    words = said.get("uses", "").splitlines()
    counts = [
        whole_number("uses", _whole("uses", each), 0, _MOST_USES) for each in words if not _is_word(each)
    ]
    if most := max(counts, default=0):
        return say.had_uses(most)
    last = said.get("last-used", "")
    is_used = any(_is_yes(each) for each in words if _is_word(each))
    is_used = is_used or (bool(last) and last.casefold() not in _NO and not _NO_DATE.fullmatch(last))
    return say.WAS_USED if is_used else ""


def _is_word(text: str) -> bool:
    """Whether it says yes or no in a word, and no number."""
    return not text.isdecimal() and text.casefold() in _YES | _NO


def _status(text: str) -> str:
    """Why what a table calls a roller holds it back; empty for what says that it is fit."""
    word = text.casefold()
    if word in _GOOD | _NO:
        return ""
    if word == _STOPPED:
        return say.WAS_STOPPED
    return say.had_status(excerpt(text, 60))


def _is_gone(text: str) -> bool:
    return text.casefold() in _GONE | _YES


def _whole(field: str, text: str) -> str:
    """A count without the decimals that some programs write behind it: 5.00000.

    BadInput for three of them, which elsewhere are a thousand.
    """
    if thousand := _THOUSANDS.fullmatch(text):
        raise BadInput(field, say.thousand_or_one(text, thousand[1]))
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


def _yes(field: str, text: str) -> bool:
    if text.casefold() not in _YES | _NO:
        raise BadInput(field, f"“{excerpt(text, 30)}” is neither yes nor no")
    return _is_yes(text)


def _is_yes(text: str) -> bool:
    return text.casefold() in _YES


def _length_in(text: str) -> str:
    """The only length in mm that a name holds; empty for none or several."""
    found = set(_LENGTH_IN_A_NAME.findall(text))
    return found.pop() if len(found) == 1 else ""


def read_date(text: str, order: str = "") -> date | None:
    """A day as tables write it, the last of a month where only that is said; None for what means no date.

    Which of two numbers is the month decides a point (the second), a number above 12, or `order`.
    """
    field = "expiry"
    if _NO_DATE.fullmatch(text):
        return None
    if moment := _MOMENT.fullmatch(text):
        return times.day(moment[1], field)
    if month := _MONTH_ONLY.fullmatch(text):
        return times.day(f"{month[2]}-{month[1]:0>2}", field)
    found = _DAY_FIRST.fullmatch(text)
    if found is None or order == "iso":
        return times.day(text, field)
    first, sign, second, year = found.groups()
    day, month_number = _in_order(text, int(first), int(second), order or ("dmy" if sign == "." else ""))
    full = year if len(year) == len("2026") else f"20{year}"
    return times.day(f"{full}-{month_number:02}-{day:02}", field)


def _in_order(text: str, first: int, second: int, order: str) -> tuple[int, int]:
    """The day and the month out of two numbers."""
    if order == "mdy":
        return second, first
    if order == "dmy" or first == second or first > _MONTHS:
        return first, second
    if second > _MONTHS:
        return second, first
    raise BadInput("expiry", say.two_ways(excerpt(text)))


def order_of(typed: str) -> str:
    """The order of day and month that was typed; BadInput for another word."""
    if typed.lower() not in {"", *DATES}:
        raise BadInput("dates", f"“{excerpt(typed, 20)}” is no order; one of {', '.join(DATES)} is right")
    return typed.lower()


def all_it_says(cells: Iterable[str], alike: dict[str, int]) -> str:
    """A name for a row without one: of all that it says, and the how many-eth it is that says so."""
    said = "\0".join(cell.strip() for cell in cells).rstrip("\0")
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    alike[digest] = alike.get(digest, 0) + 1
    return f"{UNNAMED}{digest} {alike[digest]}"
