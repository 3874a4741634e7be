"""How fast the sample is written, by the real deeds and by raw executemany of the same rows.

Run: python tests/benchmarks/sample_speed.py [ROLLERS]
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rollertrack.sample.writing import write_sample
from rollertrack.services import policies, upkeep
from rollertrack.services.station import Station
from rollertrack.store.store import Store
from rollertrack.wiring import system_clock

_DEFAULT_ROLLERS = 2_000
_INSERT = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def seconds(deed: Callable[[], Any]) -> tuple[float, Any]:
    """How long a deed took, and its result."""
    start = time.perf_counter()
    result = deed()
    return time.perf_counter() - start, result


def raw_seconds(folder: Path, source: Store) -> float:
    """The rows of a sample inserted by executemany into an empty journal of the same form."""
    rows = source.database.execute_sql("SELECT * FROM event ORDER BY stream, seq").fetchall()
    store = Store(folder / "raw.db")

    def insert() -> None:
        with store.database.atomic():
            store.database.cursor().executemany(_INSERT, rows)

    took, _ = seconds(insert)
    store.close()
    return took


def main(rollers: int) -> None:
    """Write a sample, measure it against the raw rows, and time what reads all of it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "sample.db")
        station = Station(store, system_clock, lambda letters: letters[0])
        took, report = seconds(lambda: write_sample(store, rollers=rollers, now=system_clock()))
        raw = raw_seconds(Path(folder), store)
        print(f"{report.rollers:,} rollers, {report.events:,} events: {took:.1f} s")
        print(f"{report.events / took:,.0f} events a second, {took / raw:.1f} times raw executemany")
        checked, found = seconds(lambda: upkeep.verify(station))
        print(f"verify {checked:.1f} s, {found.fault or 'no fault'}")
        print(f"rebuild {seconds(lambda: upkeep.rebuild(station))[0]:.1f} s")
        changed, _ = seconds(lambda: policies.set_policy(station, "uses.to-0.30", "9"))
        print(f"policy set {changed:.1f} s")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT_ROLLERS)
