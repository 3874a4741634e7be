import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from harness.roller_rows import NOW, PLAIN, SAMPLES, many
from harness.table_app import TableApp
from textual.geometry import Region
from textual.message import Message

from rollertrack.tui.widgets.roller_table import BLOCK, RollerTable, RowStore

MANY = 100_000
DAY = 86_400_000_000


def highlighted(app: TableApp) -> list[str | None]:
    return [
        message.row.name if message.row else None
        for message in app.heard
        if isinstance(message, RollerTable.Highlighted)
    ]


def of_kind(app: TableApp, kind: type[Message]) -> list[Message]:
    return [message for message in app.heard if type(message) is kind]


def lines(app: TableApp) -> list[str]:
    return [app.table.render_line(y).text for y in range(app.table.size.height)]


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not is_so():
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["down"], 1),
        (["down", "down", "up"], 1),
        (["up"], 0),
        (["pagedown"], 22),
        (["pagedown", "pageup"], 0),
        (["end"], MANY - 1),
        (["end", "down"], MANY - 1),
        (["end", "home"], 0),
    ],
)
async def test_the_keyboard_moves_the_cursor_and_keeps_it_in_sight(keys: list[str], place: int) -> None:
    app = TableApp(MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await until(lambda: app.table.row is not None)
        assert app.table.cursor == place
        assert app.table.row is not None
        assert app.table.row.name == f"roller {place}"
        await pilot.pause()
        assert highlighted(app)[-1] == f"roller {place}"
        marked = [line for line in lines(app) if line.startswith("▌")]
        assert len(marked) == 1
        assert many(place, place + 1)[0].detail in marked[0]


async def test_only_the_blocks_that_show_are_read() -> None:
    app = TableApp(MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        await until(lambda: app.table.row is not None)
        await pilot.pause()
        asked = [(m.start, m.end) for m in app.heard if isinstance(m, RollerTable.RowsWanted)]
        assert asked == [(0, BLOCK), (MANY // BLOCK * BLOCK, (MANY // BLOCK + 1) * BLOCK)]


async def test_rows_under_way_are_quiet_lines_and_cannot_be_opened() -> None:
    app = TableApp(MANY)
    app.answers = False
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert lines(app)[1].strip() == "▌·"
        assert of_kind(app, RollerTable.Selected) == []
        wanted = of_kind(app, RollerTable.RowsWanted)
        assert len(wanted) == 1
        app.table.supply(0, many(0, BLOCK), app.table.generation)
        await pilot.pause()
        assert "RST-UBD-EFT" in lines(app)[1]
        assert highlighted(app) == ["roller 0"]


async def test_rows_read_for_an_earlier_list_are_dropped() -> None:
    app = TableApp(MANY)
    app.answers = False
    async with app.run_test(size=(80, 24)) as pilot:
        earlier = app.table.generation
        app.table.reset(3)
        app.table.supply(0, many(500, 503), earlier)
        await pilot.pause()
        assert app.table.row is None


async def test_a_reset_keeps_the_cursor_on_its_roller_and_on_its_line() -> None:
    app = TableApp(1000)
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.move_to(500)
        await until(lambda: app.table.row is not None)
        await pilot.press("up", "up", "up")
        line = app.table.cursor - app.table.scroll_offset.y
        start, end = app.table.window(700)
        app.heard.clear()
        app.table.reset(1200, cursor=700, start=start, rows=many(start - 203, end - 203))
        await pilot.pause()
        assert app.table.row is not None
        assert app.table.row.name == "roller 497"
        assert app.table.cursor - app.table.scroll_offset.y == line
        assert of_kind(app, RollerTable.RowsWanted) == []
        assert highlighted(app) == []


async def test_an_emptied_list_highlights_nothing() -> None:
    app = TableApp(len(SAMPLES), SAMPLES)
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.reset(0)
        await pilot.press("down", "enter")
        assert highlighted(app)[-1] is None
        assert of_kind(app, RollerTable.Selected) == []
        assert [line.strip() for line in lines(app)[1:]] == [""] * 23


async def test_enter_opens_the_row_under_the_cursor() -> None:
    app = TableApp(len(SAMPLES), SAMPLES)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "enter")
        selected = of_kind(app, RollerTable.Selected)
        assert [message.row for message in selected if isinstance(message, RollerTable.Selected)] == [PLAIN]


async def test_a_click_moves_and_a_double_click_opens() -> None:
    app = TableApp(len(SAMPLES), SAMPLES)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(RollerTable, offset=(10, 3))
        assert app.table.cursor == 2
        assert of_kind(app, RollerTable.Selected) == []
        await pilot.double_click(RollerTable, offset=(10, 4))
        assert app.table.cursor == 3
        assert len(of_kind(app, RollerTable.Selected)) == 1
        await pilot.click(RollerTable, offset=(10, 0))
        await pilot.click(RollerTable, offset=(10, 20))
        assert app.table.cursor == 3


async def test_the_wheel_scrolls_and_the_cursor_stays_on_its_row() -> None:
    app = TableApp(MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.scroll_down(animate=False)
        await pilot.pause()
        assert app.table.scroll_offset.y == 1
        assert app.table.cursor == 0
        await pilot.press("down")
        assert app.table.cursor == 1


async def test_a_step_of_the_cursor_draws_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    app = TableApp(MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        drawn: list[int] = []
        render_line = RollerTable.render_line

        def counted(self: RollerTable, y: int) -> object:
            drawn.append(y)
            return render_line(self, y)

        monkeypatch.setattr(RollerTable, "render_line", counted)
        await pilot.press("down")
        await pilot.pause()
        assert sorted(drawn) == [1, 2]


async def test_a_changed_row_alone_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = TableApp(len(SAMPLES), SAMPLES)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        refreshed: list[Region] = []
        monkeypatch.setattr(app.table, "refresh", lambda *regions: refreshed.extend(regions))
        ticked = (*SAMPLES[:1], replace(SAMPLES[1], detail="soaking 6:11"), *SAMPLES[2:])
        app.table.supply(0, ticked, app.table.generation)
        assert [(region.y, region.height) for region in refreshed] == [(2, 1)]


async def test_dates_are_told_anew_when_the_day_changes() -> None:
    app = TableApp(len(SAMPLES), SAMPLES)
    async with app.run_test(size=(120, 24)) as pilot:
        assert "today 10:00" in lines(app)[3]
        app.table.now = NOW + DAY
        await pilot.pause()
        assert "22 Nov" in lines(app)[3]
        assert "40 d" in lines(app)[3]


async def test_user_text_is_shown_as_it_is_and_never_as_markup() -> None:
    name = "[b]x[/] [@click=app.quit]"
    app = TableApp(1, (replace(PLAIN, name=name),))
    async with app.run_test(size=(160, 24)):
        assert name in lines(app)[1]


async def test_a_reset_before_the_first_layout_shows_the_cursor_once_there_is_room() -> None:
    app = TableApp(MANY)
    app.answers = False
    async with app.run_test(size=(80, 24)) as pilot:
        table = RollerTable(now=NOW)
        table.reset(MANY, cursor=5000)
        await app.mount(table)
        app.table.remove()
        await pilot.pause()
        await pilot.pause()
        assert table.scroll_offset.y <= 5000 < table.scroll_offset.y + 23


def test_the_store_forgets_what_came_first() -> None:
    store = RowStore()
    for block in range(80):
        store.put(block * BLOCK, many(block * BLOCK, (block + 1) * BLOCK))
    assert store.get(0) is None
    assert store.get(80 * BLOCK - 1) is not None
    assert store.lacking(0, 10) == (0, BLOCK)
    assert store.lacking(79 * BLOCK, 80 * BLOCK) is None
