"""One zone, no blinking, and a store in a folder for every test of a form."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input
from tui_forms_app import Place


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def _still_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vars(Input)["cursor_blink"], "_default", False)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.station.store.close()
