"""A process that has loaded the program, and forks a process of its own for every call told to it.

Each stands where one that was just started would: with its own streams, environment, folder, mask and limits.
"""

import gc
import importlib
import io
import os
import pickle
import pkgutil
import resource
import runpy
import selectors
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TextIO

import rollertrack
from rollertrack.cli import run
from rollertrack.store.schema import made_schema

_ROOM = 1 << 20
_OUTPUT_LOST = 120


@dataclass(frozen=True)
class Order:
    """What a process is to be: the words of the program, or of a script; `files` says which are open."""

    words: Sequence[str]
    environment: dict[str, str]
    folder: str
    script: str = ""
    files: tuple[bool, bool, bool] = (True, True, True)
    mask: int = -1
    largest_file: int = -1
    is_session: bool = False


def _load(wings: Sequence[str]) -> None:
    """Load every module but those of the wings left out."""
    for module in pkgutil.walk_packages(rollertrack.__path__, "rollertrack."):
        if not module.name.startswith(tuple(wings)) and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    made_schema()  # what verify and rebuild compare with is worked out once, too
    gc.collect()
    gc.freeze()


def _serve(door: socket.socket) -> Order:
    """Fork one for every call and tell how it ended, while anybody holds the other end of this one's input.

    Only a process that was ordered returns, and with its order.
    """
    running: dict[int, socket.socket] = {}
    heard, ended = socket.socketpair()
    ended.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ended.fileno(), warn_on_full_buffer=False)
    with selectors.DefaultSelector() as waiting:
        for each in (door, sys.stdin, heard):
            waiting.register(each, selectors.EVENT_READ)
        while True:
            said = [key.fileobj for key, _ in waiting.select()]
            if sys.stdin in said:
                os._exit(0)
            if heard in said:
                heard.recv(_ROOM)
                _tell_the_ends(running)
            if door in said:
                caller, _ = door.accept()
                order, files = _asked(caller)
                pid = os.fork()
                if not pid:
                    break
                for file in files:
                    os.close(file)
                running[pid] = caller
                caller.sendall(pid.to_bytes(4, "big"))
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for each in (door, heard, ended, caller, *running.values()):
        each.close()
    _become(order, files)
    return order


def _tell_the_ends(running: dict[int, socket.socket]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with running.pop(pid) as caller, suppress(OSError):  # one that was left alone asks for no end
            caller.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _asked(caller: socket.socket) -> tuple[Order, list[int]]:
    said, files, _, _ = socket.recv_fds(caller, _ROOM, 3)
    length, said = int.from_bytes(said[:4], "big"), said[4:]
    while len(said) < length:
        said += caller.recv(_ROOM)
    return Order(**pickle.loads(said)), files


def _become(order: Order, files: Sequence[int]) -> None:
    """Stand as a process does that was just started."""
    if order.is_session:
        os.setsid()
    given = iter(files)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)  # a shell may have let the host ignore them
    for place, stands in enumerate(order.files):
        if stands:
            os.dup2(next(given), place)
        else:
            os.close(place)
    for file in files:
        os.close(file)
    os.environ.clear()
    os.environ.update(order.environment)
    time.tzset()
    os.chdir(order.folder)
    if order.mask >= 0:
        os.umask(order.mask)
    if order.largest_file >= 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.largest_file, order.largest_file))
        sys.dont_write_bytecode = True
    sys.stdin = sys.__stdin__ = _stream(0, "r", "")  # type: ignore[misc, assignment]
    sys.stdout = sys.__stdout__ = _stream(1, "w", "")  # type: ignore[misc, assignment]
    sys.stderr = sys.__stderr__ = _stream(2, "w", "backslashreplace")  # type: ignore[misc, assignment]
    sys.argv = [order.script or "rollertrack", *order.words]


def _stream(number: int, mode: str, errors: str) -> TextIO | None:
    """A standard stream as the interpreter makes it by the environment; None for one that is closed."""
    try:
        os.fstat(number)
    except OSError:
        return None
    wanted, _, how = os.environ.get("PYTHONIOENCODING", "").partition(":")
    is_plain = bool(os.environ.get("PYTHONUNBUFFERED")) and mode == "w"
    raw: Any = open(number, f"{mode}b", buffering=0 if is_plain else -1, closefd=False)  # noqa: SIM115
    is_live = mode == "w" and (number == 2 or raw.isatty())
    usual = "strict" if wanted else _ERRORS
    return io.TextIOWrapper(
        raw, wanted or _ENCODING, errors or how or usual, newline="\n" if mode == "w" else None,
        line_buffering=is_live and not is_plain, write_through=is_plain,
    )  # fmt: skip


_ENCODING, _ERRORS = sys.__stdin__.encoding, str(sys.__stdin__.errors)  # type: ignore[union-attr]


def _run(order: Order) -> int:
    """Run what was ordered; its exit status."""
    try:
        if order.script:
            runpy.run_path(order.script, run_name="__main__")
        else:
            run()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def _end(status: int) -> None:
    """End as the interpreter does: threads are waited for, and what could not be written is told of."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except OSError as error:
            status = _OUTPUT_LOST
            with suppress(OSError):
                os.write(2, f"Exception ignored in: {stream!r}\n{error}\n".encode())
    os._exit(status)


if __name__ == "__main__":
    path, *left_out = sys.argv[1:]
    _load(left_out)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        os.write(1, b"ready\n")
        _end(_run(_serve(listening)))
