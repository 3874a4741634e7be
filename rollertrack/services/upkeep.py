"""Upkeep: verify, rebuild, back up, restore, export."""

import json
from collections.abc import Iterator
from pathlib import Path

from rollertrack.domain.journal_form import Damaged, Row
from rollertrack.errors import BadInput, StoreFailed
from rollertrack.services.station import Done, Station
from rollertrack.services.times import iso
from rollertrack.store import upkeep
from rollertrack.store.database import copy_file
from rollertrack.store.journal import all_streams
from rollertrack.store.store import Store
from rollertrack.store.upkeep import Verified


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
            raise StoreFailed(f"The journal cannot be read: {damage}. Nothing was changed.") from damage
    return Done(
        "rebuild", (), station.clock(), f"Rebuilt the lists of {streams:,} records from {events:,} entries."
    )


def backup(station: Station, target: str) -> Done:
    """Write a whole, consistent copy to a new file, and prove it."""
    path = Path(target).expanduser()
    if path.exists():
        raise BadInput("backup", f"{path} exists already; name a new file")
    if not path.parent.is_dir():
        raise BadInput("backup", f"the folder {path.parent} does not exist; name a file in one that does")
    try:
        station.store.copy_to(path)
        events = _proved(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Done("backup", (), station.clock(), f"Backed up {events:,} entries to {path}; the copy is proved.")


def _proved(path: Path) -> int:
    copy = Store(path, create=False)
    try:
        with copy.reading():
            found = upkeep.verify(copy.database)
    finally:
        copy.close()
    if found.fault:
        raise StoreFailed(f"The copy at {path} does not prove whole: {found.fault}.")
    return found.events


def restore(source: str, database: Path, now: int) -> Done:
    """Put a proved backup in the place of the database; the one before is kept beside it."""
    path = Path(source).expanduser()
    if not path.is_file():
        raise BadInput("restore", f"there is no backup at {path}")
    if path.resolve() == database.resolve():
        raise BadInput("restore", f"{path} is the database itself; name a backup")
    fresh = database.with_name(f"{database.name}.restoring")
    fresh.unlink(missing_ok=True)
    copy_file(path, fresh)
    try:
        events = _proved(fresh)
        kept = _set_aside(database)
        fresh.replace(database)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    told = f" The database before is kept at {kept}." if kept else ""
    return Done("restore", (), now, f"Restored {events:,} entries from {path}.{told}")


def _set_aside(database: Path) -> Path | None:
    """Move the present database out of the way, its unwritten pages written first."""
    if not database.exists():
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return None
    number = 1
    while (kept := database.with_name(f"{database.name}.before-restore-{number}")).exists():
        number += 1
    copy_file(database, kept)
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    return kept


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
