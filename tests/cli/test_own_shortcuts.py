"""What is asked of the system directly says what the libraries say that are slow to load."""

import argparse
import sys
from pathlib import Path

import platformdirs
import pytest

from rollertrack import settings
from rollertrack.cli.arguments import build_parser
from rollertrack.deeds.table import DEEDS


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("named", [None, "", "  ", "/srv/there"])
def test_folders_are_those_of_platformdirs(named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("DATA", "CONFIG", "CACHE"):
        if named is None:
            monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
        else:
            monkeypatch.setenv(f"XDG_{kind}_HOME", named)
    assert settings.default_database() == Path(platformdirs.user_data_dir("rollertrack")) / "rollertrack.db"
    assert settings.settings_file() == Path(platformdirs.user_config_dir("rollertrack")) / "settings.toml"
    assert settings.cache_folder() == Path(platformdirs.user_cache_dir("rollertrack"))


@pytest.mark.parametrize("columns", ["", "0", "wide", "40", "200"])
def test_a_help_is_as_wide_as_argparse_makes_it(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    parser = build_parser(next(deed for deed in DEEDS if deed.words == "use"))
    ours = parser.format_help()
    parser.formatter_class = argparse.HelpFormatter
    assert ours == parser.format_help()
