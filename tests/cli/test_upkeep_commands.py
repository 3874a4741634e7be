"""verify, rebuild, backup, restore, export: what they prove, what they keep, what they refuse."""

import json
import socket
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from harness.command_calls import World

from rollertrack.domain.events import Noted
from rollertrack.store.store import Store


def outsider(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_verify_names_the_first_bad_row_and_rebuild_does_not_hide_it(world: World) -> None:
    code = world.names["dirty"]
    outsider(
        world.database, "DROP TRIGGER event_no_delete",
        f"DELETE FROM event WHERE stream = '{code}' AND kind = 'used'",
    )  # fmt: skip
    found = world.call("verify")
    assert (found.status, found.err) == (1, "")
    assert found.out.startswith(f"FAULT: {code} entry 1: the head says entry 2")
    document = world.call("verify", "--json").document
    assert (document["ok"], document["fault"].split(":")[0]) == (False, f"{code} entry 1")
    mended = world.call("rebuild")
    assert mended.status == 3
    assert "The journal itself is damaged" in mended.err
    assert world.call("verify").status == 1
    asked = world.call("check", code)
    assert (asked.status, asked.out) == (3, "")
    assert "is not whole" in asked.err


def test_verify_tells_what_was_erased_on_purpose_and_export_holds_it_no_more(world: World) -> None:
    code = world.done("person", "add", "--label", "Zuleika", "--json").document["code"]
    assert '"texts": {"label": "Zuleika"}' in world.done("export").out
    told = world.done("person", "forget", code).out
    assert told.startswith("Forgot P")
    assert "1 text erased, the label among them" in told
    assert "1 text about persons erased on purpose." in world.done("verify").out
    assert world.done("verify", "--json").document["erased"] == 1
    out = world.done("export").out
    assert "Zuleika" not in out
    assert '"texts": {"label": null}' in out
    assert world.done("rebuild").status == 0
    assert world.done("verify", "--json").document["erased"] == 1


def test_a_copy_kept_beside_the_database_is_told_by_every_command_until_it_is_restored(world: World) -> None:
    kept = world.database.with_name(f"{world.database.name}.before-replacement-1")
    world.done("backup", str(kept))
    assert world.done("check", "{ready}").err == ""
    with closing(Store(kept)) as store, store.transaction() as journal:
        now = time.time_ns() // 1000
        journal.append(world.names["ready"], Noted(text="acknowledged"), now, now, 0)
    told = f"{kept} holds entries that this database lacks"
    for words in (["check", "{ready}"], ["list"], ["log", "{ready}"]):
        assert world.done(*words).err.startswith(f"Note: {told}")
    found = world.call("verify")
    assert (found.status, found.out.startswith(f"FAULT: {told}")) == (1, True)
    assert "✗ database: " + told.replace("this database", "it") in world.call("doctor").out
    world.done("restore", str(kept))
    assert world.done("check", "{ready}").err == ""
    assert world.done("verify").err == ""


def test_rebuild_mends_a_list_that_was_tampered_with(world: World) -> None:
    before = world.done("list", "--json").document
    outsider(world.database, "UPDATE roller SET dirty_since = NULL, uses = 0, dead_from = NULL")
    assert world.done("list", "--json").document != before
    assert "run `rollertrack rebuild`" in world.call("verify").out
    assert world.call("verify").status == 1
    world.done("rebuild")
    assert world.done("list", "--json").document == before
    assert world.call("verify").status == 0


def test_the_gate_does_not_ask_the_lists(world: World) -> None:
    outsider(world.database, "UPDATE roller SET dirty_since = NULL, uses = 0, clean_until = 1 << 62")
    assert world.call("check", "{dirty}", "--json").document["word"] == "WASH FIRST"


def test_backup_and_restore_go_round(world: World) -> None:
    kept = world.journal()
    world.done("backup", "{new}")
    world.done("note", "{ready}", "after the backup")
    changed = world.journal()
    told = world.done("restore", "{new}").out
    assert world.journal() == kept
    aside = world.folder / "a.db.before-restore-1"
    assert str(aside) in told
    assert world.done("--database", str(aside), "export").out == changed
    assert world.call("verify").status == 0
    assert Path(world.names["new"]).exists()
    assert oct(Path(world.names["new"]).stat().st_mode & 0o777) == "0o600"


def test_restore_makes_the_first_database_of_a_new_machine(world: World) -> None:
    path = world.folder / "fresh" / "machine" / "a.db"
    told = world.done("--database", str(path), "restore", "{backup}", "--json").document["message"]
    assert "kept at" not in told
    assert world.done("--database", str(path), "verify").out.startswith("All agree")
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]


