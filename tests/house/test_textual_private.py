"""Textual keeps some things to itself: one module reaches for them, and notices when they change."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from rollertrack.tui import textual_private
from rollertrack.tui.textual_private import TerminalApp, TerminalDriver

ROOT = Path(__file__).parents[2]
THE_ONE = "rollertrack.tui.textual_private"


def modules() -> dict[str, str]:
    paths = sorted((ROOT / "rollertrack").rglob("*.py"))
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    return {name: path.read_text("utf-8") for name, path in names.items() if name != THE_ONE}


def private_imports(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)) if "textual" in source else ():
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        for name in (f"{module}.{each}".strip(".") for each in named):
            first, *rest = name.split(".")
            if first == "textual" and any(part.startswith("_") for part in rest):
                found.append(name)
    return found


@cache
def own_names(kind: type) -> frozenset[str]:
    """What a class of Textual has for itself: private methods, and attributes it sets."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind)))
    return frozenset(private_names(tree)) | {name for name in vars(kind) if is_private(name)}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def private_names(tree: ast.AST) -> Iterator[str]:
    """The private names that a class takes from itself or gives itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            yield from [node.attr] if is_private(node.attr) else []
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and is_private(node.name):
            yield node.name


def of_textual(kind: type) -> frozenset[str]:
    """The private names of every class of Textual that a class of ours is built on."""
    bases = [base for base in kind.__mro__ if base.__module__.split(".")[0] == "textual"]
    return frozenset().union(*map(own_names, bases))


def reached_for(kind: type) -> set[str]:
    return set(private_names(ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind))))) & of_textual(kind)


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("rollertrack.tui")])
def test_a_class_of_ours_takes_nothing_private_of_textual(name: str) -> None:
    module = importlib.import_module(name)
    kinds = [each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == name]
    assert {kind.__name__: found for kind in kinds if (found := reached_for(kind))} == {}


def test_no_module_imports_what_textual_keeps_to_itself() -> None:
    assert {name: found for name, source in modules().items() if (found := private_imports(source))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from textual._xterm_parser import XTermParser",
        "import textual._compositor",
        "from textual.widgets._footer import FooterKey",
        "def late():\n    from textual import _ansi_sequences",
    ],
)
def test_an_import_of_something_private_is_found(source: str) -> None:
    assert private_imports(source) != []


class Taking(App[None]):
    def leave(self) -> None:
        self._close_messages_no_wait()


class Covering(App[None]):
    def _fatal_error(self) -> None:
        """Something else."""


def test_a_class_that_reaches_for_something_private_is_found() -> None:
    assert reached_for(Taking) == {"_close_messages_no_wait"}
    assert reached_for(Covering) == {"_fatal_error"}


def test_what_is_reached_for_is_still_there() -> None:
    source = inspect.getsource(textual_private)
    assert {"_handle_exception", "_fatal_error", "_exit_renderables", "_close_messages_no_wait",
            "_exception", "_driver"} <= of_textual(TerminalApp)  # fmt: skip
    assert {"_run_input_thread", "_app", "_file", "_debug"} <= of_textual(TerminalDriver)
    assert "self._run_input_thread" in inspect.getsource(LinuxDriver.start_application_mode)
    assert "self._fatal_error()" in inspect.getsource(App._handle_exception)
    assert "_exit_renderables" in inspect.getsource(App._print_error_renderables)
    assert list(inspect.signature(XTermParser.__init__).parameters) == ["self", "debug"]
    used = {each for each in private_names(ast.parse(source)) if each in of_textual(TerminalDriver)}
    assert used >= {"_run_input_thread", "_app", "_file", "_debug"}
