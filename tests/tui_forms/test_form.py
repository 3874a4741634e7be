import asyncio
from pathlib import Path

import pytest
from harness.form_app import Place
from harness.form_pilot import Hand, hand
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from rollertrack.domain.events import Noted
from rollertrack.errors import StoreFailed
from rollertrack.services import people, preview, registering
from rollertrack.services.station import Done, Station
from rollertrack.tui.dialogs import ConfirmDialog, ErrorDialog
from rollertrack.tui.forms.fields import LONGEST, DropDown, Picker, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview


class Scanned(ModalScreen[None]):
    """What stands above a form after a scan."""


async def test_escape_leaves_at_once_when_nothing_was_typed(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.press("escape")
        await one.until(lambda: one.app.finished)
        assert one.app.done == []


async def test_escape_asks_when_something_was_typed_and_stays_unless_told(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(name="day")
        for answer in ("escape", "enter"):
            await one.press("escape")
            assert isinstance(one.app.screen, ConfirmDialog)
            await one.press(answer)
            assert one.is_open()
        assert one.app.screen.query_one("#field-name Input", Input).value == "day"
        await one.press("escape", "right", "enter")
        await one.until(lambda: one.app.finished)


async def test_what_was_typed_and_taken_back_is_not_asked_about(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(name="day")
        await one.fill(name="")
        await one.press("escape")
        await one.until(lambda: one.app.finished)


async def test_a_screen_above_a_form_loses_nothing_of_it(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        await one.fill(length="0.5", name="day")
        await one.app.push_screen(Scanned())
        one.app.screen.dismiss(None)
        await one.until(one.is_open)
        assert one.app.screen.query_one("#field-name Input", Input).value == "day"
        await one.confirm()
        assert not one.is_open()


async def test_a_deed_that_ends_under_another_screen_closes_its_form_later(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("note", code)) as one:
        await one.fill(note="a")
        form = one.app.screen
        assert isinstance(form, Form)
        form.action_confirm()
        await one.app.push_screen(Scanned())
        await one.settle()
        one.app.screen.dismiss(None)
        await one.until(lambda: one.app.finished)
        assert len(one.app.done) == 1
    assert place.entries(code)[1:] == [Noted(text="a")]


async def test_confirming_twice_does_it_once(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("note", code)) as one:
        await one.fill(note="a")
        form = one.app.screen
        assert isinstance(form, Form)
        form.action_confirm()
        form.action_confirm()
        await one.until(lambda: one.app.finished)
    assert place.entries(code)[1:] == [Noted(text="a")]


async def test_the_button_confirms_by_mouse(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("inspect", code)) as one:
        await one.pilot.click("#form-confirm")
        await one.until(lambda: one.app.finished)
    assert len(place.entries(code)) == 2


async def test_options_are_picked_by_mouse(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("inspect", code)) as one:
        await one.pilot.click(Picker, offset=(14, 0))
        await one.settle()
        assert one.shown("fail")
        await one.pilot.click(Picker, offset=(2, 0))
        await one.settle()
        assert not one.shown("fail")


async def test_names_from_outside_are_shown_as_they_are(place: Place) -> None:
    hostile = "[@click=app.quit]x[/] [/] [red]"
    code = registering.add(place.station, {"length": "0.5", "name": hostile}).codes[0]
    people.edit_person(place.station, place.me, label=hostile)
    async with hand(place, lambda app: app.perform("use", code), (120, 40)) as one:
        assert hostile in str(one.app.screen.query_one("#form-subject").render())
        assert f"“{hostile}”" in one.line("result")
        drop = one.app.screen.query_one("#field-person DropDown", DropDown)
        drop.focus()
        await one.press("down")
        assert drop.expanded
        await one.press("down", "enter")
        await one.confirm()
        assert one.is_open() or one.app.done


@pytest.mark.parametrize(
    ("error", "said"),
    [(StoreFailed("the disk is full"), "The disk is full"), (KeyError("x"), "RollerTrack met")],
)
async def test_whatever_fails_keeps_the_form_open(place: Place, error: Exception, said: str) -> None:
    async def broken(_: object) -> Done:
        raise error

    spec = FormSpec("Write a note", [Text("note", "Note")])
    async with hand(place, lambda app: app.push_screen_wait(Form(spec, broken))) as one:
        await one.fill(note="a")
        await one.confirm()
        assert one.is_open()
        assert one.line("error").startswith(said)
        form = one.app.screen
        assert form.query_one("#field-note Input", Input).value == "a"
        assert not form.query_one("#form-confirm", Button).disabled


async def test_leaving_while_the_outlook_is_awaited_harms_nothing(place: Place) -> None:
    answered = asyncio.Event()

    async def slow(_: object) -> Preview:
        if is_quick:
            return Preview("at once")
        await answered.wait()
        return Preview("late")

    async def unasked(_: object) -> Done:
        raise AssertionError

    spec, is_quick = FormSpec("Write a note", [Text("note", "Note")]), True
    async with hand(place, lambda app: app.push_screen_wait(Form(spec, unasked, slow))) as one:
        form = one.app.screen
        assert isinstance(form, Form)
        is_quick = False
        form.refresh_preview()
        await one.pilot.press("escape")
        answered.set()
        await one.until(lambda: one.app.finished)
        await one.settle()
    assert one.app.errors == []


async def test_an_error_before_the_form_is_a_dialog_that_enter_closes(place: Place) -> None:
    async with hand(place, lambda app: app.perform("use", "nonsense")) as one:
        await one.until(lambda: one.app.finished)
        assert isinstance(one.app.screen, ErrorDialog)
        await one.press("enter")
        assert len(one.app.screen_stack) == 1


def test_a_rehearsal_writes_nothing(place: Place, tmp_path: Path) -> None:
    before = (tmp_path / "rollers.db").read_bytes()
    done = preview.rehearse(place.station, registering.add, {"length": "0.5"}, count=3)
    assert len(done.codes) == 3
    with place.station.store.reading() as journal:
        assert not journal.holds(done.codes[0])
    assert (tmp_path / "rollers.db").read_bytes() == before


def test_a_rehearsal_raises_what_the_deed_would(place: Place) -> None:
    def fails(_: Station) -> Done:
        raise StoreFailed("no")

    with pytest.raises(StoreFailed, match="no"):
        preview.rehearse(place.station, fails)


@pytest.mark.parametrize("deed", ["register", "add_person", "add_solution"])
async def test_the_buttons_are_whole_on_a_small_screen(place: Place, deed: str) -> None:
    async with hand(place, lambda app: app.perform(deed), (60, 18)) as one:
        buttons = [one.app.screen.query_one(f"#form-{name}", Button) for name in ("confirm", "leave")]
        assert [str(each.label).partition("  ")[0] for each in buttons] == ["ctrl+s", "esc"]
        for each in buttons:
            assert each.region.width >= len(str(each.label))
            assert each.region.bottom <= 18
            assert each.region.right <= 60


async def test_a_line_has_a_greatest_length_and_says_so(place: Place) -> None:
    async with hand(place, lambda app: app.perform("register")) as one:
        lines = list(one.app.screen.query(Input))
        assert lines
        assert all(line.max_length for line in lines)
        name = one.app.screen.query_one("#field-name Input", Input)
        name.insert_text_at_cursor("x" * 81)
        await one.until(lambda: "at most 80 fit" in sentence(one))
        name.insert_text_at_cursor("x" * LONGEST)
        await one.until(lambda: f"No more than {LONGEST} characters fit" in sentence(one))
        assert len(name.value) == 81


def sentence(one: Hand) -> str:
    return one.sentence("name")
