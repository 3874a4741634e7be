"""Events told in words, the same in a history, a message and a log."""

from collections.abc import Callable
from typing import Any

from rollertrack.domain import events as ev
from rollertrack.domain.code import shown
from rollertrack.domain.erasable import ERASED
from rollertrack.domain.events import Event
from rollertrack.domain.quantities import contact_time, dose, full_date, millimetres, plural
from rollertrack.wording.dates import spoken_day, spoken_moment
from rollertrack.wording.due_words import due_word


def describe_event(event: Event) -> str:
    """What happened, in a few words."""
    teller = _TELLERS.get(type(event.payload))
    return teller(event.payload) if teller else event.kind.replace("_", " ")


def describe_mend(before: ev.Payload, after: ev.Payload, registered_at: int) -> str:
    """What a mend changed, fact by fact: mended: lot A1 → Z9."""
    unsaid = {"opened": registered_at}  # what a registration does not say but by its own moment
    told = []
    for name in after.types:
        old, new = (getattr(each, name, None) for each in (before, after))
        old, new = (unsaid.get(name) if each is None else each for each in (old, new))
        if old == new == ERASED:
            told.append(f"{_fact_name(name)}, {ERASED}")
        elif old != new and name not in _UNTOLD:
            told.append(f"{_fact_name(name)} {_fact_value(name, old)} → {_fact_value(name, new)}")
    return f"mended: {', '.join(told)}" if told else "mended, with nothing changed"


_UNTOLD = frozenset({"expiry_offset", "product", "pack", "ref"})
UNNAMED = "row "
"""What the name of a row begins with that had none where it comes from."""
_FACT_NAMES = {"form": "kind", "max_uses": "maker's uses", "max_days": "maker's days"}


def _fact_name(name: str) -> str:
    return _FACT_NAMES.get(name, name.replace("_", " "))


def _fact_value(name: str, value: object) -> str:
    if value is None or value == "":
        return "none"
    if name in _FACT_TELLERS:
        return _FACT_TELLERS[name](value)
    return _YES_NO[value] if isinstance(value, bool) else str(value)


_YES_NO = {True: "yes", False: "no"}
_FACT_TELLERS: dict[str, Callable[[Any], str]] = {
    "length": millimetres,
    "strength": lambda value: f"{value.normalize():f} %",
    "expiry": full_date,
    "opened": spoken_moment,
}


def strip_text(*, passed: bool) -> str:
    """What a test strip said."""
    return f"strip {'passed' if passed else 'failed'}"


def new_rollers_text(facts: ev.RollerFacts, count: int) -> str:
    """What is registered, and how many of it, in a few words."""
    what = " ".join(filter(None, (millimetres(facts.length), f"“{facts.name}”" if facts.name else "")))
    return f"{plural(count, facts.form)}{', ' if what else ''}{what}"


def _facts(payload: ev.RollerFacts) -> str:
    named = payload.name or " ".join(filter(None, (payload.maker, payload.model)))
    return " ".join(filter(None, (payload.form, millimetres(payload.length), f"“{named}”" if named else "")))


def _used(payload: ev.Used) -> str:
    depth = f"dialled to {millimetres(payload.depth)}" if payload.depth else ""
    touched = "touched infected skin" if payload.infected else ""
    where = " · ".join(filter(None, (payload.area, payload.concern, depth, touched)))
    against = f" against {payload.word}: {payload.despite}" if payload.despite else ""
    noted = " (acknowledged)" if payload.acknowledged else ""
    return "used" + (f" · {where}" if where else "") + noted + against


def _bath(payload: ev.Agent) -> str:
    what = dose(payload.agent, payload.strength) + (f" · load {payload.load}" if payload.load else "")
    return f"{what} · does not count: {payload.objection}" if payload.objection else what


def _ended(payload: ev.DisinfectionEnded) -> str:
    out = "taken out early, incomplete" if payload.early else "taken out"
    rinse = f"rinsed with {payload.rinse}" if payload.rinse else "rinsed" if payload.rinsed else ""
    indicator = f"indicator {payload.indicator}" if payload.indicator else ""
    fault = f"does not count: {payload.objection}" if payload.objection else ""
    return " · ".join(filter(None, (out, rinse, indicator, fault)))


def _started(payload: ev.DisinfectionStarted) -> str:
    return f"into the soak · {_bath(payload)} · {contact_time(payload.planned)}"


def _disinfected(payload: ev.Disinfected) -> str:
    return f"disinfected · {_bath(payload)} · {contact_time(payload.seconds)}"


def _doubted(payload: ev.Doubted) -> str:
    what = (
        f"entry {payload.entries[0]} does" if len(payload.entries) == 1 else f"entries {_listed(payload)} do"
    )
    return f"the disinfection of {what} not count: {payload.reason}"


