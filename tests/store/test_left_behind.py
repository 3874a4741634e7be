"""What a killed program leaves of a file it never finished goes at the next write, and nobody else's does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rollertrack.files import left_behind, written_beside
from rollertrack.store.copies import new_file

DAY = 86_400


@pytest.fixture(scope="module")
def gone() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def left(folder: Path, name: str, age: int = 0) -> Path:
    """A file of some seconds of age."""
    path = folder / name
    path.write_text("half")
    then = path.stat().st_mtime - age
    os.utime(path, (then, then))
    return path


def test_what_a_killed_program_left_of_a_copy_goes_at_the_next_copy(tmp_path: Path, gone: int) -> None:
    dead = [left(tmp_path, f"b.db.partial-{gone}-1{side}") for side in ("", "-wal", "-journal")]
    old = [left(tmp_path, name, DAY + 60) for name in ("b.db.partial-3", f"b.db.partial-{os.getpid()}-7")]
    kept = [
        left(tmp_path, f"b.db.partial-{os.getpid()}-2"),
        left(tmp_path, "b.db.partial-1", DAY - 60),  # as an earlier version called it, of nobody knows whom
        left(tmp_path, f"other.db.partial-{gone}-1", DAY + 60),
        left(tmp_path, "b.db.before-restore-1", DAY + 60),
    ]
    with new_file(tmp_path / "b.db") as partial:
        partial.write_text("whole")
    assert not [path for path in (*dead, *old) if path.exists()]
    assert [path.read_text() for path in kept] == ["half"] * len(kept)
    assert sorted(tmp_path.iterdir()) == sorted([*kept, tmp_path / "b.db"])


def test_what_a_killed_program_left_of_a_file_goes_at_the_next_one(tmp_path: Path, gone: int) -> None:
    dead, old = left(tmp_path, f".a.csv.{gone}-ab.part"), left(tmp_path, ".a.csv.x.part", DAY + 60)
    kept = [left(tmp_path, f".a.csv.{os.getpid()}-ab.part"), left(tmp_path, f".b.csv.{gone}-ab.part")]
    target = tmp_path / "a.csv"
    with written_beside(target, b"whole", 0o600) as part:
        part.replace(target)
    assert not dead.exists()
    assert not old.exists()
    assert sorted(tmp_path.iterdir()) == sorted([*kept, target])


@pytest.mark.parametrize("letter", ["a", "ä", "🪡"])
def test_a_file_of_the_longest_name_is_written_beside_too(tmp_path: Path, letter: str) -> None:
    target = tmp_path / (letter * (255 // len(letter.encode())))
    with written_beside(target, b"whole", 0o600) as part:
        part.replace(target)
    assert target.read_bytes() == b"whole"


def test_a_folder_that_cannot_be_listed_keeps_nothing_from_being_written(tmp_path: Path) -> None:
    assert left_behind(tmp_path / "none", "a") == []
