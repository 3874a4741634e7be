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


def test_no_file_and_no_function_has_two_jobs() -> None:
    import ast

    too_long = []
    for path in sorted((ROOT / "rollertrack").rglob("*.py")):
        source = path.read_text("utf-8")
        if source.count("\n") > 500:
            too_long.append(f"{path.name} is longer than 500 lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 50:
                    too_long.append(f"{path.name}: {node.name} has {lines} lines")
    assert not too_long
