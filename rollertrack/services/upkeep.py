"""Upkeep: verify, rebuild, back up, restore, export."""

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rollertrack.domain.journal_form import Damaged
from rollertrack.errors import BadInput, StoreFailed
from rollertrack.files import named_file
from rollertrack.services.station import Done, Station
from rollertrack.store import phones, print_queue, upkeep
from rollertrack.store.copies import copy_database, copy_file, free_name, is_beside, put_in_place, remove
from rollertrack.store.database import Unreadable, checked_version, make_folder, store_errors
from rollertrack.store.store import Store
from rollertrack.store.upkeep import Verified
from rollertrack.wording import done as say

FROM_BACKUP = "it comes from a backup; look whether it was printed since"


def verify(station: Station) -> Verified:
    """Prove that the journal is whole, that every list agrees with it and that no entry is kept beside it."""
    found = _verified(station.store)
    kept = [] if found.fault else station.store.kept_apart()
    return replace(found, fault=_about_kept(kept[0])) if kept else found


def _about_kept(kept: Path) -> str:
    return (
        f"{kept} holds entries that this database lacks; it was kept when another file was put in its place."
        f" `rollertrack restore` goes back to it; remove it to go on without its entries"
    )


def _verified(store: Store) -> Verified:
    found: Verified | None = None
    try:
        with store.reading():
            found = upkeep.verify(store.database)
    except Unreadable:
        # SQLite ends a transaction that met a damaged page: what was found is worth more than that.
        if found is None or not found.fault:
            raise
    return found


def rebuild(station: Station) -> Done:
    """Make the database anew: every list derived from the journal, every page and index written afresh."""
    store = station.store
    try:
        rebuilt = store.rebuild()
    except Damaged as damage:
        raise StoreFailed(
            f"The journal itself is damaged: {damage}. Nothing was changed; restore your last backup."
        ) from damage
    message = say.rebuilt(rebuilt.streams, rebuilt.events)
    warnings = tuple(say.beyond_rebuilding(left) for left in rebuilt.left)
    return Done("rebuild", (), station.clock(), message, warnings=warnings)


def backup(station: Station, target: str) -> Done:
    """Write a whole, consistent copy to a new file, and prove it."""
    path = named_file("backup", target)
    with store_errors(path):
        if os.path.lexists(path):
            raise BadInput("backup", f"{path} exists already; name a new file")
        if not path.parent.is_dir():
            raise BadInput("backup", f"the folder {path.parent} does not exist; name a file in one that does")
        if is_beside(path, station.store.path):
            raise BadInput("backup", f"{path} is a name of the database's own; name another file")
    events = 0

    def prove(copy: Path) -> None:
        nonlocal events
        events = _whole(copy, f"The copy for {path}")

    copy_database(station.store.database, path, prove)
    return Done("backup", (), station.clock(), say.backed_up(events, path))


def _whole(path: Path, shown: str) -> int:
    """The number of entries of a copy that proves whole."""
    try:
        with closing(Store(path, create=False, copy_first=False)) as copy:
            found = _verified(copy)
    except Unreadable as error:
        raise StoreFailed(f"{shown} is damaged. Nothing was changed.") from error
    if found.fault:
        raise StoreFailed(f"{shown} does not prove whole: {found.fault}. Nothing was changed.")
    return found.events


def restore(source: str, database: Path, now: int) -> Done:
    """Put a proved backup in the place of the database; the one before is kept beside it."""
    path = named_file("restore", source)
    with store_errors(path):
        if not path.is_file():
            raise BadInput("restore", f"there is no backup at {path}")
        if path.resolve() == database.resolve():
            raise BadInput("restore", f"{path} is the database itself; name a backup")
        if not checked_version(path, at_rest=True):
            raise StoreFailed(f"{path} holds no entry; name another backup. Nothing was changed.")
    with store_errors(database):
        make_folder(database.parent)
        fresh = free_name(database, "restoring")
    try:
        copy_file(path, fresh, at_rest=True)
        if not (events := _whole(fresh, str(path))):
            raise StoreFailed(f"{path} holds no entry; name another backup. Nothing was changed.")
        _doubt_what_changed_since(fresh, now)
        kept = put_in_place(fresh, database)
    finally:
        remove(fresh)
    return Done("restore", (), now, say.restored(events, path, kept))


def _doubt_what_changed_since(path: Path, now: int) -> None:
    """Labels that waited when a backup was made may be printed since, and a phone's token copied."""
    with closing(Store(path, create=False, copy_first=False)) as copy, copy.transaction():
        print_queue.doubt_unfinished(copy.database, FROM_BACKUP, now)
        phones.forget_all(copy.database, now)
