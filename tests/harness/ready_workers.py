"""Processes that stand ready, and begin one right after the other when told to."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

Worker = subprocess.Popen[str]


@contextmanager
def workers(script: str, calls: Sequence[Sequence[str]]) -> Iterator[list[Worker]]:
    """A process of a script of this folder for each call; each says "ready" before any is told to go."""
    program = [sys.executable, str(Path(__file__).with_name(script))]
    started = [
        subprocess.Popen([*program, *call], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for call in calls
    ]
    try:
        for each in started:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        for each in started:
            assert each.stdin is not None
            each.stdin.write("go\n")
            each.stdin.flush()
        yield started
    finally:
        for each in started:
            each.kill()
            each.communicate()
