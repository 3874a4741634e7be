"""ARCHITECTURE.md is true of the house: what it names by its path, or as a constant, is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "rollertrack" / "ARCHITECTURE.md").read_text("utf-8")
FILES = {
    f"/{path.relative_to(ROOT)}": path
    for wing in ("rollertrack", "tests")
    for path in (ROOT / wing).rglob("*")
    if path.is_file() and path.suffix != ".pyc"
}
NAMED = sorted(set(re.findall(r"`([^`\s]+)`", PAGE)))
FEWEST = 40


def _is_there(named: str) -> bool:
    """Whether a file or folder has this path, or a module with this path has this name in it."""
    for inside, path in FILES.items():
        if inside.endswith((f"/{named}", f"/{named}.py")) or f"/{named.rstrip('/')}/" in inside:
            return True
        module, _, member = named.rpartition(".")
        if module and inside.endswith(f"/{module}.py") and member in path.read_text("utf-8"):
            return True
    return False


def test_every_path_it_names_is_there() -> None:
    paths = [named for named in NAMED if "/" in named or named.endswith(".py")]
    assert len(paths) > FEWEST
    assert [named for named in paths if not _is_there(named)] == []


def test_every_constant_it_names_is_there() -> None:
    constants = [named for named in NAMED if re.fullmatch(r"_?[A-Z]{4,}(_[A-Z]+)*", named)]
    assert constants
    package = "\n".join(path.read_text("utf-8") for path in FILES.values() if path.suffix == ".py")
    assert set(constants) - set(re.findall(r"\w+", package)) == set()
