"""Texts about people: what of an entry may be erased later, and the salted hash that stands for it.

The journal keeps the hash, a list beside it the text with its salt; when both are gone, the hash says nothing
of what stood there, and the chain of entries holds as before.
"""

import re

from rollertrack.domain.events import (
    CareGiven,
    IncidentClosed,
    IncidentOpened,
    IncidentWidened,
    Noted,
    Payload,
    PersonAmended,
    PersonRegistered,
    Reaction,
    Recalled,
    Released,
    Told,
    Used,
    Voided,
)
from rollertrack.domain.payloads import HANDED_OVER

ERASED = "[erased]"
"""What stands where a text was."""
HASH = "sha256"
"""How a row names the hash of a text that is kept apart."""
MARK = '{"sha256":"'
"""What stands in the content of a row that names one; a text of a user cannot look like that."""
_REFERENCE = re.compile(r'\{"sha256":"([0-9a-f]{64})"\}')
_PERSON = "P"

TEXTS: dict[type[Payload], tuple[str, ...]] = {
    PersonRegistered: ("label",),
    PersonAmended: ("label",),
    Noted: ("text",),
    Reaction: ("text",),
    CareGiven: ("how",),
    Voided: ("reason",),
    Used: ("note", "despite"),
    Told: ("how",),
    IncidentOpened: ("reason",),
    IncidentWidened: ("reason",),
    IncidentClosed: ("outcome",),
    Recalled: ("reason",),
    Released: ("reason",),
}
"""The facts that are told in somebody's own words, of entries about a person.

Those of a recall are when it began with a person, whom its entries name for that.
"""

_FIXED: dict[type[Payload], tuple[str, ...]] = {CareGiven: HANDED_OVER}
"""What is no one's own words although it stands where those may: it tells of nobody, and stays."""


def is_own(payload: type[Payload], text: str) -> bool:
    """Whether a fact of a kind that may be erased is in somebody's own words."""
    return text not in _FIXED.get(payload, ())


def about(stream: str, person: str | None) -> str | None:
    """Whom an entry is about: the person whose stream it stands in, or the one it names; None for nobody."""
    return stream if stream[:1] == _PERSON else person


def reference(salt: str, text: str) -> str:
    """The hash that stands for a text, salted so that nobody finds a short one by trying."""
    from hashlib import sha256  # loads OpenSSL, which a mere reading does not need

    return sha256(f"{salt}:{text}".encode()).hexdigest()


def references_in(data: str) -> list[str]:
    """The hashes that stand for texts in the content of a row."""
    return _REFERENCE.findall(data)
