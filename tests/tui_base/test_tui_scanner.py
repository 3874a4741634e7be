import asyncio
from collections.abc import Callable

import pytest
from harness.scan_app import ScanApp
from harness.terminals import program
from textual import events
from textual.screen import ModalScreen
from textual.widgets import Input

CODE = "RKDTLBNEB"
OTHER = "RBBDEFGHO"
NAMES = {"\r": "enter", "\n": "ctrl+j", "\t": "tab", "\x1b": "escape", "\x80": "f9", " ": "space"}


def press(app: ScanApp, text: str, gap: float, start: float = 10.0) -> None:
    """Put keys in the app's queue, stamped as a driver would have stamped them."""
    for place, char in enumerate(text):
        key = events.Key(NAMES.get(char, char), char)
        key.time = start + place * gap
        app.post_message(key)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not is_so():
            await asyncio.sleep(0.005)


def typed(app: ScanApp) -> str:
    return app.screen.query_one(Input).value


def news(app: ScanApp) -> list[str]:
    return [word for word in app.heard if word not in ("ready", "changed")]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t"])
async def test_a_scan_into_a_field_is_told_and_not_typed(end: str) -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, CODE + end + "x", 0.004)
        await until(lambda: typed(app) == "x" and bool(news(app)))
        assert news(app) == [f"scan:{CODE}"]


async def test_hand_typing_reaches_the_field_whole_and_in_order() -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, CODE + "\r", 0.08)
        await until(lambda: "submitted" in app.heard)
        assert typed(app) == CODE
        assert news(app) == ["submitted"]


async def test_a_single_key_that_could_begin_a_scan_arrives_without_another() -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, "R", 0.0)
        await until(lambda: typed(app) == "R")


async def test_a_key_held_back_after_a_prefixed_scan_does_not_wait_for_the_prefix() -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, f"\x80{CODE}\r", 0.01)
        await until(lambda: "awaited:False" in app.heard)
        press(app, "R", 0.0, start=20.0)
        async with asyncio.timeout(3):
            await until(lambda: typed(app) == "R")


async def test_a_damaged_scan_is_told_with_its_text() -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, "RKDTLBNED\r", 0.004)
        await until(lambda: bool(news(app)))
        assert news(app) == ["unreadable:RKDTLBNED"]
        assert typed(app) == ""


@pytest.mark.parametrize(
    ("keys", "gap", "at_speed"),
    [(f"D{CODE}\r", 0.004, True), (f"\x80D{CODE}\r", 0.3, True), (f"D{CODE}\r", 0.2, False)],
    ids=["scanner", "prefix key", "slow"],
)
async def test_only_what_no_hand_can_have_typed_came_at_speed(keys: str, gap: float, at_speed: bool) -> None:
    app = ScanApp()
    async with app.run_test():
        app.screen.set_focus(None)
        press(app, keys, gap)
        await until(lambda: bool(app.scans))
        assert [(scan.text, scan.code, scan.at_speed) for scan in app.scans] == [(f"D{CODE}", CODE, at_speed)]


async def test_a_marked_scan_into_a_field_is_told_and_a_hand_types_the_same_letters() -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, f"D{CODE}\r", 0.004)
        await until(lambda: bool(app.scans))
        press(app, f"D{CODE}\r", 0.08, start=30.0)
        await until(lambda: "submitted" in app.heard)
        assert typed(app) == f"D{CODE}"
        assert len(app.scans) == 1


async def test_a_scan_is_seen_over_a_modal_screen() -> None:
    app = ScanApp()
    async with app.run_test() as pilot:
        await app.push_screen(ModalScreen())
        press(app, CODE + "\r", 0.004)
        await until(lambda: bool(news(app)))
        await pilot.pause()
        assert news(app) == [f"scan:{CODE}"]


async def test_a_slow_scan_after_the_prefix_key_is_one_scan() -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, f"\x80{CODE}\r", 0.3)
        await until(lambda: "awaited:False" in app.heard)
        assert news(app) == ["awaited:True", f"scan:{CODE}", "awaited:False"]


@pytest.mark.parametrize("paste", [f"{CODE}\n{OTHER}\n", f"{CODE}\r\nRBB-DEF-GHO"])
async def test_a_paste_of_codes_is_scans(paste: str) -> None:
    app = ScanApp()
    async with app.run_test():
        app.post_message(events.Paste(paste))
        await until(lambda: len(news(app)) == 2)
        assert news(app) == [f"scan:{CODE}", f"scan:{OTHER}"]
        assert typed(app) == ""
        assert not any(scan.at_speed for scan in app.scans)


async def test_a_paste_of_text_goes_into_the_field_after_the_keys_before_it() -> None:
    app = ScanApp()
    async with app.run_test():
        press(app, "R", 0.0)
        app.post_message(events.Paste(f"ent of {CODE}"))
        await until(lambda: typed(app) == f"Rent of {CODE}")


@pytest.mark.parametrize("gap", [0.0, 0.036, 0.08, 0.25])
@pytest.mark.parametrize("end", ["\r", "\r\n", "\t"])
async def test_a_code_where_nothing_takes_text_is_a_scan_at_any_speed(gap: float, end: str) -> None:
    app = ScanApp()
    async with app.run_test():
        app.screen.set_focus(None)
        press(app, CODE + end, gap)
        press(app, "x", gap, start=20.0)
        await until(lambda: "key:x" in app.heard and any(word.startswith("scan") for word in app.heard))
        told = [word for word in news(app) if word in {"key:enter", "key:tab"} or not word.startswith("key:")]
        assert told == [f"scan:{CODE}"]


