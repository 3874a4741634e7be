"""Upkeep: verify, rebuild, back up, restore, export."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rollertrack.domain.journal_form import Damaged, Row
from rollertrack.errors import BadInput, StoreFailed
from rollertrack.services.filing import named_file
from rollertrack.services.station import Done, Station
from rollertrack.services.times import iso
from rollertrack.store import print_queue, upkeep
from rollertrack.store.copies import copy_file, free_name, put_in_place
from rollertrack.store.database import Unreadable, make_folder, store_errors
from rollertrack.store.journal import all_streams
from rollertrack.store.store import Store
from rollertrack.store.upkeep import Verified

FROM_BACKUP = "it comes from a backup; look whether it was printed since"


def verify(station: Station) -> Verified:
    """Prove that the journal is whole and that every list agrees with it."""
    with station.store.reading():
        return upkeep.verify(station.store.database)


def rebuild(station: Station) -> Done:
    """Derive every list anew from the journal."""
    with station.store.deed():
        try:
            streams, events = upkeep.rebuild(station.store.database)
        except Damaged as damage:
            raise StoreFailed(
                f"The journal itself is damaged: {damage}. Nothing was changed; restore your last backup."
            ) from damage
    return Done(
        "rebuild", (), station.clock(), f"Rebuilt the lists of {streams:,} records from {events:,} entries."
    )


def backup(station: Station, target: str) -> Done:
    """Write a whole, consistent copy to a new file, and prove it."""
    path = named_file("backup", target)
    with store_errors(path):
        if path.exists():
            raise BadInput("backup", f"{path} exists already; name a new file")
        if not path.parent.is_dir():
            raise BadInput("backup", f"the folder {path.parent} does not exist; name a file in one that does")
    station.store.copy_to(path)
    events = _proved(path, f"The copy at {path}")
    return Done("backup", (), station.clock(), f"Backed up {events:,} entries to {path}; the copy is proved.")


def _proved(path: Path, shown: str) -> int:
    """The number of entries of a copy that proves whole; one that does not is deleted."""
    try:
        return _whole(path, shown)
    except Unreadable as error:
        path.unlink(missing_ok=True)
        raise StoreFailed(f"{shown} is damaged. Nothing was changed.") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _whole(path: Path, shown: str) -> int:
    with closing(Store(path, create=False, copy_first=False)) as copy, copy.reading():
        found = upkeep.verify(copy.database)
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
    with store_errors(database):
        make_folder(database.parent)
        fresh = free_name(database, "restoring")
    copy_file(path, fresh, at_rest=True)
    events = _proved(fresh, str(path))
    try:
        if not events:
            raise StoreFailed(f"{path} holds no entry; name another backup. Nothing was changed.")
        _doubt_queue(fresh, now)
        kept = put_in_place(fresh, database)
    finally:
        fresh.unlink(missing_ok=True)
    told = f" The database before is kept at {kept}." if kept else ""
    return Done("restore", (), now, f"Restored {events:,} entries from {path}.{told}")


def _doubt_queue(path: Path, now: int) -> None:
    """Labels that waited when a backup was made may be printed since."""
    with closing(Store(path, create=False, copy_first=False)) as copy, copy.deed():
        print_queue.doubt_unfinished(copy.database, FROM_BACKUP, now)


def export(station: Station) -> Iterator[str]:
    """The whole journal, an entry a line as JSON, every column as it is kept."""
    with station.store.reading():
        for _, rows in all_streams(station.store.database):
            yield from (_exported(row) for row in rows)


def _exported(row: Row) -> str:
    values = row._asdict()
    values["data"] = json.loads(row.data)
    values["at_time"], values["recorded_time"] = iso(row.at), iso(row.recorded_at)
    return json.dumps(values, ensure_ascii=False)
