"""Fonts for labels: the best that this computer has, or Pillow's own."""

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from rollertrack.labels.layout import Face

_BROAD = {
    Face.REGULAR: ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf"),
    Face.BOLD: (
        "DejaVuSans-Bold.ttf",
        "NotoSans-Bold.ttf",
        "LiberationSans-Bold.ttf",
        "Arial Bold.ttf",
        "arialbd.ttf",
    ),
    Face.CODE: ("DejaVuSansMono-Bold.ttf", "NotoSansMono-Bold.ttf", "LiberationMono-Bold.ttf", "courbd.ttf"),
}
# For names in scripts that the fonts above do not have.
_SCRIPTS = (
    "NotoSansCJK-Regular.ttc",
    "DroidSansFallbackFull.ttf",
    "wqy-zenhei.ttc",
    "Arial Unicode.ttf",
    "msgothic.ttc",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoEmoji-Regular.ttf",
    "Symbola_hint.ttf",
)
_NO_CHARACTER = "\uffff"
_PROBE = 24

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def font_for(text: str, size: int, face: Face) -> Font:
    """The font, at a size in dots, that has most of the characters of text."""
    return _opened(_best(text, face), size)


def measure(text: str, size: int, face: Face) -> int:
    """The width of text in dots when drawn at a size in dots."""
    return -int(-font_for(text, size, face).getlength(text) // 1)


@lru_cache(maxsize=1024)
def _best(text: str, face: Face) -> Path | None:
    wanted = set(text) - {" "}
    best: tuple[int, Path | None] = (-1, None)
    for path in _candidates(face):
        missing = sum(not _has(path, char) for char in wanted)
        if not missing:
            return path
        if len(wanted) - missing > best[0]:
            best = (len(wanted) - missing, path)
    return best[1]


@lru_cache(maxsize=8)
def _candidates(face: Face) -> tuple[Path | None, ...]:
    """The fonts to try in turn; None stands for Pillow's own, which is always there."""
    installed = _installed()
    names = (*_BROAD[face], *_BROAD[Face.BOLD], *_SCRIPTS)
    return (*(installed[name] for name in dict.fromkeys(names) if name in installed), None)


@lru_cache(maxsize=1)
def _installed() -> dict[str, Path]:
    """Where the wanted fonts are, by file name."""
    wanted = {name for names in (*_BROAD.values(), _SCRIPTS) for name in names}
    found: dict[str, Path] = {}
    for folder in _folders():
        for parent, _, names in os.walk(folder):
            for name in wanted.intersection(names):
                found.setdefault(name, Path(parent, name))
    return found


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
        yield Path.home() / ".local/share/fonts"


@lru_cache(maxsize=64)
def _opened(path: Path | None, size: int) -> Font:
    return ImageFont.load_default(size) if path is None else ImageFont.truetype(path, size)


@lru_cache(maxsize=4096)
def _has(path: Path | None, char: str) -> bool:
    """Whether the font draws the character otherwise than the box it draws for one it does not know."""
    font = _opened(path, _PROBE)
    return bytes(font.getmask(char, "1")) != bytes(font.getmask(_NO_CHARACTER, "1"))
