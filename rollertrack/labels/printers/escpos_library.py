"""python-escpos, loaded late and kept from touching the rest of the process.

Version 3.1 on import parses 70 kB of YAML, makes a temporary folder that it never removes, and puts a
handler on the root logger that writes over the terminal UI; opening and closing a printer logs through
the root logger again.
"""

import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rollertrack.labels.printer import NotSent

if TYPE_CHECKING:
    from types import ModuleType

_VARIABLE = "ESCPOS_CAPABILITIES_PICKLE_DIR"
_LOADING = threading.Lock()


@contextmanager
def printer_classes(cache: Path) -> "Iterator[ModuleType]":
    """The module `escpos.printer`, for as long as the block runs without a word on the root logger.

    `cache` becomes a private folder for what python-escpos keeps between runs. Raises NotSent
    when the library cannot be loaded.
    """
    root, silence = logging.getLogger(), logging.NullHandler()
    # basicConfig does nothing while the root logger has a handler.
    root.addHandler(silence)
    try:
        yield _load(cache)
    finally:
        root.removeHandler(silence)


def _load(cache: Path) -> "ModuleType":
    with _LOADING:
        if "escpos.printer" not in sys.modules:
            _load_first(cache)
        import escpos.printer

        module: ModuleType = escpos.printer
        return module


def _load_first(cache: Path) -> None:
    try:
        _make_private(cache)
        with _contained(cache):
            try:
                import escpos.printer
            except Exception:  # noqa: BLE001, RUF100 - half a pickle can raise nearly anything
                _forget(cache)
                import escpos.printer  # noqa: F401
    except Exception as error:
        raise NotSent(f"python-escpos cannot be loaded from its cache in {cache}: {error}") from error


def _make_private(cache: Path) -> None:
    """What lies in this folder is unpickled, so nobody else may write there."""
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and cache.stat().st_uid != os.getuid():
        raise PermissionError("the folder belongs to another user")
    cache.chmod(0o700)


def _forget(cache: Path) -> None:
    """Remove a pickle that a process killed while writing may have left half done."""
    for pickle in cache.glob("*.capabilities.pickle"):
        pickle.unlink()


@contextmanager
def _contained(cache: Path) -> Iterator[None]:
    """Point the library at `cache`, also where it asks for a temporary folder it would leave behind."""
    before, make_folder, loader = os.environ.get(_VARIABLE), tempfile.mkdtemp, threading.get_ident()

    def mkdtemp(*args: Any, **options: Any) -> str:
        # Other threads must go on getting folders of their own.
        return str(cache) if threading.get_ident() == loader else make_folder(*args, **options)

    os.environ[_VARIABLE] = str(cache)
    tempfile.mkdtemp = mkdtemp  # type: ignore[assignment]
    try:
        yield
    finally:
        tempfile.mkdtemp = make_folder
        os.environ.pop(_VARIABLE)
        if before is not None:
            os.environ[_VARIABLE] = before
