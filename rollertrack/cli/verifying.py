"""`verify`: whether everything on record is whole, and whether it still holds what was sealed."""

from dataclasses import asdict

from rollertrack.cli.context import Context
from rollertrack.domain.seal import read_seal
from rollertrack.services import sealing, upkeep
from rollertrack.services.policies import recalculation_notes
from rollertrack.wording import seals
from rollertrack.wording.dates import iso
from rollertrack.wording.done import verified


def verify(context: Context) -> int:
    """Prove that journal and lists agree; status 1 and the first bad row when they do not.

    With a seal also that the journal still contains what was sealed.
    """
    typed = context.arguments.seal
    wanted = None if typed is None else read_seal(typed)
    notes = recalculation_notes(context.station)
    found = upkeep.verify(context.station)
    for note in notes or recalculation_notes(context.station):
        context.out.warn(note)
    now = None if found.fault or not found.events else sealing.seal(context.station)
    sealed = None if wanted is None or found.fault else sealing.check_seal(context.station, str(wanted))
    is_lost = sealed is not None and not sealed.contained
    context.out.document({
        "ok": not (found.fault or is_lost), **asdict(found), "seal": None if now is None else str(now),
        "sealed": None if sealed is None else {
            "seal": str(sealed.seal), "contained": sealed.contained, "entries": sealed.seal.entries,
            "until": iso(sealed.sealed_until) if sealed.sealed_until else None,
        },
    })  # fmt: skip
    if found.fault:
        context.out.say(f"FAULT: {found.fault}")
        return 1
    context.out.say(verified(found.events, found.streams, found.erased))
    if now is not None:
        context.out.say(seals.seal_line(now))
    if sealed is not None:
        before, entries = sealed.seal.entries, sealed.entries
        context.out.say(
            seals.seal_missing(before, entries, is_old=sealed.seal.is_old)
            if is_lost
            else seals.seal_contained(before, entries, sealed.sealed_until)
        )
    return 1 if is_lost else 0