def test_restore_mends_a_database_that_was_destroyed(world: World) -> None:
    kept = world.done("--database", world.names["backup"], "export").out
    world.database.write_bytes(b"\xff" * 4096)
    assert world.call("list").status == 3
    world.done("restore", "{backup}")
    assert world.journal() == kept
    assert (world.folder / "a.db.before-restore-1").read_bytes() == b"\xff" * 4096


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("dear diary")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:30_000])


def _overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:20480] = b"\xa5" * 12288
    path.write_bytes(content)


def _tampered(path: Path) -> None:
    outsider(path, "DROP TRIGGER event_no_update", "UPDATE event SET at = at - 1 WHERE kind = 'used'")


def _foreign(path: Path) -> None:
    path.unlink()
    outsider(path, "CREATE TABLE notes (text TEXT)")


def _newer(path: Path) -> None:
    outsider(path, "INSERT INTO schema_migration (name, applied) VALUES ('0999_later', '2030-01-01')")


def _of_nothing(path: Path) -> None:
    path.unlink()
    outsider(path, "CREATE TABLE x (y)", "DROP TABLE x")


@pytest.mark.parametrize(
    "damage", [_empty, _text, _cut, _overwritten, _tampered, _foreign, _newer, _of_nothing]
)
def test_a_backup_that_is_not_whole_is_refused_and_changes_nothing(damage: object, world: World) -> None:
    backup = Path(world.names["backup"])
    assert callable(damage)
    damage(backup)
    before, there = world.journal(), sorted(world.folder.iterdir())
    answer = world.call("restore", "{backup}")
    assert (answer.status, answer.out) == (3, "")
    assert answer.err.startswith(str(backup))
    assert answer.err.count("\n") == 1
    assert ".restoring" not in answer.err
    assert (world.journal(), sorted(world.folder.iterdir())) == (before, there)


def test_a_backup_that_does_not_prove_whole_is_not_kept(world: World) -> None:
    outsider(world.database, "UPDATE roller SET uses = 99")
    answer = world.call("backup", "{new}")
    assert answer.status == 3
    assert "does not prove whole" in answer.err
    assert not Path(world.names["new"]).exists()


def test_export_is_a_line_an_entry_or_one_document(world: World) -> None:
    lines = [json.loads(line) for line in world.journal().splitlines()]
    assert world.done("export", "--json").document == {"entries": lines, "unreadable": []}
    assert len(lines) == world.done("verify", "--json").document["events"]
    assert all(line["at_time"] and line["hash"] and isinstance(line["data"], dict) for line in lines)


