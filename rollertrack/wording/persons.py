"""One person in words: how long the skin rests, what to ask first, what was done and what followed."""

from collections.abc import Iterator, Sequence
from typing import Any

from rollertrack.domain.code import shown
from rollertrack.domain.conditions import LISTS
from rollertrack.domain.person import PastCare, PastReaction
from rollertrack.domain.person_file import OwnRoller, PersonFile, SessionLine
from rollertrack.domain.quantities import ago, millimetres, plural, spoken
from rollertrack.domain.rest import Rest
from rollertrack.domain.skin_rules import infections_of, reaction_of, unasked_of
from rollertrack.wording.dates import date_of, iso, short_moment, spoken_moment

Field = tuple[str, str]
_MOST_REACTIONS, _MOST_CARE = 3, 2
ASK_FIRST = "Ask a professional first"
SESSIONS, ROLLERS = "Sessions", "Rollers of their own"
NO_SESSION = "No session is on record yet."


def asked(code: str, answers: Sequence[str]) -> str:
    """That the health questions were asked, and what holds."""
    return f"Asked {shown(code)}: {', '.join(answers) or 'nothing holds'}."


def one_of_the_two(answers: Sequence[str]) -> str:
    """That what holds must be said, or that nothing does, and not both."""
    if answers:
        return f"nothing holds, and {', '.join(answers)}; one of the two is right"
    return "say what holds, or that nothing does"


def no_longer(names: Sequence[str]) -> tuple[str, ...]:
    """That what was noted before is not among the answers."""
    return (f"No longer noted: {', '.join(names)}.",) if names else ()


def session_after(number: int, at: int) -> str:
    """That skin cannot have reacted to a session that came afterwards."""
    return f"entry {number} is a session of {spoken_moment(at)}, after the reaction; one before it is right"


FORGET = "Forget this person?"


def forgotten(code: str, texts: int) -> str:
    """That the texts about a person are gone."""
    gone = f"{plural(texts, 'text')} erased, the label among them"
    return (
        f"Forgot {shown(code)}: {gone}. {_STAYS} Backups, exports and printed labels made before still hold "
        "what is erased."
    )


def forgetting_preview(code: str) -> str:
    """What forgetting will do."""
    return (
        f"Erases the label of {shown(code)} and every note about them, the notes and reasons of uses on them "
        "too, for good; it cannot be taken back. " + _STAYS
    )


_STAYS = (
    "The code, the sessions and what to ask about stay, with areas, concerns and conditions as they were "
    "typed, and what was written of a roller itself, be it theirs: its name, its notes, why it was put "
    "aside, why something was put off."
)


def still_in(path: object) -> str:
    """That a copy beside the database holds them too."""
    return f"{path} was kept from before and holds them too; remove it when you need it no more."


def asking_preview(answers: Sequence[str], *, is_none: bool) -> str:
    """What logging answers will do."""
    if answers and is_none:
        return f"Both are said: {one_of_the_two(answers)}."
    if answers:
        return f"Logs that this holds and nothing else: {', '.join(answers)}. {ASK_FIRST}."
    return "Logs that nothing of this holds." if is_none else "Tick what holds, or that nothing does."


def heading(file: PersonFile) -> str:
    """The code and the label of a person."""
    return f"{shown(file.person.code)}  “{file.person.label}”"


def person_lines(file: PersonFile) -> list[Field]:
    """What a glance at a person must tell, field by field."""
    return [*_rests(file), *_conditions(file), *_asking(file), *_reactions(file), *_care(file)]


def in_short(file: PersonFile) -> tuple[str, ...]:
    """What the card of a scan tells of a person."""
    person, policy, now = file.person, file.policy, file.now
    rests = next(iter(rest_texts(file)), "")
    stops = infections_of(person)
    names = ", ".join(name for name, _ in file.conditions if name not in stops)
    said = (
        f"✗ {_stops(stops)}." if stops else "",
        f"Rests until {rests}" if rests else "The skin has rested.",
        f"{ASK_FIRST}: {names}." if names else "",
        reaction_of(person, policy, now),
        unasked_of(person, policy, now),
    )
    return tuple(filter(None, said))


def _stops(names: Sequence[str]) -> str:
    return f"STOP for every roller: {', '.join(names)}"


def _rests(file: PersonFile) -> Iterator[Field]:
    """How long the skin rests."""
    first, *more = rest_texts(file) or ("✓ it has rested",)
    yield "Rests until", first
    yield from (("", line) for line in more)


def rest_texts(file: PersonFile) -> list[str]:
    """The floor, then the advised rest of each length and place, the one that ends last first."""
    floor, advised = file.rests
    now = file.now
    texts = [
        f"! {short_moment(each.until, now)} advised: {spoken(each.span)} {_after(each)}{_why(file, each)}"
        for each in advised
    ]
    if floor is None:
        return texts
    return [f"◔ {short_moment(floor.until, now)} ({spoken(floor.span)} floor {_after(floor)})", *texts]


def _why(file: PersonFile, rest: Rest) -> str:
    session = rest.session
    is_usual = session.reach and file.policy.is_interval_convention(session.reach, session.area)
    return " (convention)" if is_usual else ""


def _after(rest: Rest) -> str:
    session = rest.session
    return " ".join(filter(None, ("after", millimetres(session.reach), session.area)))


def _conditions(file: PersonFile) -> Iterator[Field]:
    stops = infections_of(file.person)
    if stops:
        yield "Stops", f"✗ {_stops(stops)}; not on infected skin"
    names = [_named_by(name, lists) for name, lists in file.conditions if name not in stops]
    if names:
        yield "Ask first", " · ".join(names)


