"""What each key gives on the keyboard layouts of the Latin script; a scanner is a keyboard too.

A scanner types the keys of the layout it was set to, mostly the English one; the computer reads them by
its own. The rows are facts of the layouts as systems ship them, from the top left key to the lower right,
without and with Shift.
"""

from enum import StrEnum
from functools import cache

NO_SIGN = "•"
"""Stands for a dead key, which gives no character of its own."""
ENGLISH = "English"
_DIGIT_ROW = range(13)

_ROWS = {
    "English": (
        "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
        '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
    ),
    "German": (
        "•1234567890ß•qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        "°!\"§$%&/()=?•QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
    ),
    "Swiss": (
        "§1234567890'•qwertzuiopü•$asdfghjklöäyxcvbnm,.-",
        '°+"*ç%&/()=?•QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_',
    ),
    "French": (
        "²&é\"'(-è_çà)=azertyuiop•$*qsdfghjklmùwxcvbn,;:!",
        "~1234567890°+AZERTYUIOP•£µQSDFGHJKLM%WXCVBN?./§",
    ),
    "Belgian": (
        "²&é\"'(§è!çà)-azertyuiop•$µqsdfghjklmùwxcvbn,;:=",
        "³1234567890°_AZERTYUIOP•*£QSDFGHJKLM%WXCVBN?./+",
    ),
    "Italian": (
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_',
    ),
    "Spanish": (
        "º1234567890'¡qwertyuiop•+çasdfghjklñ•zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP•*ÇASDFGHJKLÑ•ZXCVBNM;:_',
    ),
    "Portuguese": (
        "\\1234567890'«qwertyuiop+••asdfghjklçºzxcvbnm,.-",
        '|!"#$%&/()=?»QWERTYUIOP*••ASDFGHJKLÇªZXCVBNM;:_',
    ),
    "Brazilian": (
        "'1234567890-=qwertyuiop•[]asdfghjklç•zxcvbnm,.;",
        '"!@#$%•&*()_+QWERTYUIOP•{}ASDFGHJKLÇ•ZXCVBNM<>:',
    ),
    "Dutch": (
        "@1234567890/°qwertyuiop•*<asdfghjkl+•zxcvbnm,.-",
        "§!\"#$%&_()'?•QWERTYUIOP•|>ASDFGHJKL±•ZXCVBNM;:=",
    ),
    "Swedish or Finnish": (
        "§1234567890+•qwertyuiopå•'asdfghjklöäzxcvbnm,.-",
        '½!"#¤%&/()=?•QWERTYUIOPÅ•*ASDFGHJKLÖÄZXCVBNM;:_',
    ),
    "Norwegian": (
        "|1234567890+\\qwertyuiopå•'asdfghjkløæzxcvbnm,.-",
        '§!"#¤%&/()=?•QWERTYUIOPÅ•*ASDFGHJKLØÆZXCVBNM;:_',
    ),
    "Danish": (
        "½1234567890+•qwertyuiopå•'asdfghjklæøzxcvbnm,.-",
        '§!"#¤%&/()=?•QWERTYUIOPÅ•*ASDFGHJKLÆØZXCVBNM;:_',
    ),
    "Icelandic": (
        "•1234567890ö-qwertyuiopð'+asdfghjklæ•zxcvbnm,.þ",
        '•!"#$%&/()=Ö_QWERTYUIOPÐ?*ASDFGHJKLÆ•ZXCVBNM;:Þ',
    ),
    "Lithuanian": (
        "`ąčęėįšųū„“-žqwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
        '~ĄČĘĖĮŠŲŪ()_ŽQWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
    ),
    "Czech": (
        ";+ěščřžýáíé=•qwertzuiopú)•asdfghjklů§yxcvbnm,.-",
        "•1234567890%•QWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_",
    ),
    "Slovak": (
        ";+ľščťžýáíé=•qwertzuiopúäňasdfghjklô§yxcvbnm,.-",
        '•1234567890%•QWERTZUIOP/()ASDFGHJKL"!YXCVBNM?:_',
    ),
    "Hungarian": (
        "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_",
    ),
    "Croatian or Slovene": (
        "`1234567890'+qwertzuiopšđžasdfghjklčćyxcvbnm,.-",
        '~!"#$%&/()=?*QWERTZUIOPŠĐŽASDFGHJKLČĆYXCVBNM;:_',
    ),
    "Albanian": (
        "\\1234567890-=qwertzuiopç@]asdfghjklë[yxcvbnm,./",
        "|!\"#$%^&*()_+QWERTZUIOPÇ'}ASDFGHJKLË{YXCVBNM;:?",
    ),
    "Turkish Q": (
        '"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.',
        "é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:",
    ),
    "Turkish F": (
        "+1234567890/-fgğıodrnhpqwxuieaütkmlyşjövcçzsb.,",
        "*!\"^$%&'()=?_FGĞIODRNHPQWXUİEAÜTKMLYŞJÖVCÇZSB:;",
    ),
    "Azerbaijani": (
        "`1234567890-=qüertyuiopöğ\\asdfghjklıəzxcvbnmçş.",
        '~!"Ⅶ;%:?*()_+QÜERTYUİOPÖĞ/ASDFGHJKLIƏZXCVBNMÇŞ,',
    ),
    "Vietnamese": (
        "`ăâêô•••••đ-₫qwertyuiopươ\\asdfghjkl;'zxcvbnm,./",
        '~ĂÂÊÔ%^&*(Đ_+QWERTYUIOPƯƠ|ASDFGHJKL:"ZXCVBNM<>?',
    ),
    "Canadian French": (
        "#1234567890-=qwertyuiop••<asdfghjkl;•zxcvbnm,.é",
        "|!\"/$%?&*()_+QWERTYUIOP••>ASDFGHJKL:•ZXCVBNM'.É",
    ),
    "Dvorak": (
        "`1234567890[]',.pyfgcrl/=\\aoeuidhtns-;qjkxbmwvz",
        '~!@#$%^&*(){}"<>PYFGCRL?+|AOEUIDHTNS_:QJKXBMWVZ',
    ),
    "Colemak": (
        "`1234567890-=qwfpgjluy;[]\\arstdhneio'zxcvbkm,./",
        '~!@#$%^&*()_+QWFPGJLUY:{}|ARSTDHNEIO"ZXCVBKM<>?',
    ),
    "Japanese": (
        "•1234567890-^qwertyuiop@[]asdfghjkl;:zxcvbnm,./",
        "•!\"#$%&'()•=~QWERTYUIOP`{}ASDFGHJKL+*ZXCVBNM<>?",
    ),
}
LAYOUTS = tuple(_ROWS)
"""The names of the layouts, the English one first; several others type all that a label holds as it does."""


