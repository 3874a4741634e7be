"""The lines at the top and the foot of a screen: where one is, what prints, what is wrong; and the keys."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import MouseDown, MouseMove
from textual.screen import Screen
from textual.widget import Widget

from rollertrack.deeds.table import PERSON, ROLLER, ROLLERS, STATION, of_scope
from rollertrack.domain.code import shown
from rollertrack.domain.rows import Overview
from rollertrack.domain.text import printable
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import dates
from rollertrack.wording.records import debt_texts, soak_texts

PARTS = ("where", "debt", "soaks", "printing", "phones", "operator", "clock")
GAP = 3
# Who gives way first; round after round until everything fits.
_YIELDING = ("clock", "operator", "phones", "printing", "soaks", "debt", "where")

Versions = Mapping[str, Sequence[str]]
"""For each part what it would say, the longest first."""


def fitted(versions: Versions, width: int) -> tuple[str, ...]:
    """What each of `PARTS` says so that all stand side by side in `width` cells, a gap between them."""
    step = dict.fromkeys(PARTS, 0)
    while _width(versions, step) > width:
        yielding = [part for part in _YIELDING if step[part] + 1 < len(versions[part])]
        if not yielding:
            break
        step[min(yielding, key=step.__getitem__)] += 1
    return tuple(versions[part][step[part]] for part in PARTS)


def _width(versions: Versions, step: Mapping[str, int]) -> int:
    said = [text for part in PARTS if (text := versions[part][step[part]])]
    return sum(map(cell_len, said)) + GAP * (len(said) - 1)


_SAMPLE = "SAMPLE · ctrl+q leaves"
_PADDING = 2
_SHORT_NAME = 12
_SHORT_LABEL = 16


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand; `operator`, `printing` and `phones` are the longest first."""

    overview: Overview | None
    now: int
    operator: tuple[str, ...] = ()
    trouble: str = ""
    is_sample: bool = False
    printing: tuple[str, ...] = ("",)
    phones: tuple[str, ...] = ("",)


def operator_texts(code: str, label: str) -> tuple[str, ...]:
    """Who works here, in fewer and fewer words."""
    return (
        (f"by {label} · {shown(code)}", f"by {cut(label, _SHORT_LABEL)}") if label else (f"by {shown(code)}",)
    )


class StatusLine(Horizontal):
    """One line, parts far apart; the debt and the soaks are the loud ones."""

    DEFAULT_CSS = """
    StatusLine {
        height: 2;
        padding: 0 1;
        border-bottom: solid $panel;
        Static { width: auto; height: 1; margin-left: 3; text-wrap: nowrap; text-overflow: ellipsis; }
        #where { width: 1fr; margin-left: 0; color: $foreground 70%; }
        #operator, #clock, #phones { color: $foreground 70%; }
    }
    """

    def __init__(self, where: str = "") -> None:
        super().__init__()
        self._where = where
        self._shown: tuple[str, ...] = ()
        self._situation: Situation | None = None

    def compose(self) -> ComposeResult:
        """A static for each part."""
        for part in PARTS:
            yield Words(id=part)

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        if self._situation is not None:
            self.show(self._situation)

    def show(self, situation: Situation) -> None:
        """Tell how things stand; draws only the parts that differ."""
        self._situation = situation
        parts = fitted(self._versions(situation), self.app.size.width - _PADDING)
        if parts == self._shown or not self.is_mounted:  # once it is there it has a size, and is told again
            return
        self._shown = parts
        for static, text in zip(self.query(Words), parts, strict=True):
            static.update(self._styled(static.id or "", text, situation.overview))
            static.display = bool(text)

    def _versions(self, situation: Situation) -> Versions:
        overview, now = situation.overview, situation.now
        day_and_time = dates.clock(now)
        seen = overview if not situation.trouble else None
        return {
            "where": tuple(self._wheres(overview, situation.is_sample)),
            "debt": debt_texts(seen, now) if seen else (situation.trouble,),
            "soaks": soak_texts(seen, now) if seen else ("",),
            "printing": tuple(map(printable, situation.printing)),
            "phones": situation.phones,
            "operator": tuple(map(printable, situation.operator)) if seen and situation.operator else ("",),
            "clock": (day_and_time, day_and_time.rpartition(" ")[2]),
        }

    def _wheres(self, overview: Overview | None, is_sample: bool) -> Iterator[str]:
        short = self._where or (overview.profile if overview else "") or "RollerTrack"
        long = short if self._where or short == "RollerTrack" else f"RollerTrack · {short}"
        if is_sample:
            yield f"{long} · {_SAMPLE}"
            yield f"{short} · {_SAMPLE}"
            yield _SAMPLE
        else:
            yield long
            yield cut(short, _SHORT_NAME)

    @staticmethod
    def _styled(part: str, text: str, overview: Overview | None) -> Content:
        if part == "where" and text.endswith(_SAMPLE):
            return Content.assemble(text.removesuffix(_SAMPLE), (_SAMPLE, "bold $primary"))
        if part == "debt":
            owed = overview is None or overview.debt.count
            return Content.styled(text, "$verdict-wash" if owed else "$foreground 55%")
        return Content.styled(text, "$verdict-wait") if part == "soaks" else Content(text)


