"""A count of the shelf in words."""

from typing import Protocol

from rollertrack.domain.code import KIND_WORDS, Kind, is_code, shown
from rollertrack.domain.quantities import article
from rollertrack.domain.roller import Roller
from rollertrack.domain.shelf import Count, Expected, Seen, Tick
from rollertrack.domain.stream_names import is_name
from rollertrack.domain.text import printable
from rollertrack.wording.dates import date_of
from rollertrack.wording.stock import NO_PRODUCTS

__all__ = ["NO_PRODUCTS"]

COUNT_THE_PIECES = "its pieces have codes of their own; scan those"
NO_SUCH_BOX = "no box of this lot is on record with pieces left"
NOTHING_WRITTEN = "Nothing is written until you end the count."
NOTHING_SCANNED = "Nothing is scanned yet: a count begins with its first scan; esc leaves."
COUNT_SIGNS = {
    Tick.FOUND: "✓", Tick.TWICE: "·", Tick.UNEXPECTED: "!", Tick.OTHER_KIND: "!", Tick.UNKNOWN: "✗",
}  # fmt: skip
_MOST_SHOWN = 40


class Piece(Protocol):
    """What of a roller tells where it stands."""

    @property
    def in_service_from(self) -> int | None:
        """Since when it is no new one."""

    @property
    def held(self) -> str:
        """What keeps it aside."""

    @property
    def soaking_until(self) -> int | None:
        """Whether it soaks."""

    @property
    def dirty_since(self) -> int | None:
        """Whether it owes a wash."""


def piece_state(piece: Piece, _now: int) -> str:
    """Where a roller should lie, by what it does."""
    if piece.held:
        return "on hold"
    if piece.in_service_from is None:
        return "sealed"
    if piece.soaking_until is not None:
        return "soaking"
    return "dirty" if piece.dirty_since is not None else "in use"


def pack_state(lot: str, left: int) -> str:
    """A box whose pieces have no codes, and how many are on record."""
    return f"box {lot or 'without a lot'}, {left:,} on record"


def kind_text(kind: Kind) -> str:
    """What was scanned that is not counted."""
    return f"is {article(KIND_WORDS[kind])}, and is not counted"


def why_unexpected(roller: Roller, now: int, *, used_up: bool = False) -> str:
    """Why a roller should not lie here."""
    if roller.retired is not None:
        return f"retired {date_of(roller.retired.at, now)}, yet here"
    if used_up and roller.facts and roller.facts.product:
        return "used up, yet here; put it in a sharps container"
    return "of another product" if roller.facts and roller.facts.product else "of no product"


def as_kept(text: str) -> str:
    """A text that was scanned, as an entry keeps it: what a reader sees of it, separators as a sign."""
    return printable(text.replace("\x1d", "␝").replace("\0", "␀"), "")[:300]


def code_text(code: str) -> str:
    """A code or a name as people read it; anything else as far as it is recognised."""
    if is_code(code):
        return shown(code)
    return f"box {shown(code)}" if is_name(code) else as_kept(code)[:_MOST_SHOWN]


def seen_cells(seen: Seen) -> tuple[str, ...]:
    """One scan: its sign, what it was, its name, what there is to say."""
    told = {Tick.TWICE: "counted once already", Tick.UNKNOWN: seen.state or "not known here"}
    return COUNT_SIGNS[seen.tick], code_text(seen.code), seen.name, told.get(seen.tick, seen.state)


def missing_cells(each: Expected, now: int) -> tuple[str, ...]:
    """Something that was not scanned, and what is known of it last."""
    return code_text(each.code), each.name, each.state, f"last entry {date_of(each.newest, now)}"


def count_total(count: Count) -> str:
    """How far a count is: 41 of 48."""
    return f"{count.found:,} of {len(count.expected):,}"


def others_text(count: Count) -> str:
    """What a count found beside."""
    return "   ".join((
        f"not expected {len(count.of(Tick.UNEXPECTED)):,}", f"unknown {len(count.of(Tick.UNKNOWN)):,}",
        f"not counted {len(count.of(Tick.OTHER_KIND)):,}",
        f"twice {len(count.of(Tick.TWICE)):,} (counted once)",
    ))  # fmt: skip


def more_missing(count: int) -> str:
    """That more is missing than stands there."""
    return f"… {count:,} more"


def count_ended(count: Count) -> str:
    """What a count came to, once it is written."""
    said = (
        f"{len(count.missing):,} missing",
        f"{len(count.of(Tick.UNEXPECTED)):,} not expected",
        f"{len(count.of(Tick.UNKNOWN)):,} unknown",
    )
    return f"Counted {count_total(count)}: {', '.join(said)}."


def end_count_question(count: Count) -> str:
    """What ending a count will do."""
    return f"Writes down {count_total(count)}, {len(count.missing):,} missing; it moves and retires nothing."


TICKS = {
    Tick.FOUND: "found", Tick.TWICE: "twice", Tick.UNEXPECTED: "not expected", Tick.UNKNOWN: "unknown",
    Tick.OTHER_KIND: "not counted",
}  # fmt: skip
FORGET_SCANS = "Nothing of this count is written yet. Leave, and forget what was scanned?"


def missing_head(count: int) -> str:
    """How much is missing."""
    return f"missing  {count:,}"
