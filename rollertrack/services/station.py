"""A station: the store, the clock and the dice that every deed needs, and how a deed reads its input."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, Self

from rollertrack.domain import code as codes
from rollertrack.domain import person as persons
from rollertrack.domain import roller as rollers
from rollertrack.domain.beat import NO_BEAT, Beat
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Event, Payload, closed_at, effective
from rollertrack.domain.policy import Policy
from rollertrack.errors import BadCode, BadInput, IdTaken, Unsure, going_on
from rollertrack.services import times
from rollertrack.store import lookups
from rollertrack.store.journal import Journal
from rollertrack.store.store import Store

if TYPE_CHECKING:
    from rollertrack.services.labels.printer_settings import Printing

P = ParamSpec("P")


class Station:
    """Where deeds are done: `clock` gives microseconds UTC, `choose` picks a letter at random.

    `printing` may be what makes it: most deeds print nothing.
    `beat` reads the boot clock, as wiring knows to on this system; without one the wall clock must do. `uid`
    is the id that a deed is asked with, when whoever asks keeps one to ask again; `asked` tells what was
    asked with it from anything else.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], int],
        choose: Callable[[str], str],
        operator: str | None = None,
        printing: "Printing | Callable[[], Printing] | None" = None,
        beat: Callable[[], Beat] = Beat,
        uid: str = "",
        asked: str = "",
    ) -> None:
        self.store = store
        self.clock = clock
        self.choose = choose
        self.operator = operator
        self._printing = printing
        self.beat = beat
        self.uid = uid
        self.asked = asked

    @property
    def printing(self) -> "Printing":
        """Where and on what it prints, made when it is asked for first."""
        if self._printing is None:
            from rollertrack.services.labels.printer_settings import Printing

            self._printing = Printing()
        elif callable(self._printing):
            self._printing = self._printing()
        return self._printing

    def changed(self, **parts: Any) -> Self:
        """The same with some parts changed; they share how it prints."""
        own = {name: value for name, value in vars(self).items() if name != "_printing"}
        return type(self)(**{"printing": self.printing, **own, **parts})


class Done(NamedTuple):
    """What a deed did: the streams and entries it wrote, when, and one sentence for the user."""

    deed: str
    codes: tuple[str, ...]
    at: int
    message: str
    entries: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


class _SaidBefore(Exception):  # noqa: N818 - carries the first answer out of the deed asked for again
    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


def once(service: Callable[Concatenate[Station, P], Done]) -> Callable[Concatenate[Station, P], Done]:
    """Make a service count once under the id that its station was asked with, or under one of its own.

    The id and what was said are kept in the transaction of the deed: asked again, it is said again and
    nothing more is done; asked for something else under the same id, it raises IdTaken. Where it is not
    known whether it was written, it is asked again here, once. Inside another deed it is a part of that one.
    """

    @wraps(service)
    def counted(station: Station, /, *args: P.args, **kwargs: P.kwargs) -> Done:
        if station.store.is_in_deed:
            return service(station, *args, **kwargs)
        uid = station.uid or os.urandom(16).hex()
        try:
            return _once(station, uid, lambda: service(station, *args, **kwargs))
        except Unsure:
            return _once(station, uid, lambda: service(station, *args, **kwargs))

    return counted


def _once(station: Station, uid: str, service: Callable[[], Done]) -> Done:
    def look(_: Journal) -> None:
        if (before := lookups.kept(station.store.database, uid)) is not None:
            if before.asked != station.asked:
                raise IdTaken
            raise _SaidBefore(_done(before))

    try:
        with station.store.lasting(look) as has_begun:
            done = service()
            if has_begun():
                said = _kept_of(done, station.asked)
                lookups.keep(station.store.database, uid, said, station.clock())
            return done
    except _SaidBefore as said_before:
        return said_before.done


def said_before(station: Station, uid: str) -> Done | None:
    """What the deed of an id said; None when none was done, or it was long ago."""
    with station.store.reading():
        before = lookups.kept(station.store.database, uid)
    return None if before is None else _done(before)


def _kept_of(done: Done, asked: str) -> lookups.Kept:
    return lookups.Kept(done.deed, done.codes, done.entries, done.at, done.message, done.warnings, asked)


def _done(said: lookups.Kept) -> Done:
    return Done(said.deed, said.codes, said.at, said.message, said.entries, said.warnings)


class Deed(NamedTuple):
    """One deed under way: its journal, when it happened and was recorded, who did it."""

    station: Station
    journal: Journal
    at: int
    recorded_at: int
    offset: int
    operator: str | None
    beat: Beat = NO_BEAT
    until: int | None = None
    """The past moment the deed is entered for: what came later is no ground for its decision."""

    def append(
        self, stream: str, payload: Payload, *, person: str | None = None, solution: str | None = None
    ) -> Event:
        """Write an event of this deed."""
        return self.journal.append(
            stream, payload, self.at, self.recorded_at, self.offset,
            operator=self.operator, person=person, solution=solution,
        )  # fmt: skip

    @property
    def rules(self) -> Policy:
        """The policy at the moment of the deed."""
        return self.journal.policy(self.until)

    def roller(self, text: str, until: int | None = None) -> rollers.Roller:
        """The roller a code names; BadCode when none is registered under it."""
        found = roller_of(self.journal, read_code(self.station, text, Kind.ROLLER), until)
        return rollers.by_boot_clock(found, self.recorded_at, self.beat)

    def rollers(self, texts: str | Sequence[str], until: int | None = None) -> list[rollers.Roller]:
        """The rollers that a code or several name, each once; BadCode for none."""
        if not texts:
            raise BadCode("name at least one roller")
        named = [texts] if isinstance(texts, str) else texts
        found = {roller.code: roller for roller in (self.roller(text, until) for text in named)}
        return list(found.values())

    def person(self, text: str, until: int | None = None, field: str = "code") -> persons.Person:
        """The person a code names."""
        return person_of(self.journal, read_code(self.station, text, Kind.PERSON, field), until, field)


