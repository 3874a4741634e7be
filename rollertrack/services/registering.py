"""Register rollers, mend a registration, open a pack."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import ROLLER_KINDS, Amended, Bound, Opened, Registered, RollerFacts
from rollertrack.domain.text import clean_line, needle_length, whole_number
from rollertrack.domain.wording import plural
from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.services.station import Deed, Done, Station, deed, new_codes

MOST_AT_ONCE = 1_000
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


def add(
    station: Station,
    typed: Mapping[str, str | bool],
    *,
    count: int = 1,
    person: str | None = None,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Register `count` rollers with the same facts, set aside for a person when one is named."""
    facts = Registered(**read_facts(typed))
    if not 1 <= count <= MOST_AT_ONCE:
        raise BadInput("count", f"{count:,} is out of range; 1 to {MOST_AT_ONCE:,} is right")
    with deed(station, at, operator) as now:
        owner = now.person(person, field="person").code if person else None
        codes = new_codes(now, Kind.ROLLER, count)
        for code in codes:
            now.append(code, facts)
            if owner:
                now.append(code, Bound(), person=owner)
        told = shown(codes[0]) if count == 1 else plural(count, "roller")
        return Done("add", tuple(codes), now.at, f"Registered {told}.", (1,) * count)


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
        raise BadInput("edit", "nothing to change was given; name at least one fact, such as --lot")
    with deed(station, at, operator) as now:
        roller = now.roller(code)
        assert roller.facts is not None
        if changes.get("form") == "handpiece" and "length" not in changes:
            changes["length"] = None
        mended = replace(_as_amended(roller.facts), **changes)
        if mended == _as_amended(roller.facts):
            raise BadInput("edit", f"{shown(roller.code)} already reads so; nothing was changed")
        event = now.append(roller.code, mended)
        return Done(
            "edit", (roller.code,), now.at, f"Mended the registration of {shown(roller.code)}.", (event.seq,)
        )


def _as_amended(facts: RollerFacts) -> Amended:
    return Amended(**{each.name: getattr(facts, each.name) for each in fields(RollerFacts)})


def open_pack(
    station: Station, code: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Log that a sterile pack was opened."""
    with deed(station, at, operator) as now:
        roller = now.roller(code)
        _must_be_sealed(now, code)
        event = now.append(roller.code, Opened())
        message = f"Opened {shown(roller.code)}; use it soon, its freshness runs from now."
        return Done("open", (roller.code,), now.at, message, (event.seq,))


def _must_be_sealed(now: Deed, code: str) -> None:
    roller = now.roller(code)
    if roller.facts is not None and not roller.facts.sterile:
        raise BadInput("code", f"{shown(roller.code)} is not registered as sterile; it has no pack to open")
    if roller.opened_at is not None:
        opened = times.iso(roller.opened_at)
        raise BadInput("code", f"the pack of {shown(roller.code)} was opened already, at {opened}")
