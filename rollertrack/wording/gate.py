"""The gate's answer in lines for people, and what is said of a use that was just logged."""

from rollertrack.domain.answer import Answer
from rollertrack.domain.code import shown
from rollertrack.domain.guide import REMINDER
from rollertrack.domain.quantities import bracketed, millimetres
from rollertrack.domain.roller import Roller
from rollertrack.domain.standing import Standing
from rollertrack.domain.verdict import Verdict
from rollertrack.wording.dates import spoken_day, spoken_moment

NO_ONES = "bound to no one yet"


def answer_lines(answer: Answer) -> list[str]:
    """An answer: the word, why, what to do next, the facts."""
    return [*verdict_lines(answer.verdict, answer_title(answer)), *answer_facts(answer), f"  {REMINDER}"]


def answer_title(answer: Answer) -> str:
    """What was asked about: code, name, length."""
    return " · ".join(filter(None, (shown(answer.code), answer.name, millimetres(answer.length))))


def stand_in_text(answer: Answer) -> str:
    """Whose a roller is that is nobody's yet, and for whom it was asked all the same."""
    return f"{NO_ONES}; “{answer.person_label}” stands in" if answer.stands_in else NO_ONES


def answer_facts(answer: Answer) -> list[str]:
    """The facts beside an answer, a line each."""
    return [f"  {name}: {value}" for name, value in _facts(answer) if value]


def verdict_lines(verdict: Verdict, title: str) -> list[str]:
    """The word beside what it is said of, every finding, and the next step."""
    lines = [f"{verdict.word.sign} {verdict.word}   {title}".rstrip()]
    lines += [f"  {finding.sign} {finding.message}" for finding in verdict.findings]
    return [*lines, f"  Next: {verdict.next_step}."]


def _facts(answer: Answer) -> list[tuple[str, str]]:
    limit = f" of {answer.uses_limit}" if answer.uses_limit is not None else ""
    because = f" {bracketed(answer.replace_because)}" if answer.replace_because else ""
    replace = spoken_day(answer.replace_on)
    return [
        ("Person", stand_in_text(answer) if answer.stands_in else answer.person_label or ""),
        ("Uses", f"{answer.uses}{limit}"),
        ("Disinfected", spoken_moment(answer.disinfected_at)),
        ("Fresh until", spoken_moment(answer.fresh_until)),
        ("Replace by", f"{replace}{because}" if replace else ""),
    ]


def use_message(roller: Roller, facts: Standing, now: int) -> str:
    """Which use it was, and what is to be done with the roller now."""
    count = f"use {facts.uses} of {facts.uses_limit}" if facts.uses_limit else f"use {facts.uses}"
    return f"Logged {count} of {shown(roller.code)}. {_afterwards(roller, facts, now)}"


def _afterwards(roller: Roller, facts: Standing, now: int) -> str:
    """What is to be done with a roller after its use; what is never used again owes no wash."""
    if roller.infected is not None:
        return "It touched infected skin: never use it again, put it in a sharps container."
    if facts.uses_limit is not None and facts.uses >= facts.uses_limit:
        return "It is now used up: put it in a sharps container."
    if facts.worn_on is not None and (facts.worn_on <= now or not facts.held) and facts.is_dead(now):
        return f"It is not used again {bracketed(facts.worn_because)}: put it in a sharps container."
    if facts.held:
        return f"It is still {facts.stopped_by}: keep it aside."
    return "It now owes a wash."
