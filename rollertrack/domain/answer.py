"""The gate's answer with the facts beside it; apart from the other results to keep `check` quick to load."""

from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.verdict import Verdict


class Answer(NamedTuple):
    """A verdict with the facts a screen shows beside it."""

    code: str
    name: str
    length: Decimal | None
    verdict: Verdict
    person: str | None
    person_label: str | None
    head: int
    uses: int = 0
    uses_limit: int | None = None
    replace_on: int | None = None
    """The last good instant: its day is the date people are told."""
    replace_because: str = ""
    disinfected_at: int | None = None
    fresh_until: int | None = None
    last_use: bool = False
    """Whether the use to come is its last: the sharps container follows, and no wash."""
    nearest: tuple[str, ...] = ()
    label_warning: str = ""
    """What to do about the label that was scanned, when it is not the current one."""
    form: str = ""