class _Key(NamedTuple):
    """What stands of a key on the line."""

    key: str
    key_display: str
    description: str
    action: str
    disabled: bool
    tooltip: str


_HINT = "scan anything, any time"
_GIVES_WAY = [
    frozenset(f"deed('{deed.name}')" for deed in of_scope(*scopes))
    for scopes in ((ROLLER, ROLLERS), (STATION,), (PERSON,))
]


def fitted_keys(keys: Sequence[_Key], width: int) -> list[_Key]:
    """The keys that stand in a line of so many cells; first the deeds give way, from the last."""
    shown = list(keys)
    while shown and _length(shown) > width:
        deeds = [[key for key in shown if key.action in actions] for actions in _GIVES_WAY]
        shown.remove(next((found[-1] for found in deeds if found), shown[-1]))
    return shown


def _length(keys: Sequence[_Key]) -> int:
    """Cells of the keys, each with its word and a gap behind it, after the margin of the line."""
    return sum(_cells(key) + 1 for key in keys)


def _cells(key: _Key) -> int:
    return cell_len(f"{key.key_display} {key.description}")


class KeyLine(Widget):
    """The footer; where there is room it says first that anything can be scanned.

    One text that is drawn: Textual's own footer makes a widget of each key, and makes all of them anew, with
    styles and room, each time others are shown. Where there is no room for all, the deeds give way, the last
    of them first; `elsewhere` names the actions whose keys stand in buttons. A click presses a key.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        split: bottom;
        width: 100%;
        height: 1;
        padding: 0 0 0 1;
        text-wrap: nowrap;
        color: $footer-foreground;
    }
    """

    def __init__(self, elsewhere: Callable[[], Collection[str]] = tuple, *, hint: str = _HINT) -> None:
        super().__init__()
        self._elsewhere = elsewhere
        self._hint = hint
        self._text = Content()
        self._places: list[tuple[range, _Key]] = []
        self._under_mouse: _Key | None = None

    def on_mount(self) -> None:
        """Follow the keys that work."""
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)

    def render(self) -> Content:
        """The keys that work now."""
        return self._text

    def on_resize(self) -> None:
        """Show as many keys as there is room for."""
        self.bindings_changed(self.screen)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Show the keys that work now."""
        if self.is_attached and screen is self.screen and screen.app.app_focus:
            self._show()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Say what the key under the mouse does."""
        self._point_at(self._key_at(event.x))

    def on_leave(self) -> None:
        """No key is under the mouse."""
        self._point_at(None)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Press the key under the mouse."""
        key = self._key_at(event.x)
        if key is not None and key.disabled:
            self.app.bell()
        elif key is not None:
            self.app.simulate_key(key.key)

    def _key_at(self, cell: int) -> _Key | None:
        return next((key for cells, key in self._places if cell in cells), None)

    def _point_at(self, key: _Key | None) -> None:
        if key != self._under_mouse:
            self._under_mouse = key
            self.tooltip = key.tooltip or None if key else None
            self._show()

    def _show(self) -> None:
        width = self.app.size.width - _PADDING
        keys = fitted_keys(list(self._keys()), width)
        is_roomy = _length(keys) + len(keys) + len(_HINT) + GAP <= width
        parts: list[tuple[str, str]] = []
        if is_roomy and self._hint:
            parts = [(self._hint, "$foreground 55%"), (" " * GAP, "")]
        at = 1 + sum(cell_len(text) for text, _ in parts)
        self._places = []
        for key in keys:
            self._places.append((range(at, at + _cells(key)), key))
            at += _cells(key) + 1 + is_roomy
            parts += self._drawn(key)
            parts.append((" " * (1 + is_roomy), ""))
        text = Content.assemble(*parts)
        if not text.is_same(self._text):
            self._text = text
            self.refresh()

    def _drawn(self, key: _Key) -> Iterator[tuple[str, str]]:
        look = "dim " if key.disabled else ""
        ground = " on $block-hover-background" if key == self._under_mouse else ""
        yield key.key_display, f"{look}bold $footer-key-foreground{ground}"
        yield f" {key.description}", f"{look}$footer-description-foreground{ground}"

    def _keys(self) -> Iterator[_Key]:
        """One key for each action, in the order they are bound."""
        actions = set(self._elsewhere())
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in actions:
                actions.add(binding.action)
                yield _Key(
                    binding.key,
                    self.app.get_key_display(binding),
                    binding.description,
                    binding.action,
                    not enabled,
                    tooltip,
                )
