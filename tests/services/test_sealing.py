"""The seal: it holds while the journal only grows, and breaks when what was sealed is touched."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from string import ascii_uppercase, digits

import pytest
from harness.house_app import DAY, HOUR, House
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.domain.seal import End, Entry, Seal, entered_first, read_seal, seal_of
from rollertrack.errors import BadInput
from rollertrack.services import forgetting, keeping, sealing, upkeep
from rollertrack.store.store import Store
from rollertrack.wording import seals

STREAMS = ("A", "B", "C")
OLD = "15-BSSDE-PRBTS-HLSHN-ULTHF"
"""Of two streams, as it was written on paper before checks found every slip."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "a.db")
    house.use(house.fresh())
    house.later(HOUR)
    yield house
    house.station.store.close()


def contains(house: House, seal: str) -> bool:
    return sealing.check_seal(house.station, seal).contained


def altered(house: House, statement: str) -> None:
    """What somebody with a tool for databases does."""
    with closing(sqlite3.connect(house.path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        raw.commit()


def test_a_seal_is_short_and_read_as_people_type_it(house: House) -> None:
    text = str(sealing.seal(house.station))
    assert re.fullmatch(r"\d+(-[BDEFGHJKLNOPRSTU]{7}){3}", text)
    for typed in (
        text.replace("-", ""),
        f"Seal{text}",
        f"00{text}",
        text.lower(),
        text.replace("-", " "),
        f" Seal {text} ",
        f"{text}.",
        f"SEAL: {text}",
    ):
        assert str(read_seal(typed)) == text


def test_what_looks_the_same_may_be_typed_for_each_other() -> None:
    for ends in range(60):
        seal = seal_of([End("A", 10 * 158 + ends, "x")])
        number, letters = str(seal).split("-", 1)
        typed = (
            number.translate(str.maketrans("01", "oI"))
            + "-"
            + letters.translate(str.maketrans("OLSB", "0158")),
            number.replace("1", "l") + letters.replace("L", "i").replace("-", "").lower(),
        )
        assert [read_seal(each) for each in typed] == [seal, seal]
    for wrong in ("Seal", "SEALSEAL", "1-AAAAA-AAAAA-AAAAA-AAAAA", ""):
        with pytest.raises(BadInput, match="is no seal"):
            read_seal(wrong)


def test_it_holds_whatever_comes_since(house: House) -> None:
    first = str(sealing.seal(house.station))
    found = sealing.check_seal(house.station, first)
    assert (found.contained, found.seal.entries, found.entries) == (True, found.entries, found.entries)
    house.later(DAY)
    code = house.fresh("weekend")
    house.use(code)
    keeping.undo(house.station, code, "a mistake")
    second = str(sealing.seal(house.station))
    house.later(1)
    house.use(code, ago=12 * HOUR)  # entered now, for a time before
    grown = sealing.check_seal(house.station, first)
    assert grown.contained
    assert grown.entries > grown.seal.entries
    assert grown.sealed_until < house.now - DAY
    assert contains(house, second)
    assert second != first
    upkeep.rebuild(house.station)
    assert contains(house, first)
    assert contains(house, second)
    assert "came since" in seals.seal_contained(5, 7, grown.sealed_until)
    assert "nothing came since" in seals.seal_contained(5, 5, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET hash = 'f' || substr(hash, 2) WHERE kind = 'used'",
        "DELETE FROM event WHERE kind = 'used'",
        "UPDATE event SET recorded_at = recorded_at + 900000000000 WHERE kind = 'used'",
    ],
    ids=["altered", "dropped", "moved"],
)
def test_it_breaks_when_what_was_sealed_is_touched(house: House, statement: str) -> None:
    seal = str(sealing.seal(house.station))
    house.later(HOUR)
    house.roller("since")
    assert contains(house, seal)
    altered(house, statement)
    with closing(Store(house.path, copy_first=False)) as store:
        found = sealing.check_seal(house.station.changed(store=store), seal)
    assert not found.contained
    assert "SEAL: " in seals.seal_missing(found.seal.entries, found.entries)


def test_an_older_journal_and_another_one_lack_it(house: House, tmp_path: Path) -> None:
    upkeep.backup(house.station, str(tmp_path / "old.db"))
    house.roller("since")
    seal = str(sealing.seal(house.station))
    with closing(Store(tmp_path / "old.db")) as old:
        found = sealing.check_seal(house.station.changed(store=old), seal)
    assert (found.contained, found.entries) == (False, found.seal.entries - 1)
    assert "some are gone" in seals.seal_missing(found.seal.entries, found.entries)
    other = House(tmp_path / "b.db")
    for number in range(20):
        other.roller(f"r{number}")
    assert not contains(other, seal)
    assert "another database" in seals.seal_missing(5, 9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "x",
        "12-BDEFG",
        "1" * 13 + "-" + "B" * 21,
        "12-BDEFG-HJKLN-OPRST-UBDEX",
    ],
)
def test_what_is_no_seal_is_refused(house: House, text: str) -> None:
    with pytest.raises(BadInput, match=r"seal: .* is no seal; the number and the letters"):
        sealing.check_seal(house.station, text)


