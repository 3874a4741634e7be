"""Files as people name them, and files that are whole or not there at all."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rollertrack.domain.text import required_line
from rollertrack.errors import BadInput


@contextmanager
def written_beside(path: Path, data: bytes | Iterable[bytes], mode: int) -> Iterator[Path]:
    """The data in a file of those rights beside the path, to be renamed to it; removed if it is not.

    What a killed program left of an earlier one is removed first. Raises OSError when it cannot be written,
    as on a full disk.
    """
    import secrets  # nothing that only reads needs it

    name = path.name[:_MOST_OF_A_NAME]
    for left in left_behind(path.parent, f".{name}.", ".part"):
        with suppress(OSError):
            left.unlink()
    part = path.with_name(f".{name}.{os.getpid()}-{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


_MOST_OF_A_NAME = 40
"""Of any letters: four bytes each and what stands around them are a name that every disk takes."""
_A_DAY = 86_400


def left_behind(folder: Path, begins: str, ends: str = "") -> list[Path]:
    """The unfinished files of such names that nobody will finish: a day old, or of a process that is gone.

    The number of the process stands behind `begins`, with a hyphen after it.
    """
    import time

    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(begins) and entry.name.endswith(ends):
                process, hyphen, _ = entry.name[len(begins) :].partition("-")
                is_old = time.time() - entry.stat(follow_symlinks=False).st_mtime > _A_DAY
                if is_old or (hyphen and process.isdecimal() and not _runs(int(process))):
                    found.append(folder / entry.name)
    return found


def _runs(process: int) -> bool:
    """Whether a process of this computer runs; where that cannot be asked without harm, it does."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


_LONGEST_PATH = 4_096
OUTPUT = "-"
"""What stands for standard output where a text is written, and for standard input where one is read."""


def named_file(field: str, text: str) -> Path:
    """The path that a text names, with `~` read as a home folder; BadInput for one that names none.

    `-` names none: whoever writes text looks for it first.
    """
    if required_line(field, text, _LONGEST_PATH) == OUTPUT:
        raise BadInput(field, "- is no file here; name a file, ./- for one that is called so")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise BadInput(field, f"{text.split('/', 1)[0]} is nobody's home folder; name a file") from None
