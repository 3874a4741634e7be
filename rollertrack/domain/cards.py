"""The six action cards: what a scan can do. Their codes hold for all time, for they hang on walls."""

from enum import Enum

from rollertrack.domain.code import shown
from rollertrack.errors import BadCode


class Action(Enum):
    """A deed on a card: the word on it, its code, what it does in a sentence."""

    USED = "USED", "TLOGUSEDS", "Logs a use of the roller."
    SOAK = "INTO SOAK", "TNTOSOKEU", "Starts the soak of every roller scanned with it."
    DONE = "DONE", "TDONEOUTR", "Takes the roller out of its soak."
    FAULT = "NOT OK", "TSONOTOKN", "Logs that the roller failed a look at its needles."
    BIN = "BIN", "TSHRPSBNE", "Retires the roller into the sharps bin."
    UNDO = "UNDO", "TUNDOONEN", "Takes back the newest entry of the roller."

    def __init__(self, word: str, code: str, does: str) -> None:
        self.word = word
        self.code = code
        self.does = does


_BY_CODE = {action.code: action for action in Action}


def action_of(code: str) -> Action:
    """The action of a card's code; BadCode for a card this program never printed."""
    if (action := _BY_CODE.get(code)) is None:
        words = ", ".join(action.word for action in Action)
        raise BadCode(f"{shown(code)} is no action card of this program; it knows {words}")
    return action