def _named_by(name: str, lists: int) -> str:
    return f"{name} (named by {lists} of {LISTS} lists)" if lists else name


def _asking(file: PersonFile) -> Iterator[Field]:
    """When the health questions were asked; nothing where nobody asks them."""
    last = file.person.asked
    due = " · due" if unasked_of(file.person, file.policy, file.now) else ""
    if last is not None:
        who = f" by {file.operators.get(last.operator) or shown(last.operator)}" if last.operator else ""
        yield "Asked", f"{date_of(last.at, file.now)}{who}, {ago(file.now - last.at)}{due}"
    elif due:
        yield "Asked", f"never{due}"


def _reactions(file: PersonFile) -> Iterator[Field]:
    found = file.person.reactions
    if not found:
        yield "Reactions", "none"
        return
    newest = sorted(found, key=lambda each: -each.at)
    for place, each in enumerate(newest[:_MOST_REACTIONS]):
        yield "" if place else "Reactions", reaction_text(each, file.now)
    if len(newest) > _MOST_REACTIONS:
        yield "", f"and {plural(len(newest) - _MOST_REACTIONS, 'earlier one')}"


def reaction_text(reaction: PastReaction, now: int) -> str:
    """A reaction of the skin: when, what, after what, and whether its incident is closed."""
    after = f" · after {shown(reaction.roller)}" if reaction.roller else ""
    over = " · its incident is closed" if reaction.is_over else ""
    return f"{date_of(reaction.at, now)}: {reaction.text}{after}{over}"


def _care(file: PersonFile) -> Iterator[Field]:
    for place, each in enumerate(sorted(file.person.care, key=lambda care: -care.at)[:_MOST_CARE]):
        yield "" if place else "Care", care_text(each, file.now)


def care_text(care: PastCare, now: int) -> str:
    """That it was told what to do before or after a session."""
    how = f" {care.how}" if care.how else ""
    return f"{care.which} was given{how} {short_moment(care.at, now)}"


FIXED_CELLS = 3
"""So many columns of a session are never cut: when, the roller, the length."""


def session_cells(line: SessionLine, file: PersonFile) -> tuple[str, ...]:
    """A session in columns; at home nobody else rolls, and no operator is told."""
    who = file.operators.get(line.operator or "", "")
    cells = (
        short_moment(line.at, file.now), shown(line.roller), millimetres(line.length), line.area,
        line.concern,
    )  # fmt: skip
    lot = f"lot {line.lot}" if line.lot else ""
    return (*cells, who, lot) if file.policy.stricter else (*cells, lot)


def roller_cells(roller: OwnRoller, now: int) -> tuple[str, ...]:
    """A roller of their own in columns."""
    limit = f" of {roller.uses_limit}" if roller.uses_limit is not None else ""
    retired = f"retired {date_of(roller.retired_at, now)}" if roller.retired_at is not None else ""
    return (
        shown(roller.code), roller.name, millimetres(roller.length), f"{roller.uses}{limit} uses", retired,
    )  # fmt: skip


def session_fields(line: SessionLine, file: PersonFile) -> list[Field]:
    """A session field by field, whole; at home no operator is told."""
    by = line.operator if file.policy.stricter else None
    who = file.operators.get(by or "") or (shown(by) if by else "")
    told = (
        ("Session", spoken_moment(line.at)), ("Roller", f"{shown(line.roller)}  {line.name}".rstrip()),
        ("Length", millimetres(line.length)), ("Area", line.area), ("Concern", line.concern), ("By", who),
        ("Lot", line.lot),
    )  # fmt: skip
    return [(name, text) for name, text in told if text]


def roller_fields(roller: OwnRoller, now: int) -> list[Field]:
    """A roller of their own field by field, whole."""
    code, name, length, uses, retired = roller_cells(roller, now)
    told = (("Roller", code), ("Name", name), ("Length", length), ("Uses", uses), ("Now", retired))
    return [(each, text) for each, text in told if text]


def _rest_document(rest: Rest | None) -> dict[str, Any] | None:
    if rest is None:
        return None
    session = rest.session
    length = None if session.reach is None else float(session.reach)
    return {
        "until": iso(rest.until), "after": {"at": iso(session.at), "roller": session.roller,
                                            "length": length, "area": session.area or None},
    }  # fmt: skip


def person_document(file: PersonFile) -> dict[str, Any]:
    """A person as JSON holds it."""
    person = file.person
    return {
        "code": person.code,
        "label": person.label,
        "rests_until": _rest_document(file.rests.floor),
        "advised_rests": [_rest_document(each) for each in file.rests.advised],
        "contraindications": [
            {"name": name, "lists": lists or None, "of_lists": LISTS} for name, lists in file.conditions
        ],
        "stops": infections_of(person),
        "asked_at": iso(person.asked.at) if person.asked else None,
        "asked_by": person.asked.operator if person.asked else None,
        "sessions": [
            {"at": iso(each.at), "roller": each.roller,
             "length": None if each.length is None else float(each.length), "area": each.area or None,
             "concern": each.concern or None, "operator": each.operator, "lot": each.lot or None}
            for each in file.sessions
        ],
        "rollers": [
            {"code": each.code, "name": each.name or None, "uses": each.uses, "uses_limit": each.uses_limit,
             "retired_at": iso(each.retired_at)}
            for each in file.rollers
        ],
        "reactions": [
            {"entry": each.entry, "at": iso(each.at), "text": each.text, "roller": each.roller or None,
             "over": each.is_over}
            for each in person.reactions
        ],
        "care": [{"at": iso(each.at), "which": each.which, "how": each.how or None} for each in person.care],
    }  # fmt: skip
