"""Keys held back for the moment it takes to tell a scanner from a hand; pure, knows no terminal.

Speed decides only whether a key waits. What is a scan is decided by `grammar` and by the end the
scanner sends; everything else is let go in the order it came. But keys that came as fast as a scanner's
are no commands, whatever they are: `Typed.is_burst` says so, and control and function keys among them are
spent. Where nothing takes text every key waits to see whether another follows at once.
"""

from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from rollertrack.scanner import grammar, makers_barcodes

GAP: Final = 0.035
"""Seconds; a longer gap between two characters is a hand."""
JITTER: Final = 0.1
"""Seconds; the gap allowed once three characters came so fast that no hand can have typed them."""
LATE_END: Final = 0.25
"""Seconds after a scan during which a further Enter, Ctrl+J or Tab belongs to it (CR LF)."""
UNHEARD_END: Final = 1.0
"""Seconds after a scan whose end was not heard during which its Enter may come; nobody has read by then."""
TORN: Final = 1.0
"""Seconds after a character of a scan went its way during which what comes may be the rest of that scan."""
PREFIX_WAIT: Final = 5.0
"""Seconds of silence that end a scan begun with the prefix key."""
PREFIX_KEY: Final = "f9"
ENDS: Final = frozenset({"enter", "ctrl+j", "tab"})
BYSTANDERS: Final = frozenset(
    {
        "caps_lock", "scroll_lock", "num_lock", "iso_level3_shift", "iso_level5_shift",
        *(f"{side}_{name}" for side in ("left", "right")
          for name in ("shift", "control", "alt", "super", "hyper", "meta")),
    }
)  # fmt: skip
"""Modifier and lock keys, which some terminals tell by themselves: a scanner presses them too."""
MOST_HELD: Final = grammar.LONGEST_LINK
MOST_TYPED: Final = MOST_HELD
"""Characters that one burst may type into a field: no barcode holds more, and a flood would freeze it."""
_STEPS = frozenset(
    {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "insert", "delete", "backspace"}
)
"""Keys that only move or take back: they repeat as fast as a scanner types, and do no deed."""
_SEPARATORS = frozenset({"ctrl+right_square_bracket", "f8", *(f"alt+{digit}" for digit in range(10))})
"""Ctrl+], F8 and the digits of Alt+029: how scanners type the group separator of a maker's barcode."""
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
class Typed(Generic[T]):
    """This key is no scan; deliver it. In a burst it may be text, but no command: no hand is so fast."""

    event: T
    is_burst: bool = False


@dataclass(frozen=True, slots=True)
class ScanRead:
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


@dataclass(frozen=True, slots=True)
class TooMuch:
    """More came at once than a field takes; the rest of it is left out."""


Outcome = Typed[T] | ScanRead | Waiting | TooMuch


