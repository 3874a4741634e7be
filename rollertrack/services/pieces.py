"""Use a piece that gets its code only now: out of its box, on record, opened and used in one deed."""

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.gate import unknown
from rollertrack.domain.pack import Pack
from rollertrack.domain.verdict import Refused
from rollertrack.services.deliveries import roller_facts
from rollertrack.services.station import Deed, Done, Station, deed, new_codes, once
from rollertrack.services.stock_names import pack_name_of, pack_of, product_of
from rollertrack.services.using import Use, use
from rollertrack.wording import stock as say


@once
def use_piece(
    station: Station, pack: str, said: Use, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Take a piece out of a pack and log its use; Refused for one that must not be used."""
    with deed(station, at, operator) as now:
        known = pack_of(now.journal, pack_name_of(station, pack))
        against = _against(now, known)
        if against and not said.despite:
            stop = f"STOP: {shown(known.code)}. {against} Nothing was logged"
            raise Refused(f"{stop}.", unknown(against), at_prompt=f"{stop}; --despite REASON logs it anyway.")
        product = product_of(now.journal, known.facts.product)
        code = new_codes(now, Kind.ROLLER, 1)[0]
        if not known.left and not known.facts.coded:
            now.append(known.code, ev.Found(pieces=1, reason=said.despite))
        now.append(known.code, ev.Taken(roller=code))
        now.append(code, ev.Registered(**roller_facts(product.facts, known.code, _facts(known))))
        if product.facts.sterile:
            now.append(code, ev.Opened())
        if known.held:
            now.append(
                code, ev.Recalled(reason=against) if known.recalled else ev.Quarantined(reason=against)
            )
        done = use(station, code, said, at=at, operator=operator)
        message = say.piece_used(code, product.facts.name, known.facts.lot, done.message)
        return Done("use", (code,), now.at, message, done.entries, done.warnings)


def _facts(known: Pack) -> ev.PackReceived:
    return ev.PackReceived(**{name: getattr(known.facts, name) for name in ev.PackFacts.types})


def _against(now: Deed, known: Pack) -> str:
    """Why no piece of a pack is to be used, in a sentence; empty when nothing stands against it."""
    if known.facts.coded:
        return say.PIECES_HAVE_CODES
    if known.recalled:
        return say.pack_recalled(known.recalled.reason)
    if known.quarantined:
        return say.pack_aside(known.quarantined.reason)
    if known.expires_at is not None and now.at >= known.expires_at:
        return say.pack_expired(known.facts.expiry)
    return "" if known.left else say.pack_empty(known.last_taken_at, now.at)
