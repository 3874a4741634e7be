"""Where files live on this machine; nothing is created here."""

import os
import sys
from pathlib import Path

_APP = "rollertrack"
_USUAL = {"data": ".local/share", "config": ".config", "cache": ".cache"}


def default_database() -> Path:
    """The database used when none is named."""
    return _folder("data") / "rollertrack.db"


def settings_file() -> Path:
    """The settings of this station."""
    return _folder("config") / "settings.toml"


def cache_folder() -> Path:
    """Where a library may keep what it can make again."""
    return _folder("cache")


def _folder(kind: str) -> Path:
    """The folder of this program for its data, config or cache."""
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        # What platformdirs says too; to load it would take a tenth of the time of a `check`.
        named = os.environ.get(f"XDG_{kind.upper()}_HOME", "").strip()
        return (Path(named) if named else Path.home() / _USUAL[kind]) / _APP
    import platformdirs

    return Path(getattr(platformdirs, f"user_{kind}_dir")(_APP))
