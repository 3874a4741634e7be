"""Pages for the wall, for an outage, for a printer: what is on them and where, read off their dots."""

import re
from decimal import Decimal
from functools import cache
from random import Random

import pytest
from harness.escpos_decoder import grey, qr_texts
from harness.label_strategies import HOSTILE
from harness.pdf_reader import read_pdf
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from rollertrack.domain.cards import Action
from rollertrack.domain.code import Kind, make, shown
from rollertrack.domain.words import State
from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import MEDIA, PAGES, Grid, Media, media_named
from rollertrack.labels.pages import calibration, outage, sheet, wall
from rollertrack.labels.pages.canvas import Align, Canvas
from rollertrack.labels.pages.sheet import A4, Fit

CARDS = [wall.WallCard(each.code, each.word, each.does, "Scan it, then the roller.") for each in Action]
DOTS = 600 / 25.4
SHEETS = [media for media in MEDIA.values() if media.grid]
ROLLS = [media for media in MEDIA.values() if not media.grid]


def at_300(picture: Bitmap) -> Image.Image:
    """A page of 600 dots per inch as an office printer of 300 puts it down."""
    return grey(picture).resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)


@pytest.mark.parametrize("page", PAGES)
def test_the_wall_sheet_is_one_page_with_every_card(page: str) -> None:
    (read,) = read_pdf(wall.wall_sheet(CARDS, page.lower()))
    assert (read.width, read.height) == pytest.approx(PAGES[page], abs=1e-3)
    (drawn,) = read.pictures
    assert (drawn.x, drawn.y, drawn.width, drawn.height) == pytest.approx((0, 0, *PAGES[page]), abs=1e-3)
    assert sorted(qr_texts(drawn.image.convert("L"))) == sorted(each.code for each in Action)
    small = drawn.image.convert("L").resize((850, 1100), Image.Resampling.BOX)
    assert sorted(qr_texts(small)) == sorted(each.code for each in Action)


def test_the_words_of_a_card_are_never_cut_short() -> None:
    long = [card._replace(does=card.does * 3, order=card.order * 4, word=card.word * 3) for card in CARDS]
    picture = wall.wall_picture(long, A4)
    edge = Image.new("L", (round(11.5 * DOTS), picture.height), 255)
    assert grey(picture).crop((0, 0, *edge.size)).tobytes() == edge.tobytes()
    assert sorted(qr_texts(grey(picture))) == sorted(each.code for each in Action)


def test_an_unknown_page_is_refused() -> None:
    with pytest.raises(BadInput, match="page: “A3” is not known; A4 or Letter is right"):
        wall.wall_sheet(CARDS, "A3")


