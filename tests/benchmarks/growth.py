"""Memory and answers over 2,000 scans and 5,000 arrow keys on a terminal, against the first 200 of each.

Run: python tests/benchmarks/growth.py DATABASE [SCANS [ARROWS]]; `rollertrack demo --write` makes one.
"""

import json
import os
import select
import statistics
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path

from terminal_speed import ROW, on_a_terminal, read_until, settle

FIRST = 200
MOST_MB = 5.0
SLOWEST = 1.5
"""How much longer than the first answers the last may take: medians on a busy machine differ a little."""
ARROWS = (b"\x1b[B", b"\x1b[A")


def megabytes(process: int) -> float:
    """What a process holds of the memory of the machine."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def child_of_this() -> int:
    """The number of the program on the terminal."""
    return int(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()[-1])


def answered(master: int, keys: bytes) -> float:
    """Seconds from keys to the first byte painted."""
    start = time.perf_counter()
    os.write(master, keys)
    select.select([master], [], [], 30)
    took = time.perf_counter() - start
    settle(master)
    return took


def grown(master: int, process: int, name: str, keys: list[bytes], count: int) -> bool:
    """Press keys so often; whether memory and answers stayed as they were after the first of them."""
    times, after_first = list[float](), 0.0
    for number, each in zip(range(count), cycle(keys), strict=False):
        times.append(answered(master, each))
        if number == FIRST:
            after_first = megabytes(process)
    grew = megabytes(process) - after_first
    slower = statistics.median(times[-FIRST:]) / statistics.median(times[:FIRST])
    well = grew <= MOST_MB and slower <= SLOWEST
    print(f"{count:,} {name}: {grew:+.1f} MB after the first {FIRST} (at most {MOST_MB:g}), last answers "
          f"{slower:.2f} × the first (at most {SLOWEST:g}) {'ok' if well else 'TOO MUCH'}")  # fmt: skip
    return well


def main() -> None:
    database = sys.argv[1]
    scans, arrows = (int(each) for each in (*sys.argv[2:], *("2000", "5000")[len(sys.argv) - 2 :]))
    program = [sys.executable, "-m", "rollertrack", "--database", database]
    listed = subprocess.run([*program, "list", "--json"], capture_output=True, check=True).stdout
    codes = [row["code"] for row in json.loads(listed)["rollers"]][:20]
    with on_a_terminal(program) as master:
        process = child_of_this()
        read_until(master, ROW)
        settle(master)
        well = grown(master, process, "arrows", list(ARROWS), arrows)
        well &= grown(master, process, "scans", [f"{code}\r".encode() for code in codes], scans)
    raise SystemExit(not well)


if __name__ == "__main__":
    main()
