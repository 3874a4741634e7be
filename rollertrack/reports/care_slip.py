"""The care slip as an A5 page."""

from collections.abc import Sequence

from rollertrack.reports.typeset import Paper, Runs

_EDGE = 14.0
_TITLE, _TOPIC, _TEXT, _SMALL = 20.0, 10.5, 10.5, 8.0
_LEADING = 5.0
_TOPIC_ROOM = 38.0
_GAP = 4.0
_BETWEEN = 3.2


def care_page(title: str, lines: Sequence[tuple[str, str]], footer: Sequence[str], runs: Runs) -> bytes:
    """A PDF of one A5 page: what of on the left, what to do beside it."""
    paper = Paper("A5", title, runs)
    right, y = paper.width - _EDGE, _EDGE + 8
    paper.text(_EDGE, y, title, _TITLE, bold=True)
    y += 5
    paper.rule(_EDGE, y, right, 0.4)
    y += 8
    left = _EDGE + _TOPIC_ROOM + _GAP
    for topic, text in lines:
        first = paper.lines(topic, _TOPIC, _TOPIC_ROOM, bold=True)
        second = paper.lines(text, _TEXT, right - left)
        for place, line in enumerate(first):
            paper.text(_EDGE, y + place * _LEADING, line, _TOPIC, bold=True)
        for place, line in enumerate(second):
            paper.text(left, y + place * _LEADING, line, _TEXT)
        y += max(len(first), len(second)) * _LEADING + _BETWEEN
    base = paper.height - _EDGE - (len(footer) - 1) * 4.2
    paper.rule(_EDGE, base - 5, right)
    for place, line in enumerate(footer):
        paper.text(_EDGE, base + place * 4.2, line, _SMALL)
    return paper.finished()
