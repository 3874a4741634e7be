"""What the keys of the bench, its top line and its messages do."""

import itertools
from pathlib import Path

import pytest
from harness.house_app import DAY, HOUR, House, app_of, household, press, scan, settle, text

from rollertrack.domain.words import State, Word
from rollertrack.services import keeping, records, registering, washing
from rollertrack.services.backend import Backend
from rollertrack.tui import palette
from rollertrack.tui.app import RollerTrackApp
from rollertrack.tui.dialogs import ConfirmDialog, ErrorDialog
from rollertrack.tui.scanning.scan_input import ScanAwaited
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.tui.widgets.lines import PARTS, fitted
from rollertrack.tui.widgets.roller_table import RollerTable

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a.db")


@pytest.mark.parametrize("size", SIZES)
async def test_the_filter_shows_what_is_typed_while_it_is_typed(house: House, size: tuple[int, int]) -> None:
    house.fresh("evening")
    async with house.app().run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"even")
        assert "even" in text(pilot).splitlines()[2][:12]


@pytest.mark.parametrize("size", SIZES)
async def test_the_order_is_named(house: House, size: tuple[int, int]) -> None:
    house.fresh()
    async with house.app().run_test(size=size) as pilot:
        await settle(pilot)
        assert "▴ state" in text(pilot).splitlines()[2]
        await press(pilot, "ctrl+o")
        assert "▴ name" in text(pilot).splitlines()[2]


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_on_a_title_orders_and_a_second_turns_it_round(
    house: House, size: tuple[int, int]
) -> None:
    first, last = house.fresh("anna"), house.fresh("zoe")
    async with house.app().run_test(size=size) as pilot:
        await settle(pilot)
        table = pilot.app.screen.query_one(RollerTable)
        at = table.heading().index("Name")
        for mark, on_top in (("▴", first), ("▾", last), ("▴", first)):
            await pilot.click(table, offset=(at, 0))
            await settle(pilot)
            assert f"Name{mark}" in table.heading()
            assert f"{mark} name" in text(pilot).splitlines()[2]
            await press(pilot, "home")
            assert table.row is not None
            assert table.row.code == on_top


async def test_the_counts_follow_the_words_typed(house: House) -> None:
    house.fresh("evening")
    house.roller("morning")
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        assert all(each in text(pilot) for each in ("all 2", "ready 1", "new 1"))
        await press(pilot, "slash", *"even")
        await settle(pilot)
        assert "all 1" in text(pilot)
        assert "new" not in text(pilot).splitlines()[2]
        await press(pilot, "escape")
        await settle(pilot)
        assert "all 2" in text(pilot)


async def test_several_chosen_are_put_aside_and_retired_at_once(house: House) -> None:
    codes = [house.fresh(name) for name in ("a", "b", "c")]
    async with house.app().run_test(size=SIZES[1], notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "space", "space")
        assert "2 rollers chosen" in text(pilot)
        assert "●" in text(pilot)
        await press(pilot, "a")
        assert "is done to one roller at a time" in text(pilot)
        await press(pilot, "x", *"worn", "ctrl+s")
        await settle(pilot)
        assert "2 rollers are retired" in text(pilot)
        gone = [code for code in codes if records.show(house.station, code).state is State.RETIRED]
        assert gone == codes[:2]
        assert "●" not in text(pilot)
        await press(pilot, "ctrl+k", *"dropped", "ctrl+s")
        assert "is in quarantine" in text(pilot)


async def test_the_chosen_one_is_put_aside_where_the_cursor_stands_on_one_that_is_held(house: House) -> None:
    chosen, held = house.fresh("a"), house.fresh("b")
    keeping.quarantine(house.station, held, "dropped")
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        await press(pilot, "space", "end")
        assert pilot.app.screen.query_one(RollerTable).row is not None
        await press(pilot, "ctrl+k", *"bent", "ctrl+s")
        await settle(pilot)
    assert records.show(house.station, chosen).state is State.STOP
    assert records.show(house.station, held).state is State.STOP


