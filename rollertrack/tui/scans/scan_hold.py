"""Keys held back for the moment it takes to tell a scanner from a hand; pure, knows no terminal.

Speed decides only whether a key waits. What is a scan is decided by `scan_grammar` and by the end the
scanner sends; everything else is let go in the order it came.
"""

from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from rollertrack.tui.scans import scan_grammar

GAP: Final = 0.035
"""Seconds; a longer gap between two characters is a hand."""
JITTER: Final = 0.1
"""Seconds; the gap allowed once three characters came so fast that no hand can have typed them."""
LATE_END: Final = 0.25
"""Seconds after a scan during which a further Enter, Ctrl+J or Tab belongs to it (CR LF)."""
TORN: Final = 1.0
"""Seconds after a character of a scan went its way during which what comes may be the rest of that scan."""
PREFIX_WAIT: Final = 5.0
"""Seconds of silence that end a scan begun with the prefix key."""
PREFIX_KEY: Final = "f9"
ENDS: Final = frozenset({"enter", "ctrl+j", "tab"})
_SURELY_FAST = 3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stroke(Generic[T]):
    """One key: its name, its printable character if it has one, when it was pressed, and the event itself."""

    key: str
    character: str | None
    time: float
    event: T


@dataclass(frozen=True, slots=True)
class LetGo(Generic[T]):
    """This key was typed by a hand; deliver it."""

    event: T


@dataclass(frozen=True, slots=True)
class Caught:
    """A scan; `code` is None when it cannot be read.

    `at_speed` is true when a scanner sent it, all of it: no hand types so fast, or the prefix key said so.
    """

    text: str
    code: str | None
    at_speed: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A scan begun with the prefix key is awaited, or no longer."""

    active: bool


Outcome = LetGo[T] | Caught | Waiting


@dataclass(slots=True)
class ScanHold(Generic[T]):
    """Takes keys one by one and says what becomes of each; a `gap` of 0 holds nothing back."""

    gap: float = GAP
    prefix_wait: float = PREFIX_WAIT
    _held: list[Stroke[T]] = field(default_factory=list)
    _last: float = float("-inf")
    _ended: float = float("-inf")
    _let_go_at: float = float("-inf")
    _is_typing: bool = False
    _is_prefixed: bool = False

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due, or None when nothing is pending."""
        if self._is_prefixed:
            return self.prefix_wait
        return self._allowed_gap if self._held else None

    def press(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        """What becomes of the keys so far, now that this one has come."""
        outcomes: list[Outcome[T]]
        if stroke.key == PREFIX_KEY:
            outcomes = [*self.expire(), Waiting(True)]
            self._is_prefixed = True
        elif self._is_prefixed:
            outcomes = self._press_prefixed(stroke)
        else:
            outcomes = self._press_plain(stroke)
        self._last = stroke.time
        return outcomes

    def expire(self) -> list[Outcome[T]]:
        """What becomes of the keys so far when nothing more comes."""
        if self._is_prefixed:
            return self._end_prefixed(self._last)
        return self._let_go()

    @property
    def is_prefixed(self) -> bool:
        """Whether a scan begun with the prefix key is awaited."""
        return self._is_prefixed

    @property
    def _allowed_gap(self) -> float:
        return self.gap if len(self._held) < _SURELY_FAST else max(self.gap, JITTER)

    @property
    def _text(self) -> str:
        return "".join(stroke.character or "" for stroke in self._held)

    def _let_go(self) -> list[Outcome[T]]:
        outcomes: list[Outcome[T]] = [LetGo(stroke.event) for stroke in self._held]
        if self._held:
            self._let_go_at = self._held[-1].time
        self._held.clear()
        return outcomes

    def _press_plain(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        outcomes: list[Outcome[T]] = []
        if stroke.time - self._last > self._allowed_gap:
            outcomes = self._let_go()
            self._is_typing = False
        if stroke.key in ENDS:
            outcomes += self._end(stroke)
            self._let_go_at = float("-inf")  # what comes next is no rest of what has ended
            return outcomes
        self._ended = float("-inf")
        if self._may_belong_to_a_scan(stroke):
            self._held.append(stroke)
            return outcomes
        # The rest of a burst that is no scan is no scan either, even if it ends like one.
        self._is_typing = stroke.character is not None
        return [*outcomes, *self._let_go(), LetGo(stroke.event)]

    def _may_belong_to_a_scan(self, stroke: Stroke[T]) -> bool:
        if not self.gap or self._is_typing or stroke.character is None:
            return False
        return scan_grammar.may_grow(self._text + stroke.character)

    def _end(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        self._is_typing = False
        text = self._text
        reading = scan_grammar.read(text)
        if reading.code or reading.damaged:
            is_whole = self._held[0].time - self._let_go_at > TORN
            self._held.clear()
            self._ended = stroke.time
            return [Caught(text, reading.code, at_speed=is_whole)]
        if not text and stroke.time - self._ended <= LATE_END:
            return []
        return [*self._let_go(), LetGo(stroke.event)]

    def _press_prefixed(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        if stroke.key in ENDS:
            return self._end_prefixed(stroke.time)
        if stroke.key == "escape":
            self._held.clear()
            self._is_prefixed = False
            return [Waiting(False)]
        if stroke.character is None:
            return [LetGo(stroke.event)]
        self._held.append(stroke)
        return []

    def _end_prefixed(self, time: float) -> list[Outcome[T]]:
        text = self._text
        self._held.clear()
        self._is_prefixed = False
        self._ended = time
        code = scan_grammar.read(text.strip()).code
        caught = [Caught(text, code, at_speed=True)] if text else []
        return [*caught, Waiting(False)]
