"""Files that are whole or not there at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def written_beside(path: Path, data: bytes, mode: int) -> Iterator[Path]:
    """The data in a file of those rights beside the path, to be renamed to it; removed if it is not.

    Raises OSError when it cannot be written, as on a full disk.
    """
    import secrets  # nothing that only reads needs it

    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
