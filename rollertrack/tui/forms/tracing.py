"""The form that asks what is traced; and traces that a key begins without asking."""

from rollertrack.domain import trace as tr
from rollertrack.domain.code import Kind
from rollertrack.domain.trace import Question
from rollertrack.services import trace_questions, tracing
from rollertrack.services.preview import Choices, choices
from rollertrack.services.station import Done
from rollertrack.services.trace_questions import Asked
from rollertrack.tui.forms.fields import (
    Checkbox,
    Choice,
    CodeText,
    Field,
    Pick,
    Said,
    Text,
    person_field,
    solution_options,
)
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import traces as words

_KINDS = [
    ("lot", tr.LOT), ("roller", tr.ROLLER), ("bottle", tr.SOLUTION), ("person", tr.PERSON),
    ("span", tr.SPAN),
]  # fmt: skip


async def trace(app: StationApp) -> Done | None:
    """Ask what is traced, and show what is found."""
    offered, asked = await app.backend.run(choices), None

    async def previewed(said: Said) -> Preview:
        found = await app.backend.run(tracing.answer, _asked(said))
        return Preview(" · ".join(words.count_lines(found.trace)))

    async def submit(said: Said) -> Done:
        nonlocal asked
        asked = await app.backend.run(trace_questions.read_question, _asked(said))
        return Done("trace", (), app.clock(), "")

    spec = FormSpec("Trace", _trace_fields(offered), button="Show it", absent=_not_asked, start="lot")
    await app.push_screen_wait(Form(spec, submit, previewed))
    if asked is not None:
        _show(app, asked)
    return None


def _trace_fields(offered: Choices) -> list[Field]:
    return [
        Pick("kind", "What", _KINDS, tr.LOT),
        Text("lot", "Lot", placeholder="as the pack reads"),
        CodeText("roller", "Roller", Kind.ROLLER, placeholder="scan its label, or type its nine letters"),
        Choice("solution", "Bottle", solution_options(offered.solutions), prompt="which one"),
        Checkbox("last_pass", "Since", "the strip that passed before the failed one"),
        person_field(offered, None),
        Text("begin", "From", placeholder="a day or a moment", also=("from",)),
        Text("end", "To", placeholder="a day or a moment; empty is now", also=("to",)),
    ]


_FIELDS = {
    tr.LOT: {"lot"}, tr.ROLLER: {"roller"}, tr.SOLUTION: {"solution", "last_pass"}, tr.PERSON: {"person"},
    tr.SPAN: {"begin", "end"},
}  # fmt: skip


def _not_asked(said: Said) -> frozenset[str]:
    return frozenset().union(*_FIELDS.values()) - _FIELDS[said.text("kind")]


def _asked(said: Said) -> Asked:
    match said.text("kind"):
        case tr.LOT:
            return Asked(lot=said.text("lot"))
        case tr.ROLLER:
            return Asked(roller=said.text("roller"))
        case tr.SOLUTION:
            return Asked(solution=said.text("solution"), last_pass=said.is_checked("last_pass"))
        case tr.PERSON:
            return Asked(person=said.text("person"))
        case _:
            return Asked(begin=said.text("begin") or None, end=said.text("end") or None)


def _show(app: StationApp, question: Question) -> None:
    from rollertrack.tui.screens.trace import TraceScreen

    app.push_screen(TraceScreen(question))


async def trace_roller(app: StationApp, code: str) -> Done | None:
    """Show whom a roller touched."""
    _show(app, await app.backend.run(trace_questions.read_question, Asked(roller=code)))
    return None


async def trace_person(app: StationApp, code: str) -> Done | None:
    """Show what touched a person."""
    _show(app, await app.backend.run(trace_questions.read_question, Asked(person=code)))
    return None


async def trace_solution(app: StationApp, code: str) -> Done | None:
    """Show what lay in a solution; after a failed strip since the one that passed before it."""
    failed = await app.backend.run(tracing.has_failed, code)
    _show(app, await app.backend.run(trace_questions.read_question, Asked(solution=code, last_pass=failed)))
    return None
