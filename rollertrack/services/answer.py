"""The gate's answer with the facts beside it; apart from the other results to keep `check` quick to load."""

from dataclasses import dataclass, field
from decimal import Decimal

from rollertrack.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Answer:
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
    replace_because: str = ""
    disinfected_at: int | None = None
    fresh_until: int | None = None
    nearest: tuple[str, ...] = field(default=())