def _listed(payload: ev.Doubted) -> str:
    return ", ".join(str(entry) for entry in payload.entries)


def _inspected(payload: ev.Inspected) -> str:
    return "inspected, fine" if payload.ok else f"inspected, failed: {payload.reason}"


def _printed(payload: ev.LabelPrinted) -> str:
    copies = plural(payload.copies, "copy", "copies") if payload.copies != 1 else ""
    sent = ("label sent", payload.media, payload.place) if payload.media else (f"label {payload.place}",)
    return " · ".join(filter(None, (*sent, _mark(payload.mark), copies)))


def _proven(payload: ev.LabelProven) -> str:
    return " · ".join(filter(None, ("label scanned back", _mark(payload.mark))))


def _mark(mark: str) -> str:
    return f"mark {mark}" if mark else ""


def _retired(payload: ev.Retired) -> str:
    return f"retired: {payload.reason}" + (f" · bin {shown(payload.bin)}" if payload.bin else "")


def _snoozed(payload: ev.Snoozed) -> str:
    return f"{due_word(payload.what)} put off until {spoken_day(payload.until)}: {payload.reason}"


def _collected(payload: ev.Collected) -> str:
    return " · ".join(filter(None, (f"taken away by {payload.hauler}", payload.receipt)))


def _solution(payload: ev.SolutionRegistered) -> str:
    facts = (
        dose(payload.agent, payload.strength),
        f"lot {payload.lot}" if payload.lot else "",
        f"expires {full_date(payload.expiry)}" if payload.expiry else "",
        days_of_use(payload.use_days),
        payload.listing,
    )
    return " · ".join(filter(None, facts))


def days_of_use(days: int | None) -> str:
    """For how long the label of a solution says that it may be used; empty where nobody said."""
    return "" if days is None else f"{plural(days, 'day')} of use"


def _contraindication(payload: ev.Contraindication) -> str:
    return f"noted: {payload.name}" if payload.present else f"no longer: {payload.name}"


def _product(payload: ev.ProductFacts) -> str:
    return " · ".join(filter(None, (payload.name, millimetres(payload.length))))


def _ordered(payload: ev.Ordered) -> str:
    expected = f"expected {full_date(payload.expected)}" if payload.expected else ""
    said = (f"ordered {plural(payload.pieces, 'piece')}", expected, payload.supplier, payload.ref)
    return " · ".join(filter(None, said))


def _counted(payload: ev.Counted) -> str:
    others = (
        f"missing {_first_codes(payload.missing)}" if payload.missing else "",
        f"{len(payload.unexpected)} not expected" if payload.unexpected else "",
        f"{len(payload.unknown)} unknown" if payload.unknown else "",
        payload.place,
    )
    return " · ".join(filter(None, (f"counted {payload.found} of {payload.expected}", *others)))


def _first_codes(codes: tuple[str, ...]) -> str:
    """Some codes, and how many more."""
    named = ", ".join(shown(code) for code in codes[:_MOST_CODES])
    return f"{named} and {len(codes) - _MOST_CODES} more" if codes[_MOST_CODES:] else named


_MOST_CODES = 12


def pack_facts(payload: ev.PackFacts) -> str:
    """What stands on a pack, in a few words."""
    expiry = f"until {full_date(payload.expiry)}" if payload.expiry else ""
    lot = f"lot {payload.lot}" if payload.lot else "no lot"
    return " · ".join(filter(None, (plural(payload.pieces, "piece"), lot, expiry, payload.supplier)))


def _reaction(payload: ev.Reaction) -> str:
    to = f" · after entry {payload.entry} of {shown(payload.roller)}" if payload.roller else ""
    return f"reaction of the skin: {payload.text}{to}"


def _asked(payload: ev.Asked) -> str:
    said = ", ".join(payload.answers) or "nothing holds"
    return f"health questions asked: {said}"


def _care_given(payload: ev.CareGiven) -> str:
    return f"care {payload.which} was given" + (f": {payload.how}" if payload.how else "")


def _affected(payload: ev.Affected) -> str:
    return f" · {plural(len(payload.rollers), 'roller')}, {plural(len(payload.persons), 'person')}"


def _of(incident: str) -> str:
    return f" · {shown(incident)}" if incident else ""


