"""The words of a search over rollers: what they may be found in, and which finds come first."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from peewee import SQL, Case, fn

from rollertrack.domain.standing import FOREVER
from rollertrack.domain.words import State
from rollertrack.store import reading
from rollertrack.store.tables import PersonRecord, RollerRecord
from rollertrack.store.terms import state_case
from rollertrack.wording.states import DIDNT_COUNT, SEALED, TOO_LONG, WONT_COUNT


class Sought(NamedTuple):
    """A word of a search: the states it names, and the persons whose label or code holds it or is it."""

    text: str
    states: tuple[State, ...]
    persons: tuple[str, ...]
    named: tuple[str, ...]

    @property
    def bare(self) -> str:
        """The word as a code may hold it, which is shown with dashes."""
        return self.text.replace("-", "") or self.text


def sought(database: Any, search: str) -> list[Sought]:
    """The words of a search; the labels of persons are compared here, since SQLite folds only a to z."""
    texts = search.casefold().split()
    if not texts:
        return []
    row = PersonRecord
    labels = [
        (code, code.casefold(), label.casefold())
        for code, label in reading.tuples(database, row.select(row.code, row.label))
    ]
    return [_sought_word(text, labels) for text in texts]


def _sought_word(text: str, labels: Sequence[tuple[str, str, str]]) -> Sought:
    bare = text.replace("-", "")
    persons = tuple(code for code, low, label in labels if text in label or (bare and bare in low))
    named = tuple(code for code, low, label in labels if text in label.split() or bare == low)
    return Sought(text, tuple(state for state in State if text in state.split()), persons, named)


def matching(query: Any, words: Sequence[Sought], now: int) -> Any:
    """A query over rollers, narrowed to those for which every word of a search holds."""
    row = RollerRecord
    for word in words:
        holds = row.search.contains(word.text) | row.code.contains(word.bare)
        holds |= fn.replace(row.search, "-", "").contains(word.bare)  # lot A-12 is a12 too
        if word.persons:
            holds |= row.bound_to.in_(_listed(word.persons))
        if word.states:
            holds |= state_case(now).in_([state.value for state in word.states])
        holds |= _stands_beside_state(word.text, now)
        query = query.where(holds)
    return query


_LEAST_BEGINNING = 3


def _stands_beside_state(text: str, now: int) -> Any:
    """Whether a list prints the word beside the state: why it stops, or that it is sealed or in vain."""
    row, state = RollerRecord, state_case(now)
    why = Case(None, [(row.held != "", row.held)], row.dead_because)
    begun = text if len(text) >= _LEAST_BEGINNING else f"{text} "  # so few letters are a word or nothing
    is_why = fn.instr(fn.printf(" %s ", why), f" {begun}") > 0
    holds = (state == State.STOP.value) & (row.dead_from <= now) & is_why
    in_soak = state.in_([State.SOAKING.value, State.TAKE_OUT.value])
    for said, is_so in (
        (SEALED, (state == State.READY.value) & (row.clean_until.is_null() | (row.clean_until == FOREVER))),
        (WONT_COUNT, in_soak & (row.soak_fault != "")),
        (TOO_LONG, (state == State.TAKE_OUT.value) & (row.soak_fault == "") & (row.soak_ends < now)),
        (DIDNT_COUNT, (state == State.STALE.value) & row.clean_until.is_null()),
    ):
        if f" {begun}" in f" {said} ":
            holds |= is_so
    return holds


def whole_first(words: Sequence[Sought]) -> list[Any]:
    """The term that puts rollers for which every word holds whole before the others."""
    row, padded = RollerRecord, fn.printf(" %s ", RollerRecord.search)
    terms = []
    for word in words:
        whole = (fn.instr(padded, f" {word.text} ") > 0) | (row.code == word.bare.upper())
        if word.named:
            whole |= row.bound_to.in_(_listed(word.named))
        terms.append(Case(None, [(whole, 0)], 1))
    return [sum(terms[1:], terms[0])] if terms else []


def _listed(values: Sequence[str]) -> Any:
    """Any number of values as one parameter."""
    return SQL("(SELECT value FROM json_each(?))", [json.dumps(values)])
