"""What a scanner set to a US keyboard types on a computer with another layout."""

# The four rows of keys from the top left, plain and with Shift.
_US = (
    "`1234567890-=" "qwertyuiop[]\\" "asdfghjkl;'" "zxcvbnm,./",
    '~!@#$%^&*()_+' "QWERTYUIOP{}|" 'ASDFGHJKL:"' "ZXCVBNM<>?",
)  # fmt: skip
_ROWS = {
    "us": _US,
    "de": (
        "^1234567890ß´" "qwertzuiopü+#" "asdfghjklöä" "yxcvbnm,.-",
        '°!"§$%&/()=?`' "QWERTZUIOPÜ*'" "ASDFGHJKLÖÄ" "YXCVBNM;:_",
    ),
    "fr": (
        "²&é\"'(-è_çà)=" "azertyuiop^$*" "qsdfghjklmù" "wxcvbn,;:!",
        "³1234567890°+" "AZERTYUIOP¨£µ" "QSDFGHJKLM%" "WXCVBN?./§",
    ),
    "it": (
        "\\1234567890'ì" "qwertyuiopè+ù" "asdfghjklòà" "zxcvbnm,.-",
        '|!"£$%&/()=?^' "QWERTYUIOPé*§" "ASDFGHJKLç°" "ZXCVBNM;:_",
    ),
    "cz": (
        ";+ěščřžýáíé=´" "qwertzuiopú)¨" "asdfghjklů§" "yxcvbnm,.-",
        "°1234567890%ˇ" "QWERTZUIOP/('" 'ASDFGHJKL"!' "YXCVBNM?:_",
    ),
    "tr": (
        '"1234567890*-' "qwertyuıopğü," "asdfghjklşi" "zxcvbnmöç.",
        "é!'^+%&/()=?_" "QWERTYUIOPĞÜ;" "ASDFGHJKLŞİ" "ZXCVBNMÖÇ:",
    ),
}  # fmt: skip
LAYOUTS = tuple(_ROWS)
_DIGIT_ROW = range(13)


def typed(text: str, layout: str, *, caps_lock: bool = False) -> str:
    """The text as it arrives; Caps Lock turns letter keys over, on French machines the digit row too."""
    return "".join(_key(char, layout, caps_lock) for char in text)


def _key(char: str, layout: str, caps_lock: bool) -> str:
    level = 0 if char in _US[0] else 1
    place = _US[level].index(char)
    plain, shifted = _ROWS[layout][0][place], _ROWS[layout][1][place]
    turned = (plain.isalpha() and shifted.isalpha()) or (layout == "fr" and place in _DIGIT_ROW)
    if caps_lock and turned:
        level = 1 - level
    return (plain, shifted)[level]
