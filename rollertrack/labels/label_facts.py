"""What a label says: the text of its QR code and its lines for people."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.quantities import full_date, millimetres, plural
from rollertrack.domain.text import printable
from rollertrack.errors import BadInput
from rollertrack.wording.sentences import capitalised

# Only these are stored in 5.5 bits a character, which keeps the code small and its dots large.
_COMPACT = re.compile(r"[0-9A-Z $%*+\-./:]+")
_HOST = re.compile(r"[0-9A-Za-z.-]+")
_EXAMPLE = "such as http://192.168.1.20:8765"
_MOST_GROWTH = 1
_AFTER_IT = 10
"""Characters behind a link base and its slash: a mark and a code."""
_JOINED = "\u00a0"  # a space that no line is broken at


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """Everything a label may say about one record."""

    code: str
    name: str
    kind: str
    """The kind in words: roller, stamp, cartridge, handpiece, person, solution …"""
    length: Decimal | None = None
    """Needle length in mm."""
    uses: int = 0
    uses_limit: int | None = None
    replace_by: date | None = None
    replace_because: str = ""
    person: str | None = None
    """The short label of the person it is bound to; None while it is not bound."""
    lot: str | None = None
    expiry: date | None = None
    notice: str | None = None
    opened: date | None = None
    """When a bottle was opened."""
    action: str = ""
    """The word of an action card, such as INTO SOAK; it stands alone and large."""
    blank: bool = False
    """A label printed ahead: nothing is known but the code, and there is a line to write on."""

    @property
    def expires(self) -> bool:
        """Whether the date on the pack is the one it must be replaced by."""
        return self.replace_by is not None and self.replace_by == self.expiry


class Role(StrEnum):
    """What a line is, which decides where it stands and how large it is."""

    CODE = "code"
    HEAD = "head"
    LENGTH = "length"
    ACTION = "action"
    PERSON = "person"
    REPLACE = "replace"
    NAME = "name"
    WRITE = "write"
    NOTICE = "notice"
    USES = "uses"
    BECAUSE = "because"
    DETAIL = "detail"
    TICKS = "ticks"
    """Boxes to tick, one a use; they have no text."""


class Line(NamedTuple):
    """One line of a label before it is fitted to the paper."""

    role: Role
    text: str


def lines(facts: LabelFacts, mark: str = "") -> tuple[Line, ...]:
    """The lines of a label, the most important first; facts that are not known have none.

    A generation mark stands before the code. The text of a line to write on is what to write there.
    """
    person = one_line(facts.person or "")
    head, name = _head(facts), one_line(facts.name)
    found = (
        Line(Role.CODE, f"{mark}·{shown(facts.code)}" if mark else shown(facts.code)),
        head,
        Line(Role.WRITE, "Name" if facts.blank else ""),
        Line(Role.PERSON, f"Only for {person}" if person else ""),
        Line(Role.REPLACE, _day(facts.replace_by)),
        Line(Role.NAME, name if name != head.text else ""),
        Line(Role.DETAIL, _details(facts, head.text)),
        Line(Role.NOTICE, one_line(facts.notice or "")),
        Line(Role.USES, f"{facts.uses} of {plural(facts.uses_limit, 'use')}" if facts.uses_limit else ""),
        Line(Role.BECAUSE, "" if facts.expires else one_line(facts.replace_because)),
    )
    return tuple(line for line in found if line.text)


def _head(facts: LabelFacts) -> Line:
    """The largest line: what tells this label from the others on the shelf."""
    if action := _action(facts):
        return Line(Role.ACTION, action)
    if facts.length is not None:
        return Line(Role.LENGTH, millimetres(facts.length))
    if facts.blank:
        return Line(Role.HEAD, "")
    # A roller without needles is known by its kind, everything else by its name.
    known_by = "" if facts.code[0] == Kind.ROLLER else one_line(facts.name)
    return Line(Role.HEAD, known_by or capitalised(_kind(facts)))


def one_line(text: str) -> str:
    """Text as one line without control, bidi or zero-width characters: what may be drawn."""
    return " ".join(printable(text, " ").split())


def _action(facts: LabelFacts) -> str:
    return one_line(facts.action or (facts.name if facts.code[0] == Kind.CARD else ""))


def _details(facts: LabelFacts, head: str) -> str:
    lot, kind = one_line(facts.lot or ""), _kind(facts)
    parts = (
        "" if kind == "roller" or _action(facts) or capitalised(kind) == head else kind,
        f"lot {lot}" if lot else "",
        f"opened {_day(facts.opened)}" if facts.opened else "",
        # One date a label: where another one comes first, the date on the pack decides nothing.
        f"exp {_day(facts.expiry)}" if facts.expiry and not facts.replace_by else "",
    )
    return ", ".join(part for part in parts if part)


def _kind(facts: LabelFacts) -> str:
    return one_line(facts.kind)


def _day(day: date | None) -> str:
    return full_date(day, _JOINED) if day else ""


def qr_text(code: str, link_base: str | None, mark: str = "") -> str:
    """The text of the QR code: the code behind its generation mark, or a link to its record.

    The link is `http://HOST:PORT/path/RKDTLBNEB`; only scheme and path have small letters, and a reprint's
    has its mark right before the code. Raises BadInput for a link base that is not
    `http(s)://host[:port][/path]`.
    """
    return f"{link_prefix(link_base)}/{mark}{code}" if link_base else mark + code


def link_prefix(link_base: str) -> str:
    """A link base checked, its host in capitals, no slash at its end; BadInput says what is wrong.

    The scheme is in small letters, since some cameras open no other. The path stays as it is, since servers
    tell /rollers from /ROLLERS.
    """
    base = link_base.strip().rstrip("/")
    try:
        parts = urlsplit(base)
        port = parts.port
    except ValueError:
        raise BadInput("link base", f"{base!r} is no web address; one {_EXAMPLE} is right") from None
    if parts.scheme not in ("http", "https"):
        raise BadInput("link base", f"{base!r} should begin with http:// or https://, {_EXAMPLE}")
    if not _HOST.fullmatch(parts.hostname or "") or port == 0:
        raise BadInput("link base", f"{base!r} should name a host by letters, digits, . and -, {_EXAMPLE}")
    prefix = base.upper()
    if "@" in base or not base.isascii() or not _COMPACT.fullmatch(prefix):
        raise BadInput("link base", f"{base!r} may hold only letters, digits and $ % * + - . / :, {_EXAMPLE}")
    scheme, host = prefix.removesuffix(parts.path.upper()).split("://")
    kept = f"{scheme.lower()}://{host}{parts.path}"
    if _growth(kept) > _MOST_GROWTH:
        raise BadInput(
            "link base", f"{base!r} has too long a path in small letters for a QR code; shorten it"
        )
    return kept


def _growth(prefix: str) -> int:
    """How many versions the QR code of a link is larger than it would be in capitals alone."""
    from rollertrack.labels.qr import LEVELS, modules_of

    longest = f"{prefix}/{'R' * _AFTER_IT}"
    large, least = (modules_of(text, LEVELS[-1]) for text in (longest, longest.upper()))
    return 0 if large is None or least is None else (large - least) // 4