@contextlib.contextmanager
def deed(
    station: Station, at: str | int | None = None, operator: str | None = None, what: str = ""
) -> Iterator[Deed]:
    """One deed in one transaction; `at` as typed or as an instant, now when not given.

    One that may be long says `what` it is, for those who wait meanwhile.
    """
    with station.store.transaction(what) as journal:
        yield _begun(station, journal, at, operator)


def need_operator(now: Deed) -> None:
    """Refuse a deed without an operator where the profile asks for one."""
    if now.operator is None and now.journal.policy().needs_operator:
        said = "the profile asks who did it; name the code of an operator"
        raise BadInput("operator", *going_on(said, at_prompt=" (`operator list` shows them)"))


def check_deed(station: Station, at: str | int | None, operator: str | None) -> None:
    """Raise what a deed at that time by that operator would raise, before something is done for it."""
    station.store.must_take_deeds()
    with station.store.reading() as journal:
        _begun(station, journal, at, operator)


def _begun(station: Station, journal: Journal, at: str | int | None, operator: str | None) -> Deed:
    now, beat = station.clock(), station.beat()
    instant, offset = _moment(at, now)
    who = operator or station.operator
    code = _known_operator(station, journal, who) if who else None
    until = None if at is None else instant
    return Deed(station, journal, instant, now, offset, code, beat, until)


def _moment(at: str | int | None, now: int) -> tuple[int, int]:
    if isinstance(at, str):
        return times.moment(at, now)
    instant = now if at is None else at
    if instant > now:
        raise BadInput("at", "lies in the future; a moment that has passed is right")
    return instant, times.at_offset(instant)


def _known_operator(station: Station, journal: Journal, text: str) -> str:
    code = read_code(station, text, Kind.OPERATOR, "operator")
    entries = named_entries(journal, code)
    if not entries:
        raise BadCode(f"no operator is registered under {shown(code)}", field="operator")
    if closed_at(entries) is not None:
        raise BadInput("operator", f"{shown(code)} is closed; name an operator who works here")
    return code


def named_entries(journal: Journal, code: str) -> list[Event]:
    """What counts of an operator or a sharps bin; nothing when no registration does."""
    entries = effective(journal.stream(code))
    return entries if any(entry.kind == "registered" for entry in entries) else []


def read_code(station: Station, text: str, kind: Kind, field: str = "code") -> str:
    """The code in anything typed or scanned; a damaged one names the nearest that exist.

    A person may be named by a label that only one has, as people at home are.
    """
    try:
        return codes.find_kind(text, kind)
    except BadCode as error:
        if kind is Kind.PERSON and (named := _labelled(station, text, field)):
            return named
        nearest = nearest_codes(station, text)
        near = f"; near it: {', '.join(shown(code) for code in nearest)}" if nearest else ""
        raise BadCode(error.reason + near, nearest, field) from None


def _labelled(station: Station, label: str, field: str) -> str:
    """The code of the person of a label; empty for none."""
    found = lookups.persons_labelled(station.store.database, label.strip())
    if found[1:]:
        both = ", ".join(map(shown, found))
        raise BadInput(field, f"{both} have the label “{label.strip()}”; give the code of one")
    return found[0] if found else ""


def nearest_codes(station: Station, text: str) -> tuple[str, ...]:
    """The codes on record that differ from a misread one in one letter."""
    letters = codes.last_letters(text)
    if len(letters) < codes.LENGTH or codes.is_code(letters):
        return ()
    return tuple(lookups.known(station.store.database, codes.neighbours(letters)))


def roller_of(journal: Journal, code: str, until: int | None = None) -> rollers.Roller:
    """The roller of a code, folded."""
    folded = journal.roller(code) if until is None else rollers.fold(code, journal.stream(code), until)
    if folded.facts is None:
        raise BadCode(f"no roller is registered under {shown(code)}")
    return folded


def person_of(journal: Journal, code: str, until: int | None = None, field: str = "code") -> persons.Person:
    """The person of a code, folded."""
    found = journal.person(code) if until is None else persons.fold(code, journal.stream(code), until)
    if found is None:
        raise BadCode(f"no person is registered under {shown(code)}", field=field)
    return found


def owner_of(journal: Journal, code: str, until: int | None = None) -> persons.Person:
    """Whom a roller belongs to; not on record when the registration was taken back."""
    folded = journal.person(code) if until is None else persons.fold(code, journal.stream(code), until)
    return folded or persons.Person(code, "", on_record=False)


def new_codes(deed: Deed, kind: Kind, count: int) -> list[str]:
    """Codes that nothing carries yet, no label printed ahead either."""
    fresh: dict[str, None] = {}
    while len(fresh) < count:
        drawn = [codes.make(kind, deed.station.choose) for _ in range(count - len(fresh))]
        taken = lookups.taken(deed.station.store.database, drawn)
        fresh.update((code, None) for code in drawn if code not in taken and not deed.journal.holds(code))
    return list(fresh)
