"""What a recall puts aside beside rollers: the packs of a lot, the solution that is asked about."""

from rollertrack.domain import events as ev
from rollertrack.domain import trace as tr
from rollertrack.domain.pack import fold
from rollertrack.domain.trace import Question, Reach, Trace
from rollertrack.services.doubting import settled
from rollertrack.services.station import Deed
from rollertrack.store.journal import Journal
from rollertrack.wording import traces as say


def packs_of(journal: Journal, found: Trace, reach: Reach, incident: str) -> tuple[str, ...]:
    """The packs of a trace that a recall puts aside, but for those that it put aside before."""
    wanted = {tr.PACK, tr.PACK_DOUBTFUL} if reach.doubtful else {tr.PACK}
    names = [row.code for row in found.rows if row.what in wanted]
    journal.read_ahead(names)
    return tuple(
        name
        for name in names
        if fold(name, journal.stream(name)) and not (incident and was_recalled(journal, name, incident))
    )


def was_recalled(journal: Journal, code: str, incident: str) -> bool:
    """Whether an entry that counts put a roller aside for an incident, released since or not."""
    recalls = (each.payload for each in ev.effective(journal.stream(code)))
    return any(isinstance(each, ev.Recalled) and each.incident == incident for each in recalls)


def bottle_of(journal: Journal, question: Question) -> str:
    """The solution that is asked about, while it is in use."""
    if question.kind != tr.SOLUTION:
        return ""
    counting = ev.effective(journal.stream(question.about))
    is_gone = any(isinstance(each.payload, ev.Discarded) for each in counting)
    return "" if is_gone else question.about


def discarded(now: Deed, solution: str, why: str) -> str:
    """Throw a solution away, if one is named; what is said of it."""
    if not solution:
        return ""
    now.append(solution, ev.Discarded(reason=why))
    return say.discarded_too(solution) + settled(now, solution).text
