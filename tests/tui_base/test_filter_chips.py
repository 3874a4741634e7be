"""The chips of the filter in a narrow terminal: whole ones alone, the chosen one among them."""

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.widgets import Static

from rollertrack.domain.words import State
from rollertrack.tui.widgets.filters import CHOICES, Chip, FilterBar, window

MANY = dict.fromkeys(State, 2_222)
FEW = dict.fromkeys(State, 2)


@given(st.lists(st.integers(1, 20), min_size=1, max_size=9), st.data(), st.integers(20, 99))
def test_the_chosen_piece_and_its_neighbours_stand_wholly_in_the_room(
    widths: list[int], data: st.DataObject, room: int
) -> None:
    chosen = data.draw(st.integers(0, len(widths) - 1))
    seen = window(widths, chosen, room)
    assert chosen in seen
    assert sum(widths[place] for place in seen) <= room
    if seen.stop < len(widths):
        assert sum(widths[seen.start : seen.stop + 1]) > room


class Chips(App[None]):
    """The filter alone."""

    def compose(self) -> ComposeResult:
        yield FilterBar()


async def test_what_has_no_room_is_left_out_and_a_sign_says_that_there_is_more() -> None:
    async with Chips().run_test(size=(100, 4)) as pilot:
        bar = pilot.app.query_one(FilterBar)
        bar.show_counts(FEW)
        await pilot.pause()
        more = bar.query_one("#more", Static)
        assert not more.display or more.region.right <= bar.region.right
        bar.show_counts(MANY)
        for _ in CHOICES:
            await pilot.pause()
            shown = [chip for chip in bar.query(Chip) if chip.display]
            assert bar.state in {chip.state for chip in shown}
            assert all(chip.size.width == len(str(chip.content)) for chip in shown)
            assert more.display is (len(shown) < len(CHOICES))
            assert more.display
            assert max(chip.region.right for chip in shown) <= more.region.x
            bar.step_state(1)
