"""Simple lists of what else has a code: persons, solutions, operators and sharps bins."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.domain.code import KIND_WORDS, Kind, shown
from rollertrack.domain.quantities import dose, plural
from rollertrack.services import people, solutions
from rollertrack.tui.helping import Help
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets.calm_list import MendList
from rollertrack.tui.widgets.key_line import KeyLine
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.tui.widgets.status_line import StatusLine
from rollertrack.wording import dates
from rollertrack.wording.printable import printable

_NAME = 24
Line = tuple[str, str, Sequence[str]]


class RegisterScreen(LiveScreen):
    """A list of codes with a label each; what can be added and mended is said by the kind."""

    where = ""
    empty = "Nothing here yet."
    CSS_PATH = "registers.tcss"
    AUTO_FOCUS = "CalmList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", id="register.add", tooltip="Add one"),
        Binding("escape", "back", "back", id="register.back", tooltip="Go back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._codes: list[str] = []

    def compose(self) -> ComposeResult:
        """The list."""
        yield StatusLine(self.where)
        yield MendList(id="list")
        yield Static(self.empty, id="none", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the list."""
        self.reread()

    @property
    def chosen(self) -> str | None:
        """The code of the chosen line."""
        place = self.query_one("#list", MendList).highlighted
        return self._codes[place] if place is not None else None

    def reread(self) -> None:
        """Read the list anew."""
        self.read("list", self._load)

    async def lines(self) -> Iterable[Line]:
        """What to list: code, label, and what else is known of each."""
        raise NotImplementedError

    async def _load(self) -> None:
        found = list(await self.lines())
        options = self.query_one("#list", MendList)
        place = options.highlighted
        self._codes = [code for code, _, _ in found]
        options.clear_options()
        options.add_options(Option(_told(*each)) for each in found)
        if found:
            options.highlighted = min(place or 0, len(found) - 1)
        self.set_class(not found, "-none")

    @on(OptionList.OptionSelected)
    def _selected(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.action_mend()

    def action_add(self) -> None:
        """Add one."""
        raise NotImplementedError

    def action_mend(self) -> None:
        """Mend the chosen one."""
        raise NotImplementedError


class PeopleScreen(RegisterScreen):
    """Persons: a code and a short label, never a full name."""

    help = Help(
        "Persons",
        "Who rollers are used on: a code and a short label, never a full name. What is noted to ask a "
        "professional about turns a USE into a USE WITH CARE.",
    )
    where = "persons"

    async def lines(self) -> Iterator[Line]:
        """Every person, with the sessions."""
        now = self.host.clock()
        rows = await self.host.backend.run(people.list_persons)
        return ((row.code, row.label, (_sessions(row, now), _asked_about(row))) for row in rows)

    def action_add(self) -> None:
        """Register a person."""
        self.host.do("add_person")

    def action_mend(self) -> None:
        """Mend a person."""
        if self.chosen:
            self.host.do("edit_person", self.chosen)


def _sessions(row: people.PersonRow, now: int) -> str:
    if not row.last_session_at:
        return "no session yet"
    return f"{plural(row.sessions, 'session')}, last {dates.short_moment(row.last_session_at, now)}"


def _asked_about(row: people.PersonRow) -> str:
    return f"ask about {row.contraindications}" if row.contraindications else ""


class SolutionsScreen(RegisterScreen):
    """Bottles and jars: agent, strength, lot, test strips."""

    help = Help(
        "Solutions",
        "One line for each opened bottle or jar. Scan its label beside a roller to soak in it. "
        "Enter mends its facts, i logs a test strip, x logs that it was thrown away.",
    )
    where = "solutions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "strip", "test strip", id="solutions.strip", tooltip="Log a test strip"),
        Binding("x", "discard", "discard", id="solutions.discard", tooltip="Log that it was thrown away"),
    ]

    async def lines(self) -> Iterator[Line]:
        """Every solution, those in use first."""
        now = self.host.clock()
        rows = await self.host.backend.run(solutions.list_solutions)
        return ((row.code, dose(row.agent, row.strength), _bottle(row, now)) for row in rows)

    def action_add(self) -> None:
        """Register a solution."""
        self.host.do("add_solution")

    def action_mend(self) -> None:
        """Mend what is known of a solution."""
        if self.chosen:
            self.host.do("edit_solution", self.chosen)

    def action_discard(self) -> None:
        """Log that a solution was thrown away."""
        if self.chosen:
            self.host.do("discard_solution", self.chosen)

    def action_strip(self) -> None:
        """Log a test strip."""
        if self.chosen:
            self.host.do("strip", self.chosen)


def _bottle(row: solutions.SolutionRow, now: int) -> Sequence[str]:
    strip = ""
    if row.last_strip_at is not None:
        passed = "passed" if row.last_strip_passed else "FAILED"
        strip = f"strip {passed} {dates.short_moment(row.last_strip_at, now)}"
    return (
        f"lot {row.lot}" if row.lot else "",
        f"expires {row.expiry}" if row.expiry else "",
        f"opened {dates.date_of(row.opened_at, now)}",
        strip,
        f"discarded {dates.date_of(row.discarded_at, now)}" if row.discarded_at else "",
    )


class OperatorsScreen(RegisterScreen):
    """Who works here, and the sharps bins."""

    help = Help(
        "Operators and sharps bins",
        "Scan the card of an operator and every deed from then on is theirs; their code stands in the top "
        "line. Scan a bin after a roller to retire the roller into it.",
    )
    where = "operators and bins"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "add_bin", "add bin", id="operators.add-bin", tooltip="Register a sharps bin"),
        Binding("y", "work", "works here", id="operators.work", tooltip="Do every deed as this one"),
        Binding("x", "close", "close", id="operators.close", tooltip="Close it: full, or left"),
    ]

    async def lines(self) -> Iterator[Line]:
        """Operators, then bins."""
        now, ask = self.host.clock(), self.host.backend.run
        kinds = [Kind.OPERATOR, Kind.BIN]
        found = [(kind, await ask(people.list_named, kind)) for kind in kinds]
        return (
            (row.code, row.label, (KIND_WORDS[kind], _closed(row, now), self._here(row.code)))
            for kind, rows in found
            for row in rows
        )

    def _here(self, code: str) -> str:
        return "works here now" if code == self.host.operator else ""

    def action_add(self) -> None:
        """Register an operator."""
        self._do_named("add", Kind.OPERATOR)

    def action_add_bin(self) -> None:
        """Register a sharps bin."""
        self._do_named("add", Kind.BIN)

    def action_mend(self) -> None:
        """Mend a label."""
        if self.chosen:
            self._do_named("edit", self.chosen)

    def action_close(self) -> None:
        """Close a full bin, or an operator who left."""
        if self.chosen:
            self._do_named("close", self.chosen)

    def action_work(self) -> None:
        """Do every deed from now on as the chosen operator."""
        if self.chosen and self.chosen.startswith(Kind.OPERATOR):
            self.host.backend.operator = self.chosen
            self.reread()

    def _do_named(self, deed: str, what: str) -> None:
        from rollertrack.tui import named_deeds

        self.host.do_with(getattr(named_deeds, deed), what)


def _closed(row: people.NamedRow, now: int) -> str:
    return f"closed {dates.date_of(row.closed_at, now)}" if row.closed_at else ""


def _told(code: str, label: str, facts: Sequence[str]) -> Text:
    name = cut(label, _NAME)
    rest = printable(" · ".join(filter(None, facts)))
    return Text.assemble((shown(code), "bold"), f"  {name}{' ' * (_NAME - cell_len(name))}  ", (rest, "dim"))
