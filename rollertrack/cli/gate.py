"""`check` and `use`."""

from collections.abc import Sequence
from contextlib import suppress

from rollertrack.cli.context import Context
from rollertrack.cli.output import AnswerLost, answering
from rollertrack.domain import gate
from rollertrack.domain.code import LENGTH, last_letters, shown
from rollertrack.domain.verdict import Refused, Verdict
from rollertrack.errors import BadCode, BadInput
from rollertrack.services.checking import check as ask
from rollertrack.wording.documents import answer_document, verdict_document
from rollertrack.wording.gate import answer_lines, verdict_lines
from rollertrack.wording.sentences import capitalised


def check(context: Context) -> int:
    """Ask the gate; status 0 when it may be used."""
    typed = context.arguments
    try:
        answer = ask(
            context.station, typed.code, person=typed.person, area=typed.area, depth=typed.depth, at=typed.at,
            lasting=context.out.as_json,  # the lines for people do not say how long it holds
        )  # fmt: skip
    except BadCode as error:
        if error.field != "code":
            raise
        return _stop(context, error)
    may_use = answer.verdict.may_use
    if not may_use:
        answer = answer._replace(verdict=_at_prompt(answer.verdict))
    if answer.label_warning:
        context.out.warn(answer.label_warning)
    if context.out.as_json:
        context.out.document(answer_document(answer))
    else:
        context.out.say(*answer_lines(answer))
    return 0 if may_use else 1


def _at_prompt(verdict: Verdict) -> Verdict:
    """A verdict that says by which option the next step is done, where it is done by one."""
    again = [each.step for each in verdict.findings if each.rule == "rest-unknown"]
    if verdict.next_step not in again:
        return verdict
    return verdict._replace(next_step=f"{verdict.next_step} (--at)")


def _stop(context: Context, error: BadCode) -> int:
    """A code the gate cannot know is a STOP, and bad input."""
    verdict = gate.unknown(f"{capitalised(error.reason)}.")
    letters = last_letters(context.arguments.code)
    title = shown(letters) if len(letters) == LENGTH else ""
    document = {"code": letters, **verdict_document(verdict), "nearest": list(error.nearest)}
    facts = ("uses", "uses_limit", "replace_on", "replace_because", "disinfected_at", "fresh_until")
    # It is bad input, whether or not anybody hears it.
    with suppress(AnswerLost), answering():
        context.out.say(*verdict_lines(verdict, title))
        context.out.document({**document, **dict.fromkeys(facts), "error": error.at_prompt})
    context.out.fail(error)
    return error.exit_status


def use(context: Context) -> int:
    """Log a use; status 1 when the gate refuses it."""
    typed = context.arguments
    if (typed.code is None) is (typed.pack is None):
        raise BadInput("code", "name the roller by its code, or with --pack the box it comes from")
    from rollertrack.services.using import Use  # a check needs nothing of it
    from rollertrack.services.using import use as log_use

    said = Use(
        typed.person, typed.area, typed.concern, typed.note, typed.inspected,
        acknowledged=typed.ack, despite=typed.despite, depth=typed.depth, infected=typed.infected,
        answers=_answers(typed.contraindications or (), is_none=typed.none),
    )  # fmt: skip
    try:
        if typed.pack is not None:
            from rollertrack.services.pieces import use_piece  # most uses need nothing of stock

            done = use_piece(context.station, typed.pack, said, **context.when_and_who)
            return context.tell(done, code=done.codes[0])
        return context.tell(log_use(context.station, typed.code, said, **context.when_and_who))
    except Refused as refused:
        context.out.fail(refused)
        code = last_letters(typed.code or typed.pack)
        said_why = {"code": code, "error": refused.at_prompt, **verdict_document(_at_prompt(refused.verdict))}
        # Nothing was logged, whether or not anybody hears it.
        with suppress(AnswerLost), answering():
            context.out.document(said_why)
        return refused.exit_status


def _answers(names: Sequence[str], *, is_none: bool) -> tuple[str, ...] | None:
    """What holds by the health questions; None where they were not asked."""
    held = tuple(name for name in names if name.strip())
    if (is_none and held) or (names and not held):
        raise BadInput("contraindication", "name what holds, or say with --none that nothing more does")
    return held if held or is_none else None