@dataclass(slots=True)
class KeyBuffer(Generic[T]):
    """Takes keys one by one and says what becomes of each; a `gap` of 0 holds nothing back."""

    gap: float = GAP
    prefix_wait: float = PREFIX_WAIT
    _held: list[Stroke[T]] = field(default_factory=list)
    _text: str = ""
    _last: float = float("-inf")
    _ended: float = float("-inf")
    _end_may_come: float = LATE_END
    _let_go_at: float = float("-inf")
    _is_burst: bool = False
    _is_for_text: bool = True
    _stray_until: float = float("-inf")
    _is_typing: bool = False
    _typed: int = 0
    _is_prefixed: bool = False

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due, or None when nothing is pending."""
        if self._is_prefixed:
            return self.prefix_wait
        return self._allowed_gap if self._held else None

    def press(self, stroke: Stroke[T], *, takes_text: bool = True) -> list[Outcome[T]]:
        """What becomes of the keys so far, now that this one has come.

        `takes_text` says whether it would be typed into something; else it may be a command.
        """
        if stroke.key in BYSTANDERS:
            return []
        if stroke.key == PREFIX_KEY:
            outcomes: list[Outcome[T]] = [*self._interrupted(stroke.time), Waiting(True)]
            self._is_prefixed = True
        elif self._is_prefixed:
            outcomes = self._press_prefixed(stroke)
        elif not self.gap:
            return [Typed(stroke.event)]
        elif is_step(stroke.key):
            return self._step(stroke)
        elif not takes_text and self._is_repeated_space(stroke):
            outcomes = self._repeat(stroke)
        else:
            outcomes = self._press_plain(stroke, takes_text=takes_text)
        self._last = stroke.time
        return outcomes

    def expire(self) -> list[Outcome[T]]:
        """What becomes of the keys so far when nothing more comes."""
        if self._is_prefixed:
            return self._end_prefixed(self._last)
        return self._fall_silent()

    @property
    def is_prefixed(self) -> bool:
        """Whether a scan begun with the prefix key is awaited."""
        return self._is_prefixed

    @property
    def _allowed_gap(self) -> float:
        return self.gap if len(self._held) < _SURELY_FAST else max(self.gap, JITTER)

    def _press_plain(self, stroke: Stroke[T], *, takes_text: bool) -> list[Outcome[T]]:
        outcomes = self._after_pause(stroke.time)
        self._is_for_text = takes_text
        if stroke.key in ENDS and (takes_text or self._held or self._is_burst or self._doubles_end(stroke)):
            return outcomes + self._end(stroke)
        self._ended = float("-inf")
        if not takes_text:
            self._hold(stroke)
        elif stroke.character is None:
            self._accompany(stroke)
        elif not self._is_typing and _may_grow(self._text + stroke.character):
            self._hold(stroke)
        else:
            # The rest of a burst that is no scan is no scan either, even if it ends like one.
            outcomes += self._let_go() + self._type(stroke)
        return outcomes

    def _after_pause(self, time: float) -> list[Outcome[T]]:
        """Let go what waited, unless this key came so soon that they belong together."""
        if time - self._last <= self._allowed_gap:
            self._is_burst = True
            return []
        outcomes = self._fall_silent()
        self._is_burst, self._is_typing, self._typed = False, False, 0
        return outcomes

    def _hold(self, stroke: Stroke[T]) -> None:
        if len(self._held) < MOST_HELD:
            self._held.append(stroke)
            self._text += stroke.character or ""

    def _accompany(self, stroke: Stroke[T]) -> None:
        """A control or function key: with a burst it is spent, by itself it waits for one."""
        if self._held or not self._is_burst:
            self._hold(stroke)

    def _type(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        self._is_typing = True
        self._typed += 1
        if self._typed > MOST_TYPED:
            return [TooMuch()] if self._typed == MOST_TYPED + 1 else []
        return [Typed(stroke.event, self._is_burst)]

    def _let_go(self) -> list[Outcome[T]]:
        """Let go the keys held; of several, only those that give a character."""
        held, self._held = self._held, []
        text, self._text = self._text, ""
        if text and grammar.may_grow(text):
            self._let_go_at = held[-1].time
        if not self._is_burst:
            # Half a burst that a slow line has torn may end in a single key.
            return [Typed(stroke.event, stroke.time <= self._stray_until) for stroke in held]
        if len(held) > 1 and not self._is_for_text:
            self._stray_until = held[-1].time + TORN
        typed = [stroke for stroke in held if stroke.character is not None]
        self._typed += len(typed)
        return [Typed(stroke.event, is_burst=True) for stroke in typed]

    def _fall_silent(self) -> list[Outcome[T]]:
        """A maker's box may send no end at all; anything else is no scan without one."""
        if not self._is_box:
            return self._let_go()
        caught = self._caught(None, self._last)
        self._end_may_come = UNHEARD_END
        return [caught]

    def heard_whole(self, time: float) -> None:
        """A scan came in one piece, as a paste: its end may follow."""
        self._ended, self._end_may_come = time, UNHEARD_END

    @property
    def _is_box(self) -> bool:
        """Whether what is held is a maker's barcode; where text is typed it must be sure to be one."""
        is_one = makers_barcodes.is_sure if self._is_for_text else makers_barcodes.is_likely
        return self._is_burst and is_one(_with_separators(self._held))

    @property
    def _is_scan(self) -> bool:
        """Whether what is held is no text for a field, though no code can be read from it."""
        is_foreign = self._is_burst and self._is_for_text and grammar.is_of_another_script(self._text)
        return grammar.read(self._text).damaged or self._is_box or is_foreign

    def _caught(self, code: str | None, time: float) -> ScanRead:
        text = self._text if code else _with_separators(self._held)
        is_whole = self._held[0].time - self._let_go_at > TORN
        self._held, self._text = [], ""
        self._ended, self._end_may_come = time, LATE_END
        return ScanRead(text, code, at_speed=is_whole)

    def _doubles_end(self, stroke: Stroke[T]) -> bool:
        return stroke.time - self._ended <= self._end_may_come

    def _end(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        code = grammar.read(self._text).code
        if code or self._is_scan:
            outcomes: list[Outcome[T]] = [self._caught(code, stroke.time)]
        elif not self._text and self._doubles_end(stroke):
            outcomes = []
        else:
            outcomes = [*self._let_go(), Typed(stroke.event, self._is_burst)]
        self._held, self._text, self._is_typing = [], "", False
        self._stray_until = float("-inf")
        self._let_go_at = float("-inf")  # what comes next is no rest of what has ended
        return outcomes

    def _step(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        outcomes = self._after_pause(stroke.time)
        if self._is_burst:
            self._last = stroke.time
        self._is_typing = False
        return [*outcomes, *self._let_go(), Typed(stroke.event)]

    def _is_repeated_space(self, stroke: Stroke[T]) -> bool:
        return (
            stroke.character == " " and bool(self._held) and {each.character for each in self._held} == {" "}
        )

    def _repeat(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        """A space after a space: a key held down repeats as fast as a scanner types; no code is spaces."""
        self._is_burst = False
        outcomes = self._let_go()
        self._hold(stroke)
        return outcomes

    def _interrupted(self, time: float) -> list[Outcome[T]]:
        if self._is_prefixed:
            return self._end_prefixed(self._last)
        return self._after_pause(time) + self._let_go()

    def _press_prefixed(self, stroke: Stroke[T]) -> list[Outcome[T]]:
        if stroke.key in ENDS:
            return self._end_prefixed(stroke.time)
        if stroke.key == "escape":
            self._held, self._text = [], ""
            self._is_prefixed = False
            return [Waiting(False)]
        if is_step(stroke.key):
            return [Typed(stroke.event)]
        if stroke.character is None and not self._held and not _is_separator(stroke.key):
            return [Typed(stroke.event)] if stroke.time - self._last > self.gap else []
        self._hold(stroke)
        return []

    def _end_prefixed(self, time: float) -> list[Outcome[T]]:
        text, raw = self._text, _with_separators(self._held)
        self._held, self._text = [], ""
        self._is_prefixed = False
        self._ended, self._end_may_come = time, LATE_END
        code = grammar.read(text.strip()).code
        caught = [ScanRead(text if code else raw, code, at_speed=True)] if text else []
        return [*caught, Waiting(False)]


def _may_grow(text: str) -> bool:
    """Whether text that is being typed is held: it could become a scan, or a maker's barcode."""
    return grammar.may_grow(text) or makers_barcodes.may_grow(text)


def is_step(key: str) -> bool:
    """Whether a key only moves or takes back."""
    return key.rpartition("+")[2] in _STEPS


def _is_separator(key: str) -> bool:
    return key in _SEPARATORS


def _with_separators(strokes: list[Stroke[T]]) -> str:
    """The characters of a burst, with the group separators of a maker's barcode, however they were typed."""
    text = ""
    for stroke in strokes:
        if stroke.character is not None:
            text += stroke.character
        elif _is_separator(stroke.key) and text and not text.endswith(makers_barcodes.SEPARATOR):
            text += makers_barcodes.SEPARATOR
    return text.removesuffix(makers_barcodes.SEPARATOR)
