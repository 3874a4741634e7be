"""Lists: the bench's rows and counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import SECOND
from rollertrack.domain.rows import Debt, Overview, RollerRow, RunningSoak, SolutionRow
from rollertrack.domain.solution import life_of
from rollertrack.domain.standing import FOREVER, Standing, forecast, last_good
from rollertrack.domain.words import State
from rollertrack.errors import BadInput
from rollertrack.services.station import Station
from rollertrack.store import queries
from rollertrack.store.derived_rollers import Row, from_hundredths, standing_of
from rollertrack.wording.states import state_detail

SORTS, REVERSED = queries.SORTS, queries.REVERSED


@dataclass(frozen=True, slots=True)
class Listing:
    """The rollers that fit a filter, in order: their row numbers and codes."""

    ids: Sequence[int]
    codes: Sequence[str]

    def __len__(self) -> int:
        return len(self.ids)


def listing(
    station: Station, *, state: State | None = None, search: str = "", sort: str = "state"
) -> Listing:
    """Which rollers fit a filter, in order; their rows are read where they are shown."""
    if sort.removeprefix(queries.REVERSED) not in SORTS:
        raise BadInput("sort", f"“{sort[:30]}” is not known; one of {', '.join(SORTS)} is right")
    with station.store.reading():
        now = station.clock()
        found = queries.roller_ids(station.store.database, now, state=state, search=search, sort=sort)
        return Listing([key for key, _ in found], [code for _, code in found])


def unbinned(station: Station) -> list[RollerRow]:
    """The rollers that are used up or retired and lie in no sharps bin, since there is one."""
    with station.store.reading():
        database = station.store.database
        found = queries.unbinned(database, station.clock(), queries.first_bin_at(database) or 0)
        return roller_rows(station, [key for key, _ in found])


@dataclass(frozen=True, slots=True)
class Opening:
    """The first rollers that fit a filter with their rows, and how many fit in all."""

    listing: Listing
    rows: Sequence[RollerRow]
    count: int


def opening(
    station: Station, most: int, *, state: State | None = None, search: str = "", sort: str = "state"
) -> Opening:
    """What a list needs to be shown at once, however long it is; `listing` reads the rest."""
    with station.store.reading():
        now = station.clock()
        database = station.store.database
        found = queries.roller_ids(database, now, state=state, search=search, sort=sort, most=most)
        full = len(found) == most
        count = queries.roller_count(database, now, state=state, search=search) if full else len(found)
        first = Listing([key for key, _ in found], [code for _, code in found])
        return Opening(first, roller_rows(station, first.ids), count)


def roller_rows(station: Station, ids: Sequence[int]) -> list[RollerRow]:
    """The rows of rollers, in the order of the ids given."""
    with station.store.reading():
        now, database = station.clock(), station.store.database
        return as_roller_rows(database, queries.rollers_by_id(database, ids), now)


def roller_row(station: Station, code: str) -> RollerRow | None:
    """The row of one roller."""
    with station.store.reading():
        database = station.store.database
        row = queries.roller(database, code)
        return as_roller_rows(database, [row], station.clock())[0] if row else None


def as_roller_rows(database: Any, rows: Sequence[Row], now: int) -> list[RollerRow]:
    """Rollers' rows as a list shows them at `now`, with the labels of the persons they are bound to."""
    labels = queries.labels(database, {row["bound_to"] for row in rows if row["bound_to"]})
    return [_as_roller_row(row, now, labels) for row in rows]


def _as_roller_row(row: Row, now: int, labels: Mapping[str, str]) -> RollerRow:
    facts = standing_of(row)
    seen, state = forecast(facts, now), facts.state(now)
    return RollerRow(
        code=row["code"],
        name=row["name"],
        form=row["form"],
        length=from_hundredths(row["length"]),
        lot=row["lot"],
        state=state,
        detail=state_detail(facts, state, now),
        state_at=facts.moment_of(state),
        uses=facts.uses,
        uses_limit=facts.uses_limit,
        disinfected_at=facts.disinfected_at,
        replace_on=last_good(seen.on),
        replace_because=seen.because,
        bound_to=facts.bound_to,
        bound_label=labels.get(facts.bound_to or "", ""),
        until=_next_turn(facts, now),
    )


def _next_turn(facts: Standing, now: int) -> int | None:
    stale_from = None if facts.clean_until is None else facts.clean_until + 1
    over = None if facts.soak_ends is None else facts.soak_ends + 1
    turns = (facts.dead_from, facts.soaking_until, over, stale_from)
    return min((turn for turn in turns if turn is not None and now < turn < FOREVER), default=None)


def overview(station: Station) -> Overview:
    """The header and the quick filters: profile, counts, debt, running soaks."""
    with station.store.reading() as journal:
        now = station.clock()
        database = station.store.database
        counts = queries.state_counts(database, now)
        soaks = tuple(
            RunningSoak(
                row["code"], row["name"], row["soak_agent"], row["soaking_since"], row["soaking_until"]
            )
            for row in queries.soaking(database, now)
        )
        debt = Debt(*queries.debt(database, now))
        return Overview(journal.policy().profile, counts, debt, soaks, station.store.is_recalculating())


def state_counts(station: Station, search: str) -> dict[State, int]:
    """How many rollers stand in each state, of those that fit a search."""
    with station.store.reading():
        return queries.state_counts(station.store.database, station.clock(), search)


def change_mark(station: Station) -> int:
    """A number that turns when another station has written; screens read anew when it does."""
    return station.store.change_mark()


def news(station: Station) -> str:
    """What became of the database's file since last asked, in a sentence; mostly nothing."""
    return station.store.news()


def has_rollers(station: Station) -> bool:
    """Whether any roller is on record."""
    with station.store.reading():
        return queries.has_rollers(station.store.database)


def rows_for_list(station: Station, *, state: State | None = None, search: str = "") -> list[RollerRow]:
    """Every row of a list at once, for the command line."""
    return roller_rows(station, listing(station, state=state, search=search).ids)


def list_solutions(station: Station) -> list[SolutionRow]:
    """Every solution, those in use first, the newest first."""
    with station.store.reading() as journal:
        policy, now = journal.policy(), station.clock()
        return [_solution_row(row, policy, now) for row in queries.solutions(station.store.database)]


def _solution_row(row: Row, policy: Policy, now: int) -> SolutionRow:
    life, over = life_of(policy.agent(row["agent"]), row["use_days"]), row["expires_at"]
    spent = None if life is None else row["opened_at"] + life * SECOND + 1
    return SolutionRow(
        **{name: row[name] for name in _OF_A_SOLUTION},
        strength=from_hundredths(row["strength"]),
        is_expired=over is not None and over <= now,
        spent_since=spent if spent is not None and spent <= now else None,
    )


_OF_A_SOLUTION = tuple(
    each.name for each in fields(SolutionRow) if each.name not in {"strength", "is_expired", "spent_since"}
)
