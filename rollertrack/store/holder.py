"""Who holds the write lock for long: a small file beside the database, true only while it is locked."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rollertrack.wording.dates import to_the_second
from rollertrack.wording.sentences import doing_text

try:
    import fcntl
except ImportError:  # a system without such locks: there nobody is named
    fcntl = None  # type: ignore[assignment]

SUFFIX = "-busy"
"""Behind the name of the database."""


def _marker(path: Path) -> Path:
    file = Path(os.path.realpath(path))
    return file.with_name(file.name + SUFFIX)


@contextmanager
def named(path: Path, what: str) -> Iterator[None]:
    """Say beside a database, while this lasts, what this program does with it; nothing where that cannot be.

    The lock on the file ends with the process, however it ends: what a crash leaves behind names nobody.
    """
    handle = _taken(path, what) if fcntl and what else None
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):
                _marker(path).unlink()
            os.close(handle)


def _taken(path: Path, what: str) -> int | None:
    try:
        handle = os.open(_marker(path), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(handle, 0)
        facts = {"what": what, "since": to_the_second(time.time_ns() // 1_000), "process": os.getpid()}
        os.write(handle, json.dumps(facts).encode())
    except OSError:
        os.close(handle)
        return None
    return handle


def doing(path: Path) -> str:
    """What another RollerTrack does with a database now, in words; empty when none says so."""
    if not fcntl:
        return ""
    try:
        handle = os.open(_marker(path), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _read(os.read(handle, 1000))
    finally:
        os.close(handle)
    return ""


def _read(content: bytes) -> str:
    try:
        said = json.loads(content)
        return doing_text(said["what"], said["since"], int(said["process"]))
    except (ValueError, KeyError, TypeError):
        return ""
