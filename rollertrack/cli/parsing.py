"""From words to a command and its arguments; bad usage is one sentence, not a usage screen."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from rollertrack.deeds.table import DEEDS, GROUPS, Deed
from rollertrack.domain.text import excerpt, near_hint
from rollertrack.errors import BadInput

_HELP = frozenset({"-h", "--help"})
_STATUSES = """
Exit status: 0 done, USE or USE WITH CARE; 1 any other word, or refused; 2 bad input; 3 the database or a
device failed; 4 done, but the answer could not be written: do not repeat it."""


class Call(NamedTuple):
    """The deed asked for, none for the terminal UI; its arguments, and the database typed with it."""

    deed: Deed | None
    arguments: Any
    database: str | None


def parse(words: Sequence[str]) -> Call:
    """The call that some words make; the bare program opens the terminal UI."""
    database, rest = _leading_database(list(words))
    if not rest:
        return Call(None, SimpleNamespace(json=False), database)
    deed, rest = _find(rest)
    from rollertrack.cli.arguments import build_parser  # argparse is not needed to know that a word is none

    arguments = build_parser(deed).parse_args(rest)
    named = database if arguments.database is None else arguments.database
    return Call(deed, arguments, named)


def _leading_database(words: list[str]) -> tuple[str | None, list[str]]:
    database = None
    while words and words[0].split("=", 1)[0] == "--database":
        _, sign, value = words.pop(0).partition("=")
        if not sign and words:
            value = words.pop(0)
        if not value:
            raise BadInput("database", "needs the path of a file")
        database = value
    return database, words


def _find(words: list[str]) -> tuple[Deed, list[str]]:
    if deed := _BY_WORDS.get((words[0],)):
        return deed, words[1:]
    group, rest = _named(_commands(), words[0], "rollertrack --help"), words[1:]
    usual = GROUPS[group].usual
    if usual and (not rest or rest[0].startswith("-")):
        rest = [usual, *rest]
    members = _members(group)
    if not rest:
        raise BadInput("command", f"`{group}` needs one of: {', '.join(members)}")
    return _BY_WORDS[group, _named(members, rest[0], f"rollertrack {group} --help")], rest[1:]


_BY_WORDS = {tuple(deed.words.split()): deed for deed in DEEDS if deed.words}


def _commands() -> dict[str, str]:
    """Every first word with what it does."""
    summaries = {}
    for deed in DEEDS:
        first, _, more = deed.words.partition(" ")
        if first:
            summaries[first] = GROUPS[first].summary if more else deed.summary
    return summaries


def _members(group: str) -> dict[str, str]:
    """The second words of a group, each with what it does."""
    named = ((deed.words.partition(" "), deed.summary) for deed in DEEDS)
    return {second: summary for (first, _, second), summary in named if first == group}


def _named(known: Mapping[str, str], word: str, help_with: str) -> str:
    if word in known:
        return word
    hint = near_hint(word, list(known), f"`{help_with}` lists the commands")
    raise BadInput("command", f"“{excerpt(word)}” is not known; {hint}")


def help_asked(words: Sequence[str]) -> str | None:
    """The help that the words ask for, of the whole program or of a group; argparse has that of a command."""
    _, rest = _leading_database(list(words))
    if rest and rest[0] in {*_HELP, "help"}:
        return _overview()
    if len(rest) > 1 and rest[0] in GROUPS and rest[1] in _HELP:
        group = rest[0]
        return _listed(f"usage: rollertrack {group} COMMAND", f"rollertrack {group}", _members(group))
    return None


def _overview() -> str:
    usage = "usage: rollertrack [--database PATH] [COMMAND]\n\nWithout a command: the terminal UI."
    return f"{_listed(usage, 'rollertrack', _commands())} A reminder, not medical advice.\n{_STATUSES}"


def _listed(usage: str, prefix: str, commands: Mapping[str, str]) -> str:
    lines = [f"  {name:11} {does}" for name, does in commands.items()]
    return "\n".join([usage, "", *lines, "", f"`{prefix} COMMAND --help` shows a command."])
