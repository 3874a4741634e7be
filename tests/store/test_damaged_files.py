"""A damaged file: whatever page or byte is lost, nobody is told that all is well."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from harness.store_rows import ROLLER, append, copied, fill, outsider, rows, verified

from rollertrack.domain.events import Noted
from rollertrack.errors import RollerTrackError, StoreFailed
from rollertrack.services import exporting
from rollertrack.services import upkeep as deeds
from rollertrack.services.station import Station
from rollertrack.store import lookups, print_queue
from rollertrack.store.schema import made_schema
from rollertrack.store.store import Store

TABLES = (
    "event", "stream", "roller", "person", "solution", "named", "lot_seen", "soak", "touch", "print_job",
    "sheet", "blank",
)  # fmt: skip
JOB = {
    "code": ROLLER, "title": "evening", "what": "label", "printer": "office", "media": "l7160", "copies": 1,
    "flag": False, "start": None, "mark": "", "operator": None, "at": None, "at_offset": 0,
    "created_at": 1, "changed_at": 1,
}  # fmt: skip
# Free text beside the journal: no hash guards it, and another text is as well formed.
UNGUARDED = {
    "print_job": ("title", "what", "printer", "media", "note", "mark"),
    "sheet": ("printer", "media"),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill(tmp_path_factory.mktemp("template") / "a.db")
    with closing(Store(path)) as store:
        with store.transaction():
            print_queue.add(store.database, [JOB] * 2)
            print_queue.remember_next_free(store.database, "office", "l7160", 5)
            lookups.keep_blanks(store.database, ["RBBDEFGHO"], 1)
        for number in range(60):  # enough for inner pages of the journal
            with store.transaction() as journal:
                append(journal, ROLLER, Noted(text=f"note {number} " + "x" * 200))
    return path


def everything(path: Path) -> dict[str, Any]:
    """All that anyone reads: rows and schema; None where it cannot be read."""
    try:
        with outsider(path) as connection:
            schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
            indexed = connection.execute("SELECT code FROM roller WHERE code > '' ORDER BY code").fetchall()
            held = connection.execute("SELECT newest FROM stream WHERE newest > 0 ORDER BY 1").fetchall()
        return {"schema": schema, "indexes": (indexed, held), **{name: rows(path, name) for name in TABLES}}
    except sqlite3.Error:
        return {}


def guarded(found: dict[str, Any]) -> dict[str, Any]:
    """Without the texts that nothing guards."""
    if not found:
        return found
    bare = dict(found)
    for table in UNGUARDED:
        bare[table] = [[value for value in row if type(value) is not str] for row in found[table]]
    return bare


def pages(path: Path) -> tuple[int, int]:
    with outsider(path) as connection:
        ((size,),) = connection.execute("PRAGMA page_size")
        ((count,),) = connection.execute("PRAGMA page_count")
    return size, count


def zeroed(content: bytearray, start: int, size: int) -> None:
    content[start : start + size] = bytes(size)


def overwritten(content: bytearray, start: int, size: int) -> None:
    content[start : start + size] = b"\xa5" * size


def swapped(content: bytearray, start: int, size: int) -> None:
    content[start : start + size], content[-size:] = content[-size:], content[start : start + size]


def repeated(content: bytearray, start: int, size: int) -> None:
    content[start : start + size] = content[start - size : start]


def found_whole(path: Path) -> bool:
    """Whether verify says that all agree; a file that cannot be opened is none."""
    try:
        return not verified(path).fault
    except StoreFailed:
        return False


def proved(path: Path, target: Path) -> bool:
    """Whether a backup says that it is proved."""
    try:
        with closing(Store(path, create=False)) as store:
            return "proved" in deeds.backup(Station(store, lambda: 1, str), str(target)).message
    except StoreFailed:
        return False


def restored(path: Path, target: Path) -> bool:
    """Whether a restore takes a file for whole."""
    try:
        deeds.restore(str(path), target, 1)
    except StoreFailed:
        return False
    return True


@pytest.mark.parametrize("damage", [zeroed, overwritten, swapped, repeated])
def test_every_damaged_page_is_told(
    damage: Callable[[bytearray, int, int], None], template: Path, tmp_path: Path
) -> None:
    size, count = pages(template)
    assert count > 25
    told = 0
    for number in range(1, count):
        path = copied(template, tmp_path / f"{number}.db")
        content = bytearray(path.read_bytes())
        damage(content, number * size, size)
        if content == path.read_bytes():  # a page that is like the one that took its place
            continue
        path.write_bytes(content)
        told += 1
        assert not found_whole(path), number
        assert not proved(path, tmp_path / f"{number}.backup"), number
        assert not (tmp_path / f"{number}.backup").exists()
        assert not restored(path, tmp_path / f"{number}.restored"), number
        assert not (tmp_path / f"{number}.restored").exists()
    assert told > 25
    assert [each for each in tmp_path.iterdir() if "partial" in each.name or "restoring" in each.name] == []


def damaged_copies(template: Path, folder: Path, count: int) -> Iterator[Path]:
    """Copies with a few bytes flipped, a piece zeroed, or the end cut off."""
    dice = Random("damage")
    whole = template.read_bytes()
    for number in range(count):
        content = bytearray(whole)
        kind = number % 6
        if kind == 0:
            content = content[: dice.randrange(100, len(content))]
        elif kind == 1:
            start = dice.randrange(len(content))
            zeroed(content, start, min(dice.randrange(1, 3000), len(content) - start))
        else:
            for _ in range(dice.choice((1, 1, 2, 8))):
                content[dice.randrange(100, len(content))] ^= 1 << dice.randrange(8)
        path = folder / f"{number}.db"
        path.write_bytes(content)
        yield path


def test_no_flipped_byte_is_passed_over(template: Path, tmp_path: Path) -> None:
    before = guarded(everything(template))
    whole = 0
    for path in damaged_copies(template, tmp_path, 300):
        if found_whole(path):
            whole += 1
            assert guarded(everything(path)) == before, path
        path.unlink()
    assert whole < 200


def test_a_damaged_file_never_breaks_a_read(template: Path, tmp_path: Path) -> None:
    for path in damaged_copies(template, tmp_path, 200):
        with suppress(RollerTrackError), closing(Store(path, create=False)) as store:
            station = Station(store, lambda: 1, str)
            list(exporting.export(station))
            deeds.rebuild(station)
        path.unlink()


def test_rebuild_makes_damaged_lists_and_indexes_anew(template: Path, tmp_path: Path) -> None:
    size, _ = pages(template)
    with outsider(template) as connection:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))
    before = everything(template)
    lists = {"roller", "person", "solution", "named"}
    parts = [*lists, *(name for kind, name in made_schema() if kind == "index" and "migration" not in name)]
    for name in parts:
        path = copied(template, tmp_path / f"{name}.db")
        content = bytearray(path.read_bytes())
        overwritten(content, (roots[name] - 1) * size, size)
        path.write_bytes(content)
        fault = verified(path).fault
        assert "the file is damaged" in fault, name
        with closing(Store(path)) as store:
            store.rebuild()
        assert everything(path) == before, name
        assert verified(path).fault == ""


def test_rebuild_makes_no_head_that_the_journal_cannot_bear_out(template: Path, tmp_path: Path) -> None:
    path = copied(template, tmp_path / "a.db")
    with outsider(path) as connection:
        connection.execute("DROP TRIGGER event_no_delete")
        connection.execute(f"DELETE FROM event WHERE stream = '{ROLLER}' AND seq > 2")
        connection.execute(f"DELETE FROM stream WHERE code = '{ROLLER}'")
    for _ in range(2):
        assert verified(path).fault == (
            f"{ROLLER}: no head is kept for this stream, its end may be cut; restore your last backup"
        )
        with closing(Store(path)) as store:
            rebuilt = store.rebuild()
            assert rebuilt.left == (f"{ROLLER} has no head, and the end may be cut",)
            with pytest.raises(StoreFailed, match="is not whole"), store.transaction() as journal:
                journal.stream(ROLLER)
    with outsider(path) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert sorted(triggers) == [("erasable_no_update",), ("event_append_only",), ("event_no_update",)]
