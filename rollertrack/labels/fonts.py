"""Fonts for labels: the best that this computer has, or Pillow's own, mixed within a line where needed."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from rollertrack.labels.layouts.layout import Face

_BROAD = {
    Face.REGULAR: ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf"),
    Face.BOLD: (
        "DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf",
        "arialbd.ttf",
    ),
    Face.CODE: (
        "DejaVuSansMono-Bold.ttf", "NotoSansMono-Bold.ttf", "LiberationMono-Bold.ttf", "Courier New Bold.ttf",
        "courbd.ttf",
    ),
}  # fmt: skip
# For names in scripts that the fonts above do not have.
_SCRIPTS = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "DroidSansFallbackFull.ttf", "wqy-zenhei.ttc",
    "wqy-microhei.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc", "AppleSDGothicNeo.ttc", "msyh.ttc",
    "YuGothM.ttc", "malgun.ttf", "msgothic.ttc", "Arial Unicode.ttf", "unifont.otf", "unifont.ttf",
    "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf", "Nirmala.ttc", "Nirmala.ttf", "LeelawUI.ttf", "NotoSansSymbols2-Regular.ttf",
    "NotoEmoji-Regular.ttf", "Symbola_hint.ttf", "seguisym.ttf", "Apple Symbols.ttf",
)  # fmt: skip
_NO_CHARACTER = "\uffff"
_PROBE = 24
# Letters that stand one after the other; all others are left to a shaping engine.
_PLAIN = re.compile("[\u0020-\u02ff\u0370-\u058f\u1e00-\u1fff\u2010-\u2027\u2e80-\ud7ff]*")

_HEBREW_ARABIC = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
# Numbers after such a word go with it.
_FROM_THE_RIGHT = re.compile(f"( *)({_HEBREW_ARABIC}(?: *(?:{_HEBREW_ARABIC}|[0-9]))*)( *)")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Run = tuple[Path | None, str]
"""A piece of text and the file of the font it is drawn in; None stands for Pillow's own."""


@lru_cache(maxsize=16384)
def measure(text: str, size: int, face: Face) -> int:
    """The width of text in dots when drawn at a size in dots."""
    return -int(-sum(_width(path, part, size) for path, part in runs(text, face)) // 1)


def draw(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, face: Face, fill: int
) -> None:
    """Draw text with the left end of its baseline at a place, each run in the font that has it."""
    x, y = place
    for path, part in runs(text, face):
        if _plain(part):
            x = _stamp(pen, (x, y), path, part, size, fill)
        else:
            given = part if _shapes() else turned_round(part)
            pen.text((x, y), given, fill=fill, font=_font(path, size, part), anchor="ls")
            x += round(_width(path, part, size))


def _stamp(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], path: Path | None, text: str, size: int, fill: int
) -> int:
    """Put down the glyphs of plain text one after the other; the column where the next begins."""
    x: float = place[0]
    y = place[1]
    advances, glyphs = _advances(path, size), _glyphs(path, size)
    for char in text:
        if (glyph := glyphs[char]) is not None:
            picture, right, down = glyph
            pen.bitmap((round(x) + right, y + down), picture, fill=fill)
        x += advances[char]
    return round(x)


def turned_round(text: str) -> str:
    """The text for a Pillow that cannot shape: what is written from the right is turned round in it."""
    if not (found := _FROM_THE_RIGHT.search(text)):
        return text
    pieces = _FROM_THE_RIGHT.split(text)
    pieces[2::4] = map(_backwards, pieces[2::4])
    begins_there = not any(char.isalpha() for char in text[: found.start()])
    return "".join(reversed(pieces) if begins_there else pieces)


def _backwards(text: str) -> str:
    """The letters from the last to the first, each with its accents after it, and numbers as they are."""
    turned = ""
    for char in text:
        turned = turned[:1] + char + turned[1:] if unicodedata.combining(char) else char + turned
    return re.sub("[0-9]+", lambda number: number[0][::-1], turned)


def _shapes() -> bool:
    """Whether Pillow can shape text; on Windows and macOS only with FriBiDi installed beside it."""
    return features.check("raqm") is True


def missing(text: str) -> str:
    """The characters of a text that no font of this computer can draw, each once."""
    fonts = candidates(Face.REGULAR)
    visible = (char for char in dict.fromkeys(text) if char.isprintable() and not char.isspace())
    return "".join(char for char in visible if not any(_has(path, char) for path in fonts))


