"""Processes of the program, each forked from one that has loaded it: for all but what loading itself does.

Such a one has its own streams, environment, folder, limits and end; what the interpreter does before the
first line of the program is done anew too, where a call can tell.
"""

import atexit
import os
import pickle
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

_HOST = Path(__file__).with_name("fork_host.py")
_ROOT = Path(__file__).parents[2]
_SCREENS = ("rollertrack.tui", "rollertrack.phone")
Files = tuple[int | None, int | None, int | None]


class Forked:
    """A process that runs: what of `subprocess.Popen` the tests ask for."""

    def __init__(self, pid: int, told: socket.socket) -> None:
        self.pid, self._told = pid, told
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended; that of a signal is less than 0."""
        if self.returncode is None:
            self._told.settimeout(timeout)
            said = self._told.recv(4)
            self._told.close()
            self.returncode = int.from_bytes(said, "big", signed=True)
        return self.returncode

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""
        try:
            return self.wait(0)
        except BlockingIOError:
            return None

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


class Told(NamedTuple):
    """How a process ended, and what it wrote."""

    status: int
    out: bytes
    err: bytes


def fork(
    words: Sequence[str],
    files: Files,
    environment: Mapping[str, str],
    *,
    under: Sequence[str] = (),
    has_screens: bool = False,
    script: str = "",
    folder: str | Path = _ROOT,
    mask: int = -1,
    largest_file: int = -1,
    is_session: bool = False,
) -> Forked:
    """Start the program, or a script, on three files, None for one that is closed.

    `under` is a program under which it runs; `largest_file` the bytes after which a disk is full.
    """
    order = pickle.dumps({
        "words": list(words), "environment": dict(environment), "folder": str(folder), "script": script,
        "files": tuple(each is not None for each in files), "mask": mask, "largest_file": largest_file,
        "is_session": is_session,
    })  # fmt: skip
    told = socket.socket(socket.AF_UNIX)
    told.connect(_host(tuple(under), has_screens))
    standing = [each for each in files if each is not None]
    socket.send_fds(told, [len(order).to_bytes(4, "big")], standing)
    told.sendall(order)
    return Forked(int.from_bytes(told.recv(4), "big"), told)


def run(words: Sequence[str], environment: Mapping[str, str], *, said: bytes | None = None,
        out: int | None = -1, err: int | None = -1, **more: object) -> Told:  # fmt: skip
    """Run the program to its end; `out` and `err` go to the files given, are closed (None) or read (-1)."""
    given, told = os.pipe(), [os.pipe() if each == -1 else None for each in (out, err)]
    if said is not None:
        os.write(given[1], said)
    ends = [pipe[1] if pipe else file for pipe, file in zip(told, (out, err), strict=True)]
    source = os.open(os.devnull, os.O_RDONLY) if said is None else given[0]
    process = fork(words, (source, *ends), environment, **more)  # type: ignore[arg-type]
    for file in {source, *given, *(pipe[1] for pipe in told if pipe)}:
        os.close(file)
    written = _read([pipe[0] if pipe else None for pipe in told])
    return Told(process.wait(), *written)


def _read(files: Sequence[int | None]) -> list[bytes]:
    written = {file: b"" for file in files if file is not None}
    with selectors.DefaultSelector() as waiting:
        for file in written:
            waiting.register(file, selectors.EVENT_READ)
        while waiting.get_map():
            for key, _ in waiting.select():
                if more := os.read(key.fd, 1 << 16):
                    written[key.fd] += more
                else:
                    waiting.unregister(key.fd)
                    os.close(key.fd)
    return [b"" if file is None else written[file] for file in files]


@cache
def _host(under: tuple[str, ...], has_screens: bool) -> str:
    """The door of a host that has loaded the program; it ends with this process."""
    folder = tempfile.mkdtemp(prefix="forks")
    door = f"{folder}/door"
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'tests'}"}
    host = subprocess.Popen(
        [*under, sys.executable, str(_HOST), door, *(() if has_screens else _SCREENS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
    )  # fmt: skip
    assert host.stdin is not None
    assert host.stdout is not None
    assert host.stdout.readline() == b"ready\n"
    atexit.register(_end, host, host.stdin, door)
    return door


def _end(host: "subprocess.Popen[bytes]", held: IO[bytes], door: str) -> None:
    held.close()
    host.wait()
    Path(door).unlink()
    Path(door).parent.rmdir()
