"""The doctor's look at the database: it reads and changes nothing, and makes none."""

import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from rollertrack.diagnostics.health import Check, bad, doubt, good
from rollertrack.errors import StoreFailed
from rollertrack.store import phones, queries
from rollertrack.store.database import NotWritable, checked_version, known_migrations, store_errors
from rollertrack.store.disks import network_kind
from rollertrack.store.queries import characters, entry_count
from rollertrack.store.schema import schema_fault
from rollertrack.store.store import Store

SUBJECT = "database"
_LEAST_FREE = 100_000_000
_OTHERS = 0o077
_WAL_RESET_MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first release of each line of SQLite in which https://sqlite.org/wal.html#walresetbug is mended."""
_UPKEEP = "`rollertrack verify` proves every entry, `rollertrack backup FILE` keeps a copy."


class Seen(NamedTuple):
    """What was found, and what other checks need of it; None and empty where it could not be read."""

    checks: tuple[Check, ...]
    newest: int | None = None
    """The newest instant on record."""
    characters: str = ""
    """Every character of the names on record, each once."""
    opened: Mapping[str, int] = MappingProxyType({})
    """The link bases that phones have opened, each with when first."""


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
        applied = _version(path)
    if not applied:
        return Seen((doubt(SUBJECT, f"{path} is empty.", "The terminal UI or the first `add` begins it."),))
    if applied != known_migrations():
        said = f"{path} is of an earlier version ({applied[-1]})."
        return Seen((doubt(SUBJECT, said, "The next command brings it up to date, after a copy."),))
    with (
        closing(Store(path, create=False, copy_first=False, to_read=True)) as store,
        store.reading(),
    ):
        newest = queries.newest_instant(store.database)
        fault = schema_fault(store.database)
        count = entry_count(store.database)
        return Seen(
            (_open(path, applied[-1], count, fault), *_kept(store), *_behind(store), *_around(path)),
            newest,
            characters(store.database),
            phones.opened(store.database) if not fault else {},
        )


def _kept(store: Store) -> tuple[Check, ...]:
    """What lies beside the database and holds what it lacks."""
    return tuple(
        bad(
            SUBJECT,
            f"{kept} holds entries that it lacks: another file was put in the place of the database.",
            "`rollertrack restore` goes back to the kept one; remove it to go on without its entries.",
        )
        for kept in store.kept_apart()
    )


def _behind(store: Store) -> tuple[Check, ...]:
    """Whether lists go by the policy before the last change; the gate never does."""
    if not store.is_recalculating():
        return ()
    said = (
        "some rows of the lists are still by the policy before its last change; the gate goes by the new one."
    )
    return (doubt(SUBJECT, said, "Each deed goes on with it; `rollertrack rebuild` ends it at once."),)


def _version(path: Path) -> list[str]:
    try:
        return checked_version(path)
    except NotWritable:  # a full disk is told of below; what stands on it can be looked at
        return checked_version(path, at_rest=True)


def _open(path: Path, version: str, entries: int, fault: str) -> Check:
    if fault:
        return bad(
            SUBJECT,
            f"{path} opens, but {fault}.",
            "Restore your last backup, and see who changed the file.",
        )
    return good(
        SUBJECT,
        f"{path} opens; {entries:,} {'entry' if entries == 1 else 'entries'}, version {version}.",
        _UPKEEP,
    )


def _around(path: Path) -> tuple[Check, ...]:
    """What is wrong with the file, its disk and the library that writes it, if anything."""
    checks = []
    with store_errors(path):
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            checks.append(
                doubt(SUBJECT, "others on this computer may read it.", f"`chmod 600 {path}` keeps it yours.")
            )
        free = shutil.disk_usage(path.parent).free
    if free < _LEAST_FREE:
        checks.append(doubt(SUBJECT, f"its disk has only {free // 1_000_000} MB left.", "Make room soon."))
    return (*checks, *_disk(path))


def _disk(path: Path) -> tuple[Check, ...]:
    if not (kind := network_kind(path)):
        return ()
    said = f"it lies on a network drive ({kind}), where the locks of SQLite do not hold: entries can be lost."
    return (bad(SUBJECT, said, "Move it to a disk of this computer; put backups on the drive."),)


def library(version: tuple[int, int, int]) -> Check:
    """Whether SQLite may damage its write-ahead log when one program empties it as another writes."""
    number = ".".join(map(str, version))
    mended = next((fix for fix in _WAL_RESET_MENDED if fix[:2] == version[:2]), _WAL_RESET_MENDED[-1])
    if version >= mended:
        return good("sqlite", f"version {number}.")
    said = (
        f"version {number} has a rare fault that can damage a database when several programs write at once;"
        " it is mended in 3.44.6, 3.50.7 and 3.51.3."
    )
    return doubt("sqlite", said, "Update Python or the SQLite of this system; until then back up often.")
