"""Printers in the settings file: read anew when it changed, written with its comments, or not at all."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.print_house import only_device
from harness.stations import station_at
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain.code import TEST_CODE
from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels.printer import NotSent
from rollertrack.services import preview
from rollertrack.services.labels import printer_trials, printers
from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, Printing
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Station
from rollertrack.settings import read_settings
from rollertrack.settings_file import SettingsFile

COMMENTED = """\
# our clinic
media = "80mm"  # the usual roll

[printers]
desk = "tcp://10.0.0.1:9100"  # by the door
big = {place = "tcp://10.0.0.2", dpi = 300}

[printers.office]
place = "cups:Office"
media = "l7160"  # Avery

[own_media.jar]  # for jars
width = 40
length = 12
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def station(tmp_path: Path, file: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as station:
        yield station.changed(printing=Printing(tmp_path / "cache", SettingsFile(file)))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")


def test_the_first_printer_makes_the_file_and_its_folder(station: Station, file: Path) -> None:
    assert printers.list_printers(station) == ()
    done = printers.save_printer(station, "desk", {"place": "tcp://10.0.0.1"})
    assert done.message == "Kept the printer desk: tcp://10.0.0.1:9100."
    assert file.read_text() == '[printers]\ndesk = "tcp://10.0.0.1:9100"\n'
    assert [oct(each.stat().st_mode & 0o777) for each in (file, file.parent)] == ["0o600", "0o700"]
    assert list(file.parent.iterdir()) == [file]


def test_comments_and_everything_else_stay(station: Station, file: Path) -> None:
    write(file, COMMENTED)
    file.chmod(0o644)
    printers.save_printer(station, "office", {"scale": "99.5", "media": ""})
    printers.save_printer(station, "small", {"place": "usb:04b8:0202", "offset_x": "-1.5"})
    printers.save_printer(station, "desk", {"module": "5"})
    printers.remove_printer(station, "big")
    text = file.read_text()
    assert text.startswith('# our clinic\nmedia = "80mm"  # the usual roll\n\n[printers]\ndesk = {')
    assert "# by the door" in text
    assert text.endswith("[own_media.jar]  # for jars\nwidth = 40\nlength = 12\n")
    assert tomllib.loads(text) == {
        "media": "80mm",
        "printers": {
            "desk": {"place": "tcp://10.0.0.1:9100", "module": 5},
            "office": {"place": "cups:Office", "scale": 99.5},
            "small": {"place": "usb:04b8:0202", "offset_x": -1.5},
        },
        "own_media": {"jar": {"width": 40, "length": 12}},
    }
    assert oct(file.stat().st_mode & 0o777) == "0o644"


def test_what_another_writes_is_seen_at_once(station: Station, file: Path, tmp_path: Path) -> None:
    write(file, COMMENTED)
    assert [row.name for row in printers.list_printers(station)] == ["desk", "big", "office"]
    with station_at(tmp_path / "a.db") as other:
        lane = other.changed(printing=Printing(tmp_path / "cache", SettingsFile(file)))
        printers.save_printer(lane, "desk", {"place": "tcp://10.9.9.9", "media": "jar"})
    assert str(station.printing.printer("desk").place) == "tcp://10.9.9.9:9100"
    assert station.printing.media(None, station.printing.printer("desk")).name == "jar"
    file.unlink()
    assert station.printing.printers() == ()


def test_a_printer_is_believed_less_until_it_is_set_back(station: Station, file: Path) -> None:
    printers.save_printer(station, "desk", {"place": "tcp://10.0.0.1", "status": "off"})
    assert tomllib.loads(file.read_text())["printers"]["desk"]["status"] == "off"
    assert not station.printing.printer("desk").is_asked
    printers.save_printer(station, "desk", {"module": "5"})
    assert not station.printing.printer("desk").is_asked
    printers.save_printer(station, "desk", {"status": "on", "module": ""})
    assert tomllib.loads(file.read_text()) == {"printers": {"desk": "tcp://10.0.0.1:9100"}}


def test_what_is_not_mentioned_stays_and_an_empty_text_unsets(station: Station, file: Path) -> None:
    facts = {"place": "tcp://10.0.0.1", "media": "80mm", "dpi": "300", "offset_y": "2"}
    printers.save_printer(station, "desk", facts)
    printers.save_printer(station, "desk", {"dpi": "", "module": "4"})
    (row,) = printers.list_printers(station)
    assert row.facts == {"place": "tcp://10.0.0.1:9100", "media": "80mm", "offset_y": "2", "module": "4"}
    assert (row.paper, row.usual, row.fault, row.place) == ("80mm", True, "", "tcp://10.0.0.1:9100")
    printers.save_printer(station, "desk", {"media": "", "offset_y": "", "module": ""})
    assert tomllib.loads(file.read_text()) == {"printers": {"desk": "tcp://10.0.0.1:9100"}}


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        ("", {}, "name"),
        ("a:b", {}, "name"),
        ("x" * 41, {}, "name"),
        ("a\x1bb", {}, "name"),
        ("new", {"media": "80mm"}, "place"),
        ("desk", {"place": ""}, "place"),
        ("desk", {"place": "nowhere"}, "place"),
        ("desk", {"place": "tcp://h:99999"}, "place"),
        ("desk", {"dpi": "many"}, "dpi"),
        ("desk", {"dpi": "3"}, "dpi"),
        ("desk", {"module": "0"}, "module"),
        ("desk", {"offset_x": "1e9"}, "offset_x"),
        ("desk", {"offset_y": "nan"}, "offset_y"),
        ("desk", {"scale": "0"}, "scale"),
        ("desk", {"status": "maybe"}, "status"),
        ("desk", {"media": "A7"}, "media"),
        ("desk", {"media": "l7160"}, "media"),
        ("desk", {"colour": "red"}, "printer"),
    ],
)
def test_what_is_wrong_is_named_and_the_file_stays(
    name: str, facts: dict[str, str], field: str, station: Station, file: Path
) -> None:
    write(file, COMMENTED)
    with pytest.raises(BadInput) as refused:
        printers.save_printer(station, name, facts)
    assert refused.value.field == field
    assert file.read_text() == COMMENTED


