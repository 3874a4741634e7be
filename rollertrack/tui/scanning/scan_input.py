"""Scans anywhere in the app: sees every key before bindings, modals, the palette and fields do."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer

from rollertrack.scanner import grammar, key_buffer, slow_scans
from rollertrack.scanner.key_buffer import (
    BYSTANDERS,
    ENDS,
    KeyBuffer,
    Outcome,
    ScanRead,
    Stroke,
    TooMuch,
    Typed,
    Waiting,
    is_step,
)
from rollertrack.scanner.slow_scans import SlowScans

_TURNS_OF_A_KEY = 4
"""Turns of the event loop after which a key that the driver has sent stands in the queue; two, measured."""
_MOMENT = 0.005
_MOMENTS = 40
"""So often at most a moment is waited for the input thread to read what the terminal has sent."""
_CONTROL_BYTES = frozenset(
    {
        "ctrl+@", "ctrl+a", "ctrl+b", "ctrl+c", "ctrl+d", "ctrl+right_square_bracket", "ctrl+backslash",
        "ctrl+circumflex_accent", "ctrl+underscore", "no_break_space", "replacement_character", "f8",
        *(f"alt+{digit}" for digit in range(10)),
    }
)  # fmt: skip
"""Keys that slow scanners send around a code and between the parts of a maker's barcode."""
_NO_CHARACTER = "\ufffd"
_OF_TYPING = frozenset({*ENDS, "shift+tab", "backspace"})
"""Keys that type no character and belong to what is typed."""


@dataclass
class Scanned(Message):
    """A code was scanned, pasted or typed; `text` is the line as it came.

    `at_speed` is true when only a scanner can have sent it: such a scan proves the label it was read from.
    """

    text: str
    code: str
    at_speed: bool = False


@dataclass
class ScanUnreadable(Message):
    """Something was scanned that holds no valid code; `text` is the line as it came."""

    text: str


@dataclass
class ScanAwaited(Message):
    """After the prefix key everything is a scan until its end; `waiting` says whether that is so now."""

    waiting: bool


@dataclass
class ScanTyped(Message):
    """Letters of a code come one by one where nothing takes text; `letters` are those so far, or none."""

    letters: str


@dataclass
class ScanFlooded(Message):
    """More keys came at once than a field takes; the rest of them were left out."""


@dataclass
class _SilenceFell(events.Event, bubble=False):
    """No key came for a while; an event, since only events pass through `on_event`, in order with keys."""

    strokes: int


