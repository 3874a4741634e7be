"""How long a start takes against a bare Python: `--version`, help, usage errors, `check` and `use`.

The least of many runs of each, in turn, so that a busy machine harms all alike.

Run: python tests/benchmarks/check_speed.py [ROUNDS]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PASS = [sys.executable, "-c", "pass"]
SQLITE = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM event").fetchone())
"""
USAGE, USAGE_AIM = "8", "3"


def timed(words: list[str]) -> float:
    """Seconds a whole process takes; what Python compiles it may keep, as an installed program has it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(words, check=False, capture_output=True, env=environment)
    return time.perf_counter() - start


def least(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """The least time of each command."""
    found = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds + 1):
        for name, words in commands.items():
            found[name] = min(found[name], timed(words))
    return found


def main() -> None:
    """Register one roller, then compare."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "station.db")
        program = [sys.executable, "-m", "rollertrack"]
        here = [*program, "--database", database]
        code = subprocess.run(
            [*here, "add", "--length", "0.2"], check=True, capture_output=True, text=True
        ).stdout.strip()
        # What is compared, with what, the ratio of 0.1.0, and the aim.
        rows = (
            ("--version", [*program, "--version"], "pass", USAGE, USAGE_AIM),
            ("--help", [*program, "--help"], "pass", USAGE, USAGE_AIM),
            ("an unknown command", [*program, "chek"], "pass", USAGE, USAGE_AIM),
            ("check without a code", [*program, "check"], "pass", USAGE, USAGE_AIM),
            ("check CODE", [*here, "check", code], "sqlite3", "6.3", "4"),
            ("use CODE", [*here, "use", code, "--despite", "benchmark"], "sqlite3", "–", "–"),
        )
        floors = {"pass": PASS, "sqlite3": [sys.executable, "-c", SQLITE, database]}
        found = least(floors | {name: words for name, words, *_ in rows}, rounds)
        print(f"bare python {found['pass'] * 1000:.0f} ms, with sqlite3 {found['sqlite3'] * 1000:.0f} ms")
        for name, _, floor, before, aim in rows:
            print(
                f"{name}: {found[name] * 1000:.0f} ms, {found[name] / found[floor]:.2f} × python with {floor}"
                f" (0.1.0: {before}, aim {aim})"
            )


if __name__ == "__main__":
    main()
