"""Events: one canonical form, read strictly, and a chain that shows what was altered."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from harness.event_rows import GOLDEN, GOLDEN_ROWS, STREAMS
from harness.histories import ANN, JAR, NOON, ROLLER, registered, soak, soaked, used
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain.code import ALPHABET
from rollertrack.domain.events import PAYLOADS, Event, Payload, effective, payloads_of, voided_entries
from rollertrack.domain.journal_form import (
    FIRST_HASH,
    Damaged,
    Row,
    chain_hash,
    chained,
    from_json,
    read_row,
    to_json,
)
from rollertrack.errors import BadInput

_texts = st.text(max_size=30)
_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: _texts,
    int: st.integers(-(10**6), 10**6),
    bool: st.booleans(),
    date | None: st.none() | st.dates(),
    tuple[str, ...]: st.lists(_texts, max_size=4).map(tuple),
    ev.Entries: st.lists(st.integers(1, 10**6), max_size=4).map(tuple),
    ev.Mark: st.sampled_from(("", *ALPHABET)),
    ev.Count: st.integers(1, 10**6),
    ev.Tally: st.integers(0, 10**6),
    ev.Money | None: st.none() | st.integers(0, 10**9),
    ev.Count | None: st.none() | st.integers(1, 10**6),
    ev.Offset | None: st.none() | st.integers(-1_439, 1_439),
    ev.Instant | None: st.none() | st.integers(0, 2**62),
    ev.Seconds: st.integers(0, 10**6),
    ev.Seconds | None: st.none() | st.integers(0, 10**6),
    ev.Millimetres | None: st.none() | st.decimals("0.05", "5.00", places=2),
    ev.Percent | None: st.none() | st.decimals("0.01", "100", places=2),
}


def _bodies(payload: type[Payload]) -> st.SearchStrategy[Payload]:
    named = {name: _BY_TYPE[kind] for name, kind in payload.types.items()}
    if issubclass(payload, ev.RollerFacts | ev.ProductFacts):
        needled: dict[str, st.SearchStrategy[Any]] = {
            "form": st.sampled_from(("roller", "stamp", "cartridge"))
        }
        needled["length"] = st.decimals("0.05", "5.00", places=2)
        bare = {"form": st.just("handpiece"), "length": st.none()}
        return st.builds(payload, **named | needled) | st.builds(payload, **named | bare)
    return st.builds(payload, **named)


ALL_KINDS = [(letter, payload) for letter, kinds in PAYLOADS.items() for payload in kinds.values()]


@st.composite
def _events(draw: st.DrawFn) -> Event:
    letter, payload = draw(st.sampled_from(ALL_KINDS))
    instants = st.integers(0, 2**53)
    return Event(
        stream=STREAMS[letter], seq=draw(st.integers(1, 10**6)),
        at=draw(instants), recorded_at=draw(instants), payload=draw(_bodies(payload)),
        offset=draw(st.integers(-1439, 1439)), operator=draw(st.none() | _texts),
        person=draw(st.none() | _texts), solution=draw(st.none() | _texts),
    )  # fmt: skip


@pytest.mark.parametrize(("letter", "payload"), ALL_KINDS, ids=lambda each: getattr(each, "__name__", each))
@settings(max_examples=25)  # of each of some forty kinds, which share a dozen types of facts
@given(st.data())
def test_every_kind_of_event_reads_back_as_written(
    letter: str, payload: type[Payload], data: st.DataObject
) -> None:
    said = data.draw(_bodies(payload))
    offset = data.draw(st.integers(-1439, 1439))
    event = Event(STREAMS[letter], 1, 0, 0, said, offset)
    written = to_json(event)
    assert from_json(event.stream, event.kind, written) == (said, offset)
    assert to_json(event._replace(payload=from_json(event.stream, event.kind, written)[0])) == written


@pytest.mark.parametrize("facts", [{}, {"entry": 1}, {"entry": 1, "reason": "a", "word": "USE"}])
def test_a_body_takes_the_facts_of_its_kind_and_no_others(facts: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Voided takes other facts: "):
        ev.Voided(**facts)


def test_the_facts_of_a_body_stay_as_they_are() -> None:
    payload = ev.Noted(text="as it is")
    with pytest.raises(AttributeError, match="stays as it is"):
        setattr(payload, "text", "another")  # noqa: B010 - a type checker refuses it
    assert payload.changed(text="another") == ev.Noted(text="another") != payload


@given(_events())
def test_the_canonical_form_is_sorted_compact_ascii_and_leaves_defaults_out(event: Event) -> None:
    written = to_json(event)
    values = json.loads(written)
    assert written == json.dumps(values, sort_keys=True, separators=(",", ":"))
    assert written.isascii()
    defaults = event.payload.defaults
    assert not [
        name for name in values if name in defaults and getattr(event.payload, name) == defaults[name]
    ]
    assert not any(isinstance(value, float) for value in values.values())


@given(_events(), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_row_holds_the_whole_event(event: Event, before: str) -> None:
    row = chained(event, before)
    assert read_row(row) == event
    told = before + json.dumps(row[:9], separators=(",", ":"))
    assert row.hash == sha256(told.encode()).hexdigest()


def test_the_golden_rows_hold_every_kind_of_event() -> None:
    held = {(row[0] if row[0] == ev.POLICY_STREAM else row[0][0], row[2]) for row in GOLDEN_ROWS}
    assert held == {(letter, kind) for letter, kinds in PAYLOADS.items() for kind in kinds}


@pytest.mark.parametrize(
    ("row", "event"),
    zip(GOLDEN_ROWS, GOLDEN, strict=True),
    ids=lambda each: str(each[2]) if isinstance(each, tuple) else "",
)
def test_a_row_of_old_reads_the_same_for_ever(row: tuple[Any, ...], event: Event) -> None:
    old = Row(*row)
    assert read_row(old) == event
    assert chained(event, old.prev_hash) == old
    assert chain_hash(old.prev_hash, old[:9]) == old.hash


def test_the_golden_rows_are_one_chain() -> None:
    hashes = [FIRST_HASH, *(row[10] for row in GOLDEN_ROWS)]
    assert [row[9] for row in GOLDEN_ROWS] == hashes[:-1]


_SOUND = {
    ("R", "registered"): '{"length":50,"offset":0}',
    ("R", "used"): '{"findings":["dirty"],"offset":0,"word":"USE"}',
    ("R", "disinfection_started"):
        '{"agent":"alcohol","offset":0,"planned":600,"required":600,"strength":7000}',
    ("R", "disinfected"): '{"agent":"alcohol","offset":0,"seconds":600,"solution_expiry":"2027-01-15"}',
    ("R", "voided"): '{"entry":1,"offset":0,"reason":"x"}',
    ("R", "label_printed"): '{"copies":2,"media":"62","offset":0,"payload":"x","place":"file"}',
    ("P", "session"): '{"entry":1,"length":50,"offset":0,"roller":"RKDTLBNEB"}',
    ("S", "registered"): '{"agent":"alcohol","offset":0,"strength":7000}',
    ("POLICY", "set"): '{"key":"floor.hours","offset":0,"value":"20"}',
}  # fmt: skip


@pytest.mark.parametrize(("stream", "kind"), _SOUND)
def test_the_rows_that_are_damaged_below_were_sound(stream: str, kind: str) -> None:
    from_json(STREAMS[stream], kind, _SOUND[stream, kind])


@pytest.mark.parametrize(
    ("stream", "kind", "changes"),
    [
        ("R", "registered", {"colour": "red"}),
        ("R", "registered", {"length": None}),
        ("R", "registered", {"length": "0.5"}),
        ("R", "registered", {"length": 0.5}),
        ("R", "registered", {"length": True}),
        ("R", "registered", {"length": 4}),
        ("R", "registered", {"length": 501}),
        ("R", "registered", {"length": -50}),
        ("R", "registered", {"form": "syringe"}),
        ("R", "registered", {"form": "handpiece"}),
        ("R", "registered", {"sterile": 1}),
        ("R", "registered", {"name": 5}),
        ("R", "registered", {"needles": 0}),
        ("R", "registered", {"max_uses": 0}),
        ("R", "registered", {"max_uses": -1}),
        ("R", "registered", {"max_uses": 10**30}),
        ("R", "registered", {"max_days": 0}),
        ("R", "registered", {"max_days": 2.0}),
        ("R", "registered", {"expiry": "2027-02-30"}),
        ("R", "registered", {"expiry": "20270115"}),
        ("R", "registered", {"expiry": 20270115}),
        ("R", "registered", {"offset": "0"}),
        ("R", "registered", {"offset": 1.0}),
        ("R", "registered", {"offset": 1440}),
        ("R", "registered", {"offset": -1440}),
        ("R", "used", {"findings": "dirty"}),
        ("R", "used", {"findings": [1]}),
        ("R", "used", {"word": None}),
        ("R", "disinfection_started", {"planned": -1}),
        ("R", "disinfection_started", {"planned": True}),
        ("R", "disinfection_started", {"required": -600}),
        ("R", "disinfection_started", {"strength": 0}),
        ("R", "disinfection_started", {"strength": 10_001}),
        ("R", "disinfected", {"seconds": -7_200}),
        ("R", "disinfected", {"solution_expiry": "never"}),
        ("R", "voided", {"entry": 0}),
        ("R", "voided", {"entry": -1}),
        ("R", "voided", {"entry": "1"}),
        ("R", "label_printed", {"copies": 0}),
        ("R", "label_printed", {"mark": "A"}),
        ("R", "label_printed", {"mark": "DE"}),
        ("R", "label_printed", {"mark": None}),
        ("P", "session", {"length": 0}),
        ("P", "session", {"entry": 0}),
        ("S", "registered", {"strength": 20_000}),
        ("POLICY", "set", {"value": 20}),
    ],
)  # fmt: skip
def test_a_value_out_of_type_or_range_is_damage(stream: str, kind: str, changes: dict[str, Any]) -> None:
    data = json.dumps(json.loads(_SOUND[stream, kind]) | changes)
    with pytest.raises(Damaged):
        from_json(STREAMS[stream], kind, data)


@pytest.mark.parametrize(
    ("stream", "kind", "missing"),
    [
        (stream, kind, name)
        for (stream, kind), name in (
            (("R", "registered"), "offset"),
            (("R", "registered"), "length"),
            (("R", "used"), "word"),
            (("R", "disinfection_started"), "agent"),
            (("R", "disinfection_started"), "planned"),
            (("R", "disinfected"), "seconds"),
            (("R", "voided"), "entry"),
            (("P", "session"), "roller"),
            (("S", "registered"), "agent"),
            (("POLICY", "set"), "key"),
        )
    ],
)
def test_a_missing_field_is_damage(stream: str, kind: str, missing: str) -> None:
    values = json.loads(_SOUND[stream, kind])
    del values[missing]
    with pytest.raises(Damaged):
        from_json(STREAMS[stream], kind, json.dumps(values))


@pytest.mark.parametrize(
    ("stream", "kind", "data"),
    [
        (ROLLER, "teleported", '{"offset":0}'),
        (ROLLER, "session", _SOUND["P", "session"]),
        (ANN, "used", _SOUND["R", "used"]),
        ("XKDTLBNEB", "registered", _SOUND["R", "registered"]),
        ("TKDTLBNEB", "registered", _SOUND["R", "registered"]),
        ("", "registered", _SOUND["R", "registered"]),
        ("POLICIES", "set", _SOUND["POLICY", "set"]),
        (ROLLER, "opened", ""),
        (ROLLER, "opened", "{"),
        (ROLLER, "opened", "null"),
        (ROLLER, "opened", "[]"),
        (ROLLER, "opened", '"opened"'),
        (ROLLER, "opened", '{"offset":NaN}'),
        (ROLLER, "opened", '{"offset":1e999}'),
        (ROLLER, "opened", '{"offset":' + "9" * 5_000 + "}"),
        (ROLLER, "opened", "[" * 100_000),
    ],
)
def test_what_is_no_event_is_damage(stream: str, kind: str, data: str) -> None:
    with pytest.raises(Damaged):
        from_json(stream, kind, data)


def test_the_sentence_names_the_field() -> None:
    with pytest.raises(Damaged, match="has the unknown field 'colour'"):
        from_json(ROLLER, "opened", '{"colour":"red","offset":0}')
    with pytest.raises(Damaged, match="lacks the field 'word'"):
        from_json(ROLLER, "used", '{"offset":0}')


@pytest.mark.parametrize("length", ["0.04", "5.01", "0", "-1", "99"])
def test_no_roller_is_registered_with_a_length_out_of_range(length: str) -> None:
    with pytest.raises(BadInput, match="out of range"):
        registered(length)


@pytest.mark.parametrize("length", ["0.05", "5.00"])
def test_the_shortest_and_the_longest_needles_can_be_registered(length: str) -> None:
    assert registered(length).length == Decimal(length)


def test_only_a_handpiece_has_no_needles() -> None:
    with pytest.raises(BadInput, match="needs its needle length"):
        registered(None)
    with pytest.raises(BadInput, match="no needles"):
        registered("0.5", form="handpiece")
    with pytest.raises(BadInput, match="not known"):
        registered("0.5", form="syringe")
    assert registered(None, form="handpiece").length is None


def _chain() -> list[Row]:
    said: list[tuple[Payload, str | None, str | None]] = [
        (registered(), None, None), (used(), ANN, None), (soak(), None, JAR),
        (ev.DisinfectionEnded(), None, None), (soaked(), None, None),
    ]  # fmt: skip
    rows: list[Row] = []
    for seq, (payload, who, jar) in enumerate(said, 1):
        event = Event(ROLLER, seq, NOON + seq, NOON + seq, payload, 60, "UB", who, jar)
        rows.append(chained(event, rows[-1].hash if rows else FIRST_HASH))
    return rows


def _broken(rows: list[Row]) -> bool:
    before = FIRST_HASH
    for row in rows:
        if row.prev_hash != before or row.hash != chain_hash(before, row[:9]):
            return True
        before = row.hash
    return False


_ALTERED: dict[str, Callable[[Row], Any]] = {
    "stream": lambda _: "RBBBBBBBN",
    "seq": lambda row: row.seq + 1,
    "kind": lambda _: "noted",
    "at": lambda row: row.at - 1,
    "recorded_at": lambda row: row.recorded_at + 1,
    "operator": lambda _: None,
    "person": lambda row: None if row.person else ANN,
    "solution": lambda row: None if row.solution else JAR,
    "data": lambda row: row.data.replace("60", "61"),
    "prev_hash": lambda _: "f" * 64,
    "hash": lambda row: row.hash[::-1],
}


def test_a_chain_as_written_is_whole() -> None:
    assert not _broken(_chain())


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("column", Row._fields)
def test_altering_any_column_of_any_row_shows(column: str, place: int) -> None:
    rows = _chain()
    changed = _ALTERED[column](rows[place])
    assert changed != getattr(rows[place], column)
    rows[place] = rows[place]._replace(**{column: changed})
    assert _broken(rows)


@pytest.mark.parametrize("place", range(4))
def test_dropping_or_swapping_rows_shows(place: int) -> None:
    whole = _chain()
    assert _broken(whole[:place] + whole[place + 1 :])
    assert _broken([*whole[:place], whole[place + 1], whole[place], *whole[place + 2 :]])
    assert _broken([*whole[: place + 1], whole[place], *whole[place + 1 :]])


def test_moving_text_between_columns_shows() -> None:
    row = _chain()[1]
    assert chain_hash(row.prev_hash, row[:9]) != chain_hash(
        row.prev_hash, (*row[:5], row.person, row.operator, *row[7:9])
    )


def test_a_stream_holds_only_its_own_kinds() -> None:
    assert set(payloads_of(ROLLER)) == {
        "registered", "amended", "opened", "used",
        "disinfection_started", "disinfection_ended", "disinfected", "inspected", "bound",
        "quarantined", "released", "recalled", "retired", "noted", "label_printed",
        "label_proven", "doubted", "voided",
    }  # fmt: skip
    assert set(payloads_of(ANN)) == {
        "registered",
        "amended",
        "session",
        "asked",
        "care_given",
        "contraindication",
        "reaction",
        "noted",
        "voided",
    }
    assert {"registered", "tested", "discarded", "voided"} <= set(payloads_of(JAR))
    assert set(payloads_of("UBBBBBBBB")) == set(payloads_of("BBBBBBBBB")) == {
        "registered", "amended", "closed", "reopened", "voided",
    }  # fmt: skip
    assert set(payloads_of(ev.POLICY_STREAM)) == {"set", "voided"}


def _noted(*entries: int | None) -> list[Event]:
    """Notes, and a void of an entry where one is given."""
    payloads = [ev.Noted(text="x") if each is None else ev.Voided(entry=each, reason="x") for each in entries]
    return [Event(ROLLER, seq, NOON, NOON, payload) for seq, payload in enumerate(payloads, 1)]


@pytest.mark.parametrize(
    ("entries", "voided", "left"),
    [
        ((None, None), set(), [1, 2]),
        ((None, 1), {1}, []),
        ((None, 1, 2), {2}, [1]),
        ((None, 1, 2, 3), {1, 3}, []),
        ((None, 1, 1), {1}, []),
        ((None, 1, 1, 2), {1, 2}, []),
        ((None, 2), set(), [1]),
        ((None, 3, None), set(), [1, 3]),
        ((None, 9), set(), [1]),
    ],
)
def test_a_void_takes_one_earlier_entry_back_and_a_void_of_it_brings_it_back(
    entries: tuple[int | None, ...], voided: set[int], left: list[int]
) -> None:
    events = _noted(*entries)
    assert voided_entries(events) == voided
    assert [event.seq for event in effective(events)] == left


def test_what_counts_is_ordered_by_when_it_happened_then_by_entry() -> None:
    events = [
        Event(ROLLER, seq, at, NOON, ev.Noted(text="x"))
        for seq, at in ((1, NOON), (2, NOON - 2), (3, NOON), (4, NOON - 1))
    ]
    assert [event.seq for event in effective(events)] == [2, 4, 1, 3]