class ScanInput(MessagePump):
    """Mixin for App, named before it in the bases: posts `Scanned`, `ScanUnreadable` and two more.

    `scan_gap` is the longest time between two characters of a scan, in seconds; 0 recognises only
    pastes, scans that begin with the prefix key, and those typed where nothing takes text, `scan_pause`
    seconds at most between two keys.
    """

    def __init__(
        self,
        *args: Any,
        scan_gap: float = key_buffer.GAP,
        scan_pause: float = slow_scans.PAUSE,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._key_buffer: KeyBuffer[events.Key] = KeyBuffer(scan_gap)
        self._slow_scans = SlowScans(scan_pause)
        self._is_echoed = False
        self._strokes = 0
        self._silence: Timer | None = None
        self._held: list[events.Key] = []
        """What was typed while a form opens, for its first field and those that Tab and Enter lead to."""

    opening_on: Screen[Any] | None = None
    """The screen on which a deed was asked for whose form is not there yet."""

    async def on_form_ready(self) -> None:
        """A form has its cursor: let what was typed for it go there, before any key that comes now."""
        held, self._held = self._held, []
        self.opening_on = None
        self._slow_scans.forget()
        for event in held:
            form = self._top
            if form is None or not _takes_text(form):
                return
            # Tab and Enter lead on, here at once: passed on, they would be overtaken by what was typed next.
            if event.key == "shift+tab":
                form.focus_previous()
            elif event.key in ENDS:
                form.focus_next()
            else:
                await super().on_event(event)

    async def _pass_on(self, event: events.Key) -> None:
        """Let a key go its way; what is typed while a form opens waits for it."""
        if self._is_opening and (_character(event) is not None or event.key in _OF_TYPING):
            self._held.append(event)
        else:
            await super().on_event(event)

    @property
    def _is_opening(self) -> bool:
        top = self._top
        # A question is answered by no key that came before it.
        return self.opening_on is not None and (
            top is self.opening_on or bool(getattr(top, "takes_typed", False))
        )

    @property
    def has_unread_input(self) -> bool:
        """Whether the terminal has sent something that no key was made of yet."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes before the app does; everything else goes its way."""
        if isinstance(event, _SilenceFell):
            if event.strokes == self._strokes:
                await self._carry_out(self._key_buffer.expire())
        elif isinstance(event, events.Key) and not event.is_forwarded:
            await self._take_key(event)
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            await self._take_paste(event)
        else:
            if isinstance(event, events.MouseDown) and not self._key_buffer.is_prefixed:
                # A click must not overtake the keys that were typed before it.
                await self._carry_out(self._key_buffer.expire())
                self._slow_scans.forget()
            await super().on_event(event)

    async def _take_key(self, event: events.Key) -> None:
        if event.key in BYSTANDERS:
            return
        self._strokes += 1
        # The time of the event is stamped as the key arrives: a busy app makes no scanner of a hand.
        stroke = Stroke(event.key, _character(event), event.time, event)
        takes_text = _takes_text(self._top) or self._is_opening
        await self._carry_out(self._key_buffer.press(stroke, takes_text=takes_text))
        self._listen_for_silence()

    async def _take_paste(self, event: events.Paste) -> None:
        was_prefixed = self._key_buffer.is_prefixed
        await self._carry_out(self._key_buffer.expire())
        lines = grammar.read_lines(event.text)
        if was_prefixed and not lines:
            lines = [(line, grammar.read(line)) for line in event.text.splitlines() if line.strip()]
        await self._carry_out([ScanRead(line, reading.code) for line, reading in lines])
        if lines:
            self._key_buffer.heard_whole(event.time)
        else:
            await super().on_event(event)

    async def _carry_out(self, outcomes: list[Outcome[events.Key]]) -> None:
        for outcome in outcomes:
            match outcome:
                case Typed(event, is_burst):
                    if not self._belongs_to_a_scan(event, is_burst=is_burst):
                        await self._pass_on(event)
                case ScanRead() as caught:
                    self._held.clear()
                    self._slow_scans.forget()
                    self._tell(caught)
                case Waiting(active):
                    self.post_message(ScanAwaited(active))
                case TooMuch():
                    self.post_message(ScanFlooded())
        if self._is_echoed and not self._slow_scans.begun:
            self._echo()

    def _echo(self) -> None:
        """Tell which letters of a code have come so far."""
        letters = self._slow_scans.begun
        if letters or self._is_echoed:
            self._is_echoed = bool(letters)
            self.post_message(ScanTyped(letters))

    @property
    def _top(self) -> Screen[Any] | None:
        screens = cast("App[Any]", self).screen_stack
        return screens[-1] if screens else None

    def _tell(self, caught: ScanRead) -> None:
        if caught.code is None:
            self.post_message(ScanUnreadable(caught.text))
        else:
            self.post_message(Scanned(caught.text, caught.code, caught.at_speed))

    def _belongs_to_a_scan(self, event: events.Key, *, is_burst: bool) -> bool:
        """Whether a key that was not held back goes no further.

        Of a burst only text goes on, and only to where text is typed; Enter and Tab might do a deed there.
        """
        screen, memory = self._top, self._slow_scans
        is_end = event.key in ENDS
        if _takes_text(screen):
            memory.forget()
            return is_burst and is_end
        if is_end:
            return self._ends_a_scan(event, screen, is_burst=is_burst)
        if (character := _character(event)) is None:
            if event.key in _CONTROL_BYTES and memory.owns(event.time, screen):
                return True
            memory.forget()
            return is_burst and not is_step(event.key)
        memory.note(character, event.time, screen)
        if not is_burst and not (screen is not None and event.key in screen.active_bindings):
            self._echo()  # what answers a question, as `n` does, is not shown as the beginning of a code
        return is_burst or memory.is_link or (memory.is_box and not character.isdigit())

    def _ends_a_scan(self, event: events.Key, screen: Screen[Any] | None, *, is_burst: bool) -> bool:
        least = slow_scans.LEAST_OF_BURST if is_burst else slow_scans.LEAST_FOREIGN
        if self._is_opening:  # what is typed for a form is text, unless it is a code
            least = grammar.LONGEST_LINK + 1
        caught = self._slow_scans.end(event.time, screen, least)
        if caught is not None and caught.text:
            self._held.clear()
            self._tell(caught)
        return caught is not None or is_burst

    def _listen_for_silence(self) -> None:
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        if (wait := self._key_buffer.wait) is not None:
            self._silence = self.set_timer(wait, partial(self._tell_silence, self._strokes))

    async def _tell_silence(self, strokes: int) -> None:
        # Keys that the driver has sent but the queue does not hold yet must not be overtaken.
        for _ in range(_MOMENTS):
            if not self.has_unread_input:
                break
            await asyncio.sleep(_MOMENT)
        for _ in range(_TURNS_OF_A_KEY):
            await asyncio.sleep(0)
        self.post_message(_SilenceFell(strokes))


def _takes_text(screen: Screen[Any] | None) -> bool:
    focused = screen.focused if screen else None
    return focused is not None and focused.check_consume_key("d", "d")


def _character(event: events.Key) -> str | None:
    """What a key types; nothing with Ctrl or Alt, nor for a byte that is no character."""
    is_plain = event.is_printable and "+" not in event.key and event.character != _NO_CHARACTER
    return event.character if is_plain else None
