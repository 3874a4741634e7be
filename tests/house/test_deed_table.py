"""Every deed stands once, and whole: in the table, with what does it, its words, its form and its key."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen

from rollertrack import tui
from rollertrack.deeds import table as scopes
from rollertrack.deeds.table import BY_NAME, DEEDS, GROUPS, Deed, load
from rollertrack.domain.code import ALPHABET

PACKAGE = Path(__file__).parents[2] / "rollertrack"
READERS = {
    str(path.relative_to(PACKAGE)): path.read_text("utf-8")
    for wing in ("cli", "tui", "phone")
    for path in sorted((PACKAGE / wing).rglob("*.py"))
}
OF_THE_CALL = {"json", "database"}
FEWEST_SCREENS = 20
MOST_NAMES = 3
"""More names of deeds than that beside each other are a list of deeds."""


def dest(names: Sequence[str], facts: dict[str, object]) -> str:
    return str(facts.get("dest", names[-1].lstrip("-").replace("-", "_")))


def faults_of(deed: Deed) -> Iterator[str]:
    """What is wrong with one row."""
    for part in ("service", "handler", "form", "screen", "phone"):
        name = getattr(deed, part)
        try:
            if name and not callable(load(name)):
                yield f"{part} {name} does nothing"
        except (ImportError, AttributeError, ValueError) as error:
            yield f"{part} {name}: {error}"
    if not deed.service:
        yield "no service does it"
    if deed.scope not in vars(scopes).values():
        yield f"scope {deed.scope}"
    if bool(deed.words) is not bool(deed.summary) or (deed.options and not deed.words):
        yield "words, what they do and options go together"
    if not deed.words and not deed.label:
        yield "nobody can ask for it"
    first, _, second = deed.words.partition(" ")
    if bool(second) is not (first in GROUPS):
        yield f"group {first}"
    if bool(deed.label) is not bool(deed.does) or (deed.key and not deed.label):
        yield "key, label and sentence go together"
    # A printer answers on its screen; everything else asks something, or shows a screen.
    if deed.label and not (deed.form or deed.screen or deed.scope == scopes.PRINTER):
        yield "no form asks for its facts"
    if len(deed.key) == 1 and deed.key.upper() in ALPHABET:
        yield f"key {deed.key} is a letter of codes"


def faults_of_calls(deed: Deed) -> Iterator[str]:
    """Whether forms take the app, and services that are called with what was typed take just that."""
    if deed.form:
        form = load(deed.form)
        if not inspect.iscoroutinefunction(form) or next(iter(inspect.signature(form).parameters)) != "app":
            yield f"{deed.form} is no form"
    if deed.words and not deed.handler:
        typed = {dest(*option) for option in deed.options} - OF_THE_CALL
        taken = set(inspect.signature(load(deed.service)).parameters) - {"station"}
        if not typed <= taken:
            yield f"{deed.service} does not take {typed - taken}"


def faults_of_table(deeds: Sequence[Deed]) -> Iterator[str]:
    """What is wrong between rows."""
    for part in ("name", "words"):
        values = [getattr(deed, part) for deed in deeds if getattr(deed, part)]
        yield from (f"{part} {value} twice" for value in sorted(set(values)) if values.count(value) > 1)
    together = [
        {scopes.STATION, scopes.ROLLER, scopes.ROLLERS},
        *(
            {scopes.STATION, each}
            for each in (
                scopes.SOLUTION,
                scopes.NAMED,
                scopes.PRODUCT,
                scopes.PACK,
                scopes.PRINTER,
                scopes.JOB,
            )
        ),
    ]
    for on_screen in together:
        keys = [deed.key for deed in deeds if deed.key and deed.scope in on_screen]
        yield from (f"key {key} twice" for key in sorted(set(keys)) if keys.count(key) > 1)


def faults_of_readers(deeds: Sequence[Deed], readers: dict[str, str]) -> Iterator[str]:
    """Where a deed is told once more, or a form stands in the table that nobody opens."""
    said = {text for deed in deeds for text in (deed.does, deed.summary) if text}
    names = {deed.name for deed in deeds}
    literals = set()
    for name, source in readers.items():
        for node, texts in _texts_in(source):
            literals |= texts
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if called in {"Binding", "SystemCommand", "add_argument", "add_parser"} and texts & said:
                    yield f"{name}:{node.lineno} tells of a deed once more"
                bound = called == "Binding" and any(text.startswith("deed(") for text in texts)
                if bound and name != "tui/deed_keys.py":
                    yield f"{name}:{node.lineno} binds a deed by hand"
            if (
                isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict)
                and len(texts & names) > MOST_NAMES
            ):
                yield f"{name}:{node.lineno} lists deeds"
    for deed in deeds:
        if deed.form and not (deed.label or deed.name in literals or _opens_beside(deed, deeds)):
            yield f"nobody opens the form of {deed.name}"


@cache
def _texts_in(source: str) -> list[tuple[ast.AST, set[str]]]:
    """Every call and every row of things in a source, each with the texts in it; then the whole."""
    whole = ast.parse(source)
    asked = [
        node
        for node in ast.walk(whole)
        if isinstance(node, ast.Call | ast.Set | ast.List | ast.Tuple | ast.Dict)
    ]
    return [
        (
            node,
            {
                each.value
                for each in ast.walk(node)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            },
        )
        for node in (*asked, whole)
    ]


def _opens_beside(deed: Deed, deeds: Sequence[Deed]) -> bool:
    """Whether another row opens the same form: one form may mend or close two kinds of things."""
    return any(other.form == deed.form for other in deeds if other is not deed)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_deed_is_whole(deed: Deed) -> None:
    assert [*faults_of(deed), *faults_of_calls(deed)] == []


def test_no_two_deeds_have_the_same_name_words_or_key() -> None:
    assert list(faults_of_table(DEEDS)) == []
    assert {deed.words.split()[0] for deed in DEEDS if " " in deed.words} == set(GROUPS)


def test_no_screen_binds_a_key_twice() -> None:
    screens = list(_screens())
    assert len(screens) > FEWEST_SCREENS
    for screen in screens:
        keys = [
            key for each in screen.BINDINGS if isinstance(each, Binding) for key in each.key.split(",") if key
        ]
        assert sorted({key for key in keys if keys.count(key) > 1}) == [], screen


def _screens() -> Iterator[type[Screen[object]]]:
    """Every screen of the package, with the keys that its own class binds."""
    for module in pkgutil.walk_packages(tui.__path__, "rollertrack.tui."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, Screen) and each.__module__ == module.name:
                yield each


def test_no_deed_is_told_of_anywhere_else() -> None:
    assert list(faults_of_readers(DEEDS, READERS)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"service": ""},
        {"service": "services.keeping:forget"},
        {"service": "services.nowhere:note"},
        {"handler": "cli.rollers:nothing"},
        {"form": ""},
        {"form": "tui.forms.keeping:nothing"},
        {"screen": "tui.screens.nowhere:Screen"},
        {"scope": "somebody"},
        {"summary": ""},
        {"words": ""},
        {"words": "person"},
        {"words": "note add"},
        {"does": ""},
        {"label": ""},
        {"key": "d"},
        {"key": "r"},
    ],
    ids=str,
)
def test_a_row_that_lacks_something_is_found(changes: dict[str, str]) -> None:
    note = BY_NAME["note"]
    assert list(faults_of(note)) == []
    assert list(faults_of(note._replace(**changes))) != []  # type: ignore[arg-type]


def test_a_service_that_does_not_take_what_is_typed_is_found() -> None:
    assert list(faults_of_calls(BY_NAME["note"]._replace(service="services.keeping:retire"))) != []
    assert list(faults_of_calls(BY_NAME["note"]._replace(form="services.keeping:note"))) != []


@pytest.mark.parametrize("changes", [{"name": "use"}, {"words": "use"}, {"key": "a"}, {"key": "f6"}], ids=str)
def test_two_rows_that_clash_are_found(changes: dict[str, str]) -> None:
    other = BY_NAME["note"]._replace(**changes)  # type: ignore[arg-type]
    assert list(faults_of_table([*(deed for deed in DEEDS if deed.name != "note"), other])) != []


@pytest.mark.parametrize(
    "source",
    [
        'Binding("m", "note", "memo", tooltip="Write a note on it")',
        'Binding("m", "deed(\'note\')", "memo")',
        'yield SystemCommand("Note", "Write a note on it", do)',
        'parser.add_parser("note", help="write a note")',
        'BULK = frozenset({"soak", "done", "disinfect", "label"})',
        'HANDLERS = {"use": use, "soak": soak, "done": done, "note": note}',
    ],
)
def test_a_second_telling_is_found(source: str) -> None:
    assert list(faults_of_readers(DEEDS, READERS | {"tui/screens/planted.py": source})) != []


def test_a_form_that_nobody_opens_is_found() -> None:
    hidden = BY_NAME["note"]._replace(name="hidden", label="", form="tui.forms.keeping:hidden")
    assert list(faults_of_readers([*DEEDS, hidden], READERS)) == ["nobody opens the form of hidden"]


@pytest.mark.parametrize("group", [name for name, each in GROUPS.items() if ": " in each.summary])
def test_a_group_that_lists_its_commands_lists_them_all(group: str) -> None:
    listed = set(re.split("[,;] ", GROUPS[group].summary.split(": ")[1]))
    assert listed >= {deed.words.split(" ", 1)[1] for deed in DEEDS if deed.words.startswith(f"{group} ")}
