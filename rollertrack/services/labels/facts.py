"""What a label says of the thing it is stuck on, whatever kind of thing a code names."""

from collections.abc import Callable

from rollertrack.domain import solution as solutions
from rollertrack.domain.cards import action_of
from rollertrack.domain.code import KIND_WORDS, Kind, kind_of, shown
from rollertrack.domain.events import NamedRegistered, closed_at, effective
from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import article, dose
from rollertrack.domain.standing import last_good, standing
from rollertrack.errors import BadCode, BadInput
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.services.station import owner_of, person_of, roller_of
from rollertrack.store.journal import Journal
from rollertrack.wording.dates import local_day


def label_facts(journal: Journal, code: str) -> LabelFacts:
    """The facts on the label of a code as they are now; BadInput for a thing that gets no label."""
    if (kind := kind_of(code)) not in _FACTS:
        raise BadInput("code", f"{shown(code)} is {article(KIND_WORDS[kind])}; it gets no label")
    return _FACTS[kind](journal, code)


def blank_facts(code: str) -> LabelFacts:
    """The facts on a label that is printed ahead of its roller: the code alone."""
    return LabelFacts(code=code, name="", kind=KIND_WORDS[kind_of(code)], blank=True)


def _roller(journal: Journal, code: str) -> LabelFacts:
    roller = roller_of(journal, code)
    assert roller.facts is not None
    if roller.retired is not None:
        raise BadInput("code", f"{shown(code)} is retired; it gets no label")
    policy = journal.policy()
    facts = standing(roller, policy)
    return LabelFacts(
        code=code,
        name=roller.title,
        kind=roller.facts.form,
        length=roller.facts.length,
        uses=facts.uses,
        uses_limit=facts.uses_limit,
        replace_by=None if (last := last_good(facts.worn_on)) is None else local_day(last),
        replace_because=facts.worn_because,
        person=(owner_of(journal, roller.bound_to).label or None) if roller.bound_to else None,
        lot=roller.facts.lot or None,
        expiry=roller.facts.expiry,
        notice=_notice(policy),
    )


def _notice(policy: Policy) -> str:
    """What the profile wants said of every roller."""
    return next(each.value for each in policy.settings() if each.key == "notice.wording")


def _person(journal: Journal, code: str) -> LabelFacts:
    return LabelFacts(code=code, name=person_of(journal, code).label, kind=KIND_WORDS[Kind.PERSON])


def _solution(journal: Journal, code: str) -> LabelFacts:
    found = solutions.fold(code, journal.stream(code))
    if found is None:
        raise BadCode(f"no solution is registered under {shown(code)}")
    if found.discarded_at is not None:
        raise BadInput("code", f"{shown(code)} is discarded; it gets no label")
    return LabelFacts(
        code=code,
        name=dose(found.agent, found.strength),
        kind=KIND_WORDS[Kind.SOLUTION],
        lot=found.lot or None,
        expiry=found.expiry,
        opened=local_day(found.opened_at),
    )


def _named(journal: Journal, code: str) -> LabelFacts:
    word, counting = KIND_WORDS[kind_of(code)], effective(journal.stream(code))
    if closed_at(counting) is not None:
        raise BadInput("code", f"{shown(code)} is closed; it gets no label")
    labels = [each.payload.label for each in counting if isinstance(each.payload, NamedRegistered)]
    if not labels:
        raise BadCode(f"no {word} is registered under {shown(code)}")
    return LabelFacts(code=code, name=labels[-1], kind=word)


def _card(_journal: Journal, code: str) -> LabelFacts:
    action = action_of(code)
    return LabelFacts(
        code=code, name=action.word, kind=KIND_WORDS[Kind.CARD], action=action.word, notice=action.does
    )


_FACTS: dict[Kind, Callable[[Journal, str], LabelFacts]] = {
    Kind.ROLLER: _roller,
    Kind.PERSON: _person,
    Kind.SOLUTION: _solution,
    Kind.OPERATOR: _named,
    Kind.BIN: _named,
    Kind.CARD: _card,
}
