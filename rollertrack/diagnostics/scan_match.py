"""What became of a known text on its way from a scanner through a keyboard layout to the program."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from rollertrack.domain.code import TEST_PAYLOAD
from rollertrack.scanner.grammar import script_of
from rollertrack.scanner.keyboards import ENGLISH, LAYOUTS, Case, retyped

_MOST_EDITS = len(TEST_PAYLOAD) // 4


@dataclass(frozen=True, slots=True)
class Match:
    """How a text arrived."""

    scanner: str | None = ENGLISH
    """The layout the scanner types; None when no known layout explains what arrived."""
    computers: tuple[str, ...] = (ENGLISH,)
    """The layouts of the computer that would give what arrived."""
    case: Case = Case.KEPT
    before: str = ""
    """What stood in front of the text."""
    after: str = ""
    lost: str = ""
    extra: str = ""
    """Characters that came though the text does not have them there; doubled ones too."""
    changed: dict[str, str] = field(default_factory=dict)
    """Character by character, what arrived in its place, where no known layout explains it."""

    @property
    def is_whole(self) -> bool:
        """Whether as many characters arrived as were sent."""
        return not (self.lost or self.extra)


def match(arrived: str) -> Match | None:
    """What became of TEST_PAYLOAD; None when what arrived has nothing to do with it."""
    return _exact(arrived) or _ciphered(arrived) or _damaged(arrived) or _foreign(arrived)


def _exact(arrived: str) -> Match | None:
    """One scanner and one case, with every layout of the computer that gives just this."""
    for case in Case:
        for scanner in LAYOUTS:
            texts = _texts(scanner, case)
            # A character missing for a dead key counts only with the usual scanner; else it was lost.
            found = [
                text for text in texts.values()
                if text in arrived and (scanner == ENGLISH or len(text) == len(TEST_PAYLOAD))
            ]  # fmt: skip
            if found:
                longest = max(found, key=len)
                before, _, after = arrived.rpartition(longest)
                same = tuple(name for name, text in texts.items() if text == longest)
                return Match(scanner, same, case, before, after)
    return None


@cache
def _texts(scanner: str, case: Case) -> dict[str, str]:
    """What may arrive from a scanner, by the layout of the computer."""
    return {name: retyped(TEST_PAYLOAD, scanner, name, case) for name in LAYOUTS}


def _ciphered(arrived: str) -> Match | None:
    """Every character arrived, each always as the same other one: a layout that is not known here."""
    for start in range(max(0, len(arrived) - len(TEST_PAYLOAD)) + 1):
        body = arrived[start : start + len(TEST_PAYLOAD)]
        pairs = dict(zip(TEST_PAYLOAD, body, strict=False))
        if len(body) == len(TEST_PAYLOAD) and body == "".join(pairs[char] for char in TEST_PAYLOAD):
            changed = {char: other for char, other in pairs.items() if char != other}
            if len(set(pairs.values())) == len(pairs):
                return Match(
                    None, (), before=arrived[:start], after=arrived[start + len(body) :], changed=changed
                )
    return None


def _foreign(arrived: str) -> Match | None:
    """About as many characters of another script, some keys of which may give two at once."""
    is_like = len(TEST_PAYLOAD) <= len(arrived) <= 2 * len(TEST_PAYLOAD)
    return Match(None, ()) if is_like and script_of(arrived) not in {"", "Latin"} else None


def _damaged(arrived: str) -> Match | None:
    """Characters were lost or came twice; the layout is the one that explains most of the rest."""
    best, found = _MOST_EDITS + 1, None
    for case in Case:
        for computer in LAYOUTS:
            expected = retyped(TEST_PAYLOAD, ENGLISH, computer, case)
            if _least_edits(expected, arrived) < best:
                costs = _costs(expected, arrived)
                if costs[-1][-1] < best:
                    best, found = costs[-1][-1], _match(computer, case, _edits(expected, arrived, costs))
    return found


def _least_edits(expected: str, arrived: str) -> int:
    """At least so many characters differ, counted without regard to their order."""
    sent, came = Counter(expected), Counter(arrived)
    return max((sent - came).total(), (came - sent).total())


def _costs(expected: str, arrived: str) -> list[list[int]]:
    """The fewest characters to drop, add or exchange, from each start of one text to each of the other."""
    costs = [list(range(len(arrived) + 1))]
    for row, char in enumerate(expected, 1):
        above, line = costs[-1], [row]
        for column, other in enumerate(arrived):
            line.append(min(above[column] + (char != other), above[column + 1] + 1, line[column] + 1))
        costs.append(line)
    return costs


def _edits(expected: str, arrived: str, costs: list[list[int]]) -> list[tuple[str, str]]:
    """What was sent beside what came, from the start; one of them is empty where nothing belongs to it."""
    row, column = len(expected), len(arrived)
    pairs: list[tuple[str, str]] = []
    while row or column:
        cost = costs[row][column]
        sent, came = expected[row - 1 : row], arrived[column - 1 : column]
        if row and column and cost == costs[row - 1][column - 1] + (sent != came):
            row, column = row - 1, column - 1
        elif row and cost == costs[row - 1][column] + 1:
            row, came = row - 1, ""
        else:
            column, sent = column - 1, ""
        pairs.append((sent, came))
    return pairs[::-1]


def _match(computer: str, case: Case, pairs: list[tuple[str, str]]) -> Match:
    first = next(place for place, (sent, _) in enumerate(pairs) if sent)
    last = next(place for place in reversed(range(len(pairs))) if pairs[place][0])
    inner = [(sent, came) for sent, came in pairs[first : last + 1] if sent != came]
    return Match(
        ENGLISH,
        (computer,),
        case,
        before="".join(came for _, came in pairs[:first]),
        after="".join(came for _, came in pairs[last + 1 :]),
        lost="".join(sent for sent, _ in inner),
        extra="".join(came for _, came in inner),
    )
