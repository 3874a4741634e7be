"""Who shows words makes none: sentences, months, units, plurals and local time are the wing's.

And the wing, which screens and phones read too, names no option but to a command line.
"""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import rollertrack

ROOT = Path(rollertrack.__file__).parent
READERS = ("cli", "tui", "phone")
_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|January|February|March|April|June|July|August|"
    r"September|October|November|December)\b"
)
# Right behind a value: 5 s, 3 days; and an s of one's own: rollers.
_UNIT = re.compile(r" ?(?:d|h|min|s|ms|mm|days?|hours?|minutes?|seconds?)\b")
_ARTICLE = re.compile(r"an? \Z|(?:.* )an? \Z")
# Two words side by side, or one with the stop of a sentence: more than a label, a key or a style.
_SENTENCE = re.compile(r"[A-Za-z’']{2,},? [A-Za-z’']{2,}|[ ”)][a-z]{2,}[.?!](?: |\Z)")
_OWN = "a sentence of its own"
_CLOCK = {"astimezone", "fromtimestamp", "strftime", "localtime", "isoformat", "fromisoformat", "local"}
_MICROS = {60_000_000, 3_600_000_000, 86_400_000_000, 3_600, 86_400}
OF_THE_COMMAND_LINE = ("cli", "deeds")
_OPTION = re.compile(r"(?<![\w-])--[a-z]")
# Whoever reads it can type a whole command, and names the database when they start any front end.
_TYPED_ANYWHERE = re.compile(r"rollertrack [^`”]*|--database\b")


def made_here(source: str, *, speaks: bool = False) -> Iterator[str]:
    """What a module words by itself, each with its line; one that `speaks` may make sentences."""
    tree = ast.parse(source)
    sentences = _docstrings(tree)
    for node in ast.walk(tree):
        if node in sentences or not (fault := _fault(node)):
            continue
        if not (speaks and fault.startswith(_OWN)):
            yield f"{getattr(node, 'lineno', 0)}: {fault}"


def _docstrings(tree: ast.Module) -> set[ast.AST]:
    return {each.value for each in ast.walk(tree) if isinstance(each, ast.Expr)}


def _fault(node: ast.AST) -> str:  # noqa: PLR0911 - a table of what may not be
    match node:
        case ast.Constant(value=str(text)) if _MONTH.search(text):
            return f"a month in {text!r}"
        case ast.Constant(value=str(text)) if text.lower() == "aeiou":
            return "an article of its own"
        case ast.Constant(value=int(number)) if number in _MICROS:
            return f"a unit of time, {number:,}"
        case ast.JoinedStr(values=parts):
            return _joined(parts)
        case ast.Call(func=ast.Attribute(attr="format", value=ast.Constant(value=str(text)))) if (
            _SENTENCE.search(text)
        ):
            return f"{_OWN}, {text!r}"
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return _added(node)
        case ast.IfExp():
            return _chosen(node)
        case ast.Attribute(attr=name) if name in _CLOCK:
            return f"a conversion of time, {name}"
        case ast.Call(func=ast.Attribute(attr="capitalize" | "title")):
            return "a sentence's case"
        case ast.Call(func=ast.Attribute(attr="upper", value=ast.Subscript())):
            return "a sentence's case"
        case _:
            return ""


def _joined(parts: list[ast.expr]) -> str:
    for before, part in pairwise(parts):
        text = part.value if isinstance(part, ast.Constant) else ""
        if isinstance(before, ast.FormattedValue) and isinstance(text, str) and _UNIT.match(text):
            return f"a unit or a plural in {text!r}"
        if (
            isinstance(before, ast.Constant)
            and isinstance(before.value, str)
            and _ARTICLE.match(before.value)
        ):
            return f"an article in {before.value!r}"
    if any(isinstance(part, ast.FormattedValue) for part in parts) and (said := _sentence(parts)):
        return f"{_OWN}, {said!r}"
    specs = (part.format_spec for part in parts if isinstance(part, ast.FormattedValue) and part.format_spec)
    return "a time's form" if any("%" in ast.unparse(spec) for spec in specs) else ""


def _sentence(parts: list[ast.expr]) -> str:
    """The first of some pieces of text that is part of a sentence."""
    texts = (part.value for part in parts if isinstance(part, ast.Constant))
    return next((text for text in texts if isinstance(text, str) and _SENTENCE.search(text)), "")


def _added(node: ast.BinOp) -> str:
    """Words put before or behind a value."""
    sides = [node.left, node.right]
    said = _sentence(sides)
    return f"{_OWN}, {said!r}" if said and not all(_is_text(side) for side in sides) else ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _chosen(node: ast.IfExp) -> str:
    """Words that differ for one and for many."""
    counts_one = any(sign in ast.unparse(node.test) for sign in ("== 1", "!= 1", "> 1"))
    branches = [each for each in (node.body, node.orelse) if isinstance(each, ast.Constant | ast.JoinedStr)]
    worded = [each for each in branches if not isinstance(each, ast.Constant) or isinstance(each.value, str)]
    return "a plural of its own" if counts_one and worded else ""