_TELLERS: dict[type[ev.Payload], Callable[[Any], str]] = {
    ev.Registered: lambda payload: f"registered · {_facts(payload)}",
    ev.Amended: lambda payload: f"registration mended · {_facts(payload)}",
    ev.Opened: lambda _: "pack opened",
    ev.Used: _used,
    ev.DisinfectionStarted: _started,
    ev.DisinfectionEnded: _ended,
    ev.Disinfected: _disinfected,
    ev.Doubted: _doubted,
    ev.Inspected: _inspected,
    ev.Bound: lambda _: "set aside for one person",
    ev.Quarantined: lambda payload: f"quarantined: {payload.reason}",
    ev.Released: lambda payload: f"released: {payload.reason}{_of(payload.incident)}",
    ev.Recalled: lambda payload: f"recalled: {payload.reason}{_of(payload.incident)}",
    ev.Retired: _retired,
    ev.Binned: lambda payload: f"into the bin {shown(payload.bin)}",
    ev.Snoozed: _snoozed,
    ev.Collected: _collected,
    ev.Noted: lambda payload: f"note: {payload.text}",
    ev.LabelPrinted: _printed,
    ev.LabelProven: _proven,
    ev.Voided: lambda payload: f"entry {payload.entry} undone: {payload.reason}",
    ev.PersonRegistered: lambda payload: f"registered “{payload.label}”",
    ev.PersonAmended: lambda payload: f"label is now “{payload.label}”",
    ev.Session: lambda payload: " · ".join(
        filter(
            None,
            (
                f"session with {shown(payload.roller)}",
                millimetres(payload.depth or payload.length),
                payload.area,
                payload.concern,
            ),
        )
    ),
    ev.Contraindication: _contraindication,
    ev.SolutionRegistered: lambda payload: f"opened · {_solution(payload)}",
    ev.SolutionAmended: lambda payload: f"facts mended · {_solution(payload)}",
    ev.Tested: lambda payload: f"test {strip_text(passed=payload.passed)}",
    ev.ToppedUp: lambda _: "topped up",
    ev.Discarded: lambda payload: f"discarded: {payload.reason}",
    ev.NamedRegistered: lambda payload: f"registered “{payload.label}”",
    ev.NamedAmended: lambda payload: f"label is now “{payload.label}”",
    ev.Closed: lambda payload: f"closed: {payload.reason}" if payload.reason else "closed",
    ev.Reopened: lambda payload: f"reopened: {payload.reason}" if payload.reason else "reopened",
    ev.Asked: _asked,
    ev.Reaction: _reaction,
    ev.CareGiven: _care_given,
    ev.Forgotten: lambda payload: f"forgotten: {plural(payload.texts, 'text')} erased",
    ev.IncidentOpened: lambda payload: f"opened: {payload.reason}{_affected(payload)}",
    ev.IncidentWidened: lambda payload: f"widened: {payload.reason}{_affected(payload)}",
    ev.Told: lambda payload: f"told: {payload.how}",
    ev.IncidentClosed: lambda payload: f"closed: {payload.outcome}",
    ev.PolicySet: lambda payload: f"{payload.key} = {payload.value}",
    ev.ProductRegistered: lambda payload: f"registered · {_product(payload)}",
    ev.ProductAmended: lambda payload: f"facts mended · {_product(payload)}",
    ev.BarcodeBound: lambda payload: " · ".join(
        (f"barcode {payload.scheme.upper()} {payload.key}", plural(payload.pieces, "piece"))
    ),
    ev.Ordered: _ordered,
    ev.OrderEnded: lambda payload: f"order of entry {payload.entry} is over: {payload.reason}",
    ev.Counted: _counted,
    ev.PackReceived: lambda payload: f"received · {pack_facts(payload)}",
    ev.PackAmended: lambda payload: f"facts mended · {pack_facts(payload)}",
    ev.Taken: lambda payload: f"taken out to be used, as {shown(payload.roller)}",
    ev.WrittenOff: lambda payload: f"{plural(payload.pieces, 'piece')} written off: {payload.reason}",
    ev.Found: lambda payload: f"{plural(payload.pieces, 'piece')} found: {payload.reason}",
}


def bought_facts(facts: ev.RollerFacts) -> tuple[tuple[str, str], ...]:
    """What was bought, field by field, only what is known."""
    named = (
        ("kind", facts.form),
        ("length", millimetres(facts.length)),
        ("name", facts.name),
        ("maker", facts.maker),
        ("model", facts.model),
        ("needles", str(facts.needles or "")),
        ("material", facts.material),
        ("lot", facts.lot),
        ("expiry", facts.expiry.isoformat() if facts.expiry else ""),
        ("sterile", "yes" if facts.sterile else "no"),
        ("single use", "yes" if facts.single_use else ""),
        ("maker's limit", _makers_limit(facts)),
        ("imported as", "" if facts.ref.startswith(UNNAMED) else facts.ref),
    )
    return tuple((name, value) for name, value in named if value)


def _makers_limit(facts: ev.RollerFacts) -> str:
    uses = plural(facts.max_uses, "use") if facts.max_uses else ""
    days = plural(facts.max_days, "day") if facts.max_days else ""
    return ", ".join(filter(None, (uses, days)))
