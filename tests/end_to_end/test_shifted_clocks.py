"""The real program, each command in a process of its own, whose wall clock alone is shifted."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

_PROGRAM = """
import sys, time
shift, real = int(sys.argv.pop(1)) * 10**9, time.time_ns
time.time_ns = lambda: real() + shift
from rollertrack.cli import run
sys.exit(run())
"""
DAY = 86_400


def run(path: Path, shift: int, *words: str) -> subprocess.CompletedProcess[str]:
    """One command, its wall clock shifted by some seconds."""
    typed = [sys.executable, "-c", _PROGRAM, str(shift), "--database", str(path), *words]
    return subprocess.run(typed, capture_output=True, text=True, check=False, timeout=120)


def a_roller(path: Path) -> str:
    return run(path, -3 * DAY, "add", "--length", "0.25").stdout.split()[-1]


def test_a_use_by_a_clock_two_days_behind_is_owed(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    code = a_roller(path)
    assert run(path, 0, "disinfect", code, "--agent", "alcohol", "--minutes", "10").returncode == 0
    assert run(path, 0, "check", code).stdout.startswith("✓ USE")
    assert run(path, -2 * DAY, "use", code, "--despite", "in a hurry").returncode == 0
    told = run(path, 0, "check", code)
    assert told.returncode == 1
    assert told.stdout.startswith("~ WASH FIRST")


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has no boot clock of that name")
def test_a_soak_begun_an_hour_behind_has_not_run_an_hour(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    code = a_roller(path)
    assert run(path, -3_600, "soak", code, "--agent", "alcohol").returncode == 0
    assert run(path, 0, "check", code).stdout.startswith("◔ WAIT")
    refused = run(path, 0, "done", code)
    assert refused.returncode == 1
    assert "the clock was changed meanwhile" in refused.stderr
    assert run(path, 0, "done", code, "--early").returncode == 0
    assert run(path, 0, "check", code).stdout.startswith("~ WASH FIRST")
