"""A disinfection told of a time in which the roller lay in a soak does not count: rows are made anew."""

from typing import Any


def up(_migrator: Any, _db: Any) -> None:
    """Every derived row is made anew behind a migration."""
