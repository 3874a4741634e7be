"""Frozen results of reads, shaped for screens and for JSON; instants are microseconds UTC."""

from dataclasses import dataclass
from decimal import Decimal

from rollertrack.domain.answer import Answer
from rollertrack.domain.standing import Standing
from rollertrack.domain.words import State


@dataclass(frozen=True, slots=True)
class RollerRow:
    """One line of a list: the roller's state at the moment of reading.

    `detail` says how long or why ("14 h", "used up 8/8"); `state_at` is until or since when it is so, where
    that has a moment; `until` is when the state may turn, `replace_on`
    the last good instant, `bound_label` the label of the person it is bound to.
    """

    code: str
    name: str
    form: str
    length: Decimal | None
    lot: str
    state: State
    detail: str
    state_at: int | None
    uses: int
    uses_limit: int | None
    disinfected_at: int | None
    replace_on: int | None
    replace_because: str
    bound_to: str | None
    bound_label: str
    until: int | None


@dataclass(frozen=True, slots=True)
class LabelRow(RollerRow):
    """A line of the list with when its newest label was printed, and when a scan has proven that one."""

    printed_at: int | None = None
    proven_at: int | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of a record's history, told in words, with the labels of those it names."""

    seq: int
    kind: str
    at: int
    recorded_at: int
    offset: int
    text: str
    operator: str | None
    person: str | None
    voided: bool
    late: bool
    operator_label: str = ""
    person_label: str = ""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A line of the list of incidents: how many rollers and persons it names, how many were not told yet."""

    code: str
    cause: str
    about: str
    reason: str
    opened_at: int
    closed_at: int | None
    rollers: int
    persons: int
    untold: int


@dataclass(frozen=True, slots=True)
class RunningSoak:
    """A roller whose contact time runs or is up and which was not taken out yet."""

    code: str
    name: str
    agent: str
    started_at: int
    due_at: int


@dataclass(frozen=True, slots=True)
class Debt:
    """Rollers used and not disinfected since: how many, and since when the oldest."""

    count: int
    oldest: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the header and the quick filters show; while recalculating, some stand by the policy of before."""

    profile: str
    counts: dict[State, int]
    debt: Debt
    soaks: tuple[RunningSoak, ...]
    is_recalculating: bool = False


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing to do by a date: `what` is wash, take out, discard, test, bin, replace or order.

    From `late_from` on it is overdue, which is the day after the one on which it was due; a soak is earlier,
    when it is good no more, and an order as soon as no day is safe.
    One that is put off says until when, and `why`.
    """

    code: str
    name: str
    what: str
    on: int
    because: str
    late_from: int
    snoozed_until: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known of one roller."""

    code: str
    name: str
    form: str
    facts: tuple[tuple[str, str], ...]
    answer: Answer
    state: State
    standing: Standing
    bound_to: str | None
    bound_label: str | None
    first_used: int | None
    last_used: int | None
    uses_out_on: int | None
    soak: RunningSoak | None
    label_printed_at: int | None
    label_proven_at: int | None
    label_mark: str | None
    history: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list."""

    code: str
    label: str
    contraindications: str
    sessions: int
    last_session_at: int | None


@dataclass(frozen=True, slots=True)
class NamedRow:
    """An operator or a sharps bin in a list."""

    code: str
    label: str
    closed_at: int | None
    registered_at: int = 0
    collected_at: int | None = None


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """A solution in a list, with whether its date has passed and since when it is open for too long."""

    code: str
    agent: str
    strength: Decimal | None
    lot: str
    expiry: str | None
    opened_at: int
    discarded_at: int | None
    last_strip_at: int | None
    last_strip_passed: bool | None
    listing: str = ""
    use_days: int | None = None
    topped_up_at: int | None = None
    is_expired: bool = False
    spent_since: int | None = None


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A phone that was paired, with who works with it, when it was paired for one."""

    id: int
    name: str
    operator: str | None
    paired_at: int
    seen_at: int
    revoked_at: int | None
