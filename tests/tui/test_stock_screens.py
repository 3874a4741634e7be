"""Stock on the screens: a box is received, the shelf is counted; home sees none of it before a product."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from harness.house_app import House, app_of, household, press, scan, scan_torn, settle, text
from harness.pictures import Altered
from harness.printing_app import until
from harness.stock_house import BOX, GTIN, stocked
from textual.pilot import Pilot
from textual.widgets import Input

from rollertrack.domain import events as ev
from rollertrack.domain.stock import PackRow
from rollertrack.services import counting_stock, products, stock, stock_records
from rollertrack.services.codes import Scan, identify
from rollertrack.services.deliveries import Delivery
from rollertrack.services.labels import queue
from rollertrack.services.receiving import receive
from rollertrack.services.station import Station
from rollertrack.tui.dialogs import ConfirmDialog, ErrorDialog
from rollertrack.tui.forms.form import Form
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.tui.screens.count import CountScreen
from rollertrack.tui.screens.packs import PacksScreen
from rollertrack.tui.screens.stock import StockScreen
from rollertrack.tui.screens.verdict import VerdictScreen
from rollertrack.tui.widgets.words import Words

Hands = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return stocked(tmp_path / "a.db")


async def form_of(pilot: Pilot[None], title: str) -> Form:
    await until(pilot, lambda: isinstance(pilot.app.screen, Form) and title in text(pilot))
    await until(pilot, lambda: pilot.app.screen.focused is not None)
    assert isinstance(pilot.app.screen, Form)
    return pilot.app.screen


async def on_stock(pilot: Pilot[None]) -> StockScreen:
    await until(pilot, lambda: app_of(pilot).has_products and "all " in text(pilot))
    await press(pilot, "f10")
    await until(pilot, lambda: isinstance(pilot.app.screen, StockScreen) and "sealed" in text(pilot))
    assert isinstance(pilot.app.screen, StockScreen)
    return pilot.app.screen


def lots(house: House) -> list[str]:
    return [row.lot for row in stock_records.list_packs(house.station)]


async def test_a_box_is_received_with_one_scan_one_enter_and_one_key(house: House) -> None:
    async with house.app().run_test() as pilot:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, BOX + "AX12Z")
        await form_of(pilot, "Receive a box")
        assert "Does the pack read the same?" in text(pilot)
        await press(pilot, "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, BenchScreen))
    (newest, *_) = stock_records.list_packs(house.station)
    assert (newest.lot, newest.pieces, newest.expiry) == ("AX12Z", 10, "2028-12-31")
    received = stock_records.show_pack(house.station, newest.code).pack.facts
    assert (received.compared, received.scanned) == (True, BOX + "AX12Z")


async def test_no_lot_is_taken_before_the_look(house: House) -> None:
    before = lots(house)
    async with house.app().run_test() as pilot:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, BOX + "AX12Z")
        await form_of(pilot, "Receive a box")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "Look at the pack" in text(pilot)
        assert lots(house) == before
        field = pilot.app.screen.query_one("#field-lot Input", Input)
        field.value = "AX12Y"
        await settle(pilot)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, BenchScreen))
    assert sorted(lots(house)) == sorted([*before, "AX12Y"])


async def test_several_lots_are_offered_and_none_is_chosen_beforehand(house: House) -> None:
    async with house.app().run_test() as pilot:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, f"]d201{GTIN}10A123421S0001")
        await form_of(pilot, "Receive a box")
        assert "A1234 + serial S0001" in text(pilot)
        assert "●" not in text(pilot).split("Expiry")[0]
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Form)
        await press(pilot, "right", "right", "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, BenchScreen))
    assert lots(house)[0] == "A1234"


async def test_the_second_code_of_a_box_adds_to_the_form(house: House) -> None:
    async with house.app().run_test() as pilot:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, GTIN)
        await form_of(pilot, "Receive a box")
        await scan_torn(pilot, "1728123110Q9")
        await until(pilot, lambda: "Q9" in text(pilot))
        assert "2028-12-31" in text(pilot)
        await press(pilot, "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, BenchScreen))
    assert lots(house)[0] == "Q9"


async def test_a_damaged_box_is_a_sentence_and_nothing_else(house: House) -> None:
    before = lots(house)
    async with house.app().run_test() as pilot:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, "010950600013435317281231")
        await until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        assert "check digit of 09506000134353" in text(pilot)
    assert lots(house) == before


async def test_a_box_that_nobody_knows_asks_once_for_its_product(tmp_path: Path) -> None:
    house = House(tmp_path / "b.db")
    async with house.app().run_test() as pilot:
        await settle(pilot)
        await scan_torn(pilot, BOX + "L5")
        assert isinstance(pilot.app.screen, VerdictScreen)
        await press(pilot, "ctrl+r")
        await form_of(pilot, "Add a product")
        pilot.app.screen.query_one("#field-name Input", Input).value = "Titan"
        pilot.app.screen.query_one("#field-length Input", Input).value = "0.5"
        pilot.app.screen.query_one("#field-pack_size Input", Input).value = "3"
        await settle(pilot)
        await press(pilot, "ctrl+s")
        await form_of(pilot, "Receive a box")
        await press(pilot, "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, BenchScreen))
        assert app_of(pilot).has_products
    (row,) = stock.stock(house.station)
    assert (row.name, row.sealed) == ("Titan", 3)
    assert stock_records.show_product(house.station, "Titan").barcodes == {f"gs1:{GTIN}": 3}


async def test_an_unknown_box_may_be_of_a_product_on_record(house: House) -> None:
    async with house.app().run_test() as pilot:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, "012345678905")
        await press(pilot, "ctrl+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialog))
        assert "On record" in text(pilot)
        await press(pilot, "y")
        form = await form_of(pilot, "Receive a box")
        assert form.focused is not None
        assert form.query_one("#field-product") in form.focused.ancestors
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert pilot.app.screen is form
        assert "Which product is this?" in text(pilot)
        await press(pilot, "enter", "down", "enter")
        await until(pilot, lambda: "Received 30 pieces of Crown 540" in text(pilot))


async def test_home_is_offered_nothing_of_stock(tmp_path: Path) -> None:
    house = household(tmp_path / "c.db")
    async with house.app().run_test() as pilot:
        await settle(pilot)
        app = app_of(pilot)
        await press(pilot, "f10")
        assert isinstance(app.screen, BenchScreen)
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert titles.isdisjoint({"Stock", "Receive", "Count", "Add"})
        assert "f10" not in app.screen.active_bindings
        products.add_product(house.station, {"name": "Titan", "length": "0.5"})
        await app.learn_products()
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert titles >= {"Stock", "Receive", "Count", "Add"}


async def test_the_keys_of_the_stock_screen(house: House) -> None:
    async with house.app().run_test() as pilot:
        screen = await on_stock(pilot)
        assert screen.chosen is not None
        await press(pilot, "a")
        await form_of(pilot, "Add a product")
        await press(pilot, "escape", "ctrl+e")
        await form_of(pilot, "Mend a product")
        await press(pilot, "escape", "m")
        await form_of(pilot, "Log an order")
        pilot.app.screen.query_one("#field-pieces Input", Input).value = "40"
        await settle(pilot)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        chosen = screen.chosen
        await press(pilot, "ctrl+r")
        form = await form_of(pilot, "Receive a box")
        assert form.said.text("product") == chosen.code
        await scan_torn(pilot, "4006381333931")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialog))
        await press(pilot, "y")
        form = await form_of(pilot, "Receive a box")
        assert form.said.text("product") == ""  # what stood under the cursor need not be what was scanned
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        ordered = chosen.name
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BenchScreen)
    assert stock.stock(house.station, ordered)[0].ordered == 40


async def test_what_expires_first_is_opened_by_a_key(house: House) -> None:
    (row,) = stock.stock(house.station, "Titan 192")
    assert row.next.piece is not None
    async with house.app().run_test() as pilot:
        screen = await on_stock(pilot)
        await press(pilot, "down", "down")
        assert screen.chosen == row
        await press(pilot, "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialog))
        await press(pilot, "y")
        await until(pilot, lambda: pilot.app.screen is screen)
    with house.station.store.reading() as journal:
        assert isinstance(journal.stream(row.next.piece.code)[-1].payload, ev.Opened)


async def on_packs(pilot: Pilot[None], downs: int) -> PacksScreen:
    await on_stock(pilot)
    await press(pilot, *["down"] * downs, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, PacksScreen) and "left" in text(pilot))
    assert isinstance(pilot.app.screen, PacksScreen)
    return pilot.app.screen


async def test_a_pack_is_mended_held_released_and_taken_back(house: House) -> None:
    receive(house.station, Delivery("Titan 192", lot="Z1", pieces="2"))

    def newest() -> PackRow:
        return stock_records.list_packs(house.station, "Titan 192")[0]

    async with house.app().run_test() as pilot:
        screen = await on_packs(pilot, 2)
        assert str(screen.query_one("#product", Words).content) == "Titan 192"
        await press(pilot, "enter")
        await form_of(pilot, "Mend a pack")
        pilot.app.screen.query_one("#field-lot Input", Input).value = "Z2"
        await settle(pilot)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen and "Z2" in text(pilot))
        for key, title, held in (("ctrl+k", "Keep a pack aside", True), ("ctrl+k", "Release a pack", False)):
            await press(pilot, key)
            await form_of(pilot, title)
            pilot.app.screen.query_one("#field-reason Input", Input).value = "wet"
            await settle(pilot)
            await press(pilot, "ctrl+s")
            await until(pilot, lambda: pilot.app.screen is screen)
            assert bool(newest().held) is held
        assert newest().lot == "Z2"
        await press(pilot, "z")
        await form_of(pilot, "Take a receipt back")
        await press(pilot, "ctrl+s")
        assert "Is empty" in text(pilot) or "please write something" in text(pilot)
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StockScreen))


async def test_pieces_without_codes_are_written_off_on_the_screen(house: House) -> None:
    async with house.app().run_test() as pilot:
        screen = await on_packs(pilot, 1)
        await press(pilot, "x")
        await form_of(pilot, "Write pieces off")
        pilot.app.screen.query_one("#field-pieces Input", Input).value = "4"
        pilot.app.screen.query_one("#field-reason Input", Input).value = "fell"
        await settle(pilot)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen and "80 of 84" in text(pilot))


async def test_the_picture_of_packs(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await on_packs(pilot, 2)

    assert not await altered(house.app(), hands)


async def test_a_piece_without_a_code_is_used_out_of_its_box(house: House) -> None:
    (row,) = stock.stock(house.station, "Pen tip 36")
    async with house.app().run_test() as pilot:
        screen = await on_stock(pilot)
        await press(pilot, "down")
        assert screen.chosen == row
        await press(pilot, "v")
        await form_of(pilot, "Use a piece")
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_the_shelf_is_counted_scan_by_scan(house: House) -> None:
    sealed = [
        piece.code
        for piece in (stock.stock(house.station, "Titan 192")[0].next.others)
    ][:2]  # fmt: skip
    async with house.app().run_test() as pilot:
        await on_stock(pilot)
        await press(pilot, "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CountScreen) and " of " in text(pilot))
        await scan(pilot, *sealed)
        await scan_torn(pilot, "4006381333931")
        await until(pilot, lambda: "not known here" in text(pilot) and "2 of" in text(pilot))
        await press(pilot, "z")
        await until(pilot, lambda: "not known here" not in text(pilot))
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialog))
        await press(pilot, "n", "x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialog) and "Writes" in text(pilot))
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, StockScreen))
    code = stock_records.show_product(house.station, "Titan 192").code
    with house.station.store.reading() as journal:
        (counted,) = [each.payload for each in journal.stream(code) if isinstance(each.payload, ev.Counted)]
    assert (counted.found, counted.unknown) == (2, ())


async def test_a_scan_on_which_the_program_fails_does_not_end_a_count(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = stock.stock(house.station, "Titan 192")[0].next.others[0].code

    def failing(station: Station, said: str) -> Scan:
        if said == "[/]garbled":
            raise ValueError(said)
        return identify(station, said)

    monkeypatch.setattr(counting_stock, "identify", failing)
    async with house.app().run_test(notifications=True) as pilot:
        await on_stock(pilot)
        await press(pilot, "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CountScreen) and " of " in text(pilot))
        for key in ("x", "z"):
            await press(pilot, key)
            await until(pilot, lambda: "Nothing is scanned yet" in text(pilot))
            pilot.app.clear_notifications()
        await scan(pilot, sealed)
        await until(pilot, lambda: "1 of" in text(pilot))
        count = pilot.app.screen
        assert isinstance(count, CountScreen)
        for said in ("[/]garbled", "4006381333931", "[/]garbled"):
            count.take_scan(said, "")
        await until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        assert "fault of its own (ValueError)" in text(pilot)
        await press(pilot, "escape")
        await until(pilot, lambda: "not known here" in text(pilot) and "1 of" in text(pilot))
        await press(pilot, "x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialog) and "Writes" in text(pilot))
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, StockScreen))
    with house.station.store.reading() as journal:
        written = [
            each.payload
            for row in stock.stock(house.station)
            for each in journal.stream(row.code)
            if isinstance(each.payload, ev.Counted)
        ]
    assert sum(each.found for each in written) == 1
    assert [code for each in written for code in each.unknown] == ["4006381333931"]


async def test_leaving_a_count_without_a_scan_asks_nothing(house: House) -> None:
    async with house.app().run_test() as pilot:
        await on_stock(pilot)
        await press(pilot, "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CountScreen))
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StockScreen))


async def test_the_labels_of_a_box_go_to_the_printer_named(tmp_path: Path) -> None:
    from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, Printing

    house = stocked(tmp_path / "a.db")
    folder = tmp_path / "printed"
    folder.mkdir()
    printers = {"bench": {"place": f"pdf:{folder}", "media": "50x25"}}
    house.printing = Printing(cache=tmp_path, book=MemoryBook(PrinterPage(printers, "bench", None, {})))
    async with house.app().run_test() as pilot:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, BOX + "AX12Z")
        await form_of(pilot, "Receive a box")
        assert "print them on bench" in text(pilot)
        await press(pilot, "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, BenchScreen))
        await until(pilot, lambda: len(list(folder.iterdir())) == 10)
    assert len(queue.newest_jobs(house.station, 99)) == 10


async def test_the_picture_of_stock(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await on_stock(pilot)
        await press(pilot, "down", "down")
        await settle(pilot)

    assert not await altered(house.app(), hands)


async def test_the_picture_of_no_product(altered: Altered, tmp_path: Path) -> None:
    house = House(tmp_path / "b.db")

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        app_of(pilot).push_screen(StockScreen())
        await until(pilot, lambda: "No product yet" in text(pilot))

    assert not await altered(house.app(), hands)


@pytest.mark.parametrize("body", ["AX12Z", "A123421S0001"], ids=["one lot", "several"])
async def test_the_picture_of_a_box(altered: Altered, house: House, body: str) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app_of(pilot).has_products)
        await scan_torn(pilot, BOX + body)
        await form_of(pilot, "Receive a box")
        await press(pilot, "end")  # the focus selects what stands in a field, sooner or later

    assert not await altered(house.app(), hands)


async def test_the_picture_of_a_count(altered: Altered, house: House) -> None:
    sealed = [each.code for each in stock.stock(house.station, "Titan 192")[0].next.others[:3]]

    async def hands(pilot: Pilot[None]) -> None:
        await on_stock(pilot)
        await press(pilot, "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CountScreen) and " of " in text(pilot))
        await scan(pilot, *sealed, sealed[0])
        await scan_torn(pilot, "4006381333931")
        await until(pilot, lambda: "not known here" in text(pilot) and "3 of" in text(pilot))

    assert not await altered(house.app(), hands)
