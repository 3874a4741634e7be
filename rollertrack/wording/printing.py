"""Print jobs and batches in words and signs."""

from collections.abc import Iterable, Mapping, Sequence

from rollertrack.domain.code import shown
from rollertrack.domain.print_jobs import BatchEnding, BatchProgress, JobRow, JobState
from rollertrack.domain.quantities import plural
from rollertrack.domain.text import ended, printable
from rollertrack.domain.words import State
from rollertrack.wording.dates import short_moment, spoken_moment
from rollertrack.wording.records import rollers_text
from rollertrack.wording.sentences import capitalised, sentence

LOOK = "look whether it printed"
JOB_SIGNS: Mapping[JobState, str] = {
    JobState.WAITING: "·",
    JobState.SENDING: "▸",
    JobState.SENT: "✓",
    JobState.CONFIRMED: "✓",
    JobState.FAILED: "✗",
    JobState.CANCELLED: "–",
}


def job_note(job: JobRow) -> str:
    """What to know of a job beside its state: the printer's sentence, or what to look at."""
    if job.state is JobState.SENT:
        return job.note or LOOK
    return job.note


def noted(note: str) -> str:
    """A note that stands alone, a capital at its beginning; a printer's name there stays as it is."""
    return capitalised(note) if note.partition(" ")[0].isalpha() else note


def job_brief(job: JobRow) -> str:
    """The note without the printer's name before it, for where that stands already."""
    words = job_note(job)
    printer, colon, rest = words.partition(": ")
    return rest if colon and printer.startswith(job.printer) else words


def why_failed(jobs: Iterable[JobRow]) -> str:
    """Why a batch did not get through, as a sentence; empty when nothing of it failed."""
    return next((sentence(job_brief(job)) for job in jobs if job.state is JobState.FAILED), "")


def printing_texts(progress: BatchProgress | None, *, stopping: bool = False) -> tuple[str, ...]:
    """A running batch for the top line, in fewer and fewer words."""
    if progress is None:
        return ("",)
    far = f"{progress.sent:,}/{progress.jobs:,}"
    return (f"{'stopping' if stopping else 'printing'} {far}", f"▸ {far}")


def batch_far(progress: BatchProgress) -> str:
    """How far a batch is: 12 of 500."""
    return f"{progress.sent:,} of {progress.jobs:,}"


def batch_ended(ending: BatchEnding) -> str:
    """The outcome of a batch in a sentence or two."""
    progress, last = ending.progress, ending.last
    if ending.failed and last is not None:
        return f"{_failure(last)} {_left(progress)}"
    if ending.stopped:
        return f"Stopped. {_left(progress)}"
    labels = plural(progress.sent, "label")
    extra = f" {sentence(last.note)}" if last is not None and last.note else ""
    if progress.sent == progress.confirmed:
        return f"{progress.printer} confirms {labels}.{extra}"
    tail = f".{extra}" if extra else f"; {LOOK}."
    return f"Sent {labels} to {progress.printer}{tail}"


def left_over(count: int) -> str:
    """What an earlier run of the program left unprinted."""
    verb = "is" if count == 1 else "are"
    return f"{plural(count, 'label')} from before {verb} not printed; F8 shows the print queue."


def _left(progress: BatchProgress) -> str:
    return f"{progress.sent:,} of {plural(progress.jobs, 'label')} sent, {progress.left:,} left in the queue."


def _failure(job: JobRow) -> str:
    """Its note as a sentence; a printer's name is left as its owner wrote it."""
    return f"{ended(job.note)}" if job.note.startswith(job.printer) else sentence(job.note)


def job_cells(job: JobRow) -> tuple[str, ...]:
    """A job in the columns of a list: number, state, code, title, printer, media, when, note."""
    copies = f" ×{job.copies}" if job.copies > 1 else ""
    return (
        str(job.id), job.state, shown(job.code) + copies, job.title or job.what, job.printer, job.media,
        spoken_moment(job.changed_at), noted(job_note(job)),
    )  # fmt: skip


def job_detail(job: JobRow, now: int) -> str:
    """One job in full, but for its note."""
    tries = f", tried {plural(job.attempts, 'time')}" if job.attempts > 1 else ""
    mark = f" · mark {job.mark}" if job.mark else ""
    return f"{shown(job.code)}{mark} · {job.state} {short_moment(job.changed_at, now)}{tries}"


def copies_of_each(copies: int) -> str:
    """How often each label is printed, empty for once."""
    return f"{plural(copies, 'copy', 'copies')} of each" if copies > 1 else ""


