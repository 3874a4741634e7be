"""How long a trace takes against one scan of the whole journal: of the largest lots, the fullest bottles.

Run: python tests/benchmarks/trace_speed.py DATABASE; `demo --write FILE --rollers 5000` makes one.
"""

import sys
import time
from pathlib import Path
from random import Random

from pairs import ratio, report

from rollertrack.domain import trace as tr
from rollertrack.domain.trace import Question
from rollertrack.services import tracing
from rollertrack.services.station import Station
from rollertrack.store.store import Store
from rollertrack.wiring import system_clock

ROUNDS, MOST = 7, 3
AIM = 10.0
LARGEST = {
    tr.LOT: ("max(lot)", "lot_seen WHERE norm <> '' AND stands GROUP BY norm"),
    tr.SOLUTION: ("solution", "soak WHERE solution IS NOT NULL GROUP BY solution"),
    tr.PERSON: ("person", "touch WHERE person IS NOT NULL GROUP BY person"),
    tr.ROLLER: ("roller", "soak GROUP BY roller"),
}


def main() -> None:
    """Compare each in turn, round by round."""
    store = Store(Path(sys.argv[1]))
    station = Station(store, system_clock, Random(1).choice)
    database = store.database
    ((entries,),) = database.execute_sql("SELECT count(*) FROM event").fetchall()
    print(f"{entries:,} entries")

    def scan() -> float:
        start = time.perf_counter()
        for _ in database.execute_sql("SELECT * FROM event"):
            pass
        return time.perf_counter() - start

    for kind, (what, where) in LARGEST.items():
        query = f"SELECT {what} FROM {where} ORDER BY count(*) DESC LIMIT {MOST}"
        for (about,) in database.execute_sql(query).fetchall():
            question = Question(kind, about, since=0 if kind == tr.PERSON else None)

            def asked(question: Question = question) -> float:
                start = time.perf_counter()
                tracing.trace(station, question)
                return time.perf_counter() - start

            found = tracing.trace(station, question).trace
            told = f"{kind} {about}, {len(found.rows):,} rows"
            report(told, "a scan of the journal", ratio(asked, scan, ROUNDS), AIM)
    store.close()


if __name__ == "__main__":
    main()
