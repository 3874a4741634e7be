"""A roller that only a sterile pack makes fit for use is used up by its first one, and its row says so."""

from typing import Any


def up(_migrator: Any, _db: Any) -> None:
    """Every derived row is made anew behind a migration."""
