"""Files written on the user's word: never over another without a word, never over a database or a link."""

import stat

import pytest
from harness.command_calls import World

WRITERS: dict[str, tuple[str, ...]] = {
    "label.png": ("label", "{ready}"),
    "label.bin": ("label", "{ready}"),
    "blank.pdf": ("label", "--blank", "2"),
    "wall.pdf": ("cards",),
    "cards.png": ("cards", "--media", "58mm"),
    "outage.pdf": ("outage",),
    "page.pdf": ("calibrate", "--media", "l7160"),
    "test.png": ("calibrate", "--media", "58mm"),
    "strip.png": ("doctor", "printer"),
    "scanner.png": ("doctor", "scanner"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_is_replaced_only_by_force(name: str, world: World) -> None:
    path, words = world.folder / name, (*WRITERS[name], "--to", str(world.folder / name))
    world.done(*words)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"of another")
    before = world.journal()
    answer = world.call(*words)
    told = f"to: {path} exists already; --force replaces it, or name a new file\n"
    assert (answer.status, answer.out, answer.err) == (2, "", told)
    assert path.read_bytes() == b"of another"
    assert world.journal() == before
    path.chmod(0o644)
    world.done(*words, "--force")
    assert path.read_bytes() != b"of another"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_written_through_a_link_or_over_a_database(name: str, world: World) -> None:
    path, before = world.folder / name, world.journal()
    path.symlink_to(world.database)
    for more in ((), ("--force",)):
        answer = world.call(*WRITERS[name], "--to", str(path), *more)
        assert (answer.status, answer.err) == (2, f"to: {path} is a link; name the file itself\n")
    path.unlink()
    path.hardlink_to(world.database)
    for more in ((), ("--force",)):
        answer = world.call(*WRITERS[name], "--to", str(path), *more)
        assert (answer.status, answer.err) == (2, f"to: {path} is a database; name another file\n")
    assert world.journal() == before


def test_no_code_is_set_apart_for_blank_labels_that_cannot_be_written(world: World) -> None:
    path = world.folder / "blank.pdf"
    path.write_bytes(b"of another")
    words = ("label", "--blank", "2", "--to", str(path))
    assert world.call(*words).status == 2
    first = world.done(*words, "--force", "--json").document["codes"]
    assert len(first) == 2


def test_a_sample_is_not_written_through_a_link(world: World) -> None:
    link = world.folder / "sample.db"
    link.symlink_to(world.folder / "elsewhere.db")
    answer = world.call("demo", "--write", str(link), "--rollers", "1")
    assert (answer.status, answer.err) == (2, f"write: {link} exists already; name a new file\n")
    assert not (world.folder / "elsewhere.db").exists()
