"""The script that letters belong to: what a keyboard set to another language makes of a scan."""

import unicodedata
from collections.abc import Iterator


def script_of(text: str) -> str:
    """The script that most letters of a text belong to, such as Cyrillic; empty for one without letters."""
    scripts = list(_scripts(text))
    return max(set(scripts), key=scripts.count).capitalize() if scripts else ""


def _scripts(text: str) -> Iterator[str]:
    return (unicodedata.name(char, "UNKNOWN").split()[0] for char in text if char.isalpha())
