"""What a scan tells of the label it was read from: the current one is proven by it, an old one is told."""

from collections.abc import Callable
from typing import NamedTuple

from rollertrack.domain.labelled import LabelSight
from rollertrack.services.backend import Backend
from rollertrack.services.codes import Scan
from rollertrack.services.labels import proving
from rollertrack.services.station import Done
from rollertrack.wording import scans

_ALARMS = {LabelSight.OLD: scans.OLD_LABEL, LabelSight.AHEAD: scans.UNKNOWN_LABEL}


class LabelNote(NamedTuple):
    """What there is to say of a label: in passing, or as an alarm."""

    note: str = ""
    alarm: str = ""


async def look(backend: Backend, scan: Scan, wrote: Callable[[Done], None], *, at_speed: bool) -> LabelNote:
    """Prove the label that was scanned when it waits for that; whatever fails here hides no verdict.

    A code without a mark may have been typed, unless it came at speed: it says nothing of a label then.
    """
    if not scan.from_label or not (at_speed or scan.mark):
        return LabelNote()
    try:
        sight, warning = await backend.run(proving.look, scan.code, scan.mark)
        if sight is LabelSight.UNPROVEN and at_speed:
            wrote(await backend.run(proving.prove, scan.code, scan.mark))
            return LabelNote(note=scans.LABEL_PROVEN)
    except Exception:  # the verdict, asked next, says what is wrong with the record
        return LabelNote(note=scans.LABEL_UNTOLD)
    return LabelNote(note=warning, alarm=_ALARMS.get(sight, ""))
