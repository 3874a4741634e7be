"""Processes that stand ready, and begin one right after the other when told to."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.forked import Forked, fork


class Worker:
    """One of them: its process, and both ends of its talk."""

    def __init__(self, script: str, call: Sequence[str]) -> None:
        (given, mine), (theirs, told) = os.pipe(), os.pipe()
        path = str(Path(__file__).with_name(script))
        self.process: Forked = fork(call, (given, told, 2), os.environ, script=path)
        os.close(given)
        os.close(told)
        self.stdin, self.stdout = os.fdopen(mine, "w"), os.fdopen(theirs)

    def rest(self) -> str:
        """What it says until it ends."""
        said = self.stdout.read()
        self.process.wait()
        return said

    def end(self) -> None:
        """End it, where it has not ended yet."""
        self.process.kill()
        self.process.wait()
        self.stdin.close()
        self.stdout.close()


@contextmanager
def workers(script: str, calls: Sequence[Sequence[str]]) -> Iterator[list[Worker]]:
    """A process of a script of this folder for each call; each says "ready" before any is told to go."""
    started = [Worker(script, call) for call in calls]
    try:
        for each in started:
            assert each.stdout.readline() == "ready\n"
        for each in started:
            each.stdin.write("go\n")
            each.stdin.flush()
        yield started
    finally:
        for each in started:
            each.end()
