"""Files as people name them."""

from pathlib import Path

from rollertrack.domain.text import required_line
from rollertrack.errors import BadInput

_LONGEST_PATH = 4_096


def named_file(field: str, text: str) -> Path:
    """The path that a text names, with `~` read as a home folder; BadInput for one that names none."""
    required_line(field, text, _LONGEST_PATH)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise BadInput(field, f"{text.split('/', 1)[0]} is nobody's home folder; name a file") from None
