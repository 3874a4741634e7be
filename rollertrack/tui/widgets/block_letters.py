"""The letters of the five words and the six action cards as large blocks, drawn for this program."""

_GLYPHS = {
    "A": "▄█████▄|██   ██|███████|██   ██|██   ██",
    "B": "██████▄|██   ██|██████▀|██   ██|██████▀",
    "C": "▄██████|██     |██     |██     |▀██████",
    "D": "██████▄|██   ██|██   ██|██   ██|██████▀",
    "E": "███████|██     |██████ |██     |███████",
    "F": "███████|██     |██████ |██     |██     ",
    "H": "██   ██|██   ██|███████|██   ██|██   ██",
    "I": "██|██|██|██|██",
    "K": "██  ▄█▀|██▄█▀  |███▄   |██▀██▄ |██  ▀██",
    "N": "██▄   ██|███▄  ██|██▀█▄ ██|██ ▀█▄██|██  ▀███",
    "O": "▄█████▄|██   ██|██   ██|██   ██|▀█████▀",
    "P": "██████▄|██   ██|██████▀|██     |██     ",
    "R": "██████▄|██   ██|██████▀|██ ▀██▄|██   ██",
    "S": "▄██████|██     |▀█████▄|     ██|██████▀",
    "T": "████████|   ██   |   ██   |   ██   |   ██   ",
    "U": "██   ██|██   ██|██   ██|██   ██|▀█████▀",
    "W": "██  ██  ██|██  ██  ██|██  ██  ██|██  ██  ██|▀███▀▀███▀",
    " ": "   |   |   |   |   ",
    "✓": "      ▄█|     ▄█▀|█▄  ▄█▀ |▀█▄▄█▀  | ▀██▀   ",
    "✗": "█▄   ▄█|▀█▄ ▄█▀|  ▀█▀  |▄█▀ ▀█▄|█▀   ▀█",
    "?": "▄████▄ |▀▀  ██ |  ▄██▀ |  ▀▀   |  ██   ",
}
_UPPER, _LOWER = "▀█", "▄█"

HEIGHT = 5


def lines(text: str, double: bool = False) -> list[str]:
    """The text in block letters, all lines equally wide; double size is ten lines high.

    Raises KeyError for a letter that none of these words has.
    """
    glyphs = [_GLYPHS[letter].split("|") for letter in text]
    single = [" ".join(glyph[row] for glyph in glyphs) for row in range(HEIGHT)]
    return _doubled(single) if double else single


def _doubled(single: list[str]) -> list[str]:
    # A line of half blocks holds two rows of square dots; doubled, each dot is two whole cells.
    return [
        "".join("██" if char in half else "  " for char in line)
        for line in single
        for half in (_UPPER, _LOWER)
    ]