@pytest.mark.parametrize("wing", READERS)
def test_readers_make_no_words_of_dates_units_and_numbers(wing: str) -> None:
    files = sorted((ROOT / wing).rglob("*.py"))
    assert files
    faults = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in files
        # What the command line says of its own words and options is its own.
        for fault in made_here(path.read_text("utf-8"), speaks=wing == "cli")
    ]
    assert not faults, "\n".join(faults)


PLANTED = {
    "a month": 'x = ("Jan", "Feb")',
    "a unit": 'x = f"{seconds} s"',
    "a spelled unit": 'x = f"due in {days} days."',
    "a plural's s": 'x = f"{count} roller" if count == 1 else f"{count} rollers"',
    "a plural's verb": 'x = "owes" if len(codes) == 1 else "owe"',
    "an article": 'x = f"an {word}"',
    "an article's letters": 'x = word[0] in "aeiou"',
    "a capital": "x = text[:1].upper() + text[1:]",
    "a capital by the library": "x = text.capitalize()",
    "local time": "x = then.astimezone()",
    "a time's form": 'x = f"{then:%H:%M}"',
    "a minute": "x = now // 60_000_000",
    "a sentence": 'x = f"Puts {shown(code)} in quarantine: STOP until it is released."',
    "a sentence's end": 'x = f"{name} is out."',
    "a part of a sentence": 'x = f"{doing} on {printer}, then it stops"',
    "a sentence to be filled": 'x = "{} is put aside until it is released.".format(name)',
    "a sentence by the sign": 'x = "%s is put aside." % name',
    "a sentence that goes on": 'x = "It will say: " + message',
}


@pytest.mark.parametrize("source", PLANTED.values(), ids=PLANTED)
def test_a_word_of_its_own_is_found(source: str) -> None:
    assert list(made_here(source))


@pytest.mark.parametrize(
    "source",
    ['x = f"{count} of {whole} used"', 'x = only if len(found) == 1 else None', 'x = f"{shown(code)} so"',
     '"""A page for Jan, 3 days old."""',
     'x = f"bold $verdict-{word}"', 'x = f"{sign} {word}"', 'x = "one " + "two three"',
     'x = code.upper()', 'x = f"{name:<16}"'],
)  # fmt: skip
def test_other_words_are_left_alone(source: str) -> None:
    assert not list(made_here(source))


def options_named(source: str) -> Iterator[str]:
    """The sentences of a module that name an option, each with its line; but for what is called at_prompt."""
    if "--" not in source:
        return
    tree = ast.parse(source)
    others = _docstrings(tree)
    for node in ast.walk(tree):
        if any("at_prompt" in name.lower() for name in _names(node)):
            others |= set(ast.walk(node))
    for node in ast.walk(tree):
        if node in others:
            continue
        if isinstance(node, ast.JoinedStr):
            others |= set(node.values)  # its pieces are read as the sentence that they are part of
            parts = (str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
            said = "".join(parts)
        else:
            said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if _OPTION.search(_TYPED_ANYWHERE.sub("", said)):
            yield f"{getattr(node, 'lineno', 0)}: an option in {said!r}"


def _names(node: ast.AST) -> list[str]:
    """What an argument, a function or a variable is called."""
    match node:
        case ast.keyword(arg=str(name)) | ast.FunctionDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [each.id for each in targets if isinstance(each, ast.Name)]
    return []


def test_whoever_reads_no_command_line_is_told_of_no_option() -> None:
    files = [
        path
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).parts[0] not in OF_THE_COMMAND_LINE
    ]
    assert len(files) > 200
    faults = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in files
        for fault in options_named(path.read_text("utf-8"))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        'raise BadInput("lot", "is missing; give --lot as the pack reads")',
        'said = f"{code} is soaking; --early ends it"',
        'said = f"give --{field}"',
        'raise BadInput("lot", plain, f"{plain} (--lot)")',
        'said = f"Run `rollertrack verify` first. {seal} is given as --seal."',
        'HINT = ("Nothing was written; "\n"--commit writes it down.")',
    ],
)
def test_an_option_that_anybody_may_read_is_found(source: str) -> None:
    assert list(options_named(source))


@pytest.mark.parametrize(
    "source",
    [
        'raise BadInput("lot", "is missing", at_prompt="is missing; give --lot")',
        'def way_at_prompt(name):\n    return f"--{name} gives it"',
        'WAY_AT_PROMPT = "--commit writes it down"',
        'said = f"`rollertrack trace --solution {code} --since-last-pass` lists what lay in it."',
        'said = "name another with --database"',
        'CLASSES = {"table--cursor"}',
        '"""What --lot gives."""',
    ],
)
def test_an_option_told_to_a_command_line_alone_is_left_alone(source: str) -> None:
    assert not list(options_named(source))
