"""Events told in words, the same in a history, a message and a log."""

from collections.abc import Callable
from typing import Any

from rollertrack.domain import events as ev
from rollertrack.domain.code import shown
from rollertrack.domain.events import Event
from rollertrack.domain.quantities import dose, millimetres, minutes, plural


def describe_event(event: Event) -> str:
    """What happened, in a few words."""
    teller = _TELLERS.get(type(event.body))
    return teller(event.body) if teller else event.kind.replace("_", " ")


def new_rollers_text(facts: ev.RollerFacts, count: int) -> str:
    """What is registered, and how many of it, in a few words."""
    what = " ".join(filter(None, (millimetres(facts.length), f"“{facts.name}”" if facts.name else "")))
    return f"{plural(count, facts.form)}{', ' if what else ''}{what}"


def registering_text(facts: ev.RollerFacts, count: int) -> str:
    """What registering under new codes will do."""
    each = "each " if count > 1 else ""
    return f"Registers {new_rollers_text(facts, count)}, {each}with a code of its own."


def _facts(body: ev.RollerFacts) -> str:
    named = body.name or " ".join(filter(None, (body.maker, body.model)))
    return " ".join(filter(None, (body.form, millimetres(body.length), f"“{named}”" if named else "")))


def _used(body: ev.Used) -> str:
    depth = f"dialled to {millimetres(body.depth)}" if body.depth else ""
    touched = "touched infected skin" if body.infected else ""
    where = " · ".join(filter(None, (body.area, body.concern, depth, touched)))
    against = f" against {body.word}: {body.despite}" if body.despite else ""
    noted = " (acknowledged)" if body.acknowledged else ""
    return "used" + (f" · {where}" if where else "") + noted + against


def _bath(body: ev.Agent) -> str:
    what = dose(body.agent, body.strength) + (f" · load {body.load}" if body.load else "")
    return f"{what} · does not count: {body.objection}" if body.objection else what


def _ended(body: ev.DisinfectionEnded) -> str:
    out = "taken out early, incomplete" if body.early else "taken out"
    rinse = f"rinsed with {body.rinse}" if body.rinse else "rinsed" if body.rinsed else ""
    indicator = f"indicator {body.indicator}" if body.indicator else ""
    fault = f"does not count: {body.objection}" if body.objection else ""
    return " · ".join(filter(None, (out, rinse, indicator, fault)))


def _started(body: ev.DisinfectionStarted) -> str:
    return f"into the soak · {_bath(body)} · {minutes(body.planned)}"


def _disinfected(body: ev.Disinfected) -> str:
    return f"disinfected · {_bath(body)} · {minutes(body.seconds)}"


def _doubted(body: ev.Doubted) -> str:
    what = f"entry {body.entries[0]} does" if len(body.entries) == 1 else f"entries {_listed(body)} do"
    return f"the disinfection of {what} not count: {body.reason}"


def _listed(body: ev.Doubted) -> str:
    return ", ".join(str(entry) for entry in body.entries)


def _inspected(body: ev.Inspected) -> str:
    return "inspected, fine" if body.ok else f"inspected, failed: {body.reason}"


def _printed(body: ev.LabelPrinted) -> str:
    copies = f"{body.copies} copies" if body.copies != 1 else ""
    sent = ("label sent", body.media, body.place) if body.media else (f"label {body.place}",)
    return " · ".join(filter(None, (*sent, _mark(body.mark), copies)))


def _proven(body: ev.LabelProven) -> str:
    return " · ".join(filter(None, ("label scanned back", _mark(body.mark))))


def _mark(mark: str) -> str:
    return f"mark {mark}" if mark else ""


def _retired(body: ev.Retired) -> str:
    return f"retired: {body.reason}" + (f" · bin {shown(body.bin)}" if body.bin else "")


def _solution(body: ev.SolutionRegistered) -> str:
    facts = (dose(body.agent, body.strength), f"lot {body.lot}" if body.lot else "")
    return " · ".join(filter(None, facts)) + (f" · expires {body.expiry}" if body.expiry else "")


def _contraindication(body: ev.Contraindication) -> str:
    return f"noted: {body.name}" if body.present else f"no longer: {body.name}"


_TELLERS: dict[type[ev.Body], Callable[[Any], str]] = {
    ev.Registered: lambda body: f"registered · {_facts(body)}",
    ev.Amended: lambda body: f"registration mended · {_facts(body)}",
    ev.Opened: lambda _: "pack opened",
    ev.Used: _used,
    ev.DisinfectionStarted: _started,
    ev.DisinfectionEnded: _ended,
    ev.Disinfected: _disinfected,
    ev.Doubted: _doubted,
    ev.Inspected: _inspected,
    ev.Bound: lambda _: "set aside for one person",
    ev.Quarantined: lambda body: f"quarantined: {body.reason}",
    ev.Released: lambda body: f"released: {body.reason}",
    ev.Recalled: lambda body: f"recalled: {body.reason}",
    ev.Retired: _retired,
    ev.Noted: lambda body: f"note: {body.text}",
    ev.LabelPrinted: _printed,
    ev.LabelProven: _proven,
    ev.Voided: lambda body: f"entry {body.entry} undone: {body.reason}",
    ev.PersonRegistered: lambda body: f"registered “{body.label}”",
    ev.PersonAmended: lambda body: f"label is now “{body.label}”",
    ev.Session: lambda body: " · ".join(
        filter(
            None, (f"session with {shown(body.roller)}", millimetres(body.depth or body.length), body.area)
        )
    ),
    ev.Contraindication: _contraindication,
    ev.SolutionRegistered: lambda body: f"opened · {_solution(body)}",
    ev.SolutionAmended: lambda body: f"facts mended · {_solution(body)}",
    ev.Tested: lambda body: "test strip passed" if body.passed else "test strip failed",
    ev.Discarded: lambda body: f"discarded: {body.reason}",
    ev.NamedRegistered: lambda body: f"registered “{body.label}”",
    ev.NamedAmended: lambda body: f"label is now “{body.label}”",
    ev.Closed: lambda body: f"closed: {body.reason}" if body.reason else "closed",
    ev.PolicySet: lambda body: f"{body.key} = {body.value}",
}
