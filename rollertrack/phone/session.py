"""Who asks: the token in the cookie of a paired phone, and the key that its forms carry."""

import hmac
import json
import re
from collections.abc import Mapping
from hashlib import sha256

COOKIE = "rollertrack"
LAST_SEEN = "rollertrack_last"
KEPT_FOR = 90 * 24 * 60 * 60
"""Seconds that a phone keeps its token."""
SEEN_FOR = 10 * 60
"""Seconds that an unpaired phone keeps which label it looked at last, to come back to it."""
_UID = re.compile(r"[0-9a-f]{32}")


def form_key(token: str) -> str:
    """The key of the forms of a phone: only who has its token can make it."""
    return hmac.new(token.encode(), b"rollertrack form", sha256).hexdigest()


def fits(token: str, key: str) -> bool:
    """Whether a form carries the key of the phone that sent it."""
    return hmac.compare_digest(form_key(token).encode(), key.encode())


def digest(deed: str, code: str, said: Mapping[str, str]) -> str:
    """What tells a deed that a form asks for from any other: the same form with other facts is another."""
    facts = sorted((name, value) for name, value in said.items() if name not in {"key", "uid"})
    return sha256(json.dumps([deed, code, facts]).encode()).hexdigest()


def is_uid(text: str) -> bool:
    """Whether a text is the id of a deed as our forms carry it."""
    return _UID.fullmatch(text) is not None
