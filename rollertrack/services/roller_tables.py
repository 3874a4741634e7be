"""Rollers, their uses and their baths as rows of tables; those of rollers can be imported again."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rollertrack.services.lists import as_roller_rows
from rollertrack.services.station import Station, roller_of
from rollertrack.store import queries, traces
from rollertrack.wording.dates import iso, iso_day

_FACTS = (
    "maker", "model", "needles", "material", "lot", "expiry", "sterile", "single_use", "max_uses", "max_days",
    "ref", "product", "pack",
)  # fmt: skip
ROLLERS = (
    "code", "name", "kind", "length", *_FACTS, "registered_at", "in_service_at", "state", "detail", "uses",
    "uses_limit", "last_used_at", "disinfected_at", "replace_on", "replace_because", "bound_to", "bin",
    "retired_at",
)  # fmt: skip
USES = ("roller", "entry", "at", "person", "operator", "area", "concern", "taken_back")
BATHS = (
    "roller", "entry", "agent", "solution", "started_at", "ended_at", "operator", "counts", "taken_back",
)  # fmt: skip


def timed(row: Any) -> Mapping[str, Any]:
    """A row of a list as a document, its instants as other programs read them."""
    return with_moments(asdict(row))


def with_moments(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A document whose instants are told in ISO 8601."""
    return {name: iso(value) if name.endswith("_at") else value for name, value in document.items()}


def rollers(station: Station) -> Iterator[Mapping[str, Any]]:
    """Every roller, the retired too, with what stands on its pack and how it stands now."""
    with station.store.reading() as journal:
        database, now = station.store.database, station.clock()
        every = queries.every_roller(database)
        for kept, row in zip(every, as_roller_rows(database, every, now), strict=True):
            facts = roller_of(journal, row.code).facts
            assert facts is not None
            yield {
                "code": row.code, "name": facts.name, "kind": row.form, "length": facts.length,
                **{name: getattr(facts, name) for name in _FACTS},
                "registered_at": iso(kept["registered_at"]), "in_service_at": iso(kept["in_service_from"]),
                "state": row.state.value, "detail": row.detail,
                "uses": row.uses, "uses_limit": row.uses_limit, "last_used_at": iso(kept["last_used"]),
                "disinfected_at": iso(row.disinfected_at), "replace_on": iso_day(row.replace_on),
                "replace_because": row.replace_because, "bound_to": row.bound_to, "bin": kept["bin"],
                "retired_at": iso(kept["retired_at"]),
            }  # fmt: skip


def uses(station: Station) -> Iterator[Mapping[str, Any]]:
    """Every use, those taken back too."""
    for each in traces.uses_of(station.store.database, _codes(station)):
        yield each._asdict() | {"at": iso(each.at), "taken_back": bool(each.voided)}


def baths(station: Station) -> Iterator[Mapping[str, Any]]:
    """Every disinfection, those taken back too."""
    for each in traces.baths_of(station.store.database, _codes(station)):
        yield each._asdict() | {
            "started_at": iso(each.started_at), "ended_at": iso(each.ended_at), "counts": bool(each.good),
            "taken_back": bool(each.voided),
        }  # fmt: skip


def _codes(station: Station) -> list[str]:
    return [row["code"] for row in queries.every_roller(station.store.database)]
