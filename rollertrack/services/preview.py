"""What forms ask before a deed: what there is to choose from, and what a deed would say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, NamedTuple, NoReturn, ParamSpec

from rollertrack.domain.policy import Policy
from rollertrack.domain.print_jobs import MOST_COPIES
from rollertrack.domain.rows import NamedRow, PersonRow, SolutionRow
from rollertrack.errors import BadInput
from rollertrack.labels.files import form_of
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.services.labels.printers import list_printers
from rollertrack.services.labels.requests import MOST_LABELS, PrintRequest
from rollertrack.services.lists import list_solutions
from rollertrack.services.people import list_persons, open_bins, operators_here
from rollertrack.services.policies import policy_in_force
from rollertrack.services.station import Done, Station

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form offers to choose from; only what is still open: bins, operators, solutions.

    `operator` is who works at this station when nobody is named; `printers` are the names in its settings,
    `papers` the paper in each of them; `sheets` are the media of which a sheet may have been begun.
    """

    policy: Policy
    persons: tuple[PersonRow, ...]
    operators: tuple[NamedRow, ...]
    bins: tuple[NamedRow, ...]
    solutions: tuple[SolutionRow, ...]
    operator: str | None
    media: tuple[str, ...]
    sheets: frozenset[str]
    usual_media: str
    printers: tuple[str, ...]
    usual_printer: str | None
    papers: Mapping[str, str]
    most_copies: int
    most_labels: int

    def printers_and_papers(self) -> tuple[object, ...]:
        """What of it tells one choice of printers and papers from another."""
        return self.media, self.usual_media, self.printers, self.usual_printer, self.papers


def choices(station: Station) -> Choices:
    """What there is to choose from, in one consistent view; a printer set wrongly keeps no form shut."""
    shelf = _shelf(station)
    with station.store.reading():
        return Choices(
            policy=policy_in_force(station),
            persons=tuple(list_persons(station)),
            operators=tuple(operators_here(station)),
            bins=tuple(open_bins(station)),
            solutions=tuple(row for row in list_solutions(station) if row.discarded_at is None),
            operator=station.operator,
            media=shelf.media,
            sheets=shelf.sheets,
            usual_media=shelf.usual_media,
            printers=tuple(shelf.papers),
            usual_printer=shelf.usual_printer,
            papers=shelf.papers,
            most_copies=MOST_COPIES,
            most_labels=MOST_LABELS,
        )


class _Shelf(NamedTuple):
    """Papers and printers, and those used when none is named; `papers` has the paper in each printer."""

    media: tuple[str, ...]
    sheets: frozenset[str]
    usual_media: str
    usual_printer: str | None
    papers: Mapping[str, str]


def _shelf(station: Station) -> _Shelf:
    """What the settings offer; one whose file is out of order stops labels, and no other form."""
    try:
        papers = {each.name: each.paper for each in list_printers(station)}
        return _shown(station.printing, papers)
    except BadInput:
        return _shown(Printing(), {})


def _shown(printing: Printing, papers: Mapping[str, str]) -> _Shelf:
    names, sheets = printing.media_names(), printing.sheet_names()
    return _Shelf(names, sheets, printing.usual_media(), printing.usual_printer(), papers)


class _Rehearsed(Exception):  # noqa: N818 - carries the answer out of the transaction, which falls with it
    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


def rehearse(
    station: Station, deed: Callable[Concatenate[Station, P], Done], *args: P.args, **kwargs: P.kwargs
) -> Done:
    """What a deed would do and say, with nothing written; raises what the deed would raise."""

    def play() -> NoReturn:
        with station.store.transaction():
            raise _Rehearsed(deed(station, *args, **kwargs))

    try:
        play()
    except _Rehearsed as answer:
        return answer.done


def label_place(station: Station, request: PrintRequest) -> str:
    """Where labels would go, checked as far as can be without sending: a printer's place or a file's name."""
    if request.to is None:
        return str(station.printing.printer(request.printer))
    form_of(Path(request.to))
    return request.to
