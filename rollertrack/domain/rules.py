"""The gate's rules about the roller itself: what ended its use, whose it is, whether it is clean."""

from collections.abc import Callable

from rollertrack.domain.ends import (
    NOT_STERILE,
    OPEN_TOO_LONG,
    ORDER_UNKNOWN,
    SOAKED,
    USED_UP,
    End,
    ahead,
    needs_a_pack,
)
from rollertrack.domain.policy import AUTOCLAVE
from rollertrack.domain.quantities import (
    DAY,
    bracketed,
    contact_time,
    dose,
    full_date,
    millimetres,
    plural,
    spoken,
)
from rollertrack.domain.roller import Soak, too_long
from rollertrack.domain.text import ended
from rollertrack.domain.verdict import Finding, Question
from rollertrack.domain.words import Word

Rule = Callable[[Question], Finding | None]

NEW_PACK = "Take a new pack"
REPLACE = "Put it in a sharps container, do not take the head off by hand, and take another roller"


def soak_step(q: Question) -> str:
    """The step that ends a WASH FIRST, with the usual agent and its contact time."""
    rule = q.policy.agent(q.policy.usual_agent)
    if not rule.disinfects or rule.contact is None:
        return "Set it aside: the rules here offer nothing to disinfect it with"
    if rule.name == AUTOCLAVE:
        return f"Put it into the autoclave for {contact_time(rule.contact)}, and read the indicator"
    rinse = ", then rinse it" if rule.rinse else ""
    least = f" of at least {rule.weakest.normalize():f} %" if rule.weakest and not rule.assumed else ""
    return f"Soak in {dose(rule.name, rule.assumed)}{least} for {contact_time(rule.contact)}{rinse}"


def held(q: Question) -> list[Finding]:
    """What holds it back, and what harmed it for good."""
    return [_ended(q, end) for end in (*q.ends.holds, *q.ends.harms)]


def limited(q: Question) -> list[Finding]:
    """The limits of its life that are reached, each rule's once."""
    reached: dict[str, Finding] = {}
    for end in q.ends.limits:
        if end.rule not in reached and end.forbids(q.now):
            reached[end.rule] = _ended(q, end)
    return list(reached.values())


def _ended(q: Question, end: End) -> Finding:
    message, step = ENDED[end.rule]
    return Finding(end.rule, Word.STOP, message if isinstance(message, str) else message(q, end), step)


def _held(what: str) -> Callable[[Question, End], str]:
    return lambda _, end: ended(f"{what}: {end.reason}")


def _uses(q: Question, _: End) -> str:
    if q.roller.facts and q.roller.facts.single_use:
        return "Single use, and already used."
    return f"{q.standing.uses} of {plural(q.standing.uses_limit or 0, 'use')} used up."


