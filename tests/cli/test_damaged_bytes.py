"""Bytes flipped, pages zeroed, ends cut off: never a milder word, never “proved”, never a traceback."""

from pathlib import Path
from random import Random

import pytest
from harness.command_calls import World, copy_of, new_world

from rollertrack.domain.words import Word

ROLLERS = ("ready", "dirty", "soaking", "soaked", "held", "plain", "sealed")
COPIES = 60
_SEVERITY = {word.value: place for place, word in enumerate(Word)}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = new_world(tmp_path_factory.mktemp("template"))
    for name in ROLLERS:
        world.done("note", f"{{{name}}}", "x" * 900)
    return world


def damaged(whole: bytes, number: int, dice: Random) -> bytes:
    content = bytearray(whole)
    if number % 5 == 0:
        return bytes(content[: dice.randrange(len(content))])
    if number % 5 == 1:
        page = dice.randrange(len(content) // 4096) * 4096
        content[page : page + 4096] = bytes(4096)
    elif number % 5 == 2:
        start = dice.randrange(len(content) - 64)
        content[start : start + 64] = dice.randbytes(64)
    else:
        for _ in range(dice.choice((1, 1, 3, 20))):
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return bytes(content)


def words_of(world: World, path: Path, *names: str) -> dict[str, str]:
    """The words of rollers; STOP where there is no answer, since nobody may use one then."""
    found = {}
    for name in names:
        answer = world.call("--database", str(path), "check", f"{{{name}}}", "--json")
        said = answer.document
        found[name] = said.get("word", Word.STOP.value)
        assert "RollerTrack failed" not in answer.err, answer.err
    return found


def test_no_damage_makes_a_word_milder_or_a_copy_proved(template: World, tmp_path: Path) -> None:
    world = copy_of(template, tmp_path)
    whole, dice = world.database.read_bytes(), Random("bytes")
    before = words_of(world, world.database, *ROLLERS)
    entries = world.journal()
    assert {"USE", "STOP", "WASH FIRST"} <= set(before.values())
    for number in range(COPIES):
        path = tmp_path / f"{number}.db"
        path.write_bytes(damaged(whole, number, dice))
        asked = ROLLERS[number % len(ROLLERS)]
        ((_, word),) = words_of(world, path, asked).items()
        assert _SEVERITY[word] >= _SEVERITY[before[asked]], (number, asked)
        target = tmp_path / f"{number}.backup"
        answer = world.call("--database", str(path), "backup", str(target))
        assert answer.status in {0, 2, 3}
        assert "RollerTrack failed" not in answer.err, answer.err
        assert target.exists() is (answer.status == 0)
        if answer.status == 0:
            assert world.done("--database", str(target), "export").out == entries
            assert words_of(world, target, *ROLLERS) == before
        verified = world.call("--database", str(path), "verify")
        assert (verified.status == 0) is (answer.status == 0), (number, verified, answer)
        assert "RollerTrack failed" not in verified.err
        assert "RollerTrack failed" not in world.call("--database", str(path), "export").err
