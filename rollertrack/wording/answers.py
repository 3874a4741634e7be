"""The gate's answer in lines for people."""

from rollertrack.domain.answer import Answer
from rollertrack.domain.code import shown
from rollertrack.domain.guide import REMINDER
from rollertrack.domain.quantities import millimetres
from rollertrack.domain.verdict import Verdict
from rollertrack.wording.dates import spoken_day, spoken_moment


def answer_lines(answer: Answer) -> list[str]:
    """An answer: the word, why, what to do next, the facts."""
    title = " · ".join(filter(None, (shown(answer.code), answer.name, millimetres(answer.length))))
    facts = [f"  {name}: {value}" for name, value in _facts(answer) if value]
    return [*verdict_lines(answer.verdict, title), *facts, f"  {REMINDER}"]


def verdict_lines(verdict: Verdict, title: str) -> list[str]:
    """The word beside what it is said of, every finding, and the next step."""
    lines = [f"{verdict.word.sign} {verdict.word}   {title}".rstrip()]
    lines += [f"  {finding.sign} {finding.message}" for finding in verdict.findings]
    return [*lines, f"  Next: {verdict.next_step}."]


def _facts(answer: Answer) -> list[tuple[str, str]]:
    limit = f" of {answer.uses_limit}" if answer.uses_limit is not None else ""
    because = f" ({answer.replace_because})" if answer.replace_because else ""
    replace = spoken_day(answer.replace_on)
    return [
        ("Person", answer.person_label or ""),
        ("Uses", f"{answer.uses}{limit}"),
        ("Disinfected", spoken_moment(answer.disinfected_at)),
        ("Fresh until", spoken_moment(answer.fresh_until)),
        ("Replace by", f"{replace}{because}" if replace else ""),
    ]
