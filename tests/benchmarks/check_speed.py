"""How long `check` and `use` take, against a bare Python that opens the same database.

Run: python tests/benchmarks/check_speed.py [ROUNDS]
"""

import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from pairs import ratio, report

BARE = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM event").fetchone())
"""


def timed(words: list[str]) -> float:
    """Seconds a whole process takes."""
    start = time.perf_counter()
    subprocess.run(words, check=False, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Register one roller, then compare."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "station.db")
        program = [sys.executable, "-m", "rollertrack", "--database", database]
        code = subprocess.run(
            [*program, "add", "--length", "0.2"], check=True, capture_output=True, text=True
        ).stdout.strip()
        bare = [sys.executable, "-c", BARE, database]
        for command in (["check", code], ["use", code, "--despite", "benchmark"]):
            measured = ratio(partial(timed, [*program, *command]), partial(timed, bare), rounds)
            report(command[0], "bare python with sqlite3", measured, 5)


if __name__ == "__main__":
    main()
