"""When bottles and jars are to be thrown away, and when they want a test strip."""

from collections.abc import Iterator

from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import DAY, SECOND, plural
from rollertrack.domain.rows import DueRow
from rollertrack.domain.solution import life_of
from rollertrack.services.due_days import late_from
from rollertrack.services.station import Station
from rollertrack.store import queries
from rollertrack.store.derived_rollers import Row

Found = tuple[DueRow, str]
"""What is due, and what its record keeps of snoozes."""


def solutions_due(station: Station, policy: Policy, now: int) -> Iterator[Found]:
    """The last good instant of each solution in use: by its printed date, its life once open, its strips."""
    for row in queries.solutions(station.store.database):
        if row["discarded_at"] is None:
            if ends := list(_ends_of_solution(row, policy)):
                end, because = min(ends)
                line = DueRow(row["code"], row["agent"], "discard", end - 1, because, late_from(end - 1))
                yield line, row["snoozes"]
            is_over = any(end <= now for end, _ in ends)
            on = _strip_wanted_at(row)
            if policy.agent(row["agent"]).strip_test and on <= now and not is_over:
                line = DueRow(row["code"], row["agent"], "test", on, "strip each day", late_from(on))
                yield line, row["snoozes"]


def _ends_of_solution(row: Row, policy: Policy) -> Iterator[tuple[int, str]]:
    if row["expires_at"] is not None:
        yield row["expires_at"], "expiry"
    life = life_of(policy.agent(row["agent"]), row["use_days"])
    if life is not None:
        days = plural(life * SECOND // DAY, "day")
        yield row["opened_at"] + life * SECOND + 1, f"open for {days}"
    if row["last_strip_at"] is not None and not row["last_strip_passed"]:
        yield row["last_strip_at"] + 1, "its strip failed"


def _strip_wanted_at(row: Row) -> int:
    """From when on no strip of the last 24 hours has passed; a bottle without one wants it at once."""
    return row["opened_at"] if row["last_strip_at"] is None else int(row["last_strip_at"]) + DAY
