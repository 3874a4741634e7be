"""The inspector's report in words: sections, columns, what each cell says, the counts of the cover."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind
from rollertrack.domain.events import Event
from rollertrack.domain.guide import REMINDER
from rollertrack.domain.incident import Incident
from rollertrack.domain.inspection import Cover, Inspection
from rollertrack.domain.quantities import SECOND, contact_time, dose, full_date, plural, spoken
from rollertrack.domain.reports import Period, Washed
from rollertrack.domain.solution import Solution
from rollertrack.wording.dates import spoken_day
from rollertrack.wording.events import describe_event
from rollertrack.wording.traces import about_text


class Heads(NamedTuple):
    """A section before it has rows."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    empty: str


USES = Heads(
    "Uses",
    ("when", "person", "operator", "area, concern", "roller", "length", "lot", "expiry", "pack",
     "the gate said"),
    (25, 22, 18, 32, 22, 12, 18, 18, 28, 70), "No use in this span.",
)  # fmt: skip
WASHES = Heads(
    "Disinfections",
    ("began", "roller", "operator", "agent", "contact time", "bottle, lot", "strip", "counts"),
    (25, 22, 18, 36, 46, 44, 30, 56), "No disinfection in this span.",
)  # fmt: skip
MISSING = Heads(
    "Late or missing disinfections", ("used", "roller", "operator", "disinfected", "waited"),
    (30, 26, 30, 30, 30), "Every use of this span was followed by a disinfection on the same day.",
)  # fmt: skip
PACKS = Heads(
    "Packs received",
    ("when", "product", "pieces", "lot", "expiry", "supplier", "invoice", "certificate", "lot compared"),
    (25, 44, 12, 28, 20, 34, 30, 34, 20), "No pack came in this span.",
)  # fmt: skip
BINS = Heads(
    "Sharps bins", ("when", "bin", "code", "what", "operator", "rollers"), (30, 44, 26, 70, 30, 16),
    "No entry of a sharps bin in this span.",
)  # fmt: skip
INCIDENTS = Heads(
    "Incidents", ("opened", "code", "about", "reason", "rollers", "persons", "closed"),
    (28, 24, 46, 66, 14, 36, 60), "No incident was open in this span.",
)  # fmt: skip
VOIDED = Heads(
    "Entries taken back", ("when", "record", "entry", "what it was", "why", "operator"),
    (28, 26, 12, 96, 80, 24), "No entry was taken back in this span.",
)  # fmt: skip
PERSONS = Heads(
    "Health questions and care", ("when", "person", "what", "how", "operator"), (30, 26, 46, 80, 30),
    "No health questions and no care slip are on record in this span.",
)  # fmt: skip
ASKED, CARE = "health questions asked", "care given"
OF_PERSONS = {"asked": ASKED, "care_given": CARE}
"""What a person's stream is read for, by the names of the kinds."""
THROWN_IN = "rollers thrown into it in the whole span"


def day(found: date | None) -> str:
    """A day for paper; empty for none."""
    return "" if found is None else full_date(found)


def joined(*parts: str) -> str:
    """What is said of several of them."""
    return " · ".join(filter(None, parts))


def pack_state(facts: ev.RollerFacts | None, opened_at: int | None) -> str:
    """Whether it came out of a sterile pack, and when that was opened."""
    if opened_at is not None:
        return f"opened {spoken_day(opened_at)}"
    return "sterile pack" if facts is not None and facts.sterile else ""


def verdict(use: ev.Used) -> str:
    """What the gate said, and what was done about it."""
    if use.despite:
        return f"{use.word}, used despite: {use.despite}"
    return f"{use.word} (acknowledged)" if use.acknowledged else use.word


def agent(payload: ev.Agent) -> str:
    """What a roller lay in."""
    return joined(_dose(payload.agent, payload.strength), f"load {payload.load}" if payload.load else "")


