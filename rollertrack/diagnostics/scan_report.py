"""What one scan of the test code tells of a scanner and of the keyboard the computer believes it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from rollertrack.diagnostics.health import Check, bad, doubt, good
from rollertrack.diagnostics.scan_match import Match, match
from rollertrack.domain import code
from rollertrack.domain.code import TEST_CODE
from rollertrack.domain.quantities import article
from rollertrack.errors import BadCode, BadInput
from rollertrack.scanner.grammar import script_of
from rollertrack.scanner.key_buffer import ENDS, KeyBuffer, Outcome, ScanRead, Stroke
from rollertrack.scanner.keyboards import ENGLISH, Case, retyped
from rollertrack.scanner.slow_scans import SlowScans

SLOW: Final = 35.0
"""Milliseconds between two keys from which on a scan in a form may be taken for typing."""
PREFIX_KEY: Final = "f9"
_ENDS = {
    "": "nothing",
    "enter": "Enter",
    "ctrl+j": "Ctrl+J (a line feed)",
    "tab": "Tab",
    "enter ctrl+j": "Enter and a line feed",
}
_SLOWER = (
    "Give the scanner a pause of some 10 ms between keys (“keystroke delay”), or turn its fast mode off."
)
_LATIN = "Switch the computer's keyboard to a layout of Latin letters, such as English, while you scan."
_PREFIX = "Program the F9 key as the scanner's prefix; RollerTrack then waits for every scan, however slow."


class Key(NamedTuple):
    """One key as a terminal tells of it: its name, its character if it has one, when it came in seconds."""

    name: str
    character: str | None = None
    at: float | None = None


class Heard(NamedTuple):
    """Where the program itself takes the keys of a scan for a scan."""

    link: bool
    """Everywhere, as it came."""
    bare: bool
    """Everywhere, had the symbol held nothing but the code."""
    where_nothing_is_typed: bool
    """On lists, but not in forms."""
    after_prefix: bool
    """Everywhere, had F9 come first."""


class Speed(NamedTuple):
    """Milliseconds from one key to the next."""

    fastest: float
    median: float
    slowest: float


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What was found, with the verdict at the end of the checks."""

    arrived: str
    match: Match
    ends_with: str
    speed: Speed | None
    understood: bool
    checks: tuple[Check, ...]


def report(keys: Sequence[Key], hear: Callable[[Sequence[Key], Sequence[Key]], Heard]) -> ScanReport:
    """The report on one scan of the test code.

    `hear` is how the program takes such keys, and those that would come of a symbol with the code alone.

    BadInput says what was scanned when it was not the test code.
    """
    text, ends = typed(keys), ends_of(keys)
    found = match(text)
    if found is None:
        raise BadInput("scan", _something_else(text))
    speed, heard = speed_of(keys), hear(keys, _without_link(keys, len(found.before)))
    verdict = _verdict(found, ends, text, heard)
    checks = (
        _layout(found), _case(found.case), _end(ends), *_before(found, keys), *_speed(speed, heard),
        *_whole(found), verdict,
    )  # fmt: skip
    return ScanReport(text, found, _ENDS.get(ends, ends), speed, heard.link and heard.bare, checks)


def typed(keys: Sequence[Key]) -> str:
    """The characters of keys, without those that end the scan."""
    return "".join(key.character or "" for key in keys)


def _without_link(keys: Sequence[Key], before: int) -> list[Key]:
    """What the scanner puts around every scan, with the nine letters of the code in the middle."""
    places = [place for place, key in enumerate(keys) if key.character]
    start, first = places[before], places[max(before, len(places) - code.LENGTH)]
    sooner = (keys[first].at or 0.0) - (keys[start].at or 0.0)
    tail = (key if key.at is None else key._replace(at=key.at - sooner) for key in keys[first:])
    return [*keys[:start], *tail]