class Case(StrEnum):
    """What becomes of capitals and small letters on the way."""

    KEPT = "kept"
    CAPS_LOCK = "caps lock"
    SHIFT_LOCK = "shift lock"
    """Caps Lock on computers where it turns the digit row too."""
    ALL_CAPITALS = "all capitals"
    ALL_SMALL = "all small"


def retyped(text: str, scanner: str, computer: str, case: Case = Case.KEPT) -> str:
    """What arrives of a text that a scanner set to one layout types on a computer set to another.

    A character that the scanner's layout does not have comes as it is; a dead key gives nothing.
    """
    arrived = text.translate(_table(scanner, computer, case))
    if case is Case.ALL_CAPITALS:
        return arrived.upper()
    return arrived.lower() if case is Case.ALL_SMALL else arrived


@cache
def _table(scanner: str, computer: str, case: Case) -> dict[int, str]:
    return dict(zip(_keys(scanner), _signs(computer, case), strict=True))


@cache
def _keys(scanner: str) -> tuple[int, ...]:
    plain, shifted = _ROWS[scanner]
    return tuple(map(ord, shifted + plain))


@cache
def _signs(computer: str, case: Case) -> tuple[str, ...]:
    """What each key gives, in the order of the keys."""
    return tuple([
        _character(computer, place, level, case).replace(NO_SIGN, "")
        for level in (1, 0)
        for place in range(len(_ROWS[computer][level]))
    ])  # fmt: skip


def _character(computer: str, place: int, level: int, case: Case) -> str:
    plain, shifted = (row[place] for row in _ROWS[computer])
    locks_digits = case is Case.SHIFT_LOCK and place in _DIGIT_ROW
    locks_letters = case in {Case.CAPS_LOCK, Case.SHIFT_LOCK} and plain.isalpha() and shifted.isalpha()
    return (plain, shifted)[1 - level if locks_digits or locks_letters else level]
