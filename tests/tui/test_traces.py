"""Traces, recalls and incidents at the terminal: by the keys that the README names, and as pictures."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from harness.house_app import DAY, HOUR, House, app_of, copied, press, scan, settle, text, verdict
from harness.pictures import Altered
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from rollertrack.domain.code import shown
from rollertrack.domain.trace import Question, Reach
from rollertrack.domain.words import Word
from rollertrack.services import incident_files, recalling, registering, solutions, washing
from rollertrack.services.washing import Bath
from rollertrack.tui.forms.form import Form
from rollertrack.tui.screens.incidents import IncidentScreen, IncidentsScreen
from rollertrack.tui.screens.record import RecordScreen
from rollertrack.tui.screens.registers import PeopleScreen, SolutionsScreen
from rollertrack.tui.screens.trace import TraceScreen

SIZE = (120, 40)
Hands = Callable[[Pilot[None]], Awaitable[None]]


def lived(path: Path) -> House:
    """A lot of two, one that had it, one near it, one without; a mate, a failed strip, three persons."""
    house = House(path)
    house.now -= 20 * DAY
    ann, bea = house.person("A. [b]"), house.person("B.")
    jar = house.solution()
    made = {
        name: house.roller(name, "0.25", lot=lot, maker="Titan")
        for name, lot in {
            "evening": "A-12", "travel": "a12", "weekend": "A12", "scalp": "AI2", "body": "", "chin": "C9",
        }.items()
    }  # fmt: skip
    registering.edit(house.station, made["weekend"], {"lot": "B7"})
    house.later(HOUR)
    washing.soak(house.station, [made["evening"], made["chin"]], Bath("alcohol", jar, cleaned=True))
    house.later(HOUR)
    washing.done(house.station, [made["evening"], made["chin"]])
    house.use(made["evening"], person=ann)
    house.later(2 * DAY)
    house.use(made["chin"], person=bea)
    house.later(18 * DAY)
    solutions.log_strip(house.station, jar, passed=False)
    house.later(HOUR)
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return copied(tmp_path / "a.db", lived)


def codes(house: House) -> dict[str, str]:
    with house.station.store.reading():
        rows = house.station.store.database.execute_sql("SELECT name, code FROM roller")
        return dict(rows)


async def palette(pilot: Pilot[None], words: str) -> None:
    """Choose a command by its name, as `ctrl+p` offers it."""
    await settle(pilot)
    wanted = next(each for each in app_of(pilot).get_system_commands(pilot.app.screen) if each.title == words)
    wanted.callback()
    await settle(pilot)


async def traced(pilot: Pilot[None], lot: str = "a 12") -> TraceScreen:
    await palette(pilot, "Trace")
    await press(pilot, *(key if key != " " else "space" for key in lot))
    await press(pilot, "ctrl+s")
    return top(pilot, TraceScreen)


Shown = TypeVar("Shown", bound=Screen[Any])


def top(pilot: Pilot[None], kind: type[Shown]) -> Shown:
    screen = pilot.app.screen
    assert isinstance(screen, kind), screen
    return screen


async def test_a_lot_is_traced_from_the_palette_and_put_aside(house: House) -> None:
    made = codes(house)
    async with house.app().run_test(size=SIZE) as pilot:
        screen = await traced(pilot)
        assert "2 have it · 1 had it (mended since) · 1 near · 1 cannot be ruled out" in text(pilot)
        assert "1 person touched · 1 mate in a bath · 1 person touched by them" in text(pilot)
        for name in ("evening", "travel", "weekend", "scalp", "body", "chin"):
            assert shown(made[name]) in text(pilot)
        await press(pilot, "a")
        assert "Puts aside 3 rollers. Opens an incident." in text(pilot)
        await press(pilot, *"letter", "ctrl+s")
        assert pilot.app.screen is screen
        (row,) = incident_files.list_incidents(house.station)
        assert (row.rollers, row.reason, row.cause) == (3, "letter", "lot")
        assert "recalled" in text(pilot)  # read anew, each now says how it stands
        await scan(pilot, made["travel"])
        assert verdict(pilot).result.word is Word.STOP


async def test_a_tick_takes_what_lay_beside_and_what_has_no_lot(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await traced(pilot)
        await press(pilot, "a", *"letter", "tab", "space", "tab", "space")
        assert "Puts aside 5 rollers." in text(pilot)
        await press(pilot, "ctrl+s")
        (row,) = incident_files.list_incidents(house.station)
        assert (row.rollers, row.persons) == (5, 2)


async def test_a_recall_of_nothing_says_so_and_stays(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await traced(pilot, "zzz")
        assert "Nothing was found" in text(pilot)
        await press(pilot, "a")
        assert "Nothing carries zzz." in text(pilot)
        await press(pilot, *"x", "ctrl+s")
        top(pilot, Form)
        assert incident_files.list_incidents(house.station) == []


async def test_a_roller_is_traced_by_its_code_scanned_or_typed(house: House) -> None:
    made = codes(house)
    async with house.app().run_test(size=SIZE) as pilot:
        for typed in (False, True):
            await palette(pilot, "Trace")
            await press(pilot, "shift+tab", "right", "tab")
            form = top(pilot, Form)
            if typed:
                form.query_one("#field-roller Input", Input).value = shown(made["travel"]).lower()
                await settle(pilot)
            else:
                await press(pilot, "ctrl+s")
                assert top(pilot, Form) is form  # nothing is asked for yet
                assert not form.take_scan("", house.person("C."))
                await scan(pilot, made["travel"])
                assert form.said.text("roller") == shown(made["travel"])
            await press(pilot, "ctrl+s")
            assert top(pilot, TraceScreen).question == Question("roller", made["travel"])
            await press(pilot, "escape")


async def test_a_lot_without_a_letter_stays_in_the_form(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await palette(pilot, "Trace")
        await press(pilot, "minus", "ctrl+s")
        assert "Give the letters and digits on the pack" in text(pilot)
        top(pilot, Form)


async def test_the_chosen_line_is_opened_and_traced_further(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        screen = await traced(pilot)
        await press(pilot, "enter")
        top(pilot, RecordScreen)
        await press(pilot, "escape", "m")
        further = top(pilot, TraceScreen)
        assert further is not screen
        assert further.question.kind == "roller"
        await press(pilot, "escape")
        assert pilot.app.screen is screen
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, TraceScreen)


async def test_a_trace_is_written_where_its_ending_says(house: House, tmp_path: Path) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await traced(pilot)
        for name in ("t.csv", "t.pdf"):
            path = tmp_path / name
            await press(pilot, "w", "ctrl+u")
            field = pilot.app.screen.query("Input").first()
            field.value = str(path)  # type: ignore[attr-defined]
            await settle(pilot)
            await press(pilot, "ctrl+s")
            assert path.stat().st_size > 100


async def test_an_injury_is_traced_by_one_key_on_the_record(house: House) -> None:
    code = codes(house)["evening"]
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app_of(pilot).open_record(code)
        await settle(pilot)
        await press(pilot, "ctrl+t")
        assert top(pilot, TraceScreen).question == Question("roller", code)


async def test_a_failed_strip_is_traced_by_one_key(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f4")
        top(pilot, SolutionsScreen)
        await press(pilot, "w")
        assert top(pilot, TraceScreen).question.last_pass
        assert "2 rollers" in text(pilot)


async def test_a_reaction_is_noted_and_traced_by_one_key(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f3")
        screen = top(pilot, PeopleScreen)
        ann = next(place for place, row in enumerate(screen.rows) if row[1].startswith("A."))
        screen.options.highlighted = ann
        await press(pilot, "m", *"red", "ctrl+s")
        found = top(pilot, TraceScreen)
        assert found.question.kind == "person"
        assert "1 roller" in text(pilot)
        await press(pilot, "escape", "w")
        assert top(pilot, TraceScreen).question.about == found.question.about


def recalled(house: House) -> str:
    reach = Reach(mates=True)
    return recalling.recall(house.station, Question("lot", "A12"), "the maker's letter", reach).codes[0]


async def test_an_incident_from_the_telling_to_its_end(house: House) -> None:
    incident = recalled(house)
    async with house.app().run_test(size=SIZE) as pilot:
        await palette(pilot, "Incidents")
        top(pilot, IncidentsScreen)
        assert "2 persons, 2 to tell" in text(pilot)
        await press(pilot, "enter")
        top(pilot, IncidentScreen)
        assert "A. [b]" in text(pilot)
        await press(pilot, "i", *"telephone", "ctrl+s")
        assert "told " in text(pilot)
        assert len(incident_files.show_incident(house.station, incident).incident.untold) == 1
        await press(pilot, "v", *"well", "ctrl+s")
        assert incident_files.show_incident(house.station, incident).held == frozenset()
        await press(pilot, "x", *"well", "ctrl+s")
        assert incident_files.show_incident(house.station, incident).incident.outcome == "well"
        await press(pilot, "escape", "escape")
        assert not isinstance(pilot.app.screen, IncidentsScreen)


async def test_a_roller_of_an_incident_opens(house: House) -> None:
    recalled(house)
    async with house.app().run_test(size=SIZE) as pilot:
        await palette(pilot, "Incidents")
        await press(pilot, "enter", "end", "enter")
        top(pilot, RecordScreen)


async def test_the_list_of_incidents_begins_a_trace(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await palette(pilot, "Incidents")
        assert "No incident is on record" in text(pilot)
        await press(pilot, "i", "v", "x", "a")
        top(pilot, Form)


def keys(*names: str) -> Hands:
    async def hands(pilot: Pilot[None]) -> None:
        await traced(pilot)
        await press(pilot, *names)

    return hands


@pytest.mark.parametrize("names", [(), ("a", *"letter")], ids=["trace", "recall"])
async def test_a_trace_and_its_recall(altered: Altered, house: House, names: tuple[str, ...]) -> None:
    assert not await altered(house.app(), keys(*names))


@pytest.mark.parametrize("names", [(), ("enter",), ("enter", "i")], ids=["list", "one", "told"])
async def test_incidents(altered: Altered, house: House, names: tuple[str, ...]) -> None:
    recalled(house)

    async def hands(pilot: Pilot[None]) -> None:
        await palette(pilot, "Incidents")
        await press(pilot, *names)

    assert not await altered(house.app(), hands)


async def test_no_incident(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await palette(pilot, "Incidents")

    assert not await altered(house.app(), hands)


async def test_what_is_traced(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await palette(pilot, "Trace")
        await press(pilot, *"a12")
        for _ in range(50):  # the form looks ahead once more for each letter
            if "touched by them" in text(pilot):
                break
            await settle(pilot)

    assert not await altered(house.app(), hands)
