"""The gate: may this roller be used, now, on this person? Pure: moment and clock are handed in."""

from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter

from rollertrack.domain.clock_rules import CLOCK_RULES
from rollertrack.domain.ends import ends_of
from rollertrack.domain.own_rules import by_own_rules
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.roller import Roller
from rollertrack.domain.rules import CONDITION_RULES, foreign, held, limited
from rollertrack.domain.skin_rules import SKIN_RULES
from rollertrack.domain.standing import standing
from rollertrack.domain.turning import MAY_TURN, TURNING, TURNING_OF_SKIN, turns
from rollertrack.domain.verdict import Finding, Question, Verdict
from rollertrack.domain.words import Word

_OF_ONE_ON_RECORD = (*CONDITION_RULES, *SKIN_RULES)
_TURNING_OF_ONE_ON_RECORD = (*TURNING, *TURNING_OF_SKIN)
_GO = "Use it, then clean and disinfect it"
_LAST = "Use it, then put it in a sharps container: this is its last use"
_UNREADABLE = "Scan again or type the nine letters; never use a roller without a record"


def check(
    roller: Roller,
    policy: Policy,
    now: int,
    person: Person | None = None,
    area: str | None = None,
    *,
    named: bool = True,
    clock: int | None = None,
    depth: Decimal | None = None,
) -> Verdict:
    """The verdict on using a roller at `now` on a person; takes what `question` takes."""
    return judge(question(roller, policy, now, person, area, named=named, clock=clock, depth=depth))


def question(
    roller: Roller,
    policy: Policy,
    now: int,
    person: Person | None = None,
    area: str | None = None,
    *,
    named: bool = True,
    clock: int | None = None,
    depth: Decimal | None = None,
) -> Question:
    """What the gate is asked of a roller at `now`; `clock` is the real time when `now` is not.

    `named` is false when the person is only known from the roller's binding: their clock counts, and naming
    them is still asked for. `depth` is what a pen is dialled to.
    """
    ends = ends_of(roller, policy)
    facts = standing(roller, policy, ends)
    real = now if clock is None else clock
    is_named = named and person is not None
    return Question(roller, ends, facts, policy, now, real, person, is_named, area or "", depth)


def judge(question: Question) -> Verdict:
    """The verdict on a question already made up; a roller without any event needs no person to be refused."""
    verdict, findings = _judged(question)
    valid_until, said_until = _until(question, verdict.word, findings)
    return verdict._replace(valid_until=valid_until, said_until=said_until)


def judge_now(question: Question) -> Verdict:
    """The same verdict where nobody asks how long it holds: that is left out."""
    return _judged(question)[0]


def _judged(question: Question) -> tuple[Verdict, tuple[Finding, ...]]:
    """The verdict without how long it holds, and what the rules found."""
    findings = found(question)
    word = worst(findings)
    step = findings[0].step if word is not Word.USE else _go(question)
    said = (*findings, *by_own_rules(question, findings, found))
    return Verdict(word, said, step, None), findings


def _go(q: Question) -> str:
    """The step of a USE: what is not used again goes into the bin, not into a wash."""
    return _LAST if q.is_last_use else _GO


def worst(findings: Sequence[Finding]) -> Word:
    """The word that findings come to; they stand the worst first."""
    return findings[0].word if findings else Word.USE


def found(q: Question) -> tuple[Finding, ...]:
    """What the rules find at the moment asked about, the worst first."""
    said = [finding for rule in CLOCK_RULES if (finding := rule(q)) is not None]
    said += held(q)
    if (others := foreign(q)) is not None:
        said.append(others)
    said += limited(q)
    rules = CONDITION_RULES if q.roller.facts is None else _OF_ONE_ON_RECORD
    said += [finding for rule in rules if (finding := rule(q)) is not None]
    return _worst_first(q, said)


def _turned(q: Question) -> tuple[Finding, ...]:
    """What is found at the moment asked about of all that may turn with time, the worst first."""
    rules = TURNING if q.roller.facts is None else _TURNING_OF_ONE_ON_RECORD
    return _worst_first(q, [*limited(q), *[said for rule in rules if (said := rule(q)) is not None]])


def _worst_first(q: Question, said: list[Finding]) -> tuple[Finding, ...]:
    if q.roller.retired is not None:  # nothing that is advised of it helps any more
        said = [finding for finding in said if finding.word is Word.STOP]
    return tuple(sorted(said, key=_RANK_OF_FINDING, reverse=True)) if len(said) > 1 else tuple(said)


_RANK, _RANK_OF_FINDING = attrgetter("rank"), attrgetter("word.rank")


def unknown(message: str) -> Verdict:
    """The verdict on a code that cannot be read or that no roller carries."""
    return Verdict(Word.STOP, (Finding("code", Word.STOP, message, _UNREADABLE),), _UNREADABLE, None)


def _until(q: Question, word: Word, findings: tuple[Finding, ...]) -> tuple[int | None, int | None]:
    """The next instants at which the word turns and at which any rule does: what may turn is asked again."""
    lasting = worst([finding for finding in findings if finding.rule not in MAY_TURN])
    now, said_until = _rules([finding for finding in findings if finding.rule in MAY_TURN]), None
    for instant in sorted({each for each in turns(q) if each > q.now}):
        then = _turned(q._replace(now=instant, clock=max(q.clock, instant)))
        if said_until is None and _rules(then) != now:
            said_until = instant
        if max(lasting, worst(then), key=_RANK) is not word:
            return instant, said_until
    return None, said_until


def _rules(findings: Sequence[Finding]) -> set[tuple[str, Word]]:
    return {(each.rule, each.word) for each in findings}
