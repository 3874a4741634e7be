"""What is done to an incident: who was told of it, its rollers released, its end."""

from collections.abc import Collection

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.text import NOTE_LIMIT, required_line
from rollertrack.errors import BadInput
from rollertrack.services.incident_files import held_by, named_incident, packs_held_by
from rollertrack.services.station import Done, Station, deed, once, read_code
from rollertrack.wording import traces as say
from rollertrack.wording.done import released


@once
def tell(
    station: Station, code: str, person: str, how: str, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that a person was told of an incident, and how."""
    payload = ev.Told(how=required_line("how", how, NOTE_LIMIT))
    with deed(station, at, operator) as now:
        found = named_incident(station, now.journal, code)
        who = now.person(person, field="person")
        event = now.append(found.code, payload, person=who.code)
        left = [each for each in found.untold if each != who.code]
        warnings = () if who.code in found.persons else (say.not_touched(who.code, found.code),)
        message = say.told(who.code, who.label, len(left))
        return Done("incident tell", (found.code,), now.at, message, (event.seq,), warnings)


@once
def close(
    station: Station, code: str, outcome: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Close an incident; whoever was not told and whatever is still kept aside is said, and stays so."""
    payload = ev.IncidentClosed(outcome=required_line("outcome", outcome, NOTE_LIMIT))
    with deed(station, at, operator) as now:
        found = named_incident(station, now.journal, code)
        if found.closed_at is not None:
            raise BadInput("code", f"{shown(found.code)} is closed already: {found.outcome}")
        event = now.append(found.code, payload, person=found.person)
        warnings = say.left_open(len(found.untold), len(held_by(now.journal, found)))
        message = say.incident_closed(found.code)
        return Done("incident close", (found.code,), now.at, message, (event.seq,), warnings)


@once
def release(
    station: Station, incident: str, reason: str, codes: Collection[str] = (), *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Release all that an incident keeps aside, or those named; what else holds them stays."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator, "a release") as now:
        found = named_incident(station, now.journal, incident, "incident")
        held, packs = held_by(now.journal, found), packs_held_by(now.journal, found)
        named = [read_code(station, text, Kind.ROLLER) for text in codes]
        for code in named:
            if code not in held:
                raise BadInput("code", say.not_held(code, found.code))
        wanted = tuple(dict.fromkeys(named)) if named else tuple(sorted(held))
        boxes = () if named else tuple(sorted(packs))
        if not wanted and not boxes:
            raise BadInput("incident", say.holds_nothing(found.code))
        payload = ev.Released(reason=why, incident=found.code)
        entries = [now.append(code, payload, person=found.person).seq for code in (*wanted, *boxes)]
        after = [now.journal.roller(code) for code in wanted]
        still = tuple(each.code for each in after if each.quarantined or each.recalled)
        message = say.released_packs(boxes) if not wanted else released(wanted, still) + say.and_packs(boxes)
        return Done("release", (*wanted, *boxes), now.at, message, tuple(entries))