def _age(q: Question, end: End) -> str:
    first = q.standing.first_used or 0
    since, limit = (plural((instant - first) // DAY, "day") for instant in (q.now, end.at))
    return f"First used {since} ago; the limit is {limit}."


def _expiry(q: Question, _: End) -> str:
    expiry = q.roller.facts.expiry if q.roller.facts else None
    return f"The pack expired on {full_date(expiry)}." if expiry else "The pack expired."


def _not_from_a_pack(q: Question, end: End) -> str:
    opened = 0 if q.roller.opened_at is None else q.now - q.roller.opened_at
    return _NOT_FROM_A_PACK[end.because].format(ago=spoken(opened), window=spoken(q.policy.freshness))


ENDED: dict[str, tuple[str | Callable[[Question, End], str], str]] = {
    "unknown": ("No roller is registered under this code.", "Register it before the first use"),
    "retired": (_held("Retired"), REPLACE),
    "quarantined": (_held("In quarantine"), "Keep it aside until it is released"),
    "recalled": (_held("Recalled"), "Keep it aside and follow the recall"),
    "inspection": (_held("An inspection failed"), REPLACE),
    "shared": (_held("Never again"), REPLACE),
    "infected": (_held("Never again"), REPLACE),
    "uses": (_uses, REPLACE),
    "age": (_age, REPLACE),
    "expiry": (_expiry, REPLACE),
    "sterile": (_not_from_a_pack, NEW_PACK),
}
"""What is said of each end, by its rule: the message and the next step."""

_NOT_FROM_A_PACK = {
    NOT_STERILE: "Registered as not sterile; here needles come out of a sterile pack.",
    USED_UP: "Used before; here needles come out of a sterile pack.",
    SOAKED: "It was in a soak; here only what comes out of its sterile pack counts.",
    ORDER_UNKNOWN: "The clock had gone back at an entry: whether it was used since is not known.",
    OPEN_TOO_LONG: "The sterile pack was opened {ago} ago; it counts for {window}.",
}


def foreign(q: Question) -> Finding | None:
    """Bound to one person, asked for another; used on nobody named, it may have been anybody."""
    owner, handpiece = q.roller.bound_to, q.roller.facts and q.roller.facts.form == "handpiece"
    if q.person is None or q.person.code == owner or handpiece or not (owner or q.roller.uses):
        return None
    whose = "belongs to another person" if owner else "was used on someone who was not named"
    message = f"It {whose}; a roller is never shared."
    return Finding("person", Word.STOP, message, "Take a roller of this person")


def soaking(q: Question) -> Finding | None:
    """A contact time runs, or is up and the roller was not taken out."""
    soak = q.roller.soak
    if soak is None:
        return None
    agent = dose(soak.facts.agent, soak.facts.strength)
    if soak.facts.objection:
        message = f"It soaks in {agent}, which will not count: {soak.facts.objection}."
        return Finding("soak", Word.WASH, message, f"Take it out and s{soak_step(q)[1:]}")
    if q.now > soak.ends_at:
        message = f"It lies in {agent} for {spoken(q.now - soak.started_at)}; {too_long(soak.facts)}."
        return Finding("soak", Word.WASH, message, f"Take it out and s{soak_step(q)[1:]}")
    if q.now < soak.due_at:
        left = spoken(soak.due_at - q.now)
        doubt = f" ({soak.doubt})" if soak.doubt else ""
        message = f"Contact time running in {agent}: {left} left{doubt}."
        return Finding("soaking", Word.WAIT, message, _waiting_step(soak))
    message = f"The contact time is up: take it out of the {agent}."
    return Finding("take-out", Word.WAIT, message, "Take it out, let it dry, and log it as done")


def _waiting_step(soak: Soak) -> str:
    required = soak.facts.required
    if required is not None and soak.facts.planned < required:
        return f"Leave it in for {contact_time(required)} in all; taken out sooner it will not count"
    return "Take it out when the time is up, and log it as done"


def _no_wash_helps(q: Question) -> bool:
    """Needles that must come sterile are judged by their pack alone."""
    return needs_a_pack(q.roller, q.policy)


def dirty(q: Question) -> Finding | None:
    """Used, and no good disinfection began after that."""
    since = q.standing.dirty_since
    if since is None or q.roller.soak or _no_wash_helps(q):
        return None
    message = f"Used {spoken(q.now - since)} ago and not disinfected since."
    return Finding("dirty", Word.WASH, message, soak_step(q))


def failed_wash(q: Question) -> Finding | None:
    """The last disinfection did not count."""
    wash = q.roller.last_wash
    if q.roller.soak or wash is None or wash.good or not _after_uses(q, wash.over):
        return None
    if _no_wash_helps(q):
        return None
    message = f"The last disinfection did not count: {wash.fault}."
    return Finding("wash", Word.WASH, message, soak_step(q))


def _after_uses(q: Question, instant: int) -> bool:
    return q.standing.last_used is None or instant >= q.standing.last_used


def never_washed(q: Question) -> Finding | None:
    """Bought non-sterile and never disinfected."""
    facts = q.roller.facts
    if facts is None or facts.sterile or q.roller.soak or q.roller.last_wash:
        return None
    if q.roller.uses or _no_wash_helps(q):
        return None
    message = "Registered as not sterile, and never disinfected."
    return Finding("new", Word.WASH, message, soak_step(q))


def stale(q: Question) -> Finding | None:
    """Disinfected or opened longer ago than the freshness window."""
    until = q.standing.clean_until
    if until is None or q.now <= until or q.roller.soak or _no_wash_helps(q):
        return None
    ago = spoken(q.now - (until - q.policy.freshness))
    what = "Disinfected" if q.roller.last_good else "The sterile pack was opened"
    window = spoken(q.policy.freshness)
    return Finding("stale", Word.WASH, f"{what} {ago} ago; it stays fresh for {window}.", soak_step(q))


def professional(q: Question) -> Finding | None:
    """As long as the profile's professional length."""
    if not q.standing.care or q.roller.facts is None:
        return None
    length = millimetres(q.roller.facts.length)
    message = f"{length} needles are a professional length."
    return Finding("length", Word.CARE, message, "Use it only if you are trained for this length")


def due_soon(q: Question) -> Finding | None:
    """Few uses or days are left."""
    used, limit = q.standing.uses, q.standing.uses_limit
    percent, days = q.policy.due_percent, q.policy.due_days
    if limit and percent and used and used < limit and used * 100 >= limit * percent:
        return Finding("due", Word.USE, f"Replace soon: {used} of {plural(limit, 'use')} used.")
    if days and q.standing.worn_on is not None and 0 < q.standing.worn_on - q.now <= days * DAY:
        left = spoken(q.standing.worn_on - q.now)
        why = bracketed(ahead(q.standing.worn_because))
        return Finding("due", Word.USE, f"Replace soon: {left} left {why}.")
    return None


def long_needles(q: Question) -> Finding | None:
    """Longer than the length worth a notice."""
    length = q.roller.facts.length if q.roller.facts else None
    notice = q.policy.length_notice
    if length is None or notice is None or length <= notice or q.standing.care:
        return None
    message = f"Over {notice} mm: health pages disagree on {millimetres(length)} needles at home."
    return Finding("notice", Word.USE, message)


def not_cleaned(q: Question) -> Finding | None:
    """Disinfected without a logged cleaning step."""
    wash = q.roller.last_good
    if wash is None or wash.cleaned or q.standing.clean_until is None:
        return None
    message = "No cleaning step was logged before the disinfection; debris shields germs."
    return Finding("cleaning", Word.USE, message)


def no_lot(q: Question) -> Finding | None:
    """No lot on record where the profile asks for one."""
    if q.policy.asks_lot and q.roller.facts and not q.roller.facts.lot:
        return Finding("lot", Word.USE, "No lot is on record for it.")
    return None


CONDITION_RULES: tuple[Rule, ...] = (
    soaking, dirty, failed_wash, never_washed, stale,
    professional, due_soon, long_needles, not_cleaned, no_lot,
)  # fmt: skip
