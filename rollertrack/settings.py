"""This station's settings: a TOML file, then the environment, then what was typed."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from rollertrack.domain.text import near_hint
from rollertrack.errors import BadInput
from rollertrack.files import named_file

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


DATABASE_VARIABLE = "ROLLERTRACK_DATABASE"


ANYONE, PAIRED = "anyone", "paired"


class Settings(NamedTuple):
    """The settings of one station; each is optional."""

    database: str | None = None
    """The database file; the user's data folder when not given."""
    operator: str | None = None
    """The code of the operator who works here, when none is named."""
    printers: Mapping[str, str | Mapping[str, Any]] = MappingProxyType({})
    """Printers by name: a place such as tcp://192.168.1.30:9100, or a table with the place and options."""
    printer: str | None = None
    """The printer used when none is named."""
    media: str | None = None
    """The label paper used when neither the call nor the printer names one."""
    own_media: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Label papers of one's own, by name: a table of measures."""
    link_base: str | None = None
    """Where phones find records, such as http://192.168.1.20:8765; labels then hold a link."""
    printer_timeout: float = 5.0
    """Seconds a printer may stay silent."""
    phones_may_look: str = ANYONE
    """Whether phones that are not paired see the word of a roller: `anyone`, or `paired` for none of them."""
    theme: str | None = None
    """The colour theme of the terminal UI."""
    source: Path | None = None
    """The file they were read from, whether it exists or not; no setting itself."""

    @property
    def strangers_may_look(self) -> bool:
        """Whether a phone that is not paired sees the word of a roller."""
        return self.phones_may_look == ANYONE


def read_settings(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in a file that need not exist, with the environment over it."""
    written = _written(path)
    values = {} if written is None else _read(path, written)
    if named := environment.get(DATABASE_VARIABLE):
        values["database"] = named
    return Settings(**values, source=path)


def _written(path: Path) -> bytes | None:
    """What a file holds; None when there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise BadInput("settings", f"{path} cannot be read: {error.strerror}") from None


def _read(path: Path, written: bytes) -> dict[str, Any]:
    import tomllib  # most stations have no settings file

    try:
        values = tomllib.loads(written.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput("settings", f"{path} is not TOML: {error}") from None
    return {key: _checked(path, key, value) for key, value in values.items()}


def _checked(path: Path, key: str, value: Any) -> Any:
    known = [name for name in Settings._fields if name != "source"]
    if key not in known:
        hint = near_hint(key, known, f"known are {', '.join(known)}")
        raise BadInput("settings", f"{path} holds the unknown key “{key}”; {hint}")
    if key == "printers":
        if not isinstance(value, dict) or not all(isinstance(each, str | dict) for each in value.values()):
            raise BadInput("settings", f"{path}: printers must be a table of names and places")
        return value
    if key == "own_media":
        if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
            raise BadInput("settings", f"{path}: own_media must be a table of names and tables of measures")
        return value
    if key == "printer_timeout":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 60:  # noqa: PLR2004 - seconds
            raise BadInput("settings", f"{path}: printer_timeout must be above 0 and at most 60 seconds")
        return float(value)
    if key == "phones_may_look" and value not in {ANYONE, PAIRED}:
        raise BadInput("settings", f"{path}: phones_may_look must be “{ANYONE}” or “{PAIRED}”")
    if not isinstance(value, str):
        raise BadInput("settings", f"{path}: {key} must be text in quotes")
    return value


def database_path(settings: Settings) -> Path:
    """The database file of a station; BadInput for a server, which this version does not speak to."""
    named = settings.database
    if named is None:
        return default_database()
    if "://" in named:
        raise BadInput("database", f"{named.split('://')[0]}:// is not supported; name an SQLite file")
    return named_file("database", named)
