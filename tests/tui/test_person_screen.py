"""A person at the terminal: opened from the list and by a scan; asked in a clinic, and as it logs a use."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from harness.house_app import (
    DAY,
    HOUR,
    MINUTE,
    House,
    app_of,
    copied,
    pass_second,
    press,
    scan,
    settle,
    text,
    verdict,
)
from harness.pictures import Altered
from textual.pilot import Pilot

from rollertrack.domain.code import shown
from rollertrack.domain.person_file import SessionLine
from rollertrack.services import health, keeping, person_files, policies
from rollertrack.tui.forms.form import Form
from rollertrack.tui.screens.person import PersonScreen
from rollertrack.tui.screens.record import RecordScreen
from rollertrack.tui.screens.registers import PeopleScreen

Hands = Callable[[Pilot[None]], Awaitable[None]]


def lived(path: Path) -> House:
    """A. with three sessions, two conditions and a reaction; beside them “me”, of whom nothing is known."""
    house = House(path)
    house.now -= 40 * DAY
    ann, kim = house.person("A. [b]"), house.operator("Kim")
    body, evening = house.roller("body", "1.0", lot="A-12"), house.roller("evening", "0.5", lot="B7")
    house.wash(evening)
    house.use(evening, person=ann, concern="fine lines")
    health.ask(house.station, ann, ["rosacea", "cold sore", "my own [i]words[/i]"], operator=kim)
    house.later(40 * DAY - HOUR)
    house.wash(body)
    house.station.operator = kim
    house.use(body, ago=MINUTE, person=ann, concern="acne scars")
    house.station.operator = None
    health.react(house.station, ann, "red for days")
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return copied(tmp_path / "a.db", lived)


def _ann(house: House) -> str:
    with house.station.store.reading():
        query = "SELECT code FROM person WHERE label LIKE 'A.%'"
        return str(house.station.store.database.execute_sql(query).fetchone()[0])


async def _opened(pilot: Pilot[None]) -> PersonScreen:
    await settle(pilot)
    await press(pilot, "f3")
    people: Any = pilot.app.screen
    assert isinstance(people, PeopleScreen)
    people.options.highlighted = next(
        place for place, row in enumerate(people.rows) if row[1].startswith("A.")
    )
    await press(pilot, "enter")
    person: Any = pilot.app.screen
    assert isinstance(person, PersonScreen)
    await settle(pilot)
    return person


async def test_enter_opens_a_person_and_each_key_does_its_deed(house: House) -> None:
    async with house.app().run_test(size=(120, 40)) as pilot:
        screen = await _opened(pilot)
        shown = text(pilot)
        for each in (
            "◔ 29 Nov 09:31 (7 d floor after 1.00 mm face)",
            "advised: 28 d after 1.00 mm face (convention)",
            "rosacea (named by 9 of 11 lists) · my own [i]words[/i]", "STOP for every roller: cold sore",
            "red for days", "acne scars", "fine lines", "lot A-12", "lot B7",
        ):  # fmt: skip
            assert each in shown, each
        assert "Kim" not in shown.split("Sessions")[1]  # nobody at home works for others
        await press(pilot, "a")
        assert pilot.app.screen is screen
        for key, title in (("m", "Skin reaction"), ("w", "trace"), ("ctrl+e", "Mend a person")):
            await press(pilot, key)
            assert title in text(pilot), key
            await press(pilot, "escape")
        assert pilot.app.screen is screen
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RecordScreen)


async def test_a_scan_of_a_person_tells_how_long_the_skin_rests_and_enter_opens_them(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await scan(pilot, _ann(house))
        assert "Rests until ◔ 29 Nov" in text(pilot)
        assert "person  " in text(pilot)
        assert "“A. [b]”" in text(pilot)  # by their label, though conditions were noted since
        assert "✗ STOP for every roller: cold sore." in text(pilot)
        assert "Ask a professional first: rosacea, my own [i]words[/i]." in text(pilot)
        assert "The skin reacted" in text(pilot)
        assert "Now scan a roller" in text(pilot)
        assert verdict(pilot).roller is None
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PersonScreen)


async def test_a_person_is_forgotten_after_one_question_and_one_taken_back_is_left(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        screen = await _opened(pilot)
        await press(pilot, "x")
        assert "it cannot be taken back" in " ".join(text(pilot).replace("│", " ").split())
        await press(pilot, "n")
        assert "A. [b]" in text(pilot)
        await press(pilot, "x", "y")
        assert "“[erased]”" in text(pilot)
        assert pilot.app.screen is screen
        await press(pilot, "escape")
        bea = house.person("B.")
        await settle(pilot)
        screen.app.open_record(bea)
        await settle(pilot)
        assert "“B.”" in text(pilot)
        keeping.undo(house.station, bea, "a mistake")
        await pass_second(pilot)
        await settle(pilot)
        assert type(app_of(pilot).screen) is PeopleScreen


async def test_the_deeds_to_a_person_stand_in_the_footer_where_there_is_room_and_in_the_palette(
    house: House,
) -> None:
    async with house.app().run_test(size=(120, 40)) as pilot:
        screen = await _opened(pilot)
        assert "x forget" in text(pilot)
        assert "ctrl+e mend" in text(pilot)
        titles = [each.title for each in screen.app.get_system_commands(screen)]
        named = [each for each in titles if each.endswith(shown(screen.code))]
        assert f"Forget · {shown(screen.code)}" in named
        assert not any(each.startswith("Ask") for each in named)  # nobody is asked at home
        assert [each.split(" · ")[0] for each in named] == [
            "React", "Trace person", "Give care", "Edit person", "Forget",
        ]  # fmt: skip
        await press(pilot, "escape")
        listed = {each.title for each in screen.app.get_system_commands(screen.app.screen)}
        assert set(named) <= listed  # of the list the same, to the chosen one
        await press(pilot, "enter")
        await press(pilot, "ctrl+p", *"forget", "enter")
        await settle(pilot)
        assert "it cannot be taken back" in " ".join(text(pilot).replace("│", " ").split())


async def test_columns_that_do_not_fit_are_cut_the_lot_last_and_all_of_the_chosen_stands_beside(
    house: House,
) -> None:
    policies.set_policy(house.station, "profile", "clinic")
    long = house.operator("Kimberley-Alexandra van der Berghe")
    roller = house.roller("long", "0.25", sterile=True, lot="P46-2026-00")
    house.station.operator = long
    house.later(30 * DAY)
    house.use(roller, person=_ann(house), concern="hyperpigmentation")
    house.station.operator = None
    async with house.app().run_test(size=(80, 24)) as pilot:
        await _opened(pilot)
        line = next(each for each in text(pilot).splitlines() if "hyper" in each)
        assert "hyperpigmentation" not in line
        assert "lot P46-2026-00" in line
        assert line.count("Kimb") == 1
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        beside = " ".join(text(pilot).split())
        for whole in ("Concern hyperpigmentation", "Lot P46-2026-00", "Length 0.25 mm"):
            assert whole in beside
        await press(pilot, "end")
        assert "Uses 1 of" in " ".join(text(pilot).split())


async def test_the_labels_of_a_list_take_no_more_room_than_they_need(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f3")
        assert "A. [b]  noted: rosacea, cold sore, my own [i]words[/i] · 2 s" in text(pilot)
        house.person("Carla from upstairs")
        await pass_second(pilot)
        await settle(pilot)
        assert f"{'A. [b]':19}  noted: rosacea" in text(pilot)


async def test_a_clinic_asks_on_the_screen_and_in_the_form_of_a_use(house: House) -> None:
    policies.set_policy(house.station, "profile", "clinic")
    house.later(200 * DAY)
    ann, kim = _ann(house), house.operator("Bo")
    code = house.roller("new", "0.25", sterile=True, lot="C1")
    house.station.operator = kim
    app = house.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.backend.operator = kim
        screen = await _opened(pilot)
        assert "242 d ago" not in text(pilot)
        assert "by Kim, 239 d ago" in text(pilot)
        await press(pilot, "a")
        assert "Health questions" in text(pilot)
        boxes = [line for line in text(pilot).splitlines() if "☒" in line or "☐" in line]
        ticked = ["rosacea", "cold sore", "my own [i]words[/i]"]
        assert [each in line for each, line in zip(ticked, boxes, strict=False)] == [True] * 3
        assert len(boxes) == 10 + 1  # a quarter of the terminal, and “nothing of this holds”
        asking = pilot.app.screen
        asking.query_one("#field-none Picker").focus()
        await press(pilot, "space")
        assert "Both are said: nothing holds, and rosacea, cold sore, my own" in text(pilot)
        await press(pilot, "ctrl+s")
        assert pilot.app.screen is asking
        assert "--" not in text(pilot).replace("---", "")
        await press(pilot, "escape", "y")
        assert pilot.app.screen is screen
        await press(pilot, "escape", "escape")
        app.do("use", code, ann)
        await settle(pilot)
        form = pilot.app.screen
        assert isinstance(form, Form)
        await settle(pilot)
        assert "The health questions were asked 239 d ago." in text(pilot)
        assert "asked: nothing holds but what is noted" in text(pilot)
    house.station.operator = None


async def _on_home(pilot: Pilot[None]) -> None:
    await _opened(pilot)


async def _on_card(pilot: Pilot[None]) -> None:
    await settle(pilot)
    screen = await _opened(pilot)
    await press(pilot, "escape", "escape")
    await scan(pilot, screen.code)


async def _on_use(pilot: Pilot[None]) -> None:
    screen = await _opened(pilot)
    rollers = [row.roller for row in screen.rows if isinstance(row, SessionLine)]
    screen.app.do("use", rollers[0], screen.code)
    await settle(pilot)
    await settle(pilot)


async def _on_ask(pilot: Pilot[None]) -> None:
    await _opened(pilot)
    await press(pilot, "a")


@pytest.mark.parametrize(
    "hands", [_on_home, _on_card, _on_use, _on_ask], ids=["person", "card", "use", "questions"]
)
async def test_pictures(house: House, altered: Altered, hands: Hands) -> None:
    policies.set_policy(house.station, "profile", "clinic")
    policies.set_policy(house.station, "ask.days", "30")
    assert person_files.show_person(house.station, _ann(house)).policy.stricter
    assert not await altered(house.app(), hands)
