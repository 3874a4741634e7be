"""The forms of what is done with a trace: a recall, and a file."""

from pathlib import Path

from rollertrack.domain import trace as tr
from rollertrack.domain.events import INCIDENT_CAUSES
from rollertrack.domain.trace import Question, Reach
from rollertrack.services import recalling, trace_files, tracing
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Choice, Field, Said, Text, line_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import traces as words

_REASONS = ("the maker's letter", "a failed strip", "a skin reaction", "an injury")


async def recall(app: StationApp, question: Question) -> Done | None:
    """Ask why and how far, and put aside what the trace found."""
    is_of_lot = question.kind == tr.LOT
    has_mates = question.kind in {tr.LOT, tr.ROLLER, tr.PERSON}

    async def previewed(said: Said) -> Preview:
        plan = await app.backend.run(recalling.planned, question, _reach(said))
        return Preview(words.plan_text(plan), notes=words.left_out(plan))

    async def submit(said: Said) -> Done:
        return await app.backend.run(recalling.recall, question, said.text("reason"), _reach(said))

    fields: list[Field] = [line_field("reason", "Reason", _REASONS)]
    if has_mates:
        fields.append(Checkbox("mates", "Also", "what lay beside them in a bath"))
    if is_of_lot:
        fields.append(Checkbox("doubtful", "Also", "those without a lot, of the same make"))
    causes = [(words.cause_word(cause), cause) for cause in INCIDENT_CAUSES]
    fields.append(Choice("cause", "Began with", causes, recalling.usual_cause(question), blank=False))
    spec = FormSpec("Recall", fields, words.question_text(question), "Put aside")
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _reach(said: Said) -> Reach:
    mates, doubtful = (said.values.get(key) is True for key in ("mates", "doubtful"))
    return Reach(mates=mates, doubtful=doubtful, cause=said.text("cause"))


async def write_trace(app: StationApp, question: Question) -> Done | None:
    """Ask for a file, and write the trace there."""
    found = await app.backend.run(tracing.trace, question)
    home = str(Path.home() / "rollertrack-trace.csv")
    fields: list[Field] = [
        Text("to", "File", home, longest=LONGEST_NOTE, also=("csv", "pdf")),
        Checkbox("force", "Replace it", "a file of that name goes"),
    ]

    async def previewed(_: Said) -> Preview:
        return Preview(words.file_preview(len(found.trace.rows)))

    async def submit(said: Said) -> Done:
        return await app.backend.run(
            trace_files.trace_to, question, said.text("to"), force=said.is_checked("force")
        )

    spec = FormSpec("Write the trace", fields, words.question_text(question), "Write it")
    return await app.push_screen_wait(Form(spec, submit, previewed))
