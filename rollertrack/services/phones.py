"""Phones that may log deeds: paired by a code shown at the station, told apart by a token, revoked."""

import secrets
from base64 import b32encode
from hashlib import sha256
from typing import NamedTuple

from rollertrack.domain.quantities import MINUTE
from rollertrack.domain.rows import PhoneRow
from rollertrack.domain.text import required_line
from rollertrack.errors import BadInput
from rollertrack.labels.label_facts import link_prefix
from rollertrack.services.station import Done, Station, deed
from rollertrack.store import phones as rows
from rollertrack.wording import phones as say

PAIRING_TIME = 5 * MINUTE
_CODE_BYTES, _TOKEN_BYTES = 10, 32
_LONGEST_NAME = 40


def sound_base(link_base: str | None) -> str | None:
    """A link base as phones open it, None for none; BadInput for one that no label can hold."""
    if not link_base:
        return None
    link_prefix(link_base)
    return link_base.strip().rstrip("/")


class Pairing(NamedTuple):
    """A code that pairs one phone, once, until it ends."""

    code: str
    ends_at: int
    operator: str | None = None
    """In whose name the phone logs; None is whoever works at the station."""


def begin_pairing(station: Station, *, operator: str | None = None) -> Pairing:
    """Make a code that pairs one phone within five minutes, for an operator if one is named."""
    code = b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    with deed(station, operator=operator) as now:
        ends_at = now.recorded_at + PAIRING_TIME
        whose = now.operator if operator else None
        rows.begin_pairing(station.store.database, _hash(code), whose, ends_at, now.recorded_at)
    return Pairing(code, ends_at, whose)


def may_pair(station: Station, code: str) -> bool:
    """Whether a code would pair a phone now; to ask uses nothing up."""
    with station.store.reading():
        return rows.pairing(station.store.database, _hash(code), station.clock()) is not None


def pair(station: Station, code: str, name: str) -> str:
    """Pair a phone under a name; its token, kept nowhere else. BadInput for a code that pairs none."""
    called = required_line("name", name, _LONGEST_NAME)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with station.store.transaction():
        database, now = station.store.database, station.clock()
        found = rows.pairing(database, _hash(code), now)
        if found is None:
            raise BadInput("code", say.PAIRING_OVER)
        rows.end_pairing(database, _hash(code))
        rows.add(database, _hash(token), called, found[0], now)
    return token


def phone_of(station: Station, token: str) -> PhoneRow | None:
    """The phone that carries a token; None for one that no phone carries."""
    with station.store.reading():
        return rows.by_token(station.store.database, _hash(token))


def heard_of(station: Station, number: int) -> None:
    """Keep that a phone was heard of now."""
    with station.store.transaction():
        rows.seen(station.store.database, number, station.clock())


def link_opened(station: Station, link_base: str) -> None:
    """Keep that a phone opened what labels link to: the link is proven."""
    with station.store.transaction():
        rows.keep_opened(station.store.database, link_base, station.clock())


def list_phones(station: Station) -> list[PhoneRow]:
    """Every phone that was ever paired."""
    with station.store.reading():
        return rows.every(station.store.database)


def revoke(station: Station, number: int) -> Done:
    """Let a phone log nothing more."""
    with station.store.transaction():
        now = station.clock()
        found = rows.by_number(station.store.database, number)
        if found is None:
            raise BadInput("number", say.no_phone(number))
        if found.revoked_at is not None:
            raise BadInput("number", say.revoked_already(number))
        rows.revoke(station.store.database, now, number)
        return Done("phone revoke", (), now, say.revoked(found.name))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
