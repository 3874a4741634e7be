"""The checks every change must pass: lint, form, types, who imports whom."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["importlinter.cli", "lint_imports_command"],
    ],
    ids=["lint", "form", "types", "imports"],
)
def test_the_house_is_in_order(command: list[str]) -> None:
    call = ["-m", *command]
    if command[0].startswith("importlinter"):
        call = ["-c", f"from {command[0]} import {command[1]}; {command[1]}()", "--no-cache"]
    done = subprocess.run([sys.executable, *call], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
