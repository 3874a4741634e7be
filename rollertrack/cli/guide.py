"""`guide`."""

from collections.abc import Iterable
from textwrap import wrap

from rollertrack.cli.context import Context
from rollertrack.services.guiding import guided
from rollertrack.wording import guide as say

_WIDTH = 100
_LABEL = 20


def guide(context: Context) -> int:
    """What sources name for a concern and an area, with their spread; nothing is written."""
    typed = context.arguments
    advice = guided(context.station, typed.concern, typed.area, typed.length)
    context.out.document(say.advice_document(advice))
    if rows := say.guide_rows(advice):
        context.out.say(f"{'':{_LABEL}}  {say.axis()}")
        context.out.say(*(f"{name:{_LABEL}}  {drawn}    {text}".rstrip() for name, drawn, text in rows), "")
    if not (typed.concern or typed.area or typed.length):
        _paragraphs(context, say.known_words())
    _paragraphs(context, say.advice_lines(advice))
    if typed.sources:
        context.out.say("")
        _paragraphs(context, say.source_lines(advice))
    context.out.say("", *say.closing_lines())
    return 0


def _paragraphs(context: Context, lines: Iterable[tuple[str, str]]) -> None:
    """Each line behind its word; what is long goes on below itself."""
    shown = list(lines)
    label = max((_LABEL, *(len(name) for name, _ in shown)))
    for name, text in shown:
        first, *more = wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
        context.out.say(f"{name:{label}}  {first}", *(f"{'':{label}}  {each}" for each in more))
