"""First paint and Down-key-to-paint of the bench, against a Textual app of one Static.

Run: python tests/benchmarks/terminal_speed.py DATABASE [ROUNDS]; `rollertrack demo --write` makes one.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pairs import ratio, report

FLOOR = [sys.executable, str(Path(__file__).with_name("one_static.py"))]
QUIET = 0.15
DOWN = b"\x1b[B"
ROW = re.compile(rb"R[A-Z]{2}-[A-Z]{3}-[A-Z]{3}")
"""The code of a roller: its row is painted."""
PAINTED = re.compile(b"PAINTED")


@contextmanager
def on_a_terminal(words: list[str]) -> Iterator[int]:
    """A program on a terminal of 120 × 40; the other end of the line."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    # Both read what was compiled before, as installed programs do.
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        words, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    try:
        yield master
    finally:
        process.kill()
        process.wait()
        os.close(master)


def read_until(master: int, sign: re.Pattern[bytes]) -> None:
    """Read until a sign was written."""
    seen = b""
    while not sign.search(seen):
        if not select.select([master], [], [], 60)[0]:
            raise SystemExit(f"{sign.pattern!r} never came")
        seen += os.read(master, 65536)


def settle(master: int) -> None:
    """Read until nothing comes for a moment."""
    while select.select([master], [], [], QUIET)[0]:
        os.read(master, 65536)


def first_paint(words: list[str], sign: re.Pattern[bytes]) -> float:
    """Seconds from the start of the process to the sign on its terminal."""
    start = time.perf_counter()
    with on_a_terminal(words) as master:
        read_until(master, sign)
        return time.perf_counter() - start


def key_to_paint(master: int) -> float:
    """Seconds from a Down key to the first byte painted."""
    settle(master)
    start = time.perf_counter()
    os.write(master, DOWN)
    select.select([master], [], [], 10)
    return time.perf_counter() - start


def main() -> None:
    database = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    bench = [sys.executable, "-m", "rollertrack", "--database", database]
    paint = ratio(lambda: first_paint(bench, ROW), lambda: first_paint(FLOOR, PAINTED), rounds)
    report("bench, first paint", "one Static", paint, 1.6, "2.5")
    with on_a_terminal(bench) as ours, on_a_terminal(FLOOR) as floor:
        read_until(ours, ROW)
        read_until(floor, PAINTED)
        keys = ratio(lambda: key_to_paint(ours), lambda: key_to_paint(floor), rounds * 5)
        report("bench, Down to paint", "one Static", keys, 2)


if __name__ == "__main__":
    main()
