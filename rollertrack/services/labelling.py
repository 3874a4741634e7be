"""Print labels: see them, send them through the print queue, or write them to a file at once."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain.code import Kind, kind_of
from rollertrack.domain.events import LabelPrinted
from rollertrack.domain.text import NAME_LIMIT
from rollertrack.domain.wording import plural
from rollertrack.errors import DeviceFailed, RollerTrackError
from rollertrack.labels import files
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.job import render_symbol
from rollertrack.labels.media import Media
from rollertrack.labels.payload import LabelFacts, qr_text
from rollertrack.services.filing import named_file
from rollertrack.services.label_facts import label_facts
from rollertrack.services.label_seams import render
from rollertrack.services.print_queue import check_wish, enqueue, read_codes
from rollertrack.services.print_rows import Batch, JobRow, Progress, Wish, as_sentence
from rollertrack.services.print_sending import mark_of_next, print_some
from rollertrack.services.station import Done, Station, check_deed, deed, read_code
from rollertrack.store import print_queue as rows
from rollertrack.store.print_queue import JobState

__all__ = ["Stopped", "Wish", "label", "preview", "symbol"]


class Stopped(RollerTrackError):  # noqa: N818 - named for what the user did
    """Printing was stopped by hand; what was not sent waits in the queue."""

    title = "Stopped"
    exit_status = 130


def preview(
    station: Station, code: str, media: str | None = None, printer: str | None = None, flag: bool = False
) -> Bitmap:
    """The very picture that would be printed."""
    (found,) = read_codes(station, [code])
    on = station.printing.printer(printer) if printer else None
    paper = station.printing.media(media, on)
    with station.store.reading() as journal:
        facts, mark = label_facts(journal, found), mark_of_next(station, journal, found)
    module = on.module if on else None
    return render(facts, paper, station.printing.link_base, mark=mark, flag=flag, module=module)


def symbol(station: Station, code: str) -> Bitmap:
    """Only the QR code, one dot a module, for a screen."""
    return render_symbol(read_code(station, code, Kind.ROLLER), station.printing.link_base)


def label(
    station: Station, codes: Sequence[str], wish: Wish, *, at: str | int | None = None,
    operator: str | None = None, progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Print labels, or write them to a file; the record says so only after they were sent.

    DeviceFailed at the first label that fails, Stopped at an interrupt: the rest waits in the queue then.
    """
    if wish.to is not None:
        return _write(station, codes, wish, wish.to, at, operator)
    return print_batch(station, enqueue(station, codes, wish, at=at, operator=operator), progress)


def print_batch(station: Station, batch: Batch, progress: Progress | None = None) -> Done:
    """Print what waits of a batch; raises as `label` does."""
    printed: list[JobRow] = []
    entries: list[int] = []
    try:
        while sending := print_some(station, batch.id):
            if sending.failed:
                raise DeviceFailed(f"{as_sentence(sending.rows[0].note)} {_left(station, batch)}")
            printed += sending.rows
            entries += sending.entries
            if progress:
                progress(printed[-1], len(printed), batch.jobs)
    except KeyboardInterrupt:
        raise Stopped(f"Stopped. {_left(station, batch)}") from None
    codes = tuple(dict.fromkeys(row.code for row in printed))
    return Done("label", codes, station.clock(), _told(printed, batch), tuple(entries))


def _left(station: Station, batch: Batch) -> str:
    """How far a batch came that was broken off, and what to do about it."""
    with station.store.reading():
        count = rows.counts(station.store.database, batch.id)
    came = sum(count.get(state, 0) for state in (JobState.SENT, JobState.CONFIRMED))
    waits = sum(count.get(state, 0) for state in (JobState.WAITING, JobState.FAILED, JobState.SENDING))
    return (
        f"{came} of {plural(came + waits, 'label')} sent, {waits} left in the queue;"
        " `rollertrack queue retry` goes on."
    )


def _told(printed: Sequence[JobRow], batch: Batch) -> str:
    count = _count(len(printed), printed[0].copies if printed else 1)
    told = f"Sent {count} to {batch.printer}; look whether it printed."
    if printed and all(row.state is JobState.CONFIRMED for row in printed):
        told = f"{batch.printer} confirms {count}."
    return f"{told} {as_sentence(printed[-1].note if printed else '')}".strip()


def _count(labels: int, copies: int) -> str:
    count = plural(labels, "label")
    return count if copies == 1 else f"{count}, {copies} copies,"


class _Page(NamedTuple):
    """A label for a file: its facts, its mark, its picture."""

    facts: LabelFacts
    mark: str
    picture: Bitmap


def _write(
    station: Station, codes: Sequence[str], wish: Wish, to: str, at: str | int | None, operator: str | None
) -> Done:
    check_deed(station, at, operator)
    media = station.printing.media(wish.media)
    check_wish(wish, media)
    target = named_file("to", to)
    files.form_of(target)
    pages = _pages(station, read_codes(station, codes), media, wish)
    files.write(target, [page.picture for page in pages], media, wish.copies)
    with deed(station, at, operator) as now:
        entries = [
            now.append(page.facts.code, _printed(station, page, media, target.name, wish)).seq
            for page in pages
            if kind_of(page.facts.code) is Kind.ROLLER
        ]
        told = f"Wrote {_count(len(pages), wish.copies)} to {target}."
        return Done("label", tuple(page.facts.code for page in pages), now.at, told, tuple(entries))


def _pages(station: Station, codes: Sequence[str], media: Media, wish: Wish) -> list[_Page]:
    with station.store.reading() as journal:
        wanted = [(label_facts(journal, code), mark_of_next(station, journal, code)) for code in codes]
    base = station.printing.link_base
    return [
        _Page(facts, mark, render(facts, media, base, mark=mark, flag=wish.flag, module=None))
        for facts, mark in wanted
    ]


def _printed(station: Station, page: _Page, media: Media, place: str, wish: Wish) -> LabelPrinted:
    payload = qr_text(page.facts.code, station.printing.link_base, page.mark)
    return LabelPrinted(
        media=media.name, place=place[:NAME_LIMIT], payload=payload, copies=wish.copies, mark=page.mark
    )
