"""Scans in the words of the screen; text from the record is never markup."""

from textual.content import Content

from rollertrack.domain.text import printable
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.tui.widgets.content import finding_content, word_content

_QUIET = "$foreground 60%"


def scan_body(result: ScanResult) -> Content:
    """What there is to say, and what was found; of that a deed done or begun says no more than the word."""
    lines = [Content(printable(line)) for line in result.text]
    if result.verdict is not None and not result.headline:
        lines += map(finding_content, result.verdict.findings)
    return Content("\n").join(lines)


def scan_gate_line(result: ScanResult) -> Content:
    """The gate's word, where another one stands in large letters."""
    if result.verdict is None or not result.headline:
        return Content("")
    return Content.assemble("Now:  " if result.is_deed else "The gate says:  ", word_content(result.verdict))


def next_step(result: ScanResult) -> Content:
    """What to do next; a card that waits says so itself."""
    if result.verdict is None or (result.headline and not result.is_deed):
        return Content("")
    return Content.assemble(("Next:  ", "bold"), printable(result.verdict.next_step))


def scan_height(result: ScanResult, width: int) -> int:
    """The lines that differ from card to card, where each may be that many cells wide."""
    spaced = sum(bool(part) for part in (result.alarm, scan_gate_line(result).plain))
    # Two lines of the next step are among those that every card has.
    wrapped = max(0, _lines(next_step(result), width) - 2)
    return _lines(scan_body(result), width) + _lines(Content(result.note), width) + 2 * spaced + wrapped


def _lines(text: Content, width: int) -> int:
    return text.get_height({}, max(1, width)) if text.plain else 0


def waiting_for(result: ScanResult, now: int) -> Content:
    """What an action card waits for, with the seconds left."""
    return Content(result.pending.line(now)) if result.pending else Content("")


def earlier_scan(result: ScanResult) -> Content:
    """A scan before the newest, in one line."""
    head = word_content(result.verdict) if result.verdict else Content("·")
    if result.stays:
        head += Content.styled(" stays until dismissed", _QUIET)
    deed = f"{result.headline}   " if result.is_deed else ""
    return Content.assemble(deed, head, "   ", printable(result.title))


def more_scans(count: int) -> Content:
    """That there are more scans than lines."""
    return Content.styled(f"… and {count} more", _QUIET)
