"""The README is true: its commands run as written and print what it shows."""

import os
import re
import shlex
from pathlib import Path

import pytest
from harness.fake_computer import install
from harness.forked import run

from rollertrack.deeds.table import DEEDS
from rollertrack.domain.code import is_code, shown
from rollertrack.labels.media import media_named
from rollertrack.labels.printers.parsing import parse_printer
from rollertrack.settings import read_settings
from rollertrack.tui import palette

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = "RKDTLBNEB"
# A soak counts down while the tour goes on; on a busy machine some seconds are gone by the next command.
SOME_SECONDS_LATER = re.compile(r"\b9 min 5\d s\b")
# An incident gets a code of its own.
INCIDENT = re.compile(r"I·[A-Z]{3}-[A-Z]{3}-[A-Z]{2}")
# What needs a printer that is not there.
NEEDS_A_PRINTER = re.compile(r"rollertrack (printer test \w+|label [A-Z-]+)")


def _examples() -> list[tuple[str, list[str]]]:
    """Every command of the console blocks with the lines it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^ *```console\n(.*?)^ *```", README, re.DOTALL | re.MULTILINE):
        indent = len(block) - len(block.lstrip(" "))
        for line in (raw[indent:] for raw in block.splitlines()):
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def test_every_command_prints_what_the_readme_shows(tmp_path: Path) -> None:
    folders = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    # Where CUPS is not installed, a note says so behind each of its printers.
    install(tmp_path / "bin", "lp")
    programs = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    station = {"ROLLERTRACK_DATABASE": str(tmp_path / "tour.db"), "PATH": programs}
    environment = {**os.environ, **folders, **station}
    code, incident = EXAMPLE, ""
    for command, expected in _examples():
        if NEEDS_A_PRINTER.fullmatch(command):
            continue
        words = shlex.split(INCIDENT.sub(incident, command).replace(shown(EXAMPLE), shown(code)))
        done = run(words[1:], environment, folder=tmp_path)
        said_to_us = (done.out + done.err).decode()
        printed = SOME_SECONDS_LATER.sub("10 min", said_to_us).splitlines()
        if words[1] == "add":
            code = printed[0]
        if told := INCIDENT.search(said_to_us):
            incident = told[0]
        # What comes in a box gets codes that nobody foresees.
        said = [code if is_code(line) else line for line in printed]
        assert said == [
            code if is_code(line) else INCIDENT.sub(incident, line).replace(shown(EXAMPLE), shown(code))
            for line in expected
        ]


def test_the_two_commands_are_there_and_ci_runs_the_second() -> None:
    lines = README.splitlines()
    assert "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/rollertrack" in lines
    assert sum(line.startswith("python3 -m venv") and line.endswith(" pytest") for line in lines) == 1
    assert "grep -m 1 -E '^python3 -m venv .* pytest$' README.md" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("picture", re.findall(r"!\[.+\]\((.+)\)", README))
def test_every_picture_is_there(picture: str) -> None:
    assert (ROOT / picture).is_file()


def test_the_table_of_commands_names_those_there_are_and_no_others() -> None:
    _, section = README.split("\n## All commands\n")
    cells = re.findall(r"^\| .+ \| (.+) \|$", section.split("\n\n")[0], re.MULTILINE)
    named = {words.split()[0] for cell in cells[1:] for words in re.findall(r"`([^`]+)`", cell)}
    assert named == {deed.words.split()[0] for deed in DEEDS if deed.words}


def test_the_settings_of_the_readme_are_understood(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "settings.toml"
    path.write_text(block, "utf-8")
    settings = read_settings(path, {})
    printers = [parse_printer(name, value) for name, value in settings.printers.items()]
    assert [str(printer.place) for printer in printers] == ["tcp://192.168.1.30:9100", "cups:OFFICE"]
    assert all(media_named(name, own=settings.own_media) for name in settings.own_media)
    assert settings.theme in {theme.name for theme in palette.THEMES}
    assert settings.operator is not None
    assert is_code(settings.operator)
