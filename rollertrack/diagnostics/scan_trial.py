"""Whether the terminal UI would take keys for a scan: asked of the very rules it uses."""

from collections.abc import Iterable, Sequence

from rollertrack.diagnostics.scan_report import PREFIX_KEY, Heard, Key
from rollertrack.domain.code import TEST_CODE
from rollertrack.scanner.key_buffer import ENDS, KeyBuffer, Outcome, ScanRead, Stroke
from rollertrack.scanner.slow_scans import SlowScans


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