async def test_esc_lets_the_chosen_go_before_it_shows_all(house: House) -> None:
    house.fresh("evening")
    async with house.app().run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"even", "down", "space")
        assert "1 roller chosen" in text(pilot)
        await press(pilot, "escape")
        assert "chosen" not in text(pilot)
        assert "even" in text(pilot).splitlines()[2][:12]
        await press(pilot, "escape")
        assert "even" not in text(pilot).splitlines()[2][:12]


async def test_keys_that_need_a_roller_are_no_keys_of_the_welcome(house: House) -> None:
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        shown = text(pilot)
        assert not any(word in shown.splitlines()[-1] for word in ("use", "soak", "filter", "label"))
        assert "ctrl+q" in shown
        viewed: list[bool] = []

        async def sample() -> None:
            viewed.append(True)

        app_of(pilot).on_sample = sample
        await press(pilot, "slash", "a", "w", "v")
        assert viewed == [True]
        assert isinstance(pilot.app.screen, BenchScreen)


async def test_the_cursor_goes_to_the_roller_just_registered(house: House) -> None:
    for name in ("one", "two", "three"):
        house.fresh(name)
    dirty = house.roller("owes")
    house.use(dirty)
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        await press(pilot, "down", "ctrl+n", *"0.7", "ctrl+s")
        await settle(pilot)
        row = pilot.app.screen.query_one(RollerTable).row
        assert row is not None
        assert float(row.length or 0) == pytest.approx(0.7)
        assert "0.70 mm" in text(pilot)


async def test_a_registration_undone_elsewhere_asks_nothing(house: House) -> None:
    code = house.roller("mistake")
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        keeping.undo(house.station, code, "wrong pack")
        app_of(pilot).on_second()
        await settle(pilot)
        assert not isinstance(pilot.app.screen, ErrorDialog)
        assert "Next" not in text(pilot)


async def test_a_record_whose_registration_was_undone_closes(house: House) -> None:
    code = house.roller("mistake")
    house.fresh("other")
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        app_of(pilot).open_record(code)
        await settle(pilot)
        keeping.undo(house.station, code, "wrong pack")
        app_of(pilot).on_second()
        await settle(pilot)
        assert isinstance(pilot.app.screen, BenchScreen)


async def test_a_message_goes_when_a_verdict_comes(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZES[0], notifications=True) as pilot:
        await settle(pilot)
        pilot.app.post_message(ScanAwaited(True))
        await settle(pilot)
        assert "Waiting for a scan" in text(pilot).splitlines()[-2]
        pilot.app.post_message(ScanAwaited(False))
        await settle(pilot)
        assert "Waiting for a scan" not in text(pilot)
        pilot.app.notify("older news")
        await settle(pilot)
        await scan(pilot, code)
        assert "older news" not in text(pilot)


async def test_a_message_has_a_line_of_its_own_and_covers_nothing(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZES[0], notifications=True) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        before = [line for line in text(pilot).splitlines() if line.strip()]
        pilot.app.notify("Logged use 1 of 8 of RKD-TLB-NEB on “me”.", markup=False)
        await settle(pilot)
        *others, message, keys = [line for line in text(pilot).splitlines() if line.strip()]
        assert [*others, keys] == before
        assert "Logged use 1" in message


@pytest.mark.parametrize("size", SIZES)
async def test_the_sample_says_that_it_is_one(house: House, size: tuple[int, int]) -> None:
    house.use(house.fresh())
    house.soak(house.roller())
    app = house.app()
    app.is_sample = True
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        top = text(pilot).splitlines()[0]
        assert "SAMPLE · ctrl+q leaves" in top
        assert "1 dirty" in top
        await press(pilot, "ctrl+d")
        assert "SAMPLE" in text(pilot).splitlines()[0]


async def test_ctrl_q_asks_before_it_forgets_what_was_typed(house: House) -> None:
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+n", *"0.7", "ctrl+q")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "ctrl+q", "escape")
        assert pilot.app.is_running
        assert "0.7" in text(pilot)
        await press(pilot, "escape", "right", "enter", "ctrl+q")
        assert not pilot.app.is_running


