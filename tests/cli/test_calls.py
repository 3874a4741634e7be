"""How much is done for one answer: calls of functions of the program, from the words typed to the end."""

import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from harness.command_calls import World

import rollertrack
from rollertrack.cli.main import main
from rollertrack.domain import person, roller, standing

_OURS = str(Path(rollertrack.__file__).parent)
Calls = Counter[CodeType]


def calls_of(world: World, *words: str) -> Calls:
    """What a command calls, its modules loaded and the folders known."""
    found: Calls = Counter()

    def count(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(_OURS):
            found[frame.f_code] += 1

    call = ["--database", str(world.database), *words]
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        status = main(call)
    finally:
        sys.setprofile(before)
    assert status == 0
    return found


@pytest.fixture
def washed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> World:
    """A home with one roller, washed, in a database of its own."""
    world = World(tmp_path)
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    base = ["--database", str(world.database)]
    assert main([*base, "add", "--length", "0.5", "--name", "evening"]) == 0
    world.names["roller"] = capsys.readouterr().out.strip()
    wash = ["disinfect", world.names["roller"], "--agent", "alcohol", "--minutes", "10", "--cleaned"]
    assert main([*base, *wash]) == 0
    assert main([*base, "check", world.names["roller"]]) == 0
    return world


@pytest.mark.parametrize(
    ("words", "most", "before"),
    [
        (("check",), 402, "0.1.0: 505, before this was counted: 1,286"),
        # Some forty of them keep what a recall looks through: lots, baths and uses.
        (("use", "--area", "face"), 712, "0.1.0: 812, before this was counted: 1,826"),
    ],
    ids=["check", "use"],
)
def test_a_word_costs_so_many_calls(
    words: tuple[str, ...], most: int, before: str, washed: World, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = calls_of(washed, words[0], washed.names["roller"], *words[1:])
    with capsys.disabled():
        print(f"\n{words[0]}: {calls.total():,} calls of {len(calls):,} functions ({before})")  # noqa: T201
    assert calls.total() <= most


def test_a_check_folds_each_stream_once_and_finds_the_standing_once(washed: World) -> None:
    calls = calls_of(washed, "check", washed.names["roller"])
    assert [calls[each.__code__] for each in (roller.fold, person.fold, standing.standing)] == [1, 1, 1]


def test_a_use_folds_each_stream_once_before_it_and_once_after(washed: World) -> None:
    calls = calls_of(washed, "use", washed.names["roller"], "--area", "face")
    # The answer, its message and the rows of the lists share both.
    assert [calls[each.__code__] for each in (roller.fold, person.fold, standing.standing)] == [2, 2, 2]