def test_an_unknown_printer_is_not_removed(station: Station, file: Path) -> None:
    write(file, COMMENTED)
    with pytest.raises(BadInput, match="nothing was removed"):
        printers.remove_printer(station, "nope")
    assert file.read_text() == COMMENTED


def test_the_usual_printer_goes_with_its_name(station: Station, file: Path) -> None:
    write(file, 'printer = "desk"\n' + COMMENTED)
    assert station.printing.usual_printer() == "desk"
    printers.remove_printer(station, "desk")
    assert station.printing.usual_printer() is None
    printers.remove_printer(station, "big")
    assert str(station.printing.printer(None)) == "office"


def test_a_file_that_cannot_be_written_is_one_sentence(
    station: Station, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file, COMMENTED)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rollertrack.settings_file.os.fsync", full)
    with pytest.raises(DeviceFailed) as failed:
        printers.save_printer(station, "new", {"place": "tcp://h"})
    assert failed.value.message == (
        f"{file} could not be written: no space left on device. Nothing was changed."
    )
    assert (file.read_text(), list(file.parent.iterdir())) == (COMMENTED, [file])


def test_a_table_keeps_its_comments_when_its_place_alone_is_left(station: Station, file: Path) -> None:
    write(file, COMMENTED)
    printers.save_printer(station, "office", {"place": "tcp://h", "media": ""})
    assert file.read_text() == COMMENTED.replace("cups:Office", "tcp://h:9100").replace(
        'media = "l7160"  # Avery\n', ""
    )


