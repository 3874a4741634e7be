"""Print labels: render, send, and only then write that a label was sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import LabelPrinted
from rollertrack.domain.standing import standing
from rollertrack.domain.text import NAME_LIMIT
from rollertrack.domain.wording import plural
from rollertrack.errors import BadCode, BadInput
from rollertrack.labels import files
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.job import MOST_COPIES, print_job, render, render_symbol
from rollertrack.labels.media import Media, media_named
from rollertrack.labels.payload import LabelFacts, qr_text
from rollertrack.labels.printers import send_bytes as send
from rollertrack.services.filing import named_file
from rollertrack.services.station import (
    Done,
    Station,
    check_deed,
    deed,
    person_of,
    read_code,
    roller_of,
)
from rollertrack.services.times import local
from rollertrack.store.journal import Journal

MOST_LABELS = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What to print on: a printer or a file, the media, how many copies of each."""

    printer: str | None = None
    to: str | None = None
    media: str | None = None
    copies: int = 1


def preview(station: Station, code: str, media: str | None = None) -> Bitmap:
    """The very picture that would be printed."""
    facts = _label_facts(station, [code])[0]
    return render(facts, _media(station, media), station.printing.link_base)


def symbol(station: Station, code: str) -> Bitmap:
    """Only the QR code, one dot a module, for a screen."""
    return render_symbol(read_code(station, code, Kind.ROLLER), station.printing.link_base)


def label(
    station: Station, codes: Sequence[str], wish: Wish, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Print the labels of rollers, or write them to a file; the record says so only after it was sent.

    A printer or file that fails raises DeviceFailed, and nothing is written to the record.
    """
    check_deed(station, at, operator)
    media = _media(station, wish.media)
    if not 1 <= wish.copies <= MOST_COPIES:
        raise BadInput("copies", f"{wish.copies} is out of range; 1 to {MOST_COPIES} is right")
    target = named_file("to", wish.to) if wish.to is not None else None
    if target is not None:
        files.form_of(target)
    place = None if target is not None else station.printing.place(wish.printer)
    facts = _label_facts(station, codes)
    pictures = [render(each, media, station.printing.link_base) for each in facts]
    if target is not None:
        files.write(target, pictures, media, wish.copies)
        told, sent_to = f"Wrote {_count(facts, wish)} to {target}.", target.name
    elif place is not None:
        job = print_job(pictures, wish.copies)
        send(place, job, station.printing.cache, station.printing.timeout)
        told, sent_to = f"Sent {_count(facts, wish)} to {place}; look whether it printed.", str(place)
    with deed(station, at, operator) as now:
        entries = [now.append(each.code, _printed(station, each, media, sent_to, wish)).seq for each in facts]
        return Done("label", tuple(each.code for each in facts), now.at, told, tuple(entries))


def _count(facts: Sequence[LabelFacts], wish: Wish) -> str:
    labels = plural(len(facts), "label")
    return labels if wish.copies == 1 else f"{labels}, {wish.copies} copies,"


def _printed(station: Station, facts: LabelFacts, media: Media, place: str, wish: Wish) -> LabelPrinted:
    payload = qr_text(facts.code, station.printing.link_base)
    return LabelPrinted(media=media.name, place=place[:NAME_LIMIT], payload=payload, copies=wish.copies)


def _media(station: Station, name: str | None) -> Media:
    return media_named(name or station.printing.media)


def _label_facts(station: Station, codes: Sequence[str]) -> list[LabelFacts]:
    found = list(dict.fromkeys(read_code(station, code, Kind.ROLLER) for code in codes))
    if not found:
        raise BadCode("name at least one roller")
    if len(found) > MOST_LABELS:
        raise BadInput("code", f"{len(found)} labels at once are too many; at most {MOST_LABELS} are right")
    with station.store.reading() as journal:
        return [_facts(journal, code) for code in found]


def _facts(journal: Journal, code: str) -> LabelFacts:
    roller = roller_of(journal, code)
    assert roller.facts is not None
    if roller.retired is not None:
        raise BadInput("code", f"{shown(code)} is retired; it gets no label")
    facts = standing(roller, journal.policy())
    return LabelFacts(
        code=code,
        name=roller.title,
        kind=roller.facts.form,
        length=roller.facts.length,
        uses=facts.uses,
        uses_limit=facts.uses_limit,
        replace_by=local(facts.worn_on).date() if facts.worn_on is not None else None,
        replace_because=facts.worn_because,
        person=person_of(journal, roller.bound_to).label if roller.bound_to else None,
        lot=roller.facts.lot or None,
        expiry=roller.facts.expiry,
    )
