"""Bars, words, columns, colours: everything of the terminal UI that needs no app."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from itertools import pairwise

import pytest
from harness.roller_rows import NOW, PLAIN, SAMPLES, ago, ahead
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.theme import Theme

from rollertrack.domain.rows import RollerRow
from rollertrack.domain.words import State, Word
from rollertrack.tui import palette
from rollertrack.tui.widgets import big_word, roller_columns
from rollertrack.tui.widgets.roller_columns import COLUMNS, Moment, cut, header, pieces, widths
from rollertrack.wording import dates
from rollertrack.wording.records import whose_text

MOMENT = Moment(NOW, UTC)


@pytest.mark.parametrize(
    ("uses", "limit", "width", "bar"),
    [
        (3, 5, 10, "▰▰▰▱▱"),
        (0, 3, 10, "▱▱▱"),
        (3, 3, 10, "▰▰▰"),
        (4, 3, 10, "▰▰▰"),
        (1, 100, 8, "▰▱▱▱▱▱▱▱"),
        (99, 100, 8, "▰▰▰▰▰▰▰▱"),
        (100, 100, 8, "▰▰▰▰▰▰▰▰"),
        (50, 100, 8, "▰▰▰▰▱▱▱▱"),
        (7, None, 8, ""),
        (1, 1, 8, "▰"),
        (1, 2, 0, ""),
    ],
)
def test_a_bar(uses: int, limit: int | None, width: int, bar: str) -> None:
    assert roller_columns.bar(uses, limit, width) == bar


@given(st.integers(0, 400), st.integers(1, 300), st.integers(2, 20))
def test_a_bar_is_full_at_the_limit_only_and_shows_the_first_use(uses: int, limit: int, width: int) -> None:
    used, left = roller_columns.cells(uses, limit, width)
    assert used + left == min(limit, width)
    assert (left == 0) == (uses >= limit)
    assert (used == 0) == (uses == 0)


def test_a_count_names_the_limit_when_there_is_one() -> None:
    assert (roller_columns.count(3, 8), roller_columns.count(3, None)) == ("3/8", "3")


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (ago(hours=2), "today 10:00"),
        (ago(days=1), "21 Nov"),
        (ago(days=16), "6 Nov"),
        (ago(days=380), "7 Nov 25"),
    ],
)
def test_a_past_instant(at: int, text: str) -> None:
    assert dates.when(at, NOW, UTC) == text


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (ago(days=1), "due"),
        (NOW, "due"),
        (ahead(hours=3), "today"),
        (ahead(hours=13), "1 d"),
        (ahead(days=12), "12 d"),
        (ahead(days=99), "99 d"),
        (ahead(days=100), "2 Mar 27"),
    ],
)
def test_a_date_to_come(at: int, text: str) -> None:
    assert dates.days_left(at, NOW, UTC) == text


def test_today_is_today_where_the_reader_is() -> None:
    late, zone = ago(hours=2), timezone(timedelta(hours=13))
    assert dates.when(late, ago(hours=1.5), zone) == "today 23:00"
    assert dates.when(late, NOW, zone) == "22 Nov"


@given(st.integers(60, 220), st.sampled_from(SAMPLES), st.text(max_size=60), st.text(max_size=30))
def test_every_line_fills_exactly_its_columns(total: int, row: RollerRow, name: str, detail: str) -> None:
    columns = widths(total)
    line = pieces(replace(row, name=name, detail=detail), columns, MOMENT)
    text = "".join(piece for piece, _ in line)
    assert text.isprintable()
    assert [cell_len(piece) for piece, _ in line] == [
        COLUMNS[key].lead + width for key, width in columns.items()
    ]
    assert cell_len(text) + 2 <= total
    assert cell_len(header(columns)) == cell_len(text) + 1


def test_a_wider_list_never_shows_fewer_columns() -> None:
    shown = [set(widths(total)) for total in range(40, 240)]
    assert all(narrow <= wide for narrow, wide in pairwise(shown))
    assert shown[-1] == set(COLUMNS)


@pytest.mark.parametrize(("width", "told"), [(78, "✗ stop used up 12/12"), (130, "✗ stop used up 12/12")])
def test_the_state_is_whole_where_there_is_room(width: int, told: str) -> None:
    (text, _), *_ = pieces(replace(PLAIN, state=State.STOP, detail="used up 12/12"), widths(width), MOMENT)
    assert text.strip() == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"bound_to": "PKDTLBNEB", "bound_label": "Anna", "lot": "A1"}, "Anna"),
        ({"bound_to": "PKDTLBNEB", "lot": "A1"}, "PKD-TLB-NEB"),
        ({"lot": "A1"}, "lot A1"),
        ({}, ""),
    ],
)
def test_a_row_says_whose_it_is_or_of_which_lot(facts: dict[str, str], told: str) -> None:
    assert whose_text(replace(PLAIN, **facts)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "width", "seen"),
    [
        ("evening", 7, "evening"),
        ("evening", 6, "eveni…"),
        ("夜のローラー", 6, "夜の…"),
        ("🌙🌙🌙", 5, "🌙🌙…"),
        ("x", 0, ""),
    ],
)
def test_a_long_text_is_cut_by_cells(text: str, width: int, seen: str) -> None:
    assert cut(text, width) == seen
    assert cell_len(seen) <= width


@pytest.mark.parametrize("word", list(Word))
@pytest.mark.parametrize("width", [80, 120])
def test_every_word_is_large_on_every_screen(word: Word, width: int) -> None:
    lines = big_word.letters(word, width, 11)
    assert len(lines) >= big_word.HEIGHT
    assert {len(line) for line in lines} == {max(map(len, lines))}
    assert len(lines[0]) <= width


def test_a_short_word_is_twice_as_large() -> None:
    assert len(big_word.letters(Word.STOP, 80, 11)) == 10
    assert len(big_word.letters(Word.STOP, 80, 9)) == 5
    assert big_word.letters(Word.STOP, 20, 11) == []


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("word", list(Word))
@pytest.mark.parametrize("theme", palette.THEMES, ids=lambda theme: theme.name)
def test_every_word_is_readable_on_every_ground(word: Word, theme: Theme) -> None:
    ink = palette.ink(word, theme.dark)
    for ground in (theme.background, theme.surface, theme.panel, ink.tint):
        assert ground
        assert _contrast(ink.letters, ground) >= 4.5, (word, ground)
    assert _contrast(theme.foreground or "", ink.tint) >= 7
    assert theme.variables[f"verdict-{word.name.lower()}"] == ink.letters


def test_words_differ_without_colour() -> None:
    assert len({word.sign for word in Word}) == len(Word)


def test_the_foundations_load_no_printer_no_picture_and_no_table() -> None:
    modules = ["scanning.scan_input", "terminal_door", "palette"]
    modules += [f"widgets.{name}" for name in ("roller_table", "big_word", "roller_columns", "label_preview")]
    lines = [f"import rollertrack.tui.{name}" for name in modules]
    lines.append("import sys; loaded = {name for name, module in sys.modules.items() if module is not None}")
    lines.append("print(*({'PIL', 'qrcode', 'escpos', 'peewee', 'psycopg'} & loaded))")
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
