"""Simple lists of what else has a code: persons, solutions, operators and sharps bins."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content

from rollertrack.deeds.table import PERSON, SOLUTION
from rollertrack.domain.code import KIND_WORDS, Kind, shown
from rollertrack.domain.quantities import dose
from rollertrack.domain.text import printable
from rollertrack.services import lists, people
from rollertrack.services.station import Done
from rollertrack.tui.deed_keys import commands, key_of, keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, CalmList, ListScreen, MendList, OpenList
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording.registers import (
    NO_OPERATOR,
    closed_operator,
    closed_text,
    person_facts,
    solution_facts,
)

_NAME = 24
RegisterRow = tuple[str, str, Sequence[str]]
"""The code, the label, and what else is known."""


class RegisterScreen(ListScreen[RegisterRow]):
    """A list of codes with a label each; `adds` and `mends` name the deeds of its kind."""

    list_type: ClassVar[type[CalmList]] = MendList
    adds: ClassVar[str]
    mends: ClassVar[str]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", id="register.add", tooltip="Add one"),
        Binding("ctrl+l", "label", "label", id="register.label", tooltip="Print the label of the chosen one"),
        BACK,
    ]

    _width = 0

    def prompt(self, row: RegisterRow) -> Content:
        """Code, label, facts."""
        code, label, facts = row
        rest = printable(" · ".join(filter(None, facts)))
        return Content.assemble((shown(code), "bold"), f"  {padded(label, self._width)}  ", (rest, "dim"))

    def show_rows(self, rows: Sequence[RegisterRow]) -> None:
        """Give the labels as much room as they take, and the facts behind them the rest."""
        width = min(_NAME, max((cell_len(printable(label)) for _, label, _ in rows), default=0))
        if width != self._width:
            self._width, self.rows = width, ()  # every line is drawn anew
        super().show_rows(rows)

    def key(self, row: RegisterRow) -> str:
        """Its code."""
        return row[0]

    def follow(self, done: Done) -> None:
        """Put the cursor on what was just added: the next key is for that one."""
        self.wanted = next(iter(done.codes), None)

    def action_add(self) -> None:
        """Add one."""
        self.app.do(self.adds)

    def action_label(self) -> None:
        """Print the label of the chosen one."""
        if self.chosen:
            self.app.do("label", [self.chosen[0]])

    def action_choose(self) -> None:
        """Mend the chosen one."""
        self.action_deed(self.mends)

    def action_deed(self, name: str) -> None:
        """Do a deed to the chosen one."""
        if self.chosen:
            self.app.do(name, self.chosen[0])


class PeopleScreen(RegisterScreen):
    """Persons: a code and a short label, never a full name."""

    help = Help(
        "Persons",
        "Who rollers are used on: a code and a short label, never a full name. What is noted to ask a "
        "professional about turns a USE into a USE WITH CARE. Enter opens one: how long the skin rests, what "
        "to ask first, every session.",
    )
    where = "persons"
    empty = "No person is on record yet. A roller is for one person alone; a adds one by a short label."
    adds, mends = "add_person", "edit_person"
    list_type = OpenList
    # Asked they are on their own screen, where the others stand among the keys too: here one is added.
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(each, show=False) for each in keys_of(PERSON) if each.key != "a"
    ]

    async def read_rows(self) -> Sequence[RegisterRow]:
        """Every person, with the sessions."""
        now = self.app.clock()
        rows = await self.app.backend.run(people.list_persons)
        return [(row.code, row.label, person_facts(row, now)) for row in rows]

    def own_commands(self) -> Iterable[SystemCommand]:
        """The deeds to the chosen one."""
        return commands(self.action_deed, PERSON, to=self.chosen[0], without=("ask",)) if self.chosen else ()

    def action_choose(self) -> None:
        """Open the chosen one."""
        if self.chosen:
            self.app.open_record(self.chosen[0])


class SolutionsScreen(RegisterScreen):
    """Bottles and jars: agent, strength, lot, test strips."""

    help = Help(
        "Solutions",
        "One line for each opened bottle or jar. Scan its label beside a roller to soak in it. "
        "Enter mends its facts, i logs a test strip, x logs that it was thrown away.",
    )
    where = "solutions"
    has_ages = True
    empty = (
        "No bottle or jar is on record yet. One that is has its age and its test strips watched, and its "
        "label starts a soak; a adds one."
    )
    adds, mends = "add_solution", "edit_solution"
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(SOLUTION),
    ]

    async def read_rows(self) -> Sequence[RegisterRow]:
        """Every solution, those in use first."""
        now = self.app.clock()
        rows = await self.app.backend.run(lists.list_solutions)
        return [(row.code, dose(row.agent, row.strength), solution_facts(row, now)) for row in rows]


class OperatorsScreen(RegisterScreen):
    """Who works here, and the sharps bins."""

    help = Help(
        "Operators and sharps bins",
        "Scan the card of an operator and every deed from then on is theirs; their code stands in the top "
        "line. Scan a bin after a roller to retire the roller into it. x closes one, and opens a closed one "
        "again.",
    )
    where = "operators and bins"
    empty = (
        "No operator and no sharps bin is on record yet. An operator is who did a deed, a bin is where used "
        "rollers end; a adds an operator, i a bin."
    )
    adds, mends = "add_operator", "edit_operator"
    BINDINGS: ClassVar[list[BindingType]] = [
        key_of("add_bin"),
        Binding("y", "work", "works here", id="operators.work", tooltip="Do every deed as this one"),
        key_of("close_operator"),
    ]

    async def read_rows(self) -> Sequence[RegisterRow]:
        """Operators, then bins."""
        now, ask = self.app.clock(), self.app.backend.run
        kinds = [Kind.OPERATOR, Kind.BIN]
        found = [(kind, await ask(people.list_named, kind)) for kind in kinds]
        return [
            (row.code, row.label, (KIND_WORDS[kind], closed_text(row, now), self._here(row.code)))
            for kind, rows in found
            for row in rows
        ]

    def _here(self, code: str) -> str:
        return "works here now" if code == self.app.operator else ""

    def action_deed(self, name: str) -> None:
        """Register a sharps bin, or do a deed to the chosen one."""
        if name == "add_bin":
            self.app.do(name)
        else:
            super().action_deed(name)

    def action_work(self) -> None:
        """Do every deed from now on as the chosen operator."""
        if self.chosen and self.chosen[0].startswith(Kind.OPERATOR):
            self.app.attempt(self._work, self.chosen[0])
        elif self.chosen:
            self.app.notify(NO_OPERATOR, markup=False)

    async def _work(self, code: str) -> None:
        if await self.app.backend.work_as(code):
            self.app.show_status()
            self.reread()
        else:
            self.app.notify(closed_operator(code), markup=False)
