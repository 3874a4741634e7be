"""Write labels to a file at once, without the print queue."""

from collections.abc import Sequence

from rollertrack.domain.wording import plural
from rollertrack.labels import files
from rollertrack.services.filing import named_file
from rollertrack.services.labels.label_drawing import is_recorded, order, printed
from rollertrack.services.labels.print_rows import Wish
from rollertrack.services.station import Done, Station, check_deed, deed


def write_labels(
    station: Station, codes: Sequence[str], wish: Wish, to: str, *, what: str = "label",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Write labels of whole codes to a file; the record says so only after it was written."""
    check_deed(station, at, operator)
    _, media, drawn = order(station, codes, wish, what)
    target = named_file("to", to)
    files.write(target, [each.picture for each in drawn], media, wish.copies, wish.start or 1)
    with deed(station, at, operator) as now:
        entries = [
            now.append(code, printed(station, code, each.mark, media, target.name, wish.copies)).seq
            for code, each in zip(codes, drawn, strict=True)
            if is_recorded(code, what)
        ]
        told = f"Wrote {label_count(len(drawn), wish.copies)} to {target}."
        return Done("label", tuple(codes), now.at, told, tuple(entries))


def label_count(labels: int, copies: int) -> str:
    """How many labels, and how often each, in words."""
    count = plural(labels, "label")
    return count if copies == 1 else f"{count}, {copies} copies,"
