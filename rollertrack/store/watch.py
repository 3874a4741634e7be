"""Whether what is open is still what stands at its path."""

import os
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple


class Change(Enum):
    """What has become of an open file."""

    NONE = auto()
    WRITTEN = auto()
    """The same file with another content: a checkpoint, or something wrote over it."""
    REPLACED = auto()
    """Another file, or a folder, bears its name."""
    SIDES = auto()
    """Its log or its shared memory is gone, or is another."""
    GONE = auto()
    """Nothing bears its name, or it cannot be looked at."""


_Identity = tuple[int, int]


class Watch(NamedTuple):
    """An open file as it was when last looked at."""

    path: Path
    identity: _Identity
    content: tuple[int, int]
    beside: tuple[str, str]
    sides: tuple[_Identity | None, ...]

    @classmethod
    def over(cls, path: Path) -> "Watch":
        """Watch over a file that was just opened; OSError when it is gone already."""
        found, file = path.stat(), os.path.realpath(path)
        beside = (f"{file}-wal", f"{file}-shm")
        return cls(path, _identity(found), _content(found), beside, _sides(beside))

    def change(self) -> Change:
        """What has become of the file since."""
        try:
            found = self.path.stat()
        except OSError:
            return Change.GONE
        if (found.st_dev, found.st_ino) != self.identity:
            return Change.REPLACED
        if _sides(self.beside) != self.sides:
            return Change.SIDES
        return Change.NONE if _content(found) == self.content else Change.WRITTEN

    def has_a_name(self) -> bool:
        """Whether the open file still stands somewhere; true where the system does not tell."""
        try:
            numbers = [int(each.name) for each in Path("/dev/fd").iterdir()]
        except (OSError, ValueError):
            return True
        links = [each.st_nlink for each in map(_opened, numbers) if each and _identity(each) == self.identity]
        return not links or any(links)

    def renewed(self) -> "Watch":
        """The same watch with the content as it is now."""
        return self._replace(content=_content(self.path.stat()))


def _identity(found: os.stat_result) -> _Identity:
    return found.st_dev, found.st_ino


def _content(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _sides(beside: tuple[str, str]) -> tuple[_Identity | None, ...]:
    sides: list[_Identity | None] = []
    for path in beside:
        try:
            found = os.stat(path)  # noqa: PTH116 - asked before and after every deed
        except OSError:
            sides.append(None)
        else:
            sides.append((found.st_dev, found.st_ino))
    return tuple(sides)


def _opened(number: int) -> os.stat_result | None:
    try:
        return os.fstat(number)
    except OSError:
        return None
