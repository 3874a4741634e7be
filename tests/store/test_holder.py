"""Whoever waits for the lock is told what another RollerTrack does, and nothing that is not so any more."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from harness.store_rows import ROLLER, append, fill, outsider

from rollertrack.domain.events import Noted
from rollertrack.errors import StoreFailed
from rollertrack.store import database, holder
from rollertrack.store.store import Store

HOLDING = """
import sys
from pathlib import Path
from rollertrack.store.store import Store
with Store(Path(sys.argv[1])).transaction("policy set age.days"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path / "a.db")


def test_a_long_deed_of_another_process_is_named_until_that_ends_however_it_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with closing(Store(path)) as store:
            with pytest.raises(StoreFailed) as failed:
                store.transaction().__enter__()
            with store.reading() as journal:
                assert journal.stream(ROLLER)
        process.kill()
    told = failed.value.message
    assert f"Another RollerTrack is at work on {path}: policy set age.days, since " in told
    assert told.endswith(f"(process {process.pid}). Try again when it is done. Nothing was changed.")
    assert holder.doing(path) == ""
    with outsider(path) as connection, closing(Store(path)) as store:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match="is locked by another program"):
            store.transaction().__enter__()


def test_a_deed_names_itself_while_it_is_done_and_leaves_nothing(path: Path) -> None:
    with closing(Store(path)) as store:
        with store.transaction("a long one") as journal:
            assert holder.doing(path).startswith("a long one, since ")
            append(journal, ROLLER, Noted(text="x"))
        assert holder.doing(path) == ""
        with store.transaction():
            assert holder.doing(path) == ""
        store.rebuild()
    assert [each.name for each in path.parent.iterdir()] == ["a.db"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"what": 1}', b"\xff"])
def test_a_marker_that_cannot_be_read_names_nobody(content: bytes, path: Path) -> None:
    with holder.named(path, "x"):
        path.with_name("a.db-busy").write_bytes(content)
        assert holder.doing(path) == ""


def test_a_marker_that_is_a_link_is_followed_by_nobody(path: Path) -> None:
    precious = path.with_name("precious")
    precious.write_text('{"what": "x", "since": "y", "process": 1}')
    path.with_name("a.db-busy").symlink_to(precious)
    with holder.named(path, "a long one"):
        assert holder.doing(path) == ""
    assert precious.read_text().startswith('{"what": "x"')
