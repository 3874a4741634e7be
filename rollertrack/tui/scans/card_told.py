"""Cards in the words of the screen; text from the record is never markup."""

from textual.content import Content

from rollertrack.tui import told
from rollertrack.tui.scans.cards import Card
from rollertrack.tui.terminal_filter import printable

_QUIET = "$foreground 60%"


def body(card: Card) -> Content:
    """What there is to say, and what was found; of that a deed done or begun says no more than the word."""
    lines = [Content(printable(line)) for line in card.text]
    if card.verdict is not None and not card.headline:
        lines += map(told.finding, card.verdict.findings)
    return Content("\n").join(lines)


def standing(card: Card) -> Content:
    """The gate's word, where another one stands in large letters."""
    if card.verdict is None or not card.headline:
        return Content("")
    return Content.assemble("Now:  " if card.is_deed else "The gate says:  ", told.headline(card.verdict))


def step(card: Card) -> Content:
    """What to do next; a card that waits says so itself."""
    if card.verdict is None or (card.headline and not card.is_deed):
        return Content("")
    return Content.assemble(("Next:  ", "bold"), printable(card.verdict.next_step))


def height(card: Card, width: int) -> int:
    """The lines that differ from card to card, where each may be that many cells wide."""
    spaced = sum(bool(part) for part in (card.alarm, standing(card).plain))
    # Two lines of the next step are among those that every card has.
    wrapped = max(0, _lines(step(card), width) - 2)
    return _lines(body(card), width) + _lines(Content(card.note), width) + 2 * spaced + wrapped


def _lines(text: Content, width: int) -> int:
    return text.get_height({}, max(1, width)) if text.plain else 0


def waiting(card: Card, now: int) -> Content:
    """What an action card waits for, with the seconds left."""
    return Content(card.hand.line(now)) if card.hand else Content("")


def earlier(card: Card) -> Content:
    """A scan before the newest, in one line."""
    head = told.headline(card.verdict) if card.verdict else Content("·")
    if card.stays:
        head += Content.styled(" stays until dismissed", _QUIET)
    deed = f"{card.headline}   " if card.is_deed else ""
    return Content.assemble(deed, head, "   ", printable(card.title))


def more(count: int) -> Content:
    """That there are more scans than lines."""
    return Content.styled(f"… and {count} more", _QUIET)