def test_export_goes_on_past_what_cannot_be_read_and_names_it(world: World) -> None:
    lines = world.journal().splitlines()
    dirty = world.names["dirty"]
    outsider(
        world.database, "DROP TRIGGER event_no_update",
        f"UPDATE event SET data = 'no json' WHERE stream = '{dirty}' AND seq = 1",
        f"UPDATE event SET at = 'noon' WHERE stream = '{dirty}' AND seq = 2",
        f"UPDATE event SET kind = CAST(x'ff' AS TEXT) WHERE stream = '{world.names['held']}' AND seq = 1",
    )  # fmt: skip
    answer = world.call("export")
    assert answer.status == 3
    assert answer.out.splitlines() == [
        line for line in lines
        if (json.loads(line)["stream"], json.loads(line)["seq"])
        not in {(dirty, 1), (dirty, 2), (world.names["held"], 1)}
    ]  # fmt: skip
    assert answer.err.count("\n") == 1
    for told in (
        f"{dirty} entry 1: its content is not JSON", f"{dirty} entry 2: its at is of the wrong kind",
        f"{world.names['held']} entry 1: it holds text that cannot be read",
    ):  # fmt: skip
        assert told in answer.err
    document = world.call("export", "--json")
    assert document.status == 3
    assert len(document.document["entries"]) == len(lines) - 3
    assert len(document.document["unreadable"]) == 3


def test_export_passes_by_a_damaged_page(world: World) -> None:
    for number in range(40):
        world.done("note", "{ready}", f"{number} " + "x" * 400)
    lines = set(world.journal().splitlines())
    with closing(sqlite3.connect(world.database)) as connection:
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'")
    content = bytearray(world.database.read_bytes())
    child = int.from_bytes(content[(root - 1) * 4096 + 8 : (root - 1) * 4096 + 12])  # the right-most page
    content[(child - 1) * 4096 : child * 4096] = bytes(4096)
    world.database.write_bytes(content)
    answer = world.call("export")
    assert answer.status == 3
    found = set(answer.out.splitlines())
    assert 10 < len(found) < len(lines)
    assert found < lines
    assert "page is damaged" in answer.err


def test_export_names_the_entries_whose_text_is_on_a_damaged_page(world: World) -> None:
    lines = world.journal().splitlines()
    with closing(sqlite3.connect(world.database)) as connection:
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'erasable'")
    content = bytearray(world.database.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = bytes(4096)
    world.database.write_bytes(content)
    answer = world.call("export")
    assert answer.status == 3
    lost = [line for line in lines if '"texts"' in line]
    assert lost
    assert set(answer.out.splitlines()) == set(lines) - set(lost)
    assert answer.err.count("its text is on a damaged page") == len(lost)


def test_a_label_reaches_a_printer_on_the_network_and_the_record(world: World) -> None:
    received = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            connection, _ = server.accept()
            with connection:
                while data := connection.recv(65_536):
                    received.extend(data)

        printer = threading.Thread(target=take)
        printer.start()
        place = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        world.settings(f'[printers]\ndesk = "{place}"')
        assert "look whether it printed" in world.done("label", "{ready}", "--printer", "desk").out
        printer.join()
    assert len(received) > 1_000
    entry = world.done("log", "{ready}", "--json").document["entries"][0]
    assert (entry["kind"], place in entry["text"]) == ("label_printed", True)


def test_labels_go_to_files_of_each_form(world: World) -> None:
    for ending, begin in ((".png", b"\x89PNG"), (".pdf", b"%PDF"), (".bin", b"\x1b@")):
        target = world.folder / f"label{ending}"
        world.done("label", "{ready}", "{dirty}", "--to", str(target))
        assert target.read_bytes().startswith(begin)
    assert len(world.done("log", "{dirty}", "--json").document["entries"]) == 5


def test_a_printer_that_fails_is_one_sentence_and_no_entry(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    before = world.journal()
    for place in (f"tcp://127.0.0.1:{port}", "file:/nowhere/lp0"):
        answer = world.call("label", "{ready}", "--printer", place)
        assert (answer.status, answer.out) == (3, "")
        assert place.split(":", 1)[1].strip("/") in answer.err
        assert answer.err.count("\n") == 1
    for target in ("/proc/label.png", str(world.folder), "nowhere/label.png"):
        answer = world.call("label", "{ready}", "--to", target)
        assert answer.status in {2, 3}
        assert answer.err.count("\n") == 1
    assert world.journal() == before