def ends_of(keys: Sequence[Key]) -> str:
    """The names of the keys after the last character, such as `enter` or `enter ctrl+j`."""
    last = max((place for place, key in enumerate(keys) if key.character), default=-1)
    return " ".join(key.name for key in keys[last + 1 :])


def speed_of(keys: Sequence[Key]) -> Speed | None:
    """How fast the characters came; None when nothing is known of their times."""
    times = [key.at for key in keys if key.character and key.at is not None]
    gaps = [(later - sooner) * 1000 for sooner, later in pairwise(times)]
    return Speed(min(gaps), median(gaps), max(gaps)) if gaps else None


def _something_else(text: str) -> str:
    if not text.strip():
        return "nothing came; scan the test code, and see that the window of this program is in front"
    try:
        other = code.shown(code.find(text))
    except BadCode:
        return f"“{text[:60]}” is not the test code, or too little of it; scan the one shown"
    return f"that was {other}; scan the test code that is shown"


def _layout(found: Match) -> Check:
    if found.scanner is None:
        return _foreign(found)
    if found.scanner in found.computers:
        return good("layout", "the scanner types what the computer reads; both are set alike.")
    computers = " or ".join(found.computers)
    passes = retyped(TEST_CODE, found.scanner, found.computers[0]) == TEST_CODE
    return doubt(
        "layout",
        f"the scanner types as {article(found.scanner)} keyboard,"
        f" the computer reads {article(computers)} one: {_example(found)}.",
        "RollerTrack's codes pass through unchanged; other programs may need both to be the same."
        if passes
        else "",
    )


def _example(found: Match) -> str:
    assert found.scanner is not None
    signs = [(sign, retyped(sign, found.scanner, found.computers[0])) for sign in ":/.-1AZQWYM"]
    return ", ".join(f"{sign} arrives as {other or 'nothing'}" for sign, other in signs if sign != other)


def _foreign(found: Match) -> Check:
    letters = "".join(other for sign, other in found.changed.items() if sign.isalpha())
    script = script_of(letters)
    if script and script != "Latin":
        return bad("layout", f"the computer's keyboard is set to {script} letters.", _LATIN)
    pairs = ", ".join(f"{sign} arrives as {other}" for sign, other in list(found.changed.items())[:6])
    return doubt("layout", f"the computer reads a layout that RollerTrack has no table of: {pairs}.")


def _case(case: Case) -> Check:
    said = {
        Case.KEPT: good("caps lock", "off."),
        Case.CAPS_LOCK: doubt(
            "caps lock", "on; RollerTrack reads codes all the same.", "Turn it off to type."
        ),
        Case.ALL_CAPITALS: good("caps lock", "the scanner makes every letter a capital; codes stay whole."),
        Case.ALL_SMALL: good("caps lock", "the scanner makes every letter small; RollerTrack reads both."),
    }
    return said.get(case, said[Case.CAPS_LOCK])


def _end(ends: str) -> Check:
    if not ends:
        return bad("end", "nothing comes after the code.", "Set the scanner's suffix to Enter (CR).")
    if ends in _ENDS:
        return good("end", f"each scan ends with {_ENDS[ends]}.")
    return doubt("end", f"each scan ends with {ends}.", "Set the scanner's suffix to Enter (CR) alone.")


def _before(found: Match, keys: Sequence[Key]) -> tuple[Check, ...]:
    checks = []
    if keys[0].name == PREFIX_KEY:
        checks.append(good("prefix", "F9 comes first, so RollerTrack waits for the rest however slow it is."))
    if found.before:
        computer = found.computers[0] if found.computers else ENGLISH
        named = found.before == retyped("]Q1", found.scanner or ENGLISH, computer, found.case)
        what = "the name of the symbol" if named else "characters of a prefix"
        checks.append(doubt("prefix", f"“{found.before}” comes first, {what}."))
    if found.after:
        checks.append(
            doubt("end", f"“{found.after}” follows the code.", "Set the suffix to Enter (CR) alone.")
        )
    return tuple(checks)


