"""python-escpos at arm's length: what loading it may not do to the process and to the disk."""

import logging
import os
import subprocess
import sys
from pathlib import Path

from rollertrack.labels.printers.escpos_library import printer_classes


def test_python_escpos_leaves_no_trace_in_the_process(tmp_path: Path) -> None:
    temporary, cache = tmp_path / "tmp", tmp_path / "cache"
    temporary.mkdir()
    script = f"""
import logging, os, tempfile
from pathlib import Path
from rollertrack.labels.printers.escpos_library import printer_classes
before = dict(os.environ), tempfile.mkdtemp
with printer_classes(Path({str(cache)!r})):
    pass
assert logging.getLogger().handlers == []
assert (dict(os.environ), tempfile.mkdtemp) == before
"""
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(temporary.iterdir()) == []
    assert cache.stat().st_mode & 0o777 == 0o700
    assert [file.name.endswith(".capabilities.pickle") for file in cache.iterdir()] == [True]


def test_half_a_cache_is_thrown_away_and_made_anew(tmp_path: Path) -> None:
    version = ".".join(str(part) for part in sys.version_info[:3])
    pickle = tmp_path / f"{version}.capabilities.pickle"
    pickle.write_bytes(b"\x80\x02}q\x00")
    os.utime(pickle, (2e9, 2e9))
    script = (
        "from pathlib import Path\nfrom rollertrack.labels.printers.escpos_library import printer_classes\n"
        f"with printer_classes(Path({str(tmp_path)!r})) as printers: print(printers.File.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "File\n"


def test_a_cache_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    script = (
        "from pathlib import Path\nfrom rollertrack.errors import DeviceFailed\n"
        "from rollertrack.labels.printers.escpos_library import printer_classes\n"
        "try:\n"
        f"    with printer_classes(Path({str(file)!r})): pass\n"
        "except DeviceFailed as error:\n    print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("NotSent python-escpos cannot be loaded from its cache in ")


def test_the_root_logger_keeps_the_handlers_it_had(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    with printer_classes(tmp_path):
        pass
    assert logging.getLogger().handlers == before
