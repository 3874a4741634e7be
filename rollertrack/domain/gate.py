"""The gate: may this roller be used, now, on this person? Pure: moment and clock are handed in."""

from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.roller import Roller
from rollertrack.domain.rules import ROLLER_RULES
from rollertrack.domain.skin_rules import SKIN_RULES
from rollertrack.domain.standing import CLOCK_TOLERANCE, FOREVER, standing
from rollertrack.domain.verdict import Finding, Question, Verdict
from rollertrack.domain.words import Word

_GO = "Use it, then clean and disinfect it"
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
    newest: int = 0,
) -> Verdict:
    """The verdict on using a roller at `now` on a person; `clock` is the real time when `now` is not.

    `named` is false when the person is only known from the roller's binding: their clock counts, and naming
    them is still asked for. `newest` is the newest instant on any record.
    """
    facts = standing(roller, policy)
    real = now if clock is None else clock
    is_named = named and person is not None
    question = Question(roller, facts, policy, now, real, person, is_named, area or "", newest)
    return judge(question)


def judge(question: Question) -> Verdict:
    """The verdict on a question already made up; a roller without any event needs no person to be refused."""
    rules = (*ROLLER_RULES, *SKIN_RULES) if question.roller.facts is not None else ROLLER_RULES
    findings = sorted(
        (finding for rule in rules if (finding := rule(question)) is not None),
        key=lambda finding: -finding.word.rank,
    )
    word = findings[0].word if findings else Word.USE
    step = findings[0].step if word is not Word.USE else _GO
    return Verdict(word, tuple(findings), step, _valid_until(question))


def unknown(message: str) -> Verdict:
    """The verdict on a code that cannot be read or that no roller carries."""
    return Verdict(Word.STOP, (Finding("code", Word.STOP, message, _UNREADABLE),), _UNREADABLE, None)


def _valid_until(q: Question) -> int | None:
    """The next instant at which a rule turns, looked at from the moment asked about."""
    facts = q.facts
    turns = [facts.dead_from, facts.worn_on, facts.soaking_until]
    turns += [newest - CLOCK_TOLERANCE for newest in (q.newest, q.roller.newest)]
    if facts.clean_until is not None and facts.clean_until != FOREVER:
        turns.append(facts.clean_until + 1)
    if q.person:
        turns.append(q.person.newest - CLOCK_TOLERANCE)
    for session in q.person.sessions if q.person else ():
        turns += [session.at + q.policy.floor, session.at + q.policy.interval(session.length, session.area)]
    return min((turn for turn in turns if turn is not None and turn > q.now), default=None)
