"""What only a command line says: the option that does what a sentence tells to do."""

import json
import time
from pathlib import Path

import pytest
from harness.command_calls import World
from harness.stations import Clock, ready_roller, station_at

from rollertrack.cli.main import main
from rollertrack.domain.quantities import DAY, MINUTE
from rollertrack.services import keeping, using
from rollertrack.services.using import Use

LOG_AGAIN = "and log that use again with its time (--at)"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A place for a database, which nothing else of this computer speaks into."""
    world = World(tmp_path)
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    return world


def test_a_use_without_its_time_is_logged_again_with_an_option(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock(time.time_ns() // 1_000 - 30 * DAY)
    with station_at(world.database, clock) as station:
        used, other = ready_roller(station), ready_roller(station)
        clock.now += MINUTE
        keeping.note(station, used, "looked at")
        clock.now -= 60 * DAY
        using.use(station, used, Use(despite="in a hurry"))
    base = ["--database", str(world.database)]
    wash = ["disinfect", other, "--agent", "alcohol", "--minutes", "10", "--cleaned"]
    assert main([*base, *wash]) == 0
    assert main([*base, "check", other]) == 1
    assert LOG_AGAIN in capsys.readouterr().out
    assert main([*base, "check", other, "--json"]) == 1
    assert LOG_AGAIN in capsys.readouterr().out
    assert main([*base, "use", other, "--json"]) == 1
    told = capsys.readouterr()
    assert LOG_AGAIN in told.out
    assert told.err.endswith(" Nothing was logged; --despite REASON logs it anyway.\n")


def test_a_pack_without_a_lot_is_mended_by_an_option(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--database", str(world.database)]
    assert main([*base, "add", "--length", "0.5"]) == 0
    capsys.readouterr()
    assert main([*base, "operator", "add", "--label", "anna", "--json"]) == 0
    (anna,) = json.loads(capsys.readouterr().out)["codes"]
    assert main([*base, "product", "add", "Titan", "--length", "0.5"]) == 0
    assert main([*base, "policy", "set", "profile", "clinic"]) == 0
    box = ["receive", "Titan", "--lot", "", "--pieces", "1", "--operator", anna]
    assert main([*base, *box]) == 0
    said = "no lot is on record of it; `pack edit --lot` adds it."
    assert said in capsys.readouterr().err
    assert main([*base, *box, "--json"]) == 0
    assert said in capsys.readouterr().out
