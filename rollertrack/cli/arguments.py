"""The arguments of one command, by argparse, whose faults become sentences."""

import argparse
import os
import re
import sys
from functools import partial
from typing import NoReturn

from rollertrack.cli.output import Output
from rollertrack.deeds.table import Deed
from rollertrack.domain.text import excerpt
from rollertrack.errors import BadInput


def build_parser(deed: Deed) -> argparse.ArgumentParser:
    """The parser of one command."""
    parser = _Parser(
        prog=f"rollertrack {deed.words}",
        description=deed.summary,
        allow_abbrev=False,
        formatter_class=partial(argparse.HelpFormatter, width=_columns() - 2),
    )
    for option in deed.options:
        parser.add_argument(*option.names, **option.facts)
    parser.add_argument("--database", metavar="PATH", help="the database file")
    return parser


def _columns() -> int:
    """How wide the terminal is; argparse would load shutil with all its archives to ask that."""
    try:
        if (asked := int(os.environ.get("COLUMNS", "0"))) > 0:
            return asked
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):
        return 80


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        field, why = _sentence(message)
        raise BadInput(field, f"{why}; `{self.prog} --help` shows how")

    def _print_message(self, message: str, file: object = None) -> None:  # noqa: ARG002 - argparse's shape
        Output(as_json=False).say(*message.rstrip("\n").split("\n"))


def _sentence(message: str) -> tuple[str, str]:
    """The field and the fault in argparse's words."""
    if found := re.fullmatch(r"argument ([^:]+): (.*)", message, re.DOTALL):
        name = found[1].split("/")[-1].lstrip("-")
        return name, found[2].replace("expected one argument", "needs a value")
    if found := re.fullmatch(r"the following arguments are required: (.*)", message, re.DOTALL):
        first = found[1].split(",")[0].strip()
        return first.lstrip("-").lower(), f"is missing; give {found[1]}"
    if found := re.fullmatch(r"unrecognized arguments: (.*)", message, re.DOTALL):
        return "command", f"“{excerpt(found[1])}” is not understood here"
    return "command", message