def contact(payload: ev.Agent, started_at: int, ended_at: int | None) -> str:
    """The time that was planned or required, and the time it was."""
    planned = payload.planned if isinstance(payload, ev.DisinfectionStarted) else payload.required
    return _contact(planned, None if ended_at is None else (ended_at - started_at) // SECOND)


_dose = lru_cache(maxsize=1_024)(dose)


@lru_cache(maxsize=4_096)
def _contact(planned: int | None, real: int | None) -> str:
    wanted = "" if planned is None else f"{contact_time(planned)} wanted"
    return joined(wanted, "not ended" if real is None else f"{spoken(real * SECOND)} real")


def bottle(solution: Solution | None, payload: ev.Agent) -> str:
    """The bottle, its lot, and where it is listed."""
    if solution is None:
        return f"lot {payload.lot}" if payload.lot else ""
    lot = payload.lot or solution.lot
    return joined(solution.code, f"lot {lot}" if lot else "", solution.listing)


def strip_before(solution: Solution | None, at: int) -> str:
    """What the newest strip before a disinfection said."""
    strips = [strip for strip in solution.strips if strip[0] <= at] if solution else []
    if not strips:
        return ""
    dipped, passed = strips[-1]
    return f"{'passed' if passed else 'failed'} {spoken_day(dipped)}"


def counted(payload: ev.Agent, ended: ev.DisinfectionEnded | None, *, good: bool, is_over: bool) -> str:
    """Whether it counts, and why not."""
    if good:
        return "yes"
    if not is_over:
        return "not yet over"
    why = (
        payload.objection or (ended.objection if ended else "") or ("early" if ended and ended.early else "")
    )
    return f"no: {why}" if why else "no"


def waited(micros: int | None) -> str:
    """How long a roller waited for its disinfection."""
    return "" if micros is None else spoken(micros)


def compared(facts: ev.PackFacts) -> str:
    """Whether a person compared the lot with the pack."""
    return "yes" if facts.compared else "typed" if facts.lot and not facts.scanned else ""


def bin_entry(event: Event) -> str:
    """An entry of a bin."""
    return "opened" if event.kind == "registered" else describe_event(event)


def about(incident: Incident) -> str:
    """What an incident is about."""
    return about_text(incident.cause, incident.about)


def told(incident: Incident) -> str:
    """How many of the persons were told."""
    return f"{len(incident.persons) - len(incident.untold)} of {len(incident.persons)} told"


def closed(incident: Incident) -> str:
    """When and how it was closed."""
    if incident.closed_at is None:
        return "open"
    return joined(spoken_day(incident.closed_at), incident.outcome)


def taken_back(event: Event) -> str:
    """An entry that was taken back; of a person only its kind, for their label stands nowhere here."""
    return event.kind.replace("_", " ") if event.stream[:1] == Kind.PERSON else describe_event(event)


def of_person(event: Event) -> str:
    """What was asked or given, without what a person answered: it is for nobody else to read."""
    facts = vars(event.payload)
    if event.kind == "asked":
        answers = facts.get("answers", ())
        return "nothing holds" if facts.get("none") or not answers else plural(len(answers), "answer")
    return joined(*(str(facts.get(name) or "") for name in ("which", "how")))


def counts(found: Mapping[str, int], washed: Mapping[Washed, int]) -> tuple[tuple[str, str], ...]:
    """The counts of the cover: how much there is, and how complete it is."""
    uses, washes, came = found[USES.title], found[WASHES.title], found[PACKS.title]
    return (
        ("Uses", f"{uses:,}"),
        ("   with an operator", _share(found["uses with an operator"], uses)),
        ("   with a lot", _share(found["uses with a lot"], uses)),
        ("   with an area", _share(found["uses with an area"], uses)),
        ("   against the gate, with a reason", f"{found['uses against the gate']:,}"),
        ("   entered more than a day late", f"{found['uses entered late']:,}"),
        *((f"   {said}", _share(washed.get(outcome, 0), uses)) for outcome, said in WASHED.items()),
        ("Disinfections", f"{washes:,}"),
        ("   that count", _share(found["washes that count"], washes)),
        ("   out of a bottle on record", _share(found["washes with a bottle"], washes)),
        ("Packs received", f"{came:,}"),
        ("   pieces in them", f"{found['pieces received']:,}"),
        ("   with a lot", _share(found["packs with a lot"], came)),
        ("   with a certificate", _share(found["packs with a certificate"], came)),
        ("Rollers thrown into a sharps bin", f"{found['rollers into a bin']:,}"),
        ("Incidents", f"{found[INCIDENTS.title]:,}"),
        ("   persons told", f"{found['persons told']:,}"),
        ("   persons still to be told", f"{found['persons to tell']:,}"),
        ("Entries taken back", f"{found[VOIDED.title]:,}"),
        ("Health questions asked", f"{found[ASKED]:,}"),
        ("Care slips given", f"{found[CARE]:,}"),
    )


WASHED = {
    Washed.HOUR: "disinfected within the hour",
    Washed.DAY: "disinfected on the same day",
    Washed.LATER: "disinfected later",
    Washed.NOT_YET: "not yet disinfected",
    Washed.NEVER: "never disinfected",
    Washed.THROWN_AWAY: "thrown away, not disinfected",
    Washed.SINGLE_USE: "single use, waits for the bin",
}
"""What became of uses, as the cover says it."""


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def cover(made: Inspection) -> Cover:
    """What stands on the cover, and at the foot of every page."""
    first, last = spoken_day(made.period.since), spoken_day(made.period.until)
    return Cover(
        "Record of skin needling",
        (("Place", made.place), ("From", first), ("To", last), ("Written", spoken_day(made.written_at)),
         ("Rules", f"profile {made.profile}"), ("Seal", made.seal)),
        (
            "Persons stand by their code, and what they answered is not shown. Reasons and outcomes stand as "
            "somebody wrote them: they may name a person. Keep this report locked away.",
            "The seal stands for everything that the journal held as this was written: "
            "“rollertrack verify --seal” with it says whether the journal still contains just that.",
            REMINDER,
        ),
        f"{made.place} · {first} – {last} · seal {made.seal}",
    )  # fmt: skip


def written(rows: int, path: Path) -> str:
    """That the report is written."""
    return f"Wrote the inspector's report, {plural(rows, 'row')}, to {path}."


def preview(span: Period) -> str:
    """What a report will hold."""
    first, last = spoken_day(span.since), spoken_day(span.until)
    return f"Writes uses, disinfections, packs, bins, incidents and what was taken back, {first} – {last}."
