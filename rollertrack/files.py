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

    Raises OSError when it cannot be written, as on a full disk.
    """
    import secrets  # nothing that only reads needs it

    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


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
