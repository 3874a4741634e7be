"""The wall sheet, the outage sheet and the calibration page: what is on them, what they refuse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from harness.escpos_decoder import qr_texts
from harness.pdf_reader import read_pdf
from harness.stations import DAY, HOUR, MINUTE, QUICK_BATH, clock_of, me, ready_roller
from PIL import Image

from rollertrack.domain.cards import Action
from rollertrack.domain.code import shown
from rollertrack.domain.words import State
from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.services import exporting, keeping, registering, using, washing
from rollertrack.services.labels import outage, pages
from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Done, Station
from rollertrack.services.using import Use
from rollertrack.wording.dates import spoken_moment


def with_printer(station: Station, **facts: object) -> Station:
    """The same station with one printer in its settings."""
    book = MemoryBook(PrinterPage({"office": {"place": "cups:office", **facts}}))
    return station.changed(printing=station.printing.changed(book=book))


def on_paper(path: Path) -> list[str]:
    """Every code that a scanner reads off a file of pages."""
    return sorted(
        text
        for page in read_pdf(path.read_bytes())
        for drawn in page.pictures
        for text in qr_texts(drawn.image.convert("L"))
    )


def test_the_wall_sheet_holds_every_action(station: Station, tmp_path: Path) -> None:
    done = pages.wall_sheet(station, str(tmp_path / "wall.pdf"), "letter")
    codes = [action.code for action in Action]
    assert on_paper(tmp_path / "wall.pdf") == sorted(codes) == sorted(done.codes)
    assert done.message == f"Wrote the 6 action cards to {tmp_path / 'wall.pdf'}."


def test_cards_are_labels_too_and_leave_no_entry(station: Station, tmp_path: Path) -> None:
    before = list(exporting.export(station))
    done = pages.card_labels(station, PrintRequest(to=str(tmp_path / "cards.png")))
    with Image.open(tmp_path / "cards.png") as strip:
        assert set(qr_texts(strip.convert("L"))) == {action.code for action in Action}
    assert done.entries == ()
    assert list(exporting.export(station)) == before


def test_an_outage_sheet_has_a_row_for_every_roller_in_use(station: Station, tmp_path: Path) -> None:
    kept, gone, held = (ready_roller(station) for _ in range(3))
    keeping.retire(station, gone, "worn")
    keeping.quarantine(station, held, "fell")
    before = list(exporting.export(station))
    done = outage.outage_sheet(station, str(tmp_path / "rows.pdf"))
    assert on_paper(tmp_path / "rows.pdf") == sorted(shown(code) for code in (kept, held))
    assert sorted(done.codes) == sorted((kept, held))
    as_of = spoken_moment(station.clock())
    assert done.message == f"Wrote 2 rollers to {tmp_path / 'rows.pdf'}, as of {as_of}."
    assert list(exporting.export(station)) == before


def test_what_runs_out_is_told_by_the_clock(station: Station) -> None:
    fresh, soaking, dirty = (ready_roller(station) for _ in range(3))
    using.use(station, dirty, Use(person=me(station)))
    used_at = station.clock()
    washing.soak(station, [soaking], QUICK_BATH)
    ends = station.clock() + 10 * MINUTE
    clock_of(station).now += 3 * MINUTE
    told = {row.code: (row.state, row.detail) for row in outage.outage_rows(station)}
    last_good = ends - 10 * MINUTE - 2 * HOUR
    assert told[soaking] == (State.SOAKING, f"until {spoken_moment(ends)}")
    assert told[dirty] == (State.DIRTY, f"since {spoken_moment(used_at)}")
    assert told[fresh][0] == State.READY
    assert told[fresh][1] == f"until {spoken_moment(last_good + DAY)}"


def test_a_row_says_whose_roller_it_is(station: Station) -> None:
    own, free = ready_roller(station, "0.5"), ready_roller(station)
    registering.edit(station, own, {"name": "evening"})
    using.use(station, own, Use(person=me(station)))
    rows = {row.code: row for row in outage.outage_rows(station)}
    assert (rows[own].name, rows[own].length, rows[own].person) == ("evening", "0.50 mm", "only for me")
    assert rows[free].person == ""


def test_rows_are_chosen_like_a_list_and_stand_by_name(station: Station, tmp_path: Path) -> None:
    names = ("b left", "a left", "c right")
    codes = [registering.add(station, {"length": "0.5", "name": name}).codes[0] for name in names]
    assert [row.name for row in outage.outage_rows(station, search="left")] == ["a left", "b left"]
    using.use(station, codes[2], Use(despite="in a hurry"))
    done = outage.outage_sheet(station, str(tmp_path / "rows.pdf"), state=State.DIRTY, search="right")
    assert done.codes == (codes[2],)


@pytest.mark.parametrize(
    ("choice", "field"), [({}, "code"), ({"state": State.DIRTY}, "state"), ({"search": "x"}, "search")]
)
def test_a_sheet_without_rows_is_refused(
    choice: dict[str, object], field: str, station: Station, tmp_path: Path
) -> None:
    if choice:
        ready_roller(station)
    with pytest.raises(BadInput, match=f"{field}: no roller in use fits"):
        outage.outage_sheet(station, str(tmp_path / "rows.pdf"), **choice)  # type: ignore[arg-type]
    assert not (tmp_path / "rows.pdf").exists()


def test_more_rollers_than_paper_has_room_for_are_refused(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    registering.add(station, {"length": "0.5"}, count=3)
    monkeypatch.setattr(outage, "MOST_ROLLERS", 2)
    with pytest.raises(BadInput, match="search: 3 rollers fit; words that fit at most 2 are right"):
        outage.outage_rows(station)


def test_a_calibration_page_takes_paper_and_correction_from_its_printer(
    station: Station, tmp_path: Path
) -> None:
    at = with_printer(station, media="l7651", offset_x=1.5, offset_y=-0.5, scale=99)
    done = pages.calibration(at, str(tmp_path / "test.pdf"))
    (page,) = read_pdf((tmp_path / "test.pdf").read_bytes())
    assert (page.pictures[0].x, page.pictures[0].y) == pytest.approx((1.5, -0.5), abs=1e-3)
    assert page.pictures[0].width == pytest.approx(210 * 0.99, abs=1e-3)
    assert done.message.startswith("Wrote the calibration page of l7651 to ")
    pages.calibration(station, str(tmp_path / "plain.pdf"), media="5160")
    (plain,) = read_pdf((tmp_path / "plain.pdf").read_bytes())
    assert plain.width == pytest.approx(215.9, abs=1e-3)
    assert (plain.pictures[0].x, plain.pictures[0].y) == pytest.approx((0, 0), abs=1e-3)


def test_a_roll_is_tested_with_a_label(station: Station, tmp_path: Path) -> None:
    done = pages.calibration(station, str(tmp_path / "test.png"), media="58mm")
    with Image.open(tmp_path / "test.png") as picture:
        assert picture.size == (384, 320)
    assert done.message.startswith("Wrote a test label of 58mm to ")


def calibration_of_a_sheet(station: Station, to: str) -> Done:
    """The calibration page of a sheet of labels."""
    return pages.calibration(station, to, media="l7160")


@pytest.mark.parametrize("write", [pages.wall_sheet, outage.outage_sheet, calibration_of_a_sheet])
@pytest.mark.parametrize("name", ["page.png", "page", "page.pdf.txt"])
def test_pages_are_pdf(
    write: Callable[[Station, str], Done], name: str, station: Station, tmp_path: Path
) -> None:
    ready_roller(station)
    with pytest.raises(BadInput, match=f"to: '{name}' should end in .pdf"):
        write(station, str(tmp_path / name))
    assert not (tmp_path / name).exists()


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(station: Station, tmp_path: Path) -> None:
    with pytest.raises(DeviceFailed, match=r"none/wall\.pdf: .* its folder does not exist"):
        pages.wall_sheet(station, str(tmp_path / "none" / "wall.pdf"))
    assert list(tmp_path.rglob("*.pdf")) == []