@pytest.mark.parametrize("text", ["4006381333931", "ABCDEFGHI", "RKDTLBNED", "WAREHOUSE/17"])
@pytest.mark.parametrize("gap", [0.0, 0.08])
async def test_foreign_text_where_nothing_takes_it_is_told_and_its_end_does_nothing(
    text: str, gap: float
) -> None:
    app = ScanApp()
    async with app.run_test():
        app.screen.set_focus(None)
        press(app, text + "\r", gap)
        press(app, "x", gap, start=20.0)
        await until(lambda: "key:x" in app.heard and f"unreadable:{text}" in app.heard)
        assert "key:enter" not in app.heard


async def test_a_slow_link_is_no_hotkeys_and_a_scan() -> None:
    link, app = f"HTTP://X.LAN/R/{CODE}", ScanApp()
    async with app.run_test():
        app.screen.set_focus(None)
        press(app, link + "\r", 0.2)
        await until(lambda: f"scan:{CODE}" in app.heard)
        assert "key:slash" not in app.heard


async def test_a_few_keys_and_enter_are_keys() -> None:
    app = ScanApp()
    async with app.run_test():
        app.screen.set_focus(None)
        press(app, "REST\r", 0.1)
        await until(lambda: "key:enter" in app.heard)


async def test_without_a_gap_a_pilot_types_at_once() -> None:
    app = ScanApp(scan_gap=0)
    async with app.run_test() as pilot:
        await pilot.press(*"RKD")
        assert typed(app) == "RKD"


def test_a_scanner_on_a_real_terminal() -> None:
    with program("scan_app.py", columns=200) as terminal:  # all that is heard stands in one line
        terminal.wait_for("heard ready.")
        terminal.type(b"quiet \x1b[C")  # the arrow ends the burst
        terminal.wait_for("typed <quiet >")
        terminal.type(CODE.encode() + b"\r\n" + f"HTTP://ROLLER.LOCAL:8080/R/{OTHER}".encode() + b"\r")
        terminal.wait_for(f"scan:{CODE} scan:{OTHER}.")
        terminal.type(b"RKDTLBNED\t")
        terminal.wait_for("unreadable:RKDTLBNED.")
        terminal.type(f"\x1b[200~{CODE}\n\x1b[201~".encode())
        terminal.wait_for(f"unreadable:RKDTLBNED scan:{CODE}.")
        terminal.type(b"RENT\x1bOQ")
        terminal.wait_for("typed <quiet RENT>")
        assert b"submitted" not in terminal.written


def test_a_slow_scanner_on_a_real_terminal() -> None:
    with program("scan_app.py") as terminal:
        terminal.wait_for("heard ready.")
        terminal.type(b"\x1bOR")
        terminal.wait_for("left.")
        for letter in CODE:
            terminal.type(letter.encode())
            terminal.wait_for(f"key:{letter}.", start=len(terminal.written))
        terminal.type(b"\r")
        terminal.wait_for(f"scan:{CODE}.")
        for digit in "4006381":
            terminal.type(digit.encode())
            terminal.wait_for(f"key:{digit}.", start=len(terminal.written))
        terminal.type(b"\r")
        terminal.wait_for("unreadable:4006381.")
        assert b"key:enter" not in terminal.written


def test_the_prefix_key_on_a_real_terminal() -> None:
    with program("scan_app.py") as terminal:
        terminal.wait_for("heard ready.")
        terminal.type(b"\x1b[20~")
        terminal.wait_for("awaited:True.")
        for letter in CODE:
            terminal.type(letter.encode())
        terminal.type(b"\r")
        terminal.wait_for(f"scan:{CODE} awaited:False.")
        assert b"changed" not in terminal.written


@pytest.mark.parametrize("key", ["caps_lock", "num_lock", "left_shift", "right_shift", "iso_level3_shift"])
async def test_a_lock_or_modifier_key_types_nothing_and_parts_no_scan(key: str) -> None:
    app = ScanApp()
    async with app.run_test():
        for place, letter in enumerate(CODE):
            for name, character in ((key, "A"), (letter, letter)):
                event = events.Key(name, character)
                event.time = 10.0 + place * 0.004
                app.post_message(event)
        press(app, "\r", 0.0, start=10.05)
        await until(lambda: bool(app.scans))
        press(app, "x", 0.0, start=20.0)
        await until(lambda: typed(app) == "x")
        assert (app.scans[0].code, app.scans[0].at_speed) == (CODE, True)


async def test_control_bytes_of_a_slow_scanner_leave_the_code_whole_and_do_nothing() -> None:
    app = ScanApp()
    async with app.run_test():
        app.screen.set_focus(None)
        for place, name in enumerate([*CODE, "ctrl+@", "ctrl+d", "ctrl+right_square_bracket", "f8", "enter"]):
            event = events.Key(name, name if len(name) == 1 else None)
            event.time = 10.0 + place * 0.05
            app.post_message(event)
        await until(lambda: bool(app.scans))
        assert [word for word in news(app) if len(word) > len("key:R")] == [f"scan:{CODE}"]


async def test_letters_in_a_slow_makers_barcode_are_no_hotkeys() -> None:
    app = ScanApp()
    async with app.run_test():
        app.screen.set_focus(None)
        press(app, "(10)acim\r", 0.06)
        await until(lambda: "unreadable:(10)acim" in app.heard)
        assert not {"key:a", "key:c", "key:i", "key:m"} & set(app.heard)
