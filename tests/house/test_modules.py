"""How the modules of the program hang together: no circle, no wing outside the order, none needs too many.

Imports are read from the source, wherever they stand: in a function, or for the type checker alone.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "rollertrack"
MOST_IMPORTS = 12


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _modules() -> dict[str, Path]:
    return {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _imported(source: str) -> Iterator[str]:
    """The modules of the program that a source imports; of a package, what is asked of it."""
    known = _modules()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from (name for name in [inner if inner in known else node.module] if name in known)


@cache
def _graph() -> dict[str, set[str]]:
    return {name: set(_imported(path.read_text("utf-8"))) - {name} for name, path in _modules().items()}


def test_no_module_imports_itself_by_way_of_others() -> None:
    try:
        TopologicalSorter(_graph()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_no_module_needs_too_many_of_ours() -> None:
    graph = _graph()
    lines = sum(path.read_text("utf-8").count("\n") for path in _modules().values())
    average = sum(map(len, graph.values())) / len(graph)
    print(f"{len(graph)} modules, {lines:,} lines, {average:.1f} own imports a module (0.1.0: 4.9)")  # noqa: T201
    above = {name: len(own) for name, own in graph.items() if len(own) > MOST_IMPORTS}
    assert not above


def test_every_wing_has_its_place_in_the_order_of_who_may_import_whom() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (order,) = (each["layers"] for each in contracts if each["type"] == "layers")
    placed = {name.strip() for layer in order for name in layer.split("|")}
    wings = {".".join(name.split(".")[:2]) for name in _modules()} - {"rollertrack"}
    assert wings - placed == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import rollertrack.errors", {"rollertrack.errors"}),
        (
            "def late():\n    from rollertrack.domain import code, text",
            {"rollertrack.domain.code", "rollertrack.domain.text"},
        ),
        ("if TYPE_CHECKING:\n    from rollertrack.errors import BadInput", {"rollertrack.errors"}),
        ("import ast\nfrom textual import work", set()),
    ],
)
def test_imports_are_seen_wherever_they_stand(source: str, found: set[str]) -> None:
    assert set(_imported(source)) == found


_BY_NAME = re.compile(r'"rollertrack[\w.]*\._[a-z]|(?:set|get|del)attr\([^\n]*"_[a-z]')


def test_no_test_reaches_a_private_member_of_ours_by_its_name() -> None:
    """The linter finds those that are written out; what is told to a patch is text to it."""
    of_textual, here = {"tests/conftest.py", "tests/harness/pilots.py"}, "tests/house/test_modules.py"
    found = {
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if _BY_NAME.search(path.read_text("utf-8"))
    }
    assert found == of_textual | {here}
    for planted in (
        'patch.setattr("rollertrack.store.copies._name", x)',
        'monkeypatch.setattr(fonts, "_has", 1)',
    ):
        assert _BY_NAME.search(planted)
