"""Packs: mend one, keep it aside, write pieces off, take a mistaken receipt back."""

from collections.abc import Mapping, Sequence

from rollertrack.domain import events as ev
from rollertrack.domain.pack import Pack
from rollertrack.domain.text import NOTE_LIMIT, required_line
from rollertrack.errors import BadInput, going_on
from rollertrack.services import keeping, registering
from rollertrack.services.product_facts import read_pack_facts, read_pieces
from rollertrack.services.station import Deed, Done, Station, deed, once
from rollertrack.services.stock_names import pack_name_of, pack_of
from rollertrack.store import stock_queries
from rollertrack.wording import stock as say


@once
def edit_pack(
    station: Station, pack: str, typed: Mapping[str, str], *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Mend the facts of a pack; its rollers that carry the old lot and expiry follow."""
    changes = read_pack_facts(typed)
    if not changes:
        what = going_on("nothing to change was given", at_prompt="; name at least one fact, such as --lot")
        raise BadInput("edit", *what)
    with deed(station, at, operator) as now:
        known = pack_of(now.journal, pack_name_of(station, pack))
        old = ev.PackAmended(**{name: getattr(known.facts, name) for name in ev.PackFacts.types})
        mended = old.changed(**changes)
        if mended == old:
            raise BadInput("edit", "the pack already reads so; nothing was changed")
        if mended.pieces != old.pieces and old.coded:
            raise BadInput("pieces", "each piece of it has a code; register more, or undo those too many")
        event = now.append(known.code, mended)
        codes = _follow(now, known, mended)
        message = say.pack_mended(known.code, len(codes))
        return Done("pack edit", (known.code, *codes), now.at, message, (event.seq,))


def _follow(now: Deed, known: Pack, mended: ev.PackAmended) -> list[str]:
    """Mend the rollers that say what the pack said; the codes of those."""
    old = known.facts
    typed = {"lot": mended.lot} if mended.lot != old.lot else {}
    if mended.expiry != old.expiry:
        typed["expiry"] = mended.expiry.isoformat() if mended.expiry else ""
    if not typed:
        return []
    mended_ones = []
    for code in stock_queries.codes_of_pack(now.station.store.database, known.code):
        facts = now.roller(code).facts
        if facts is not None and (facts.lot, facts.expiry) == (old.lot, old.expiry):
            registering.edit(now.station, code, typed, at=now.until, operator=now.operator)
            mended_ones.append(code)
    return mended_ones


@once
def write_off(
    station: Station, pack: str, reason: str, *, pieces: str = "",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that pieces without codes are gone: all that are left, where no number is given."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        known = pack_of(now.journal, pack_name_of(station, pack))
        _must_be_uncoded(known)
        count = read_pieces(pieces) if pieces.strip() else known.left
        if not known.left:
            raise BadInput("pieces", "nothing is left in it")
        if count > known.left:
            raise BadInput("pieces", f"only {known.left} are left in it; 1 to {known.left} is right")
        event = now.append(known.code, ev.WrittenOff(pieces=count, reason=why))
        message = say.written_off(known.code, count)
        return Done("pack write-off", (known.code,), now.at, message, (event.seq,))


@once
def find_pieces(
    station: Station, pack: str, pieces: str, reason: str, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that a box holds more pieces without codes than the record knows of."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        known = pack_of(now.journal, pack_name_of(station, pack))
        _must_be_uncoded(known)
        count = read_pieces(pieces)
        event = now.append(known.code, ev.Found(pieces=count, reason=why))
        return Done("pack found", (known.code,), now.at, say.found(known.code, count), (event.seq,))


def _must_be_uncoded(known: Pack) -> None:
    if known.facts.coded:
        raise BadInput("pack", "each piece of it has a code of its own; do it to those")


@once
def hold_pack(
    station: Station, pack: str, reason: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Put a pack aside, with every roller of it that is not retired, until it is released."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        known = pack_of(now.journal, pack_name_of(station, pack))
        codes = _rollers_of(now, known, held=False)
        if known.quarantined is not None and known.quarantined.reason == why and not codes:
            raise BadInput("pack", say.held_already(known.code, known.quarantined.reason))
        event = now.append(known.code, ev.Quarantined(reason=why))
        if codes:
            keeping.quarantine(station, codes, why, at=now.until, operator=now.operator)
        message = say.pack_held(known.code, len(codes))
        return Done("pack hold", (known.code, *codes), now.at, message, (event.seq,))


@once
def release_pack(
    station: Station, pack: str, reason: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Let a pack and what was put aside with it come back."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        known = pack_of(now.journal, pack_name_of(station, pack))
        if not known.held:
            raise BadInput("pack", "it is not put aside; there is nothing to release")
        event = now.append(known.code, ev.Released(reason=why))
        codes = _rollers_of(now, known, held=True)
        if codes:
            keeping.release(station, codes, why, at=now.until, operator=now.operator)
        message = say.pack_released(known.code, len(codes))
        return Done("pack release", (known.code, *codes), now.at, message, (event.seq,))


def _rollers_of(now: Deed, known: Pack, *, held: bool) -> Sequence[str]:
    """The rollers of a pack that are not retired, and are put aside or not."""
    found = []
    for code in stock_queries.codes_of_pack(now.station.store.database, known.code):
        roller = now.roller(code)
        is_held = bool(roller.quarantined or roller.recalled)
        if roller.retired is None and is_held is held:
            found.append(code)
    return found


_AS_IT_CAME = (ev.Registered, ev.LabelPrinted, ev.LabelProven, ev.Amended, ev.Voided)


@once
def undo_pack(
    station: Station, pack: str, reason: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Take back a receipt that was a mistake: the pack, and its rollers while they lie as they came."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        known = pack_of(now.journal, pack_name_of(station, pack))
        codes = stock_queries.codes_of_pack(now.station.store.database, known.code)
        entries = {code: now.journal.stream(code) for code in codes}
        in_use = [
            code for code, of_one in entries.items()
            if not all(isinstance(each.payload, _AS_IT_CAME) for each in of_one)
        ]  # fmt: skip
        if in_use or known.taken:
            raise BadInput("pack", say.pieces_in_use(len(in_use) + len(known.taken)))
        for code, of_one in entries.items():
            for number in _counting(of_one):
                now.append(code, ev.Voided(entry=number, reason=why))
        for number in _counting(now.journal.stream(known.code)):
            now.append(known.code, ev.Voided(entry=number, reason=why))
        message = say.receipt_undone(known.code, len(codes))
        return Done("pack undo", (known.code, *codes), now.at, message)


def _counting(entries: Sequence[ev.Event]) -> list[int]:
    gone = ev.voided_entries(entries)
    return [each.seq for each in entries if each.seq not in gone and not isinstance(each.payload, ev.Voided)]
