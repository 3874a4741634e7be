"""What must be read whole on a small screen, whatever else is told there."""

from dataclasses import replace
from pathlib import Path

import pytest
from harness.house_app import HOUR, SECOND, House, household, press, settle, text
from harness.roller_rows import PLAIN

from rollertrack.domain.words import State
from rollertrack.services import keeping, lists, using
from rollertrack.services.using import Use
from rollertrack.tui.widgets.filters import FilterBar
from rollertrack.tui.widgets.roller_table import RollerTable
from rollertrack.tui.widgets.side_panel import RollerStrip
from rollertrack.wording.previews import HOW_TO_LEAVE
from rollertrack.wording.states import row_state_in

SMALL = (80, 24)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


async def test_no_message_takes_the_buttons_of_a_form(house: House) -> None:
    """With a field that was refused, and with one message or three below the form; gone, the fields grow."""
    house.roller()
    app = house.app()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "a", "ctrl+s")
        fields = app.screen.query_one("#form-fields")
        alone = fields.size.height
        for _ in range(3):
            app.notify("ABC can come out of the alcohol.", markup=False, timeout=600)
            await settle(pilot)
            assert "ctrl+s  Log" in text(pilot)
            assert "esc  Leave" in text(pilot)
        assert text(pilot).count("can come out") == 3
        assert fields.size.height == alone - 3
        app.clear_notifications()
        await settle(pilot)
        assert fields.size.height == alone


async def test_a_message_is_told_whole_whatever_its_length(house: House) -> None:
    """Up to the last cell on one line, from there on two; ctrl+c says in our words which key leaves."""
    app = house.app()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        for length in range(74, 81):
            app.clear_notifications()
            app.notify(f"{'word ' * 14:x<{length - 4}} END", markup=False, timeout=600)
            await settle(pilot)
            assert " END" in text(pilot), length
        await press(pilot, "ctrl+c")
        assert HOW_TO_LEAVE in text(pilot)
        assert "Do you want to quit" not in text(pilot)


async def test_where_every_roller_is_retired_the_list_says_so_and_shows_them(house: House) -> None:
    """No filter is blamed; the chips nobody sees are stepped over; with a filter it is the filter."""
    codes = [row.code for row in lists.rows_for_list(house.station)]
    keeping.retire(house.station, codes, "lost")
    app = house.app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert f"All {len(codes)} rollers are retired; ctrl+n registers one, → shows them." in text(pilot)
        bar = app.screen.query_one(FilterBar)
        chosen = []
        for key in ("right", "right", "left", "left"):
            await press(pilot, key)
            chosen.append(bar.state)
            assert ("– retired" in text(pilot)) is (bar.state is State.RETIRED)
        assert chosen == [State.RETIRED, None, State.RETIRED, None]
        await press(pilot, "slash", *"nothing")
        assert "No roller fits this filter. Esc shows all." in text(pilot)


async def test_a_row_counts_an_age_as_the_top_line_does(house: House) -> None:
    """Though no row is read anew in between: a second before the turn of a minute and at it."""
    code = house.fresh("zz")
    house.now += HOUR
    using.use(house.station, code, Use(area="legs", acknowledged=True, despite="it happened"))
    app = house.app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"zz")
        house.later(59 * SECOND)
        app.screen.query_one(RollerTable).now = house.now
        await settle(pilot)
        assert "dirty 59 s" in text(pilot)
        house.later(SECOND)
        app.screen.query_one(RollerTable).now = house.now
        await settle(pilot)
        assert "dirty 1 min" in text(pilot)


async def test_the_strip_tells_a_long_step_whole(house: House) -> None:
    """What to do with a worn roller takes two lines below the list; what is short takes no more than one."""
    code = house.fresh("zz")
    keeping.inspect(house.station, code, fail="bent needle")
    app = house.app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        short = app.screen.query_one(RollerStrip).size.height
        await press(pilot, "slash", *"zz", "enter")
        seen = text(pilot)
        said = " ".join(" ".join(seen.splitlines()[-6:]).split())
        assert "do not take the head off by hand, and take another roller" in said
        assert "stop inspection" in seen
        assert app.screen.query_one(RollerStrip).size.height == short + 1


@pytest.mark.parametrize(
    ("state", "detail", "room", "said"),
    [
        (State.STOP, "used up 8/8", 18, "✗ stop used up 8/8"),
        (State.STOP, "used up 10/10", 18, "✗ stop used 10/10"),
        (State.STOP, "failed inspection", 24, "✗ stop failed inspection"),
        (State.STOP, "failed inspection", 23, "✗ stop inspection"),
        (State.STOP, "pack open too long", 18, "✗ stop pack open"),
        (State.STOP, "over 90 d old", 18, "✗ stop 90 d"),
        (State.TAKE_OUT, "won't count", 22, "! take out won't count"),
        (State.TAKE_OUT, "won't count", 21, "! won't count"),
        (State.SOAKING, "won't count", 18, "◔ won't count"),
        (State.STALE, "didn't count", 18, "~ didn't count"),
    ],
)
def test_a_state_says_what_there_is_room_for(state: State, detail: str, room: int, said: str) -> None:
    row = replace(PLAIN, state=state, detail=detail, state_at=None)
    assert row_state_in(row, 0, room) == said
    assert len(said) <= room