def batch_facts(jobs: Sequence[JobRow], now: int) -> str:
    """A batch: when, where, on what."""
    first = jobs[0]
    facts = (short_moment(first.created_at, now), first.printer, first.media, copies_of_each(first.copies))
    return " · ".join(filter(None, facts))


def batch_counts(jobs: Sequence[JobRow]) -> str:
    """How many of the jobs of a batch stand where."""
    counts = [(state, sum(job.state is state for job in jobs)) for state in JobState]
    return " · ".join(f"{count:,} {state}" for state, count in counts if count)


def queued_text(labels: int, printer: str) -> str:
    """That labels wait in the queue."""
    return f"{plural(labels, 'label')} for {printer} in the print queue."


def printing_preview(labels: int, place: str, *, to_file: bool) -> str:
    """What printing or writing so many labels will do."""
    if to_file:
        return f"Writes {plural(labels, 'label')} to {place}."
    return f"Prints {plural(labels, 'label')} on {place}. The record says so once it is sent."


def chosen_preview(codes: Sequence[str], copies: int, place: str, *, to_file: bool) -> str:
    """What printing or writing the labels of the rollers chosen will do."""
    what = ", ".join(filter(None, (rollers_text(codes), copies_of_each(copies))))
    return printable(f"Writes {what} to {place}." if to_file else f"Prints {what} on {place}.")


def dots_text(width: int, height: int) -> str:
    """How large a picture is."""
    return f"{width} × {height} dots"


def picture_head(width: int, height: int) -> str:
    """The line over a picture that is shown dot for dot."""
    return f"{dots_text(width, height)}, dot for dot · arrows scroll · esc closes"


def printer_facts(dpi: str, *, usual: bool) -> str:
    """What stands behind the place of a printer."""
    return "".join(f" · {each}" for each in (f"{dpi} dpi" if dpi else "", "usual" if usual else "") if each)


def running_text(progress: BatchProgress, *, stopping: bool) -> str:
    """How far the batch is that prints now, and whether it goes on."""
    doing = "stops after this label" if stopping else "printing"
    return printable(f"{batch_far(progress)} on {progress.printer}, {doing}")


def batch_hint(left: int) -> str:
    """What can be done about a batch."""
    return f"{plural(left, 'label')} not sent: z prints, x cancels." if left else "Nothing left to send."


def letters_missing(letters: str) -> str:
    """That labels have boxes where no font has a letter."""
    shown = " ".join(letters[:_MOST_LETTERS]) + (" …" if len(letters) > _MOST_LETTERS else "")
    return f"No font here has {shown}: a box stands there on the label. Install a font that has them."


_MOST_LETTERS = 20


def counted_text(what: str, count: int) -> str:
    """Something with how many there are."""
    return f"{what} {count:,}"


def checked_text(count: int) -> str:
    """How many rows have their box ticked."""
    return f"{count:,} ticked" if count else "none ticked"


def cancelling_preview(count: int) -> str:
    """What cancelling several labels will do."""
    return f"Cancels {plural(count, 'label')} that were not sent."


def replacing_question(path: object) -> str:
    """That a file is there already."""
    return f"{path} exists already."


def all_proven(has_printed: bool) -> str:
    """That no label waits for its scan: each that was printed had it, or none was printed."""
    return "Every label that was printed is proven." if has_printed else "No label was printed yet."


def unproven_cells(code: str, mark: str, name: str, printed_at: int, place: str) -> tuple[str, ...]:
    """A label that was not scanned back, in the columns of a list."""
    return shown(code, mark), name, spoken_moment(printed_at), place


def not_recorded(code: str) -> str:
    """That a label went out, but the record does not know."""
    return f"The label of {shown(code)} was sent, but not recorded"


def progress_text(done: int, of: int, code: str) -> str:
    """How far printing is, and with which label."""
    return f"{done} of {of} … {shown(code)}"


def file_there(path: object) -> str:
    """The same as said of a field."""
    return f"{path} exists already; name a new file"


def outage_written(rollers: int, target: object, now: int) -> str:
    """That the list for when nothing runs is in its file."""
    return f"Wrote {plural(rollers, 'roller')} to {target}, as of {spoken_moment(now)}."


def outage_title(now: int, state: State | None, words: str) -> tuple[str, str]:
    """The moment of the list for when nothing runs, and what was chosen for it."""
    return spoken_moment(now), " · ".join(filter(None, (state and state.value, words and f"“{words}”")))


LABELS_AHEAD = "Stick one on a roller and scan it: it is registered under that code."
