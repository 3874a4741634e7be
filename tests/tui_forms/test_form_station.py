"""What concerns the station: its journal in a file, labels ahead of rollers, settings, who works there."""

import json
from pathlib import Path

import pytest
from harness.form_app import Place
from harness.form_pilot import hand

from rollertrack.services import exporting, people, policies
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.settings_file import SettingsFile
from rollertrack.tui.forms.fields import DropDown


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\n[printers]\ndesk = "tcp://192.0.2.1"\nshop = "tcp://192.0.2.2"\n')
    return path


@pytest.fixture
def place(tmp_path: Path, settings: Path) -> Place:
    return Place(tmp_path, Printing(cache=tmp_path, book=SettingsFile(settings)))


async def test_the_journal_is_exported_as_the_command_line_writes_it(place: Place, tmp_path: Path) -> None:
    code = place.roller()
    path = tmp_path / "all.jsonl"
    async with hand(place, lambda app: app.perform("export")) as one:
        await one.fill(to=str(path))
        await one.confirm()
        assert one.app.done[0].message == f"Exported 2 entries to {path}."
    lines = path.read_text().splitlines()
    assert lines == list(exporting.export(place.station))
    assert json.loads(lines[-1])["stream"] == code
    assert path.stat().st_mode & 0o077 == 0


async def test_an_export_replaces_a_file_only_when_it_is_ticked(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("mine")
    async with hand(place, lambda app: app.perform("export")) as one:
        await one.fill(to=str(path))
        await one.confirm()
        assert one.is_open()
        assert path.read_text() == "mine"
        await one.fill(force=True)
        await one.confirm()
        assert not one.is_open()
    assert path.read_text().startswith("{")


async def test_labels_ahead_carry_new_codes_that_no_roller_has(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "ahead.pdf"
    async with hand(place, lambda app: app.perform("blanks")) as one:
        await one.fill(printer=":file", to=str(path), blank="3")
        assert "3 labels" in one.line("result")
        await one.confirm()
        assert not one.is_open()
        done = one.app.done[0]
    assert path.read_bytes().startswith(b"%PDF")
    assert len(set(done.codes)) == 3
    assert not any(place.entries(code) for code in done.codes)


@pytest.mark.parametrize("count", ["0", "501", "few"])
async def test_a_wrong_number_of_labels_ahead_sets_no_code_apart(
    place: Place, tmp_path: Path, count: str
) -> None:
    async with hand(place, lambda app: app.perform("blanks")) as one:
        await one.fill(printer=":file", to=str(tmp_path / "a.pdf"), blank=count)
        await one.confirm()
        assert one.is_open()
        assert "500" in one.sentence("blank")
    assert not (tmp_path / "a.pdf").exists()


async def test_the_usual_printer_is_kept_and_unset_again(place: Place, settings: Path) -> None:
    async with hand(place, lambda app: app.perform("settings")) as one:
        await one.fill(printer="shop", media="50x25")
        await one.confirm()
        assert not one.is_open()
    assert settings.read_text().startswith("# mine\n")
    assert (place.station.printing.usual_printer(), place.station.printing.usual_media()) == ("shop", "50x25")
    async with hand(place, lambda app: app.perform("settings")) as one:
        for each in one.app.screen.query(DropDown):
            each.clear()
        await one.settle()
        await one.confirm()
        assert not one.is_open()
    assert place.station.printing.usual_printer() is None
    assert "media" not in settings.read_text()


async def test_an_operator_is_added_from_anywhere(place: Place) -> None:
    async with hand(place, lambda app: app.perform("add_operator")) as one:
        await one.fill(label="Kim")
        await one.confirm()
    assert [row.label for row in people.operators_here(place.station)] == ["Kim"]


@pytest.mark.parametrize("usual", ["yes", "no"])
async def test_cleaned_first_is_ticked_where_it_is_usual(place: Place, usual: str) -> None:
    code = place.roller()
    if usual == "yes":
        policies.set_policy(place.station, "soak.cleaned", usual)
    async with hand(place, lambda app: app.perform("soak", [code])) as one:
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1].cleaned is (usual == "yes")  # type: ignore[attr-defined]
