"""Register rollers, mend a registration, open a pack."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from rollertrack.domain.code import Kind, mark_of, shown
from rollertrack.domain.events import (
    ROLLER_KINDS,
    Amended,
    Bound,
    LabelPrinted,
    LabelProven,
    Opened,
    Registered,
    RollerFacts,
    Used,
)
from rollertrack.domain.roller import HANDPIECE, fold
from rollertrack.domain.text import clean_line, needle_length, whole_number
from rollertrack.errors import BadInput, going_on
from rollertrack.services import times
from rollertrack.services.mending import may_mend
from rollertrack.services.station import Deed, Done, Station, deed, new_codes, once, read_code, roller_of
from rollertrack.store import queries
from rollertrack.wording import dates
from rollertrack.wording import done as say

MOST_AT_ONCE = 1_000
PRINTED_AHEAD = "printed ahead"
_MOST_NEEDLES, _MOST_USES, _MOST_DAYS = 2_000, 1_000, 3_650


def read_facts(typed: Mapping[str, str | bool]) -> dict[str, Any]:
    """The facts of a roller as typed, checked field by field; only the fields given come back.

    Keys are those of `RollerFacts`; an empty text clears a field.
    """
    readers: dict[str, Callable[[str], Any]] = {
        "form": _form,
        "length": lambda text: needle_length(text) if text.strip() else None,
        "name": lambda text: clean_line("name", text),
        "maker": lambda text: clean_line("maker", text),
        "model": lambda text: clean_line("model", text),
        "needles": lambda text: _count("needles", text, _MOST_NEEDLES),
        "material": lambda text: clean_line("material", text),
        "lot": lambda text: clean_line("lot", text),
        "expiry": lambda text: times.day(text, "expiry") if text.strip() else None,
        "max_uses": lambda text: _count("max-uses", text, _MOST_USES),
        "max_days": lambda text: _count("max-days", text, _MOST_DAYS),
    }
    read = {key: value if isinstance(value, bool) else readers[key](value) for key, value in typed.items()}
    if "expiry" in read:
        expiry: Any = read["expiry"]
        read["expiry_offset"] = times.offset_after(expiry) if expiry else None
    return read


def _form(text: str) -> str:
    form = text.strip().lower()
    if form not in ROLLER_KINDS:
        raise BadInput("kind", f"“{form[:30]}” is not known; one of {', '.join(ROLLER_KINDS)} is right")
    return form


def _count(field: str, text: str, highest: int) -> int | None:
    return whole_number(field, text, 1, highest) if text.strip() else None


@once
def add(
    station: Station,
    typed: Mapping[str, str | bool],
    *,
    count: int = 1,
    person: str | None = None,
    code: str | None = None,
    scanned: bool = False,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Register `count` rollers alike, their names numbered, set aside for a person when one is named.

    `code` is that of a label printed ahead, as scanned or typed, which one roller claims; `scanned` says that
    a scanner read it, which proves the label.
    """
    facts = Registered(**read_facts(typed))
    most = MOST_AT_ONCE if code is None else 1
    if not 1 <= count <= most:
        right = f"1 to {most:,} is right" if code is None else "with a code only 1 is right"
        raise BadInput("count", f"{count:,} is out of range; {right}")
    with deed(station, at, operator) as now:
        owner = now.person(person, field="person").code if person else None
        codes = new_codes(now, Kind.ROLLER, count) if code is None else [free_code(now, code)]
        named = zip(codes, numbered(facts, count), strict=True)
        entries = tuple(now.append(each, own).seq for each, own in named)
        for each in codes if owner else ():
            now.append(each, Bound(), person=owner)
        if code is not None:
            _claim_label(now, codes[0], mark_of(code), scanned)
        warnings = _no_use(facts) if now.journal.policy().sterile_needles else ()
        if facts.expiry is not None and facts.expiry < dates.local_day(now.recorded_at):
            warnings = (*warnings, say.HAS_EXPIRED)
        return Done("add", tuple(codes), now.at, say.rollers_registered(codes), entries, warnings)


class Another(NamedTuple):
    """What a second box begins with: the facts of the first but for lot and expiry, and how many it held."""

    facts: RollerFacts
    number: int


def another(station: Station, code: str) -> Another:
    """What to register more of a roller with; the name goes on where the highest number of its kind ends."""
    with station.store.reading() as journal:
        roller = roller_of(journal, read_code(station, code, Kind.ROLLER))
        assert roller.facts is not None
        assert roller.registered_at is not None
        facts = {name: getattr(roller.facts, name) for name in roller.facts.types if name not in _OF_ONE_BOX}
        database = station.store.database
        stem, own = _numbered(facts["name"])
        taken = [_numbered(name) for name in queries.names_like(database, stem)]
        highest = max((int(number or 1) for other, number in taken if other == stem), default=0)
        name = _counted(stem, own, highest + 1) if stem else ""
        together = queries.registered_at(database, roller.registered_at)
        return Another(Registered(**facts | {"name": name}), min(together, MOST_AT_ONCE))


