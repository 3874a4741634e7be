"""The rest of a roller's life: inspect, quarantine, release, retire, note, and undo a mistake."""

from collections.abc import Sequence

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, find, kind_of, shown
from rollertrack.domain.events import Event, newest_deed, voided_entries
from rollertrack.domain.quantities import MINUTE, plural
from rollertrack.domain.text import NOTE_LIMIT, required_line
from rollertrack.errors import BadCode, BadInput, going_on
from rollertrack.services.doubting import settled
from rollertrack.services.incident_files import lifted_for
from rollertrack.services.mending import before_and_after, may_take_back
from rollertrack.services.policies import recalculation_notes
from rollertrack.services.station import Deed, Done, Station, deed, named_entries, once, read_code
from rollertrack.store import queries
from rollertrack.wording import done as say

RECENT = 10 * MINUTE
"""An entry younger than this is taken back by its card at the first scan."""
# What follows from other entries, and goes with them.
_FOLLOWING = (ev.Voided, ev.Doubted)


@once
def inspect(
    station: Station, code: str, *, fail: str | None = None,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log a look at the needles: fine, or failed for a reason."""
    reason = "" if fail is None else required_line("fail", fail, NOTE_LIMIT)
    payload = ev.Inspected(ok=fail is None, reason=reason)
    with deed(station, at, operator) as now:
        roller = now.roller(code)
        event = now.append(roller.code, payload)
        before = roller.failed_inspection.reason if roller.failed_inspection else ""
        message = say.inspected(roller.code, ok=fail is None, failed_before=before)
        return Done("inspect", (roller.code,), now.at, message, (event.seq,))


Codes = str | Sequence[str]
"""One code, or several for one deed."""


@once
def quarantine(
    station: Station, codes: Codes, reason: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Put rollers aside until they are released; one that lies aside for that reason already is refused."""
    payload = ev.Quarantined(reason=required_line("reason", reason, NOTE_LIMIT))
    with deed(station, at, operator) as now:
        rollers = now.rollers(codes, now.until)
        for roller in rollers:
            if roller.quarantined is not None and roller.quarantined.reason == payload.reason:
                raise BadInput("code", say.quarantined_already(roller.code, payload.reason))
        entries = [now.append(roller.code, payload).seq for roller in rollers]
        found = tuple(roller.code for roller in rollers)
        message = say.quarantined(found)
        if any(now.roller(code).quarantined is None for code in found):
            message += say.LATER_ENTRY
        return Done("quarantine", found, now.at, message, tuple(entries))


@once
def release(
    station: Station, codes: Codes, reason: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Take rollers out of quarantine or recall."""
    payload = ev.Released(reason=required_line("reason", reason, NOTE_LIMIT))
    with deed(station, at, operator) as now:
        rollers = now.rollers(codes, now.until)
        for roller in rollers:
            if roller.quarantined is None and roller.recalled is None:
                name = shown(roller.code)
                raise BadInput("code", f"{name} is not in quarantine; there is nothing to release")
        entries = [
            now.append(roller.code, payload, person=lifted_for(now.journal, roller)).seq for roller in rollers
        ]
        after = [now.roller(roller.code) for roller in rollers]
        held = tuple(each.code for each in after if each.quarantined or each.recalled)
        found = tuple(roller.code for roller in rollers)
        return Done("release", found, now.at, say.released(found, held), tuple(entries))


@once
def retire(
    station: Station, codes: Codes, reason: str, *, sharps_bin: str | None = None,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """End the life of rollers, into a sharps bin when one is named."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        rollers = now.rollers(codes)
        for roller in rollers:
            if roller.retired is not None:
                raise BadInput("code", f"{shown(roller.code)} is retired already: {roller.retired.reason}")
        payload = ev.Retired(reason=why, bin=open_bin(now, sharps_bin))
        entries = [now.append(roller.code, payload).seq for roller in rollers]
        found = tuple(roller.code for roller in rollers)
        return Done("retire", found, now.at, say.retired(found), tuple(entries))


def open_bin(now: Deed, text: str | None) -> str:
    """The sharps bin that a code names; empty for none, BadInput for one that takes nothing more."""
    if not text:
        return ""
    code = read_code(now.station, text, Kind.BIN, "bin")
    entries = named_entries(now.journal, code)
    if not entries:
        raise BadCode(f"no sharps bin is registered under {shown(code)}", field="bin")
    if ev.closed_at(entries) is not None:
        raise BadInput("bin", f"{shown(code)} is closed; name an open sharps bin")
    return code


@once
def note(
    station: Station, code: str, text: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Write a note on a roller."""
    payload = ev.Noted(text=required_line("note", text, NOTE_LIMIT))
    with deed(station, at, operator) as now:
        if kind_of(_readable(now, code)) is Kind.PERSON:
            said = going_on(
                "a note is written on a roller, and this is a person",
                at_prompt=" (`person react` notes what the skin does, `person edit` what to ask a"
                " professional about)",
            )
            raise BadInput("code", *said)
        roller = now.roller(code)
        event = now.append(roller.code, payload)
        return Done("note", (roller.code,), now.at, say.noted(roller.code), (event.seq,))


@once
def undo(
    station: Station,
    code: str,
    reason: str,
    *,
    entry: int | None = None,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Void the newest deed that counts, or the entry named; a use is taken back from the person too."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        stream = _undoable_stream(now, code)
        target = _target(stream, now.journal.stream(stream), entry)
        _must_own_nothing(now, stream, target)
        root = _root(now.journal.stream(stream), target)
        undoing = ev.Voided(entry=target.seq, reason=why)
        turned = _turned(now, stream, undoing, root)
        # Why it was taken back is told of whom it was about, and erased with what is told of them.
        event = now.append(stream, undoing, person=root.person)
        _session_follows(now, root, why)
        message = say.undone(target, turned)
        message += settled(now, stream).text
    return Done("undo", (stream,), now.at, message, (event.seq,), recalculation_notes(station))


def _turned(now: Deed, stream: str, undoing: ev.Voided, root: Event) -> str:
    """What the undoing turns for a roller; BadInput where it would wash one that was used."""
    if stream == ev.POLICY_STREAM or kind_of(stream) is not Kind.ROLLER:
        return ""
    if isinstance(root.payload, ev.RollerFacts):
        return may_take_back(now, stream, undoing, undoing.entry)
    if before_and_after(now, stream, undoing)[1].facts is None:
        raise BadInput("entry", f"the registration of {shown(stream)} is undone; bring that back first")
    return ""


def _undoable_stream(now: Deed, text: str) -> str:
    if text.strip().upper() == ev.POLICY_STREAM:
        if not now.journal.stream(ev.POLICY_STREAM):
            raise BadInput("code", "nothing of the policy was changed; there is nothing to undo")
        return ev.POLICY_STREAM
    code = read_code(now.station, text, kind_of(_readable(now, text)))
    if not now.journal.stream(code):
        raise BadCode(f"nothing is registered under {shown(code)}")
    return code


def _named(stream: str) -> str:
    return "the policy" if stream == ev.POLICY_STREAM else shown(stream)


def _readable(now: Deed, text: str) -> str:
    try:
        return find(text)
    except BadCode:
        return read_code(now.station, text, Kind.ROLLER)


def _target(stream: str, entries: Sequence[Event], number: int | None) -> Event:
    gone = voided_entries(entries)
    if number is None:
        newest = newest_deed(entries)
        if newest is None:
            raise BadInput("entry", f"{_named(stream)} has no entry left to undo")
        target = newest
    elif not 1 <= number <= len(entries):
        raise BadInput("entry", f"{number} is not an entry of {_named(stream)}; 1 to {len(entries)} is right")
    else:
        target = entries[number - 1]
    if target.seq in gone:
        raise BadInput("entry", f"entry {target.seq} of {_named(stream)} is undone already")
    _must_be_free(stream, target, entries, gone)
    return target


def _must_own_nothing(now: Deed, stream: str, target: Event) -> None:
    """Refuse to take back a person while a roller is theirs: nobody would know whose it is."""
    entries = now.journal.stream(stream)
    root = _root(entries, target)
    is_taken_back = root.kind == "registered" and root.seq not in voided_entries(entries)
    if kind_of(stream) is not Kind.PERSON or not is_taken_back:
        return
    if owned := queries.rollers_of(now.station.store.database, stream):
        others = f" and {plural(len(owned) - 1, 'other roller')}" if owned[1:] else ""
        which = f"{shown(owned[0])}{others}"
        raise BadInput(
            "code",
            f"{shown(stream)} cannot be taken back: set aside for them: {which}; mend the label with edit",
        )


def _must_be_free(stream: str, target: Event, entries: Sequence[Event], gone: set[int]) -> None:
    root = _root(entries, target)
    if isinstance(root.payload, ev.Session):
        roller = shown(root.payload.roller)
        raise BadInput(
            "entry", f"a session is undone with its use: undo entry {root.payload.entry} of {roller}"
        )
    if isinstance(root.payload, ev.Forgotten):
        raise BadInput(
            "entry",
            "what was erased does not come back; a new label can be given",
            at_prompt="what was erased does not come back; `person edit` gives a new label",
        )
    if isinstance(root.payload, ev.Doubted):
        where = shown(root.solution or "")
        raise BadInput("entry", f"a doubt goes when what raised it is mended: edit or undo solution {where}")
    if isinstance(root.payload, ev.Affected):
        raise BadInput("entry", "an incident stays on record; release its rollers, then close it")
    if root.kind == "registered" and root.seq not in gone:
        others = [
            each
            for each in entries
            if each.seq not in gone and each.seq != root.seq and not isinstance(each.payload, _FOLLOWING)
        ]
        if others:
            raise BadInput("entry", f"the registration of {shown(stream)} {_leaning(others)}")


def _leaning(others: Sequence[Event]) -> str:
    """What leans on a registration, and what to do about it."""
    if all(isinstance(each.payload, ev.LabelPrinted | ev.LabelProven) for each in others):
        return f"carries its label; undo entry {others[-1].seq} first, or retire it"
    return "carries other entries; mend it with edit, or retire it"


def _root(entries: Sequence[Event], event: Event) -> Event:
    """What an undoing, or the undoing of an undoing, is about in the end."""
    while isinstance(event.payload, ev.Voided) and event.payload.entry < event.seq:
        event = entries[event.payload.entry - 1]
    return event


def _session_follows(now: Deed, used: Event, why: str) -> None:
    """Let the person's session count when its use counts, and not when it does not."""
    if not isinstance(used.payload, ev.Used) or used.person is None:
        return
    counts = used.seq not in voided_entries(now.journal.stream(used.stream))
    entries = tuple(now.journal.stream(used.person))
    gone = voided_entries(entries)
    for session in _sessions(entries, used):
        if not counts and session.seq not in gone:
            now.append(used.person, ev.Voided(entry=session.seq, reason=why))
        elif counts and session.seq in gone:
            for void in _voids_of(session, entries, gone):
                now.append(used.person, ev.Voided(entry=void.seq, reason=why))


def _sessions(entries: Sequence[Event], used: Event) -> list[Event]:
    return [
        each
        for each in entries
        if isinstance(each.payload, ev.Session)
        and (each.payload.roller, each.payload.entry) == (used.stream, used.seq)
    ]


def _voids_of(target: Event, entries: Sequence[Event], gone: set[int]) -> list[Event]:
    return [
        each
        for each in entries
        if isinstance(each.payload, ev.Voided) and each.payload.entry == target.seq and each.seq not in gone
    ]


def newest_entry(now: Deed, code: str) -> Event:
    """The entry of a roller that its card takes back."""
    newest = newest_deed(now.journal.stream(now.roller(code).code))
    assert newest is not None  # a roller on record has its registration
    return newest


def undone_unasked(station: Station, code: str) -> int | None:
    """The number of the entry that `undo` takes back when none is named."""
    with station.store.reading() as journal:
        newest = newest_deed(journal.stream(code))
        return newest.seq if newest else None


def is_fresh(now: Deed, entry: Event) -> bool:
    """Whether an entry is so young that a mistake is what it most likely is; a registration never is."""
    return now.recorded_at - entry.recorded_at <= RECENT and not isinstance(entry.payload, ev.Registered)