def _speed(speed: Speed | None, heard: Heard) -> tuple[Check, ...]:
    if speed is None:
        return (good("speed", "not measured; only a terminal tells when each key came."),)
    message = (
        f"{speed.fastest:.0f} ms from key to key at the fastest, {speed.median:.0f} in the middle,"
        f" {speed.slowest:.0f} at the slowest."
    )
    if speed.slowest <= SLOW or heard.link:
        return (good("speed", message),)
    return (doubt("speed", f"{message} Above {SLOW:.0f} ms a form takes it for typing.", _PREFIX),)


def _whole(found: Match) -> tuple[Check, ...]:
    checks = []
    if found.lost:
        checks.append(doubt("characters", f"“{found.lost}” was lost on the way.", _SLOWER))
    if found.extra:
        checks.append(doubt("characters", f"“{found.extra}” came too often or in a wrong place.", _SLOWER))
    return tuple(checks)


def _verdict(found: Match, ends: str, text: str, heard: Heard) -> Check:
    """Whether a scan would be understood, and the one thing to change when it would not."""
    if heard.link and heard.bare:
        return good("verdict", "RollerTrack understands this scanner as it is.")
    if heard.bare and found.is_whole:
        return doubt(
            "verdict",
            "bare codes are understood, links are not.",
            "Leave link_base out of the settings, or set scanner and computer to the same layout.",
        )
    return bad("verdict", *_fault(found, ends, text, heard))


def _fault(found: Match, ends: str, text: str, heard: Heard) -> tuple[str, str]:
    """What keeps a scan from being understood, and what to change first."""
    if not found.is_whole:
        return "RollerTrack does not get the whole code.", _SLOWER
    if found.before or found.after:
        return (
            "more than the code comes.",
            "Switch the scanner's prefix off and set its suffix to Enter (CR).",
        )
    if not _holds_code(text):
        return "RollerTrack cannot read this scanner's codes.", _LATIN
    if not ends:
        return "RollerTrack waits for the end of the scan.", "Set the scanner's suffix to Enter (CR)."
    where = "only on lists, not in forms" if heard.where_nothing_is_typed else "nowhere"
    return f"scans are understood {where}.", _PREFIX if heard.after_prefix else _LATIN


def _holds_code(text: str) -> bool:
    try:
        return code.find(text) == TEST_CODE
    except BadCode:
        return False


def hear(keys: Sequence[Key], bare_keys: Sequence[Key]) -> Heard:
    """Where the keys of a scan of the test code are taken for one, as they came and without the link."""
    link, bare = list(_strokes(keys)), list(_strokes(bare_keys))
    prefix = Stroke(PREFIX_KEY, None, link[0].time, None)
    return Heard(
        link=_is_caught(_held(link)),
        bare=_is_caught(_held(bare)),
        where_nothing_is_typed=_is_caught([_remembered(link)]) and _is_caught([_remembered(bare)]),
        after_prefix=_is_caught(_held([prefix, *link])),
    )


def _strokes(keys: Iterable[Key]) -> Iterable[Stroke[None]]:
    # Without times the keys count as one burst: what is not known is not held against the scanner.
    return (Stroke(key.name, key.character, key.at or 0.0, None) for key in keys)


def _held(strokes: Sequence[Stroke[None]]) -> list[Outcome[None]]:
    hold: KeyBuffer[None] = KeyBuffer()
    return [outcome for stroke in strokes for outcome in hold.press(stroke)] + hold.expire()


def _remembered(strokes: Sequence[Stroke[None]]) -> ScanRead | None:
    memory = SlowScans()
    for stroke in strokes:
        if stroke.key in ENDS:
            return memory.end(stroke.time)
        memory.note(stroke.character or "", stroke.time)
    return None


def _is_caught(outcomes: Iterable[Outcome[None] | None]) -> bool:
    return any(isinstance(each, ScanRead) and each.code == TEST_CODE for each in outcomes)
