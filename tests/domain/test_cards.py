"""Action cards: codes that never change, that can be told apart, and that every scanner can read."""

from itertools import combinations

import pytest

from rollertrack.domain.cards import Action, action_of
from rollertrack.domain.code import Kind, find, is_code, kind_of
from rollertrack.errors import BadCode

PRINTED = {
    "USED": "TLOGUSEDS",
    "INTO SOAK": "TNTOSOKEU",
    "DONE": "TDONEOUTR",
    "NOT OK": "TSONOTOKN",
    "BIN": "TSHRPSBNE",
    "UNDO": "TUNDOONEN",
}
"""What hangs on walls; a change here would make every printed card another one."""
LETTERS_APART = 4


def test_codes_are_those_on_the_walls() -> None:
    assert {action.word: action.code for action in Action} == PRINTED


@pytest.mark.parametrize("action", Action, ids=lambda action: action.name)
def test_codes_are_valid_codes_of_cards(action: Action) -> None:
    assert is_code(action.code)
    assert kind_of(action.code) is Kind.CARD
    assert find(action.code.lower()) == action.code
    assert action_of(action.code) is action


def test_no_card_is_nearly_another() -> None:
    for one, other in combinations(Action, 2):
        differing = sum(a != b for a, b in zip(one.code, other.code, strict=True))
        assert differing >= LETTERS_APART, (one, other)


def test_what_a_card_does_is_one_sentence() -> None:
    for action in Action:
        assert action.does.endswith(".")
        assert action.does.count(".") == 1


def test_an_unknown_card_is_named_with_those_that_exist() -> None:
    with pytest.raises(BadCode) as raised:
        action_of("TBBBBBBBT")
    assert raised.value.reason == (
        "TBB-BBB-BBT is no action card of this program; it knows USED, INTO SOAK, DONE, NOT OK, BIN, UNDO"
    )
