"""Keys as the keyboard protocol of kitty tells them, in the one form that everything here understands.

The protocol tells more than a program wants: releases, modifier and lock keys by themselves, the keys of
other layouts; some terminals leave out the text of a key, or the bits of its modifiers. Pure.
"""

import re
from typing import Final

FLAGS: Final = 0b11001
"""What the program asks of a terminal's keyboard: all keys as sequences, with their text."""
ON, OFF = f"\x1b[>{FLAGS}u", "\x1b[<u"
_KEY = re.compile(r"\x1b\[(\d*)((?::\d*)*)(?:;(\d*)(?::(\d*))?(?:;([\d:]*))?)?([u~A-HPQRS])")
_BYSTANDERS = frozenset({57358, 57359, 57360, *range(57441, 57455)})
"""Caps Lock, Scroll Lock, Num Lock and every modifier: by themselves they are no keys."""
_KEYPAD = dict(zip(range(57399, 57417), "0123456789./*-+\r=,", strict=True))
_PRIVATE_USE = range(0xE000, 0xF900)
_LAST_CHARACTER = 0x10FFFF
_RELEASE = 3
_SHIFT, _ALT, _COMMAND, _CAPS = 1, 2, 0b111100, 64


def plain(sequence: str) -> list[str]:
    """A sequence in its plain form: as it is where it is none of the protocol, nothing where it is no key."""
    found = _KEY.fullmatch(sequence)
    if found is None or (found[6] != "u" and found[3] is None and not found[2]):
        return [sequence]
    code = int(found[1] or "1")
    bits = max(0, int(found[3] or "1") - 1)
    if int(found[4] or "1") == _RELEASE or code > _LAST_CHARACTER:
        return []
    if found[6] != "u":
        return [f"\x1b[{code};{bits + 1}{found[6]}"]
    if code in _BYSTANDERS:
        return []
    known = [int(each) for each in (found[5] or "").split(":") if each]
    others = [int(each) for each in found[2].split(":") if each]
    text = _text(code, bits, known, others)
    codes = f";{bits + 1};{text}" if text else f";{bits + 1}" if bits else ""
    return [f"\x1b[{code}{codes}u"]


def parts(sequence: str) -> tuple[int, int, str] | None:
    """The code, the bits of the modifiers and the text of a key in its plain form; None for any other."""
    found = _KEY.fullmatch(sequence)
    if found is None or found[6] != "u":
        return None
    text = "".join(chr(int(each)) for each in (found[5] or "").split(":") if each)
    return int(found[1] or "1"), int(found[3] or "1") - 1, text


def _text(code: int, bits: int, codes: list[int], others: list[int]) -> str:
    """The characters a key gives, as numbers; worked out where the terminal does not tell them."""
    if bits & _COMMAND:
        return ""
    if not codes and not bits & _ALT:
        codes = _guessed(code, bits, others)
    return ":".join(str(each) for each in codes if _is_character(each))


def _guessed(code: int, bits: int, others: list[int]) -> list[int]:
    if code in _KEYPAD:
        return [ord(_KEYPAD[code])]
    if code in _PRIVATE_USE or not _is_character(code):
        return []
    if bits & _SHIFT and others:
        return others[:1]
    is_capital = bool(bits & _SHIFT) != bool(bits & _CAPS)
    char = chr(code).upper() if is_capital else chr(code)
    return [ord(char)] if len(char) == 1 else []


def _is_character(code: int) -> bool:
    return code <= _LAST_CHARACTER and chr(code).isprintable()