def test_what_another_writes_in_the_middle_of_a_change_stays(
    station: Station, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file, COMMENTED)
    synced: list[int] = []

    def meanwhile(descriptor: int) -> None:
        if not synced:
            write(file, COMMENTED.replace("by the door", "upstairs now"))
        synced.append(descriptor)

    monkeypatch.setattr("rollertrack.settings_file.os.fsync", meanwhile)
    printers.save_printer(station, "new", {"place": "tcp://h"})
    assert "upstairs now" in file.read_text()
    assert [row.name for row in printers.list_printers(station)] == ["desk", "big", "new", "office"]
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_is_read_only_stays_as_it_is(station: Station, file: Path) -> None:
    write(file, COMMENTED)
    file.chmod(0o444)
    with pytest.raises(DeviceFailed, match=r"could not be written: it is read-only\. Nothing was changed\."):
        printers.save_printer(station, "new", {"place": "tcp://h"})
    assert (file.read_text(), list(file.parent.iterdir())) == (COMMENTED, [file])


def test_a_folder_that_is_a_file_is_one_sentence(station: Station, file: Path) -> None:
    file.parent.write_text("not a folder")
    with pytest.raises(DeviceFailed, match=r"could not be written: .*\. Nothing was changed\."):
        printers.save_printer(station, "new", {"place": "tcp://h"})


def test_settings_that_may_not_be_read_are_one_sentence(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # What a folder closed to this user does; the tests may run as one to whom nothing is closed.
    monkeypatch.setattr(Path, "stat", forbidden)
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(BadInput, match=r"settings\.toml cannot be read: Permission denied"):
        read_settings(file)


def test_a_file_that_is_out_of_order_is_refused_and_left_alone(station: Station, file: Path) -> None:
    write(file, "[printers\n")
    with pytest.raises(BadInput, match="is not TOML"):
        printers.save_printer(station, "new", {"place": "tcp://h"})
    assert file.read_text() == "[printers\n"


def test_a_printer_that_is_set_wrongly_is_listed_with_its_fault(station: Station, file: Path) -> None:
    write(file, '[printers]\nold = "parallel:1"\nodd = {place = "tcp://h", dpi = "x"}\ngood = "tcp://h"\n')
    rows = printers.list_printers(station)
    assert [bool(row.fault) for row in rows] == [True, True, False]
    for row in rows[:2]:
        assert row.fault.startswith(f"settings: {file}, printers “{row.name}”: ")
    with pytest.raises(BadInput, match="“odd”: dpi “x” is"):
        station.printing.printer("odd")
    assert station.printing.printer("good").name == "good"
    assert preview.choices(station).printers == ("old", "odd", "good")
    write(file, "[printers")
    assert preview.choices(station).printers == ()


def test_a_paper_of_ones_own_that_is_wrong_names_file_table_and_key(station: Station, file: Path) -> None:
    write(file, "[own_media.jar]\nwidth = -1\n")
    with pytest.raises(BadInput, match=rf"{file}, own_media jar: width .* is right"):
        station.printing.media("jar")
    with pytest.raises(BadInput) as refused:
        station.printing.media("jaw")
    assert refused.value.field == "media"


@pytest.mark.parametrize(("name", "right"), [("  desk ", "“desk” is right"), ("", "a word such as desk")])
def test_a_printer_whose_jobs_would_not_find_it_is_set_wrongly(
    name: str, right: str, station: Station, file: Path
) -> None:
    write(file, f'[printers]\n"{name}" = "tcp://10.0.0.1"\n')
    assert right in printers.list_printers(station)[0].fault


def test_a_paper_whose_name_acts_on_a_terminal_gets_into_no_record(station: Station, file: Path) -> None:
    write(file, '[own_media."jar\\u001b[2J"]\nwidth = 40\nlength = 12\n')
    with pytest.raises(BadInput, match=r"holds the invisible character U\+001B"):
        station.printing.media("jar\x1b[2J")


def test_of_several_printers_one_must_be_named(station: Station, file: Path) -> None:
    write(file, '[printers]\ndesk = "tcp://h"\nbig = "tcp://i"\n')
    with pytest.raises(BadInput, match="printer: name one of desk, big; the settings may hold the usual"):
        station.printing.printer()
    write(file, "")
    with pytest.raises(BadInput, match="printer: none is set; name a place") as missing:
        station.printing.printer()
    assert missing.value.at_prompt.startswith("printer: none is set; give --printer")


def test_a_form_is_offered_every_printer_and_paper(station: Station, file: Path) -> None:
    write(file, COMMENTED)
    offered = preview.choices(station)
    assert offered.printers == ("desk", "big", "office")
    assert offered.papers == {"desk": "80mm", "big": "80mm", "office": "l7160"}
    assert (offered.usual_media, offered.usual_printer, offered.media[0]) == ("80mm", None, "jar")
    assert preview.label_place(station, PrintRequest(printer="desk")) == "desk"
    assert preview.label_place(station, PrintRequest(printer="tcp://h")) == "tcp://h:9100"


def test_a_test_label_is_sent_at_once_and_tells_the_outcome(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = only_device(monkeypatch)
    printers.save_printer(station, "desk", {"place": "tcp://h"})
    assert printer_trials.test_print(station, "desk").message == "desk confirms the test label."
    assert device.jobs == [[TEST_CODE]]
    device.orders = [NotSent("desk: it is out of paper")]
    with pytest.raises(NotSent):
        printer_trials.test_print(station)


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=":"),
    min_size=1,
    max_size=12,
)
FACTS = st.fixed_dictionaries(
    {"place": st.sampled_from(["tcp://h:1", "file:/dev/usb/lp0", 'pipe:lp -d "a b"', "cups:Q"])},
    optional={"media": st.sampled_from(["58mm", "jar", ""]), "dpi": st.sampled_from(["203", ""]),
              "scale": st.sampled_from(["99.5", "100", ""])},
)  # fmt: skip


