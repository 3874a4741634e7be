"""A printer as the settings tell it: a place, or a table with the place and how the paper lies."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from rollertrack.domain.text import clean_line, decimal_number, near_hint, required_line
from rollertrack.errors import BadInput
from rollertrack.labels.places import parse_place
from rollertrack.labels.printer import OFF, ON, Printer

NAME_LIMIT = 40
_DPI = (100, 2400)
_MODULE = (1, 40)
_OFFSET = (-50, 50)
_SCALE = (80, 120)


def parse_printer(name: str, value: object) -> Printer:
    """The printer of that name; `value` is a place, or a table with `place` and any of the other keys.

    The name is empty for a place that was given directly. Numbers may be text, as a form hands them
    over. Raises BadInput that names the printer and the key.
    """
    name = clean_line("printer", name, NAME_LIMIT)
    if ":" in name:
        raise BadInput("printer", f"“{name}” reads like a place; a name without a colon is right")
    if isinstance(value, str):
        return Printer(name, _place(name, value))
    if not isinstance(value, Mapping):
        raise BadInput("printer", f"{_said(name)}should be a place in quotes, or a table that holds one")
    for key in value:
        if key not in _KEYS:
            hint = near_hint(str(key), _KEYS, f"known are {', '.join(_KEYS)}")
            raise BadInput("printer", f"{_said(name)}the key “{str(key)[:30]}” is not known; {hint}")
    if "place" not in value:
        raise BadInput("printer", f'{_said(name)}has no place; place = "tcp://HOST:PORT" is right')
    return Printer(name, **{key: _read(name, key, given) for key, given in value.items()})


def printer_value(printer: Printer) -> str | dict[str, str | int | float]:
    """What parse_printer reads back: the place alone when there is no more to tell."""
    plain = Printer(printer.name, printer.place)
    more = {
        key: getattr(printer, key)
        for key in _KEYS
        if key != "place" and getattr(printer, key) != getattr(plain, key)
    }
    return {"place": str(printer.place), **more} if more else str(printer.place)


def _place(name: str, given: object) -> Any:
    if not isinstance(given, str):
        raise BadInput("printer", f"{_said(name)}the place must be text in quotes")
    try:
        return parse_place(given)
    except BadInput as error:
        raise BadInput("printer", f"{_said(name)}{error.reason}") from None


def _media(name: str, given: object) -> str:
    if not isinstance(given, str):
        raise BadInput("printer", f'{_said(name)}media must be text in quotes, such as "58mm"')
    return required_line("printer", given)


def _status(name: str, given: object) -> str:
    status = given.strip().lower() if isinstance(given, str) else given
    if status not in (ON, OFF):
        right = 'status = "off" is right for a printer that answers wrongly, "on" for every other'
        raise BadInput("printer", f"{_said(name)}status “{str(given)[:20]}” is wrong; {right}")
    return str(status)


def _whole(key: str, bounds: tuple[int, int], such_as: str) -> Callable[[str, object], int]:
    right = f"a whole number from {bounds[0]} to {bounds[1]} is right, such as {such_as}"

    def read(name: str, given: object) -> int:
        number = _number(given)
        if number is None or not bounds[0] <= number <= bounds[1] or number != number.to_integral_value():
            raise BadInput("printer", f"{_said(name)}{key} “{str(given)[:20]}” is wrong; {right}")
        return int(number)

    return read


def _length(key: str, bounds: tuple[int, int], such_as: str) -> Callable[[str, object], float]:
    right = f"a number from {bounds[0]} to {bounds[1]} is right, such as {such_as}"

    def read(name: str, given: object) -> float:
        number = _number(given)
        if number is None or not bounds[0] <= number <= bounds[1]:
            raise BadInput("printer", f"{_said(name)}{key} “{str(given)[:20]}” is wrong; {right}")
        return float(number)

    return read


def _number(given: object) -> Decimal | None:
    """The number that a setting or a form tells, if it is one; TOML knows "not a number" too."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        number = decimal_number(given, "printer", "") if isinstance(given, str) else Decimal(str(given))
    except BadInput:
        return None
    return None if number.is_nan() else number


def _said(name: str) -> str:
    return f"“{name}”: " if name else ""


def _read(name: str, key: str, given: object) -> Any:
    return _KEYS[key](name, given)


_KEYS: dict[str, Callable[[str, object], Any]] = {
    "place": _place,
    "media": _media,
    "dpi": _whole("dpi", _DPI, "203"),
    "module": _whole("module", _MODULE, "5 dots"),
    "offset_x": _length("offset_x", _OFFSET, "1.5 mm"),
    "offset_y": _length("offset_y", _OFFSET, "1.5 mm"),
    "scale": _length("scale", _SCALE, "100 percent"),
    "status": _status,
}
