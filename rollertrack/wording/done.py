"""What a deed says once it is done."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from rollertrack.domain.code import shown
from rollertrack.domain.events import POLICY_STREAM, Event
from rollertrack.domain.quantities import dose, plural
from rollertrack.wording.dates import spoken_moment
from rollertrack.wording.events import describe_event
from rollertrack.wording.records import rollers_named, rollers_text, them
from rollertrack.wording.sentences import note_sentence


def solution_registered(code: str, agent: str, strength: Decimal | None) -> str:
    """That a bottle or a jar has its code."""
    return f"Registered solution {shown(code)}: {dose(agent, strength)}."


def solution_mended(code: str) -> str:
    """That its facts were mended."""
    return f"Mended solution {shown(code)}."


def strip_logged(code: str, *, passed: bool) -> str:
    """What a test strip said."""
    return f"The strip of {shown(code)} {'passed' if passed else 'failed: do not disinfect with it'}."


def topped_up(code: str, until: int | None, now: int) -> str:
    """That more was poured in, and until when it may be used as before."""
    if until is None:
        return f"Topped up {shown(code)}."
    if until < now:
        return f"Topped up {shown(code)}; its life is over since {spoken_moment(until)} all the same."
    return f"Topped up {shown(code)}; use it until {spoken_moment(until)}, as before."


def solution_discarded(code: str) -> str:
    """That it was thrown away."""
    return f"Discarded {shown(code)}."


def inspected(code: str, *, ok: bool, failed_before: str = "") -> str:
    """What a look found; one that found nothing does not straighten what an earlier one found."""
    if not ok:
        return f"The inspection of {shown(code)} failed: it must not be used."
    before = (
        f" An earlier one failed ({failed_before}) and stands; if it was wrong, undo it with a reason."
        if failed_before
        else ""
    )
    return f"The inspection of {shown(code)} passed.{before}"


def quarantined(codes: Sequence[str]) -> str:
    """That they are put aside."""
    if len(codes) == 1:
        return f"{shown(codes[0])} is in quarantine until it is released."
    return f"{rollers_text(codes)} are in quarantine until they are released."


def quarantined_already(code: str, reason: str) -> str:
    """That one was put aside for the very same before."""
    return f"{shown(code)} is in quarantine already, for this reason: {reason}"


def noted(code: str) -> str:
    """That a note was written."""
    return f"Noted on {shown(code)}."


HAS_EXPIRED = "Its pack has expired: the gate will say STOP."
LATER_ENTRY = " A later entry says otherwise and decides."


def released(codes: Sequence[str], held: Sequence[str]) -> str:
    """That they may come back, unless something else holds some."""
    one = len(codes) == 1
    if held:
        still = "it" if one else rollers_named(held)
        return f"Recorded the release of {rollers_text(codes)}; another entry still holds {still}."
    is_are = "is" if one else "are"
    return f"{rollers_text(codes)} {is_are} released; ask the gate before you use {them(codes)}."


def retired(codes: Sequence[str]) -> str:
    """That their life has ended."""
    is_are = "is" if len(codes) == 1 else "are"
    return f"{rollers_text(codes)} {is_are} retired. Put {them(codes)} in a sharps container, whole."


def rows_written(rows: int, path: object) -> str:
    """That a table is written."""
    return f"Wrote {plural(rows, 'row')} to {path}."


def tables_written(tables: int, rows: int, folder: object) -> str:
    """That all tables are written."""
    return f"Wrote {plural(tables, 'table')} with {plural(rows, 'row')} to {folder}."


def binned(codes: Sequence[str], sharps_bin: str) -> str:
    """That they lie in a sharps bin."""
    is_are = "is" if len(codes) == 1 else "are"
    return f"{rollers_text(codes)} {is_are} in the sharps bin {shown(sharps_bin)}."


def bin_collected(sharps_bin: str, hauler: str) -> str:
    """That a sharps bin is gone."""
    return f"{shown(sharps_bin)} was taken away by {hauler}. It takes nothing more."


def pack_opened(code: str) -> str:
    """That its pack was opened."""
    return f"Opened {shown(code)}; use it soon, its freshness runs from now."


def mended(code: str, turned: str) -> str:
    """That a registration was mended, and what turned by it."""
    return f"Mended the registration of {shown(code)}.{turned}"


def named_registered(word: str, code: str, label: str) -> str:
    """That a person, an operator or a bin has its code; `word` says which."""
    return f"Registered {word} {shown(code)} “{label}”."


def named_mended(word: str, code: str) -> str:
    """That the facts of one were mended."""
    return f"Mended {word} {shown(code)}."


def undone(entry: Event, turned: str) -> str:
    """That an entry was taken back, and what turned by it."""
    whose = "the policy" if entry.stream == POLICY_STREAM else shown(entry.stream)
    return f"Undid entry {entry.seq} of {whose}: {describe_event(entry)}.{turned}"


def named_done(verb: str, word: str, code: str) -> str:
    """What was done to an operator or a bin; `word` says which."""
    return f"{verb} {word} {shown(code)}."


def rollers_registered(codes: Sequence[str]) -> str:
    """That rollers have their codes."""
    return f"Registered {rollers_text(codes)}."


def rule_set(key: str, value: str) -> str:
    """What a rule of the policy is now."""
    return f"{key} is now {value}."


def rebuilt(streams: int, events: int) -> str:
    """That the derived rows were made anew."""
    return f"Rebuilt the lists of {plural(streams, 'record')} from {_entries(events)}."


def beyond_rebuilding(fault: str) -> str:
    """A fault that is left."""
    return f"{fault}; rebuilding cannot mend that, a backup can."


def _entries(count: int) -> str:
    return plural(count, "entry", "entries")


def verified(events: int, streams: int, erased: int = 0) -> str:
    """That the journal and what is derived from it agree; what was erased on purpose is told."""
    gone = f" {plural(erased, 'text')} about persons erased on purpose." if erased else ""
    return f"All agree: {_entries(events)} in {plural(streams, 'record')}.{gone}"


def sample_written(rollers: int, events: int, path: object) -> str:
    """That a sample inventory is in its file."""
    return f"Wrote {plural(rollers, 'roller')} and {_entries(events)} to {path}."


def backed_up(events: int, path: object) -> str:
    """That a copy was made and proved."""
    return f"Backed up {_entries(events)} to {path}; the copy is proved."


def restored(events: int, path: object, kept: object) -> str:
    """That a copy is the database now, and where the one before is."""
    before = f" The database before is kept at {kept}." if kept else ""
    return f"Restored {_entries(events)} from {path}.{before}"


def label_proven(code: str) -> str:
    """That a label was scanned back."""
    return f"The label of {shown(code)} is proven."


def label_proven_already(code: str, at: int | None) -> str:
    """That it was before."""
    return f"The label of {shown(code)} was proven already, {spoken_moment(at)}."


def printer_kept(name: str, place: object, *, new: bool) -> str:
    """That a printer stands in the settings."""
    return f"{'Kept' if new else 'Changed'} the printer {name}: {place}."


def printer_removed(name: str) -> str:
    """That it stands there no more."""
    return f"Removed the printer {name} from the settings."


def cards_written(count: int, target: object) -> str:
    """That the page of action cards is in its file."""
    return f"Wrote the {count} action cards to {target}."


def test_label_written(paper: str, target: object) -> str:
    """That a test label is in its file, and what to look at."""
    return f"Wrote a test label of {paper} to {target}; printed, its frame should be whole."


def calibration_written(paper: str, target: object) -> str:
    """That a calibration page is in its file, and how to print it."""
    return f"Wrote the calibration page of {paper} to {target}; print it at 100 %, it says the rest."


def queue_cleared(count: int) -> str:
    """That what is done with is gone from the queue."""
    return f"Removed {plural(count, 'finished job')} from the queue."


def jobs_named(codes: Sequence[str]) -> str:
    """Jobs of the queue: the label of one, the count of more."""
    return f"the label of {shown(codes[0])}" if len(codes) == 1 else plural(len(codes), "label")


def labels_counted(labels: int, copies: int) -> str:
    """How many labels, and how often each."""
    count = plural(labels, "label")
    return count if copies == 1 else f"{count}, {plural(copies, 'copy', 'copies')},"


def labels_written(labels: int, copies: int, target: object) -> str:
    """That labels are in their file."""
    return f"Wrote {labels_counted(labels, copies)} to {target}."


def labels_sent(labels: int, copies: int, printer: str, note: str, *, confirmed: bool) -> str:
    """That labels were sent, and whether the printer says that they came out."""
    count = labels_counted(labels, copies)
    if confirmed:
        return f"{printer} confirms {count.rstrip(',')}. {note_sentence(note)}".strip()
    one = labels == copies == 1
    look = f"Sent {count} to {printer}; look whether {'it' if one else 'they'} printed"
    return note_sentence(f"{look}: {note}" if note else look)


def nothing_left(printer: str) -> str:
    """That nothing of a batch was left."""
    return f"Nothing was left for {printer}."


def broken_off(sent: int, jobs: int, left: int) -> str:
    """How far a batch came that was broken off, and what to do about it."""
    return f"{sent} of {plural(jobs, 'label')} came out, {left} left; `rollertrack queue retry` goes on."


def usual_kept(printer: str | None, media: str | None) -> str:
    """What is printed on from now on when nothing is named."""
    return f"Usual from now on: {printer or 'the only printer, if there is one'}, {media or 'its own paper'}."


def exported(count: int, path: Path) -> str:
    """How much of the journal was written where."""
    return f"Exported {plural(count, 'entry', 'entries')} to {path}."


def not_all_exported(lost: Sequence[str]) -> str:
    """What of a damaged journal could not be written."""
    return f"What could be read is exported; this could not: {'; '.join(lost)}."