async def test_the_operator_is_named_by_the_label(house: House) -> None:
    operator = house.operator("Kim")
    async with house.app().run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await scan(pilot, operator)
        await press(pilot, "escape")
        assert "by Kim" in text(pilot).splitlines()[0]


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_nothing_in_the_top_line_overlaps(house: House, width: int) -> None:
    for name in ("one", "two"):
        code = house.fresh(name)
        house.use(code)
    house.soak(house.roller("three"))
    house.soak(house.roller("four"), minutes="1")
    house.now += 2 * HOUR + DAY
    house.soak(house.roller("five"))
    async with house.app().run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        await scan(pilot, house.operator("Kim"))
        await press(pilot, "escape")
        parts = [each for each in pilot.app.screen.query("StatusLine Static") if each.display]
        edges = [(each.region.x, each.region.right) for each in parts]
        assert all(right + 3 <= x for (_, right), (x, _) in itertools.pairwise(edges[1:]))
        assert edges[-1][1] <= width
        for each in parts:
            assert str(each.render()) in text(pilot).splitlines()[0]


def test_what_gives_way_first_is_what_matters_least() -> None:
    shorter = [
        ("bench", "b"),
        ("2 owe", "2"),
        ("soak", ""),
        ("1/5", ""),
        ("phones", ""),
        ("by K", ""),
        ("noon", ""),
    ]
    said = dict(zip(PARTS, shorter, strict=True))
    assert fitted(said, 55) == ("bench", "2 owe", "soak", "1/5", "phones", "by K", "noon")
    assert fitted(said, 42) == ("bench", "2 owe", "soak", "1/5", "phones", "by K", "")
    assert fitted(said, 35) == ("bench", "2 owe", "soak", "1/5", "phones", "", "")
    assert fitted(said, 6) == ("b", "2", "", "", "", "", "")


async def test_what_only_informs_carries_no_sign_of_go(house: House) -> None:
    code = registering.add(house.station, {"name": "long", "length": "0.5"}).codes[0]
    washing.disinfect(house.station, [code], washing.Bath(agent="alcohol", minutes="10", cleaned=False))
    async with house.app().run_test(size=SIZES[1]) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        screen = pilot.app.screen
        assert screen.result.word is Word.USE  # type: ignore[attr-defined]
        findings = str(screen.query_one("#findings").render())
        assert findings.startswith("· No cleaning step")
        assert "✓" not in findings
        assert "health pages" not in findings  # holds for all its life: its record says it


async def test_dates_under_the_axis_do_not_run_into_each_other(tmp_path: Path) -> None:
    house = household(tmp_path / "due.db")
    async with house.app().run_test(size=(60, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+d")
        dates = text(pilot).splitlines()[4].split()
        assert dates[:5] == ["overdue", "today", "6", "Dec", "20"]
        months = [each for each in dates if each.isalpha()][2:]
        assert set(months) <= {"Dec", "Jan", "Feb"}


async def test_the_line_of_keys_is_whole_at_eighty_cells(tmp_path: Path) -> None:
    house = household(tmp_path / "keys.db")
    async with house.app().run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        for keys in ((), ("ctrl+d",)):
            await press(pilot, *keys)
            assert "? help" in text(pilot).splitlines()[-1]


@pytest.mark.parametrize(("answer", "left"), [("y", True), ("n", False), ("escape", False)])
async def test_q_goes_back_a_screen_and_asks_on_the_bench(
    house: House, monkeypatch: pytest.MonkeyPatch, answer: str, left: bool
) -> None:
    house.fresh()
    app, left_with = house.app(), list[object]()
    monkeypatch.setattr(app, "exit", lambda *_: left_with.append("left"))
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, BenchScreen)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, BenchScreen)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, answer)
        await pilot.pause()
        assert bool(left_with) is left


async def test_the_theme_chosen_stays(house: House) -> None:
    kept: list[str] = []
    app = RollerTrackApp(Backend(house.open), house.clock, keep_theme=kept.append)
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        assert kept == []
        app.theme = palette.LIGHT.name
        await settle(pilot)
        assert kept == [palette.LIGHT.name]
