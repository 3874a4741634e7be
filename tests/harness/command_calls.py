"""Calls of the command line, in this process or in one of its own, on a database that has seen some life."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from harness import forked
from rollertrack.cli.main import main

PROGRAM = (sys.executable, "-m", "rollertrack")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a call said and its exit status."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass
class World:
    """A folder with a database, settings and data of its own; `names` stand for codes and files in a call."""

    folder: Path
    names: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The database of this world."""
        return self.folder / "a.db"

    @property
    def environment(self) -> dict[str, str]:
        """What a call sees of the machine."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "ROLLERTRACK_DATABASE": str(self.database),
        }

    def filled(self, words: Sequence[str]) -> list[str]:
        """The words with codes and files in the place of their names."""
        moments = {
            "two days ago": ago(days=2),
            "in an hour": ago(hours=-1),
            "in a week": ago(days=-7)[: len("2026-11-22")],
        }
        names = {**self.names, **moments}
        return [names.get(word[1:-1], word) if word.startswith("{") else word for word in words]

    def call(self, *words: str) -> Answer:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, self.environment, clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                status = main(self.filled(words))
            except SystemExit as left:
                status = int(left.code or 0)
        return Answer(status, out.getvalue(), err.getvalue())

    def done(self, *words: str, status: int = 0) -> Answer:
        """Run a command that must succeed, or end with another status."""
        answer = self.call(*words)
        assert answer.status == status, answer
        return answer

    def run(
        self, *words: str, more: Mapping[str, str] | None = None, piped: str | None = None,
        cwd: Path | None = None, encoding: str = "utf-8", **options: Any,
    ) -> Answer:  # fmt: skip
        """Run a command in a process of its own, with more environment; takes what `forked.run` takes."""
        done = forked.run(
            self.filled(words), {**self.environment, **(more or {})},
            said=None if piped is None else os.fsencode(piped), folder=cwd or self.folder, **options,
        )  # fmt: skip
        return Answer(done.status, *(each.decode(encoding) for each in done[1:]))

    def started(self, *words: str, under: Sequence[str] = ()) -> Answer:
        """Run a command as anybody does, under another program: by an interpreter that just begins."""
        done = subprocess.run(
            [*under, *PROGRAM, *self.filled(words)], capture_output=True, text=True, check=False,
            cwd=self.folder, env=self.environment,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)

    def journal(self) -> str:
        """Everything that was ever entered."""
        return self.done("export").out

    def rows(self) -> list[object]:
        """Every row of the journal and of the texts beside it, to see that none came."""
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as connection:
            return [connection.execute(f"SELECT * FROM {name}").fetchall() for name in ("event", "erasable")]

    def settings(self, text: str) -> None:
        """Write the settings of this station."""
        path = self.folder / "config" / "rollertrack" / "settings.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def ago(**span: float) -> str:
    """A moment that has passed, as it is typed."""
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="seconds")


def new_world(folder: Path) -> World:
    """A world whose database holds rollers in every state, a person, an operator, a bin, a solution."""
    world = World(folder)
    names = world.names
    for name in ("ready", "dirty", "soaking", "soaked", "held", "plain"):
        names[name] = world.done("add", "--length", "0.25", "--name", name, "--at", ago(days=9)).out.strip()
    ahead = ["--sterile", "--code", "RBBDEFGHO"]  # a label that was printed ahead of its roller
    names["sealed"] = world.done("add", "--length", "0.5", *ahead, "--at", ago(days=9)).out.strip()
    names["person"] = world.done("person", "list", "--json").document["persons"][0]["code"]
    for kind, more in {
        "operator": ["--label", "ann"], "bin": ["--label", "yellow"], "solution": ["--agent", "alcohol"],
    }.items():  # fmt: skip
        names[kind] = world.done(kind, "add", *more, "--at", ago(days=9), "--json").document["code"]
    for kind in ("operator", "bin"):
        names[f"closed_{kind}"] = world.done(kind, "add", "--label", "left", "--json").document["code"]
        world.done(kind, "close", f"{{closed_{kind}}}")
    world.done("disinfect", "{ready}", "--agent", "alcohol", "--minutes", "10", "--at", ago(hours=1))
    world.done("use", "{dirty}", "--despite", "in a hurry", "--at", ago(days=4))
    world.done("soak", "{soaking}", "--agent", "alcohol", "--minutes", "600", "--at", ago(minutes=5))
    world.done("soak", "{soaked}", "--agent", "alcohol", "--at", ago(minutes=30))
    world.done("quarantine", "{held}", "--reason", "fell on the floor", "--at", ago(days=2))
    names["backup"] = str(folder / "backup.db")
    world.done("backup", "{backup}")
    names.update(picture=str(folder / "label.png"), page=str(folder / "page.pdf"), new=str(folder / "new.db"))
    return world


def copy_of(world: World, folder: Path) -> World:
    """A world of one's own, like another."""
    shutil.copytree(world.folder, folder, dirs_exist_ok=True)
    old, new = str(world.folder), str(folder)
    return World(folder, {name: value.replace(old, new) for name, value in world.names.items()})