def test_a_person_who_is_forgotten_breaks_no_seal(house: House) -> None:
    person = house.person("ann")
    seal = str(sealing.seal(house.station))
    forgetting.forget(house.station, person)
    assert contains(house, seal)


SIGNS = f"{ascii_uppercase}{digits}-"
LIKE = [set(pair) for pair in ("0O", "1L", "1I", "LI", "5S", "8B")]


@settings(max_examples=25)  # each is tried with every sign in every place: some thirty thousand slips
@given(st.integers(1, 10**12 - 1), st.integers(0, 16**6))
def test_every_sign_mistaken_and_every_two_neighbours_exchanged_are_found(entries: int, state: int) -> None:
    seal = Seal(entries, seal_of([End("A", 1, str(state))]).letters)
    text = str(seal)
    for place, sign in enumerate(text):
        for other in SIGNS:
            is_same = sign == other or {sign, other} in LIKE
            slip = text[:place] + other + text[place + 1 :]
            assert slipped(slip) == (seal if is_same else None), slip
    for place in range(len(text) - 1):
        one, other = text[place], text[place + 1]
        is_same = one == other or ("-" in {one, other} and place > len(str(entries)))  # groups say nothing
        slip = text[:place] + other + one + text[place + 2 :]
        assert slipped(slip) == (seal if is_same else None), slip


@given(st.integers(1, 10**11 - 1), st.integers(0, 16**6), st.data())
def test_a_digit_dropped_or_slipped_in_is_found(entries: int, state: int, data: st.DataObject) -> None:
    number, letters = str(Seal(entries, seal_of([End("A", 1, str(state))]).letters)).split("-", 1)
    place = data.draw(st.integers(0, len(number) - 1))
    more = data.draw(st.sampled_from(digits if place else digits[1:]))  # zeros before it say nothing
    dropped = number[:place] + number[place + 1 :]
    for slip in (dropped, number[:place] + more + number[place:]):
        assert slipped(f"{slip}-{letters}") is None, slip


def slipped(text: str) -> Seal | None:
    try:
        return read_seal(text)
    except BadInput:
        return None


def test_what_was_written_on_paper_before_is_still_read() -> None:
    now = seal_of([End("RKDTLBNEB", 12, "ab"), End("PBBDEFGHO", 3, "cd")])
    before = read_seal(OLD)
    assert (str(before), before.is_old, now.is_old) == (OLD, True, False)
    assert before.seals(now)
    assert not now.seals(before)
    assert not before.seals(now._replace(entries=16))
    for typed in (OLD.lower(), OLD.replace("-", " "), f"Seal: {OLD}", "0" + OLD):
        assert read_seal(typed) == before
    assert "misread" in seals.seal_missing(5, 9, is_old=True)
    assert "misread" not in seals.seal_missing(5, 9)


def test_nothing_is_sealed_by_no_entry(house: House) -> None:
    for nothing in (Seal(0, "B" * 19), Seal(0, "B" * 18)):
        with pytest.raises(BadInput, match="seals no entry"):
            sealing.check_seal(house.station, str(nothing))


@given(st.lists(st.tuples(st.sampled_from(STREAMS), st.integers(0, 3)), max_size=30), st.data())
def test_any_journal_that_only_grew_contains_what_it_was(
    deeds: list[tuple[str, int]], data: st.DataObject
) -> None:
    heads, now, entered = dict.fromkeys(STREAMS, 0), 0, list[Entry]()
    cut = data.draw(st.integers(0, len(deeds)))
    before = seal_of([])
    for place, (stream, waited) in enumerate(deeds):
        if place == cut:
            now += 1  # a deed is one instant: a seal is never made within it
        now += waited
        heads[stream] += 1
        entered.append(Entry(stream, heads[stream], now, f"h{stream}{heads[stream]}"))
        if place == cut - 1:
            before = seal_of(End(*name, f"h{name[0]}{name[1]}") for name in heads.items() if name[1])
    ends, _ = entered_first(sorted(entered), cut)
    assert seal_of(ends.values()) == before