def found() -> tuple[str, ...]:
    """The files of the fonts that labels may be drawn in, the usual ones first; empty when there is none."""
    paths = dict.fromkeys(path for face in Face for path in candidates(face) if path is not None)
    return tuple(map(str, paths))


@lru_cache(maxsize=4096)
def runs(text: str, face: Face) -> tuple[Run, ...]:
    """A text cut into runs, each with the first font that has all of it."""
    fonts = candidates(face)
    if all(map(_has, repeat(fonts[0]), text)):
        return ((fonts[0], text),) if text else ()
    pieces: list[Run] = []
    for char in text:
        path = next((path for path in fonts if _has(path, char)), fonts[0])
        if pieces and (path == pieces[-1][0] or char == " " or unicodedata.combining(char)):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char)
        else:
            pieces.append((path, char))
    return tuple(pieces)


def _width(path: Path | None, text: str, size: int) -> float:
    if _plain(text):
        return sum(map(_advances(path, size).__getitem__, text))
    return float(_font(path, size, text).getlength(text, mode="1"))


class _Advances(dict[str, float]):
    """How far each character moves on, looked up once."""

    def __init__(self, path: Path | None, size: int) -> None:
        super().__init__()
        self._font = _opened(path, size, ImageFont.Layout.BASIC)

    def __missing__(self, char: str) -> float:
        self[char] = advance = float(self._font.getlength(char, mode="1"))
        return advance


class _Glyphs(dict[str, tuple[Image.Image, int, int] | None]):
    """The picture of each character and where it begins, from the baseline; None for a blank one."""

    def __init__(self, path: Path | None, size: int) -> None:
        super().__init__()
        self._font = _opened(path, size, ImageFont.Layout.BASIC)

    def __missing__(self, char: str) -> tuple[Image.Image, int, int] | None:
        left, top, right, bottom = map(round, self._font.getbbox(char, mode="1", anchor="ls"))
        self[char] = None
        if right > left and bottom > top:
            picture = Image.new("1", (right - left, bottom - top))
            pen = ImageDraw.Draw(picture)
            pen.fontmode = "1"
            pen.text((-left, -top), char, fill=1, font=self._font, anchor="ls")
            self[char] = (picture, left, top)
        return self[char]


@lru_cache(maxsize=256)
def _advances(path: Path | None, size: int) -> _Advances:
    return _Advances(path, size)


@lru_cache(maxsize=64)
def _glyphs(path: Path | None, size: int) -> _Glyphs:
    return _Glyphs(path, size)


@lru_cache(maxsize=4096)
def _plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None


def _font(path: Path | None, size: int, text: str) -> Font:
    """Without shaping where it does nothing: that is faster, and as wide as the sum of its letters."""
    return _opened(path, size, ImageFont.Layout.BASIC if _plain(text) else None)


@lru_cache(maxsize=8)
def candidates(face: Face) -> tuple[Path | None, ...]:
    """The fonts to try in turn; Pillow's own is always there."""
    files = installed()
    names = (*_BROAD[face], *_BROAD[Face.BOLD], *_SCRIPTS)
    return (*(files[name] for name in dict.fromkeys(names) if name in files), None)


@lru_cache(maxsize=1)
def installed() -> dict[str, Path]:
    """Where the wanted fonts are, by file name."""
    wanted = {name for names in (*_BROAD.values(), _SCRIPTS) for name in names}
    files: dict[str, Path] = {}
    for folder in folders():
        for parent, _, names in os.walk(folder):
            for name in wanted.intersection(names):
                files.setdefault(name, Path(parent, name))
    return files


def folders() -> Iterator[Path]:
    """Where this computer keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
        yield from (home / ".local/share/fonts", home / ".fonts")


@lru_cache(maxsize=128)
def _opened(path: Path | None, size: int, engine: ImageFont.Layout | None) -> Font:
    return (
        ImageFont.load_default(size) if path is None else ImageFont.truetype(path, size, layout_engine=engine)
    )


@lru_cache(maxsize=16384)
def _has(path: Path | None, char: str) -> bool:
    """Whether the font draws the character otherwise than the box it draws for one it does not know."""
    if char == " ":
        return True
    font = _opened(path, _PROBE, None)
    return bytes(font.getmask(char, "1")) != bytes(font.getmask(_NO_CHARACTER, "1"))