_OF_ONE_BOX = frozenset({"lot", "expiry", "expiry_offset"})
"""What stands on each box, and needs a look at each."""


def _numbered(name: str) -> tuple[str, str]:
    """A name without the number at its end, and that number as it is written; empty where it has none."""
    stem, _, last = name.rpartition(" ")
    is_number = last.isascii() and last.isdecimal() and len(last) <= _DIGITS
    return (stem, last) if stem and is_number else (name, "")


_DIGITS = 6


def _counted(stem: str, like: str, number: int) -> str:
    """A name with a number, written as long as another one: box 02 after box 01."""
    return clean_line("name", f"{stem} {number:0{max(1, len(like))}}")


def numbered(facts: Registered, count: int) -> Iterator[Registered]:
    """The facts of each: of several, those with a name are numbered on from it."""
    for number in range(count):
        yield facts.changed(name=name_of_one(facts.name, count, number))


def name_of_one(name: str, count: int, place: int = 0) -> str:
    """What one of several is called by its place among them; of one alone, and without a name, as it is."""
    stem, first = _numbered(name)
    return _counted(stem, first, int(first or 1) + place) if name and count > 1 else name


def _no_use(facts: RollerFacts) -> tuple[str, ...]:
    """That needles which are not sterile can never be used where they must come so."""
    if facts.form == HANDPIECE or facts.sterile:
        return ()
    return ("Not registered as sterile: the rules in force allow no use of it.",)


def free_code(now: Deed, text: str) -> str:
    """The code in a text, unless a roller is registered under it; a registration undone leaves it free."""
    code = read_code(now.station, text, Kind.ROLLER)
    entries = now.journal.stream(code)
    taken = fold(code, entries)
    if taken.facts is not None:
        named = f", as “{taken.title}”" if taken.title else ""
        raise BadInput("code", f"{shown(code)} is registered already{named}; take a label nobody has claimed")
    # A roller that pricked skin does not start anew under its own label, whatever was undone since.
    if any(isinstance(each.payload, Used) for each in entries):
        raise BadInput("code", f"a use of {shown(code)} was logged once; take a label nobody has claimed,"
                       " or undo the undoing of its registration and mend that")  # fmt: skip
    return code


def _claim_label(now: Deed, code: str, mark: str, scanned: bool) -> None:
    """Log the label that was there first; on which paper, and by which printer, is not on record."""
    now.append(code, LabelPrinted(media="", place=PRINTED_AHEAD, payload=mark + code, mark=mark))
    if scanned:
        now.append(code, LabelProven(mark=mark))


@once
def edit(
    station: Station,
    code: str,
    typed: Mapping[str, str | bool],
    *,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Mend a registration: the facts given take the place of the old ones."""
    changes = read_facts(typed)
    if not changes:
        what = going_on("nothing to change was given", at_prompt=" (name at least one fact, such as --lot)")
        raise BadInput("edit", *what)
    with deed(station, at, operator) as now:
        roller = now.roller(code)
        assert roller.facts is not None
        if changes.get("form") == "handpiece" and "length" not in changes:
            changes["length"] = None
        mended = _as_amended(roller.facts).changed(**changes)
        if mended == _as_amended(roller.facts):
            raise BadInput("edit", f"{shown(roller.code)} already reads so; nothing was changed")
        turned = may_mend(now, roller, mended)
        event = now.append(roller.code, mended)
        message = say.mended(roller.code, turned)
        return Done("edit", (roller.code,), now.at, message, (event.seq,))


def _as_amended(facts: RollerFacts) -> Amended:
    return Amended(**{name: getattr(facts, name) for name in RollerFacts.types})


@once
def open_pack(
    station: Station, code: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Log that a sterile pack was opened."""
    with deed(station, at, operator) as now:
        roller = now.roller(code)
        _must_be_sealed(now, code)
        event = now.append(roller.code, Opened())
        message = say.pack_opened(roller.code)
        return Done("open", (roller.code,), now.at, message, (event.seq,))


def _must_be_sealed(now: Deed, code: str) -> None:
    roller = now.roller(code)
    if roller.facts is not None and not roller.facts.sterile:
        raise BadInput("code", f"{shown(roller.code)} is not registered as sterile; it has no pack to open")
    if roller.opened_at is not None:
        opened = dates.iso(roller.opened_at)
        raise BadInput("code", f"the pack of {shown(roller.code)} was opened already, at {opened}")