def rows(count: int, **facts: str) -> list[outage.OutageRow]:
    """Rollers whose codes are all different."""
    dice = Random(count)
    return [
        outage.OutageRow(
            code=make(Kind.ROLLER, dice.choice),
            name=facts.get("name", "evening"),
            length=f"{Decimal('0.25') * (number % 4 + 1)} mm",
            person=facts.get("person", "only for A."),
            state=list(State)[number % len(State)],
            stops=list(State)[number % len(State)] is State.STOP,
            detail=facts.get("detail", "dirty 14 h"),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_row_of_an_outage_sheet_is_read_from_an_office_print(page: str) -> None:
    most = outage.rows_on_a_page(PAGES[page])
    listed = rows(most + 2)
    assert len({row.code for row in listed}) == most + 2
    pictures = list(outage.outage_pictures(listed, "22 Nov 2026 10:32", "", PAGES[page]))
    assert len(pictures) == 2
    read = [text for picture in pictures for text in qr_texts(at_300(picture))]
    assert sorted(read) == sorted(shown(row.code) for row in listed)


def test_a_row_is_told_in_threes_as_no_label_is() -> None:
    (picture,) = outage.outage_pictures(rows(1), "now", "", A4)
    (text,) = qr_texts(grey(picture))
    assert re.fullmatch(r"R[A-Z]{2}-[A-Z]{3}-[A-Z]{3}", text)


def head(picture: Bitmap) -> Image.Image:
    """What stands above the first row."""
    return grey(picture).crop((0, 0, picture.width, round(39 * DOTS)))


def test_each_page_says_as_of_when_it_holds_and_which_it_is() -> None:
    first, second = outage.outage_pictures(rows(20), "22 Nov 2026 10:32", "dirty", A4)
    (later,) = outage.outage_pictures(rows(2), "22 Nov 2026 10:33", "dirty", A4)
    assert head(first).tobytes() == head(second).tobytes() != head(later).tobytes()
    foot = (0, round(278 * DOTS), first.width, first.height)
    assert grey(first).crop(foot).tobytes() != grey(second).crop(foot).tobytes()
    assert len(read_pdf(outage.outage_sheet(rows(20), "22 Nov 2026 10:32", "dirty"))) == 2


@cache
def one_row(name: str, person: str, detail: str) -> Image.Image:
    """A low page with one row."""
    listed = rows(1, name=name, person=person, detail=detail)
    (picture,) = outage.outage_pictures(listed, "now", "", (210, 80))
    return grey(picture)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(HOSTILE) | st.text(max_size=80),
    st.sampled_from(HOSTILE) | st.text(max_size=80),
    st.sampled_from(HOSTILE),
)
def test_text_stays_in_its_column_whatever_it_holds(name: str, person: str, detail: str) -> None:
    told, plain = one_row(name, person, detail), one_row("", "", "")
    for left, right in ((0, 27.9), (79.1, 82.4), (108.1, 210)):
        strip = (round(left * DOTS), 0, round(right * DOTS), told.height)
        assert told.crop(strip).tobytes() == plain.crop(strip).tobytes()


@pytest.mark.parametrize("media", SHEETS, ids=[media.name for media in SHEETS])
def test_a_calibration_page_outlines_every_place_around_its_words(media: Media) -> None:
    assert media.grid is not None
    width, height = media.grid.page_width, media.grid.page_height
    picture = calibration.page_picture(media, media.grid, Fit())
    hidden = 0
    for x, y in sheet.corners(media.grid):
        if abs(x - width / 2) < 136 / 2 and abs(y - height / 2) < 129 / 2:
            hidden += 1
            continue
        left, top = media.dots(x), media.dots(y)
        assert picture.black(left, top + 1)
        assert picture.black(left + 1, top)
    assert hidden < media.grid.positions / 2
    (page,) = read_pdf(calibration.calibration(media))
    assert page.width == pytest.approx(width, abs=1e-3)
    assert page.height == pytest.approx(height, abs=1e-3)


def longest_run(row: list[bool]) -> int:
    """The most black dots in a row."""
    return max(len(run) for run in "".join("x" if dot else " " for dot in row).split(" "))


def test_the_bars_of_a_calibration_page_are_100_mm_long() -> None:
    media = MEDIA["l7651"]
    assert media.grid is not None
    picture = calibration.page_picture(media, media.grid, Fit())
    x, y = (210 - 136) / 2 + 8.6, (297 - 129) / 2 + 22.1
    across = [picture.black(column, round(y * DOTS)) for column in range(1000, 4000)]
    down = [picture.black(round(x * DOTS), row) for row in range(2000, 6000)]
    assert longest_run(across) == pytest.approx(100 * DOTS, abs=1)
    assert longest_run(down) == pytest.approx(100 * DOTS, abs=1)


def test_a_calibration_page_is_printed_with_the_correction_in_force() -> None:
    (page,) = read_pdf(calibration.calibration(MEDIA["l7160"], offset=(1.5, -2), scale=98))
    (drawn,) = page.pictures
    assert (drawn.x, drawn.y) == pytest.approx((1.5, -2), abs=1e-3)
    assert (drawn.width, drawn.height) == pytest.approx((210 * 0.98, 297 * 0.98), abs=1e-3)
    with pytest.raises(BadInput, match="scale: 10 % is out of range"):
        calibration.calibration(MEDIA["l7160"], scale=10)


def test_a_page_too_small_for_words_still_has_its_outlines() -> None:
    grid = Grid(100, 60, columns=2, rows=2, left=5, top=5, across=45, down=25)
    media = Media("small", width=round(40 * DOTS), length=round(20 * DOTS), dpi=600, margin=0, grid=grid)
    picture = calibration.page_picture(media, grid, Fit())
    assert picture.black(media.dots(50), media.dots(30) + 20)
    middle = [picture.black(column, media.dots(27)) for column in range(media.dots(46), media.dots(49))]
    assert not any(middle)


def test_a_roll_has_no_calibration_page() -> None:
    with pytest.raises(BadInput, match="media: 58mm is no sheet of labels"):
        calibration.calibration(MEDIA["58mm"])


@pytest.mark.parametrize("media", ROLLS, ids=[media.name for media in ROLLS])
def test_a_test_label_frames_every_dot_that_can_be_printed(media: Media) -> None:
    picture = calibration.calibration_picture(media)
    assert (picture.width, picture.height) == (media.width, media.length or media.dots(40))
    assert all(picture.black(x, y) for x in range(picture.width) for y in (0, picture.height - 1))
    assert all(picture.black(x, y) for y in range(picture.height) for x in (0, picture.width - 1))
    tenth = media.dots(10)
    assert any(picture.black(x, media.dots(3)) for x in range(tenth - 1, tenth + 2))


@pytest.mark.parametrize("width", [8, 12, 16, 17])
@pytest.mark.parametrize("dpi", [100, 600])
def test_a_test_label_too_narrow_for_its_name_is_a_frame_with_rulers(width: int, dpi: int) -> None:
    media = media_named("narrow", own={"narrow": {"width": width, "length": 40, "dpi": dpi}})
    picture = calibration.calibration_picture(media)
    assert (picture.width, picture.height) == (media.width, media.length)
    beside = range(media.dots(7.2), picture.width - media.dots(0.5))
    assert not any(picture.black(x, y) for x in beside for y in range(media.dots(12), media.dots(28)))


def test_text_that_needs_more_than_its_room_ends_in_an_ellipsis() -> None:
    canvas = Canvas(60, 20, 300)
    assert canvas.text(5, 8, "word " * 30, 4, room=30) <= 30
    assert canvas.text(5, 14, "", 4) == 0
    picture = grey(canvas.bitmap())
    beyond = picture.crop((round(35 * 300 / 25.4) + 1, 0, *picture.size))
    assert beyond.getextrema() == (255, 255)


def test_text_may_end_where_it_is_told() -> None:
    canvas = Canvas(60, 20, 300)
    canvas.text(40, 10, "right", 4, align=Align.RIGHT)
    picture = grey(canvas.bitmap())
    assert picture.crop((round(40 * 300 / 25.4) + 1, 0, *picture.size)).getextrema() == (255, 255)
    assert picture.getextrema() == (0, 255)
