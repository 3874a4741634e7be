"""The care slip: what it says, on which paper it goes, and that giving it is an entry."""

from pathlib import Path
from typing import Any

import pytest
from harness.house_app import House
from harness.pdf_text import pages_of

from rollertrack.domain.care import AFTER, BEFORE, REVIEWED_BY, SLIPS
from rollertrack.domain.events import CareGiven
from rollertrack.errors import BadCode, BadInput, FileThere
from rollertrack.labels import fonts
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import media_named
from rollertrack.labels.pages.care_slip import care_strip
from rollertrack.services import care_papers, caring
from rollertrack.wording import care as say


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a.db")


@pytest.mark.parametrize("which", SLIPS)
def test_the_page_says_every_line_and_that_nobody_has_read_it(
    which: str, house: House, tmp_path: Path
) -> None:
    target = tmp_path / "slip.pdf"
    care_papers.write_slip(house.station, which, str(target))
    first = target.read_bytes()
    (texts,) = pages_of(first)
    said = " ".join(texts)
    assert said.startswith(say.slip_title(which))
    for line in SLIPS[which]:
        assert line.topic.split()[0] in said
        assert line.printed.replace("; ", " ").split()[-1].strip(";") in said
    assert not REVIEWED_BY
    assert "Collected from 11 sources, not reviewed." in said
    assert "A reminder, not medical advice. Disinfected is not sterile." in said
    with pytest.raises(FileThere):
        care_papers.write_slip(house.station, which, str(target))
    care_papers.write_slip(house.station, which, str(target), force=True)
    assert target.read_bytes() == first


def strip(media: str, which: str = AFTER) -> Bitmap:
    lines = [(line.topic, line.printed) for line in SLIPS[which]]
    return care_strip(say.slip_title(which), lines, say.footer(), media_named(media))


def test_a_roll_takes_the_slip_in_its_whole_width_and_a_label_does_not() -> None:
    narrow, wide = strip("58mm"), strip("80mm")
    assert (narrow.width, wide.width) == (384, 576)
    assert wide.height < narrow.height
    for media in ("62x29", "50x25", "17x54", "l7160"):
        with pytest.raises(BadInput, match="has no room for the slip; a roll such as 58mm"):
            strip(media)


@pytest.mark.parametrize("media", ["58mm", "80mm"])
@pytest.mark.parametrize("which", SLIPS)
def test_no_line_of_a_slip_on_a_roll_is_cut(which: str, media: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = fonts.draw

    def noted(pen: Any, place: Any, text: str, *rest: Any) -> None:
        drawn.append(text)
        draw(pen, place, text, *rest)

    monkeypatch.setattr(fonts, "draw", noted)
    strip(media, which)
    said = " ".join(drawn)
    assert "…" not in said
    for line in SLIPS[which]:
        assert f"{line.topic} {line.printed}" in said


def test_that_it_was_given_is_an_entry_of_the_person(house: House) -> None:
    person = house.person("A.")
    done = caring.give_care(house.station, " After ", person, "in the room")
    assert done.message.endswith("in the room.")
    with house.station.store.reading() as journal:
        event = journal.stream(person)[-1]
    assert (event.payload, event.seq) == (CareGiven(which=AFTER, how="in the room"), done.entries[0])


def test_paper_comes_first_and_the_entry_says_how(house: House, tmp_path: Path) -> None:
    person = house.person("A.")
    page = tmp_path / "slip.pdf"
    done = caring.hand_over(house.station, BEFORE, person, to=str(page))
    assert [each.codes for each in done] == [(), (person,)]
    assert page.exists()
    caring.hand_over(house.station, AFTER, person, printer=f"pdf:{tmp_path}", media="58mm")
    caring.hand_over(house.station, AFTER, person)
    with house.station.store.reading() as journal:
        given = [each.payload for each in journal.stream(person) if isinstance(each.payload, CareGiven)]
    assert [each.how for each in given] == [say.ON_PAPER, say.BY_PRINTER, say.ON_SCREEN]
    told = caring.all_of(done, house.now)
    assert (told.codes, told.message.count(".pdf")) == ((person,), 1)
    assert caring.all_of([], house.now).message == say.NOTHING_LOGGED


def test_what_cannot_be_logged_or_printed_leaves_nothing(house: House, tmp_path: Path) -> None:
    person = house.person("A.")
    page = tmp_path / "slip.pdf"
    with house.station.store.reading() as journal:
        before = len(journal.stream(person))
    refused: list[tuple[str, dict[str, Any]]] = [
        ("sometimes", {"person": person}), (AFTER, {"person": "RKDTLBNEB"}),
        (AFTER, {"person": "PBBDEFGHO"}), (AFTER, {"how": "told"}), (AFTER, {"at": house.now}),
        (AFTER, {"person": person, "at": house.now + 1}),
        (AFTER, {"person": person, "printer": f"pdf:{tmp_path}", "media": "50x25"}),
    ]  # fmt: skip
    for which, asked in refused:
        to = None if "printer" in asked else str(page)
        with pytest.raises((BadInput, BadCode)):
            caring.hand_over(house.station, which, to=to, **asked)
    with pytest.raises(BadInput, match=r"to: 'slip.txt' should end in .pdf"):
        caring.hand_over(house.station, AFTER, person, to="slip.txt")
    assert not page.exists()
    with house.station.store.reading() as journal:
        assert len(journal.stream(person)) == before
