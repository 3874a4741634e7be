"""Rows of the phones that may log deeds, and of the codes that pair one; secrets are kept as hashes alone.

Every function runs inside a transaction of its caller.
"""

from collections.abc import Iterator

from rollertrack.domain.rows import PhoneRow
from rollertrack.store.database import Database
from rollertrack.store.lookups import foreign

_COLUMNS = "id, name, operator, paired_at, seen_at, revoked_at"


def by_token(database: Database, token_hash: str) -> PhoneRow | None:
    """The phone that carries a token, revoked or not."""
    return next(_phones(database, "WHERE token_hash = ?", token_hash), None)


def by_number(database: Database, number: int) -> PhoneRow | None:
    """The phone of a number."""
    return next(_phones(database, "WHERE id = ?", number), None)


def every(database: Database) -> list[PhoneRow]:
    """Every phone that was ever paired, in the order of pairing."""
    return list(_phones(database, "ORDER BY id"))


def _phones(database: Database, which: str, *values: object) -> Iterator[PhoneRow]:
    for row in database.execute_sql(f"SELECT {_COLUMNS} FROM phone {which}", values):
        phone = PhoneRow(*row)
        numbers = (phone.id, phone.paired_at, phone.seen_at, phone.revoked_at or 0)
        if type(phone.name) is not str or not all(type(number) is int for number in numbers):
            raise foreign("phone", f"phone {phone.id}")
        yield phone


def add(database: Database, token_hash: str, name: str, operator: str | None, now: int) -> None:
    """Keep a phone that was just paired."""
    database.execute_sql(
        "INSERT INTO phone (token_hash, name, operator, paired_at, seen_at) VALUES (?, ?, ?, ?, ?)",
        (token_hash, name, operator, now, now),
    )


def seen(database: Database, number: int, now: int) -> None:
    """Keep when a phone was last heard of."""
    database.execute_sql("UPDATE phone SET seen_at = ? WHERE id = ?", (now, number))


def revoke(database: Database, now: int, number: int | None = None) -> None:
    """Let a phone, or all of them, log nothing more."""
    which, values = ("", (now,)) if number is None else (" AND id = ?", (now, number))
    database.execute_sql(f"UPDATE phone SET revoked_at = ? WHERE revoked_at IS NULL{which}", values)


def begin_pairing(database: Database, code_hash: str, operator: str | None, ends_at: int, now: int) -> None:
    """Keep a code that pairs one phone until it ends, and forget those that have ended."""
    database.execute_sql("DELETE FROM pairing WHERE ends_at < ?", (now,))
    database.execute_sql("INSERT INTO pairing VALUES (?, ?, ?)", (code_hash, operator, ends_at))


def pairing(database: Database, code_hash: str, now: int) -> tuple[str | None] | None:
    """For whom a code pairs a phone, in a tuple of one; None where it pairs none, or none any more."""
    query = "SELECT operator FROM pairing WHERE code_hash = ? AND ends_at >= ?"
    found: tuple[str | None] | None = database.execute_sql(query, (code_hash, now)).fetchone()
    return found


def end_pairing(database: Database, code_hash: str | None = None) -> None:
    """Use a code up, or all of them."""
    which, values = ("", ()) if code_hash is None else (" WHERE code_hash = ?", (code_hash,))
    database.execute_sql(f"DELETE FROM pairing{which}", values)


def keep_opened(database: Database, link_base: str, now: int) -> None:
    """Keep that a phone opened a link base, and when first."""
    database.execute_sql("INSERT OR IGNORE INTO link VALUES (?, ?)", (link_base, now))


def opened(database: Database) -> dict[str, int]:
    """The link bases that phones have opened, each with when first."""
    return dict(database.execute_sql("SELECT base, opened_at FROM link").fetchall())


def forget_all(database: Database, now: int) -> None:
    """Let no phone that a copy knows log anything: it may be revoked since, or its token copied."""
    revoke(database, now)
    end_pairing(database)