def tables(book: SettingsFile | MemoryBook) -> dict[str, object]:
    """The printers of a book, each as a table: a place alone says the same as a table with a place alone."""
    printers = book.read().printers
    return {name: {"place": told} if isinstance(told, str) else told for name, told in printers.items()}


@given(
    deeds=st.lists(
        st.tuples(st.sampled_from(["desk", "office", "big"]) | NAMES, FACTS | st.none()), max_size=6
    ),
    text=st.sampled_from(
        ["", COMMENTED, 'printers.a = "tcp://h"\nmedia = "80mm"', "printers = {}\n[own_media]"]
    ),
)
def test_a_book_in_a_file_says_what_one_in_memory_says(
    deeds: list[tuple[str, dict[str, str] | None]], text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("book") / "settings.toml"
    file.write_text(text)
    book = SettingsFile(file)
    memory = MemoryBook(book.read())
    for name, facts in deeds:
        for each in (book, memory):
            if facts is None:
                each.forget(name)
            else:
                each.keep(name, facts if len(facts) > 1 else facts["place"])
        assert tables(book) == tables(memory)
    assert tomllib.loads(file.read_text()).get("media") == memory.page.media
    assert isinstance(memory.page, PrinterPage)


def test_a_theme_is_kept_above_the_tables_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        '# mine\nprinter = "desk"\n\n[printers]  # all of them\ndesk = "tcp://10.0.0.7"\n', "utf-8"
    )
    SettingsFile(file).keep_theme("rollertrack-light")
    SettingsFile(file).keep_theme("rollertrack-dark")
    found = read_settings(file, {})
    assert (found.theme, found.printer, set(found.printers)) == ("rollertrack-dark", "desk", {"desk"})
    assert all(words in file.read_text("utf-8") for words in ("# mine", "# all of them"))
