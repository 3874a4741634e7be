"""What a change of a registration may do to a roller that pricked skin: it is told, and lifts no STOP."""

from collections.abc import Iterable

from rollertrack.domain import gate
from rollertrack.domain.code import shown
from rollertrack.domain.events import Amended, Event, Payload, RollerFacts, Used
from rollertrack.domain.quantities import plural
from rollertrack.domain.roller import HANDPIECE, Roller, fold
from rollertrack.domain.rules import held, limited
from rollertrack.domain.standing import Standing, standing
from rollertrack.domain.verdict import Finding
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput
from rollertrack.services.station import Deed

_FIELDS = {"form": "kind", "max_uses": "max-uses", "max_days": "max-days", "single_use": "single-use"}


def before_and_after(now: Deed, code: str, payload: Payload) -> tuple[Roller, Roller]:
    """A roller as it is, and as it would be with one entry more."""
    entries = now.journal.stream(code)
    more = Event(code, len(entries) + 1, now.at, now.recorded_at, payload, now.offset)
    return fold(code, entries), fold(code, [*entries, more])


def may_mend(now: Deed, roller: Roller, mended: Amended) -> str:
    """What a mended registration turns, in a sentence, empty when nothing; BadInput for a wash."""
    before, after = before_and_after(now, roller.code, mended)
    if before.uses:
        field = _FIELDS.get(changed := _changed(before.facts, mended), changed)
        if before.has_needles and mended.form == HANDPIECE:
            raise BadInput("kind", _kept_needles(before))
        _lifts_no_stop(now, before, after, field)
    return turning(now, before, after)


def may_take_back(now: Deed, code: str, undoing: Payload, since: int) -> str:
    """What undoing a registration, or a mend of it, turns; BadInput where that washes what was used.

    An entry after whose number, `since`, no use was logged is taken back like any other mistake.
    """
    before, after = before_and_after(now, code, undoing)
    relied_on = any(isinstance(each.payload, Used) and each.seq > since for each in now.journal.stream(code))
    if before.uses and relied_on:
        if before.has_needles and not after.has_needles:
            raise BadInput("entry", _kept_needles(before))
        _lifts_no_stop(now, before, after, "entry")
    return turning(now, before, after)


def _changed(facts: RollerFacts | None, mended: Amended) -> str:
    names = ("form", "single_use", "max_uses", "max_days", "length", "expiry", "sterile")
    return next((name for name in names if getattr(facts, name) != getattr(mended, name)), "edit")


def _kept_needles(roller: Roller) -> str:
    form = roller.facts.form if roller.facts else "roller"
    return (
        f"{shown(roller.code)} was used {plural(len(roller.uses), 'time')} as a {form}, and stays one:"
        " what pricked skin keeps its limits and its person. Retire it, and register the handpiece under"
        " a code of its own; a use that never was is undone with a reason first"
    )


def _lifts_no_stop(now: Deed, before: Roller, after: Roller, field: str) -> None:
    left = {finding.rule for finding in _stops(now, after)}
    lifted = [finding for finding in _stops(now, before) if finding.rule not in left]
    if lifted:
        raise BadInput(
            field,
            f"it would lift a STOP from a roller that was used. {lifted[0].message} If an entry is wrong,"
            " undo it with a reason; a mended registration does not take it back",
        )


def _stops(now: Deed, roller: Roller) -> Iterable[Finding]:
    policy = now.journal.policy()
    question = gate.question(roller, policy, now.recorded_at)
    return [*held(question), *limited(question)]


def turning(now: Deed, before: Roller, after: Roller) -> str:
    """How the roller's own word and limits turn, each a sentence behind a blank; empty when they do not.

    A mend may give a milder word, but never in silence.
    """
    if before.facts is None or after.facts is None:
        return ""
    policy = now.journal.policy()
    old, new = standing(before, policy), standing(after, policy)
    first, then = (each.word(now.recorded_at) for each in (old, new))
    said = ""
    if then.rank < first.rank:
        said = f" The gate said {first}{_because(old, first)}; now it says {then}."
    if old.uses and old.uses_limit != new.uses_limit:
        said += f" Its limit is now {_limit(new.uses_limit)}, before it was {_limit(old.uses_limit)}."
    return said


def _because(facts: Standing, word: Word) -> str:
    return f" ({facts.stopped_by})" if word is Word.STOP and facts.stopped_by else ""


def _limit(uses: int | None) -> str:
    return "none" if uses is None else plural(uses, "use")
