"""Where files live on this machine; nothing is created here."""

from pathlib import Path

_APP = "rollertrack"


def default_database() -> Path:
    """The database used when none is named."""
    import platformdirs

    return Path(platformdirs.user_data_dir(_APP)) / "rollertrack.db"


def settings_file() -> Path:
    """The settings of this station."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_APP)) / "settings.toml"


def cache_folder() -> Path:
    """Where a library may keep what it can make again."""
    import platformdirs

    return Path(platformdirs.user_cache_dir(_APP))
