"""The doctor's look at the database: it reads and changes nothing, and makes none."""

import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from rollertrack.domain.health import Check, bad, doubt, good
from rollertrack.errors import StoreFailed
from rollertrack.store import queries
from rollertrack.store.database import checked_version, known_migrations, missing_triggers, store_errors
from rollertrack.store.store import Store
from rollertrack.store.texts import characters, entry_count

SUBJECT = "database"
_LEAST_FREE = 100_000_000
_OTHERS = 0o077
_UPKEEP = "`rollertrack verify` proves every entry, `rollertrack backup FILE` keeps a copy."


class Seen(NamedTuple):
    """What was found, and what other checks need of it; None and empty where it could not be read."""

    checks: tuple[Check, ...]
    newest: int | None = None
    """The newest instant on record."""
    characters: str = ""
    """Every character of the names on record, each once."""


def look(path: Path) -> Seen:
    """How the database at a path stands."""
    with store_errors(path):
        if not path.exists():
            advice = (
                "The terminal UI or the first `add` makes it; if it should be there, name it with --database."
            )
            return Seen((doubt(SUBJECT, f"there is none yet at {path}.", advice),))
    try:
        return _looked(path)
    except StoreFailed as error:
        return Seen((bad(SUBJECT, error.message),))


def _looked(path: Path) -> Seen:
    with store_errors(path):
        if path.is_dir():
            raise StoreFailed(f"{path} is a folder; name a database file in it.")
        applied = checked_version(path)
    if not applied:
        return Seen((doubt(SUBJECT, f"{path} is empty.", "The next command begins it."),))
    if applied != known_migrations():
        said = f"{path} is of an earlier version ({applied[-1]})."
        return Seen((doubt(SUBJECT, said, "The next command brings it up to date, after a copy."),))
    with closing(Store(path, create=False, copy_first=False)) as store, store.reading():
        newest = queries.newest_instant(store.database)
        gone = missing_triggers(store.database)
        count = entry_count(store.database)
        return Seen(
            (_open(path, applied[-1], count, gone), *_around(path)), newest, characters(store.database)
        )


def _open(path: Path, version: str, entries: int, gone: list[str]) -> Check:
    if gone:
        return bad(
            SUBJECT,
            f"{path} opens, but its journal is not protected any more: {', '.join(gone)} is gone.",
            "Restore your last backup, and see who changed the file.",
        )
    return good(
        SUBJECT,
        f"{path} opens; {entries:,} {'entry' if entries == 1 else 'entries'}, version {version}.",
        _UPKEEP,
    )


def _around(path: Path) -> tuple[Check, ...]:
    """What is wrong with the file and its disk, if anything."""
    checks = []
    with store_errors(path):
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            checks.append(
                doubt(SUBJECT, "others on this computer may read it.", f"`chmod 600 {path}` keeps it yours.")
            )
        free = shutil.disk_usage(path.parent).free
    if free < _LEAST_FREE:
        checks.append(doubt(SUBJECT, f"its disk has only {free // 1_000_000} MB left.", "Make room soon."))
    return tuple(checks)
