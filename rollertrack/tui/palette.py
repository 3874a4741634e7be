"""The colours of the five words and of the states that come near them, and the two themes."""

from dataclasses import dataclass

from textual.theme import Theme

from rollertrack.domain.words import State, Word


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one word on one kind of theme: of its letters, and of a whole screen behind them."""

    letters: str
    tint: str


_ON_DARK = {
    Word.USE: Ink("#6fce8b", "#12231a"),
    Word.CARE: Ink("#ecc559", "#272110"),
    Word.WAIT: Ink("#7bb8ff", "#121f2f"),
    Word.WASH: Ink("#ff9f5a", "#2b1b10"),
    Word.STOP: Ink("#ff7f78", "#2d1517"),
}
_ON_LIGHT = {
    Word.USE: Ink("#146534", "#e4f2e7"),
    Word.CARE: Ink("#745000", "#f8efd2"),
    Word.WAIT: Ink("#155a9c", "#e2edf9"),
    Word.WASH: Ink("#9a3f00", "#fce9db"),
    Word.STOP: Ink("#b01c24", "#fbe4e3"),
}


def ink(word: Word, dark: bool) -> Ink:
    """The colours of a word on a dark or a light theme."""
    return (_ON_DARK if dark else _ON_LIGHT)[word]


_NEAR: dict[State, Word] = {
    State.READY: Word.USE,
    State.DIRTY: Word.WASH,
    State.STALE: Word.WASH,
    State.NEW: Word.WASH,
    State.SOAKING: Word.WAIT,
    State.TAKE_OUT: Word.CARE,
    State.STOP: Word.STOP,
}
"""The word whose colour a state has; a retired roller has none."""


def state_letters(state: State, dark: bool) -> str | None:
    """The colour of the letters of a state, None for the quiet one."""
    return ink(_NEAR[state], dark).letters if state in _NEAR else None


def state_style(state: State) -> str:
    """The style of a state's letters, as style variables."""
    return f"bold $verdict-{_NEAR[state].name.lower()}" if state in _NEAR else "bold $foreground 60%"


def variables(dark: bool) -> dict[str, str]:
    """The colours as style variables: `$verdict-use`, `$verdict-use-tint` and so for each word.

    An app that also offers other themes returns these from `get_theme_variable_defaults`.
    """
    names: dict[str, str] = {}
    for word in Word:
        names[f"verdict-{word.name.lower()}"] = ink(word, dark).letters
        names[f"verdict-{word.name.lower()}-tint"] = ink(word, dark).tint
    return names


def _theme(name: str, dark: bool, accent: str, foreground: str, grounds: tuple[str, str, str]) -> Theme:
    background, surface, panel = grounds
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        success=ink(Word.USE, dark).letters,
        warning=ink(Word.CARE, dark).letters,
        error=ink(Word.STOP, dark).letters,
        foreground=foreground,
        background=background,
        surface=surface,
        panel=panel,
        variables={
            "footer-background": background,
            "scrollbar": panel,
            "scrollbar-hover": panel,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            **variables(dark),
        },
    )


DARK = _theme("rollertrack-dark", True, "#b3a1e6", "#d9d7de", ("#16161b", "#202027", "#34343f"))
LIGHT = _theme("rollertrack-light", False, "#6243a8", "#26252b", ("#faf9f7", "#efedea", "#d8d5cf"))
THEMES = (DARK, LIGHT)
