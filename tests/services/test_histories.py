"""Whatever is done in whatever order: journal, lists, counts and the gate agree afterwards."""

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, MINUTE, START, Clock, clock_of, station_at
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.domain import gate
from rollertrack.domain import person as persons
from rollertrack.domain import roller as rollers
from rollertrack.domain.clock_rules import CLOCK_RULES
from rollertrack.domain.code import Kind
from rollertrack.domain.events import POLICY_STREAM, LabelPrinted, Used, effective
from rollertrack.domain.rules import CONDITION_RULES, held, limited
from rollertrack.domain.standing import forecast, standing
from rollertrack.domain.words import State, Word
from rollertrack.errors import RollerTrackError
from rollertrack.services import (
    exporting,
    keeping,
    lists,
    people,
    policies,
    records,
    registering,
    upkeep,
    using,
    washing,
)
from rollertrack.services.labels import marks, proving
from rollertrack.services.station import Station, deed, roller_of
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.store import terms
from rollertrack.store.derived_rollers import standing_of
from rollertrack.store.tables import DERIVED, RollerRecord, StreamRow

Step = Callable[[Station], object]
AGENTS = ("alcohol", "peroxide", "uv", "soap", "glutaraldehyde", "gin")
SETTINGS = (
    ("profile", "clinic"), ("profile", "home"), ("uses.to-0.30", "2"), ("age.days", "5"),
    ("freshness.hours", "3"), ("floor.hours", "1"), ("agent.alcohol.role", "cleans"),
    ("agent.alcohol.minutes", "30"), ("length.professional", "0.25"), ("due.days", "none"),
)  # fmt: skip
EDITS = (
    {"length": "1.5"}, {"length": "0.25"}, {"max_uses": "3"}, {"max_days": "9"}, {"expiry": "2027-01-20"},
    {"sterile": True}, {"single_use": True}, {"form": "handpiece"}, {"form": "cartridge", "length": "1"},
)  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four rollers and two persons, the codes of which follow from the dice."""
    path = tmp_path_factory.mktemp("template") / "a.db"
    with station_at(path) as station:
        people.add_person(station, "you")
        for length in ("0.25", "0.5", "1.5"):
            registering.add(station, {"length": length, "name": f"roller {length}"})
        registering.add(station, {"length": "0.2", "sterile": True, "max_uses": "4"})
    return path


def codes(station: Station, letter: Kind) -> list[str]:
    """The codes ever given out, also those whose registration was undone."""
    query = StreamRow.select(StreamRow.code).where(StreamRow.code.startswith(letter.value))
    return sorted(code for (code,) in query.tuples().execute(station.store.database.orm))


def _at(station: Station, back: int | None) -> int | None:
    return None if back is None else station.clock() - back


nth = st.integers(0, 3)
person = st.sampled_from((None, 0, 1))
back = st.one_of(st.none(), st.sampled_from((MINUTE, HOUR, 30 * HOUR, 4 * DAY, -DAY)))
text = st.sampled_from(("", "because", "[red]x[/]"))
entry = st.one_of(st.none(), st.integers(1, 9))


def _use(which: int, whom: int | None, ack: bool, despite: str, ago: int | None) -> Step:
    def step(station: Station) -> object:
        who = None if whom is None else codes(station, Kind.PERSON)[whom]
        said = Use(who, "face", acknowledged=ack, despite=despite)
        return using.use(station, codes(station, Kind.ROLLER)[which], said, at=_at(station, ago))

    return step


def _soak(which: list[int], agent: str, minutes: str, ago: int | None) -> Step:
    def step(station: Station) -> object:
        chosen = [codes(station, Kind.ROLLER)[each] for each in which]
        return washing.soak(station, chosen, Bath(agent, minutes=minutes), at=_at(station, ago))

    return step


def _disinfect(which: list[int], agent: str, minutes: str, ago: int | None) -> Step:
    def step(station: Station) -> object:
        chosen = [codes(station, Kind.ROLLER)[each] for each in which]
        return washing.disinfect(station, chosen, Bath(agent, minutes=minutes), at=_at(station, ago))

    return step


def _done(which: list[int], early: bool, ago: int | None) -> Step:
    return lambda station: washing.done(
        station, [codes(station, Kind.ROLLER)[each] for each in which], early=early, at=_at(station, ago)
    )


def _keep(deed: str, which: int, reason: str, ago: int | None) -> Step:
    def step(station: Station) -> object:
        code, at = codes(station, Kind.ROLLER)[which], _at(station, ago)
        match deed:
            case "open":
                return registering.open_pack(station, code, at=at)
            case "fail":
                return keeping.inspect(station, code, fail=reason, at=at)
            case "look":
                return keeping.inspect(station, code, at=at)
            case _:
                return getattr(keeping, deed)(station, code, reason, at=at)

    return step


def _print(which: int, ago: int | None) -> Step:
    def step(station: Station) -> object:
        code = codes(station, Kind.ROLLER)[which]
        with deed(station, _at(station, ago)) as now:
            mark = marks.next_label_mark(now.journal, code)
            return now.append(code, LabelPrinted(media="62", place="bench", payload=code, mark=mark))

    return step


def _prove(which: int, mark: str, ago: int | None) -> Step:
    return lambda station: proving.prove(
        station, codes(station, Kind.ROLLER)[which], mark, at=_at(station, ago)
    )


def _undo(letter: Kind, which: int, number: int | None) -> Step:
    def step(station: Station) -> object:
        found = codes(station, letter)
        return keeping.undo(station, found[which % len(found)], "mistake", entry=number)

    return step


def _edit(which: int, typed: dict[str, str | bool]) -> Step:
    return lambda station: registering.edit(station, codes(station, Kind.ROLLER)[which], typed)


def _set(setting: tuple[str, str]) -> Step:
    return lambda station: policies.set_policy(station, *setting)


def _wait(micros: int) -> Step:
    def step(station: Station) -> None:
        clock_of(station).now += micros

    return step


def _together(steps: list[Step]) -> Step:
    """Several deeds in one transaction; those refused leave the others alone."""

    def step(station: Station) -> None:
        with station.store.transaction():
            for each in steps:
                with suppress(RollerTrackError):
                    each(station)

    return step


some = st.lists(nth, min_size=1, max_size=3)
minutes = st.sampled_from(("", "5", "10", "30"))
agent = st.sampled_from(AGENTS)
deeds = st.sampled_from(("open", "fail", "look", "quarantine", "release", "retire", "note"))
one = st.one_of(
    st.builds(_use, nth, person, st.booleans(), text, back),
    st.builds(_use, nth, person, st.booleans(), st.just("because"), back),
    st.builds(_soak, some, agent, minutes, back),
    st.builds(_disinfect, some, agent, minutes, back),
    st.builds(_done, some, st.booleans(), back),
    st.builds(_keep, deeds, nth, text, back),
    st.builds(_print, nth, back),
    st.builds(_prove, nth, st.sampled_from(("", "", "D", "E")), back),
    st.builds(_undo, st.sampled_from((Kind.ROLLER, Kind.ROLLER, Kind.PERSON)), nth, entry),
    st.builds(_edit, nth, st.sampled_from(EDITS)),
    st.builds(_set, st.sampled_from(SETTINGS)),
    st.builds(_wait, st.sampled_from((MINUTE, 10 * MINUTE, HOUR, 20 * HOUR, 3 * DAY, 40 * DAY, -HOUR))),
)
histories = st.lists(st.one_of(one, one, st.builds(_together, st.lists(one, max_size=4))), max_size=30)


@settings(max_examples=60, deadline=None)
@given(history=histories)
def test_journal_lists_counts_and_gate_agree_after_any_history(history: list[Step], template: Path) -> None:
    path = template.with_name("copy.db")
    shutil.copyfile(template, path)
    with station_at(path, Clock(START + HOUR)) as station:
        for step in history:
            before = list(exporting.export(station))
            try:
                step(station)
            except RollerTrackError as error:
                assert error.message.isprintable()
                assert list(exporting.export(station)) == before
        _sessions_are_the_uses(station)
        for instant in _turns(station):
            clock_of(station).now = instant
            _lists_agree_with_the_gate(station)
        _unproven_labels_are_listed(station)
        _rebuilding_changes_nothing(station)


def _turns(station: Station) -> list[int]:
    """Now and later, and the instants at which a row turns, each from both sides."""
    now = station.clock()
    turns = {row.until for row in lists.rows_for_list(station) if row.until}
    return [now, *sorted({turn + step for turn in turns for step in (-1, 0, 1)}), now + 200 * DAY]


def _sessions_are_the_uses(station: Station) -> None:
    with station.store.reading() as journal:
        used = Counter(
            (event.person, event.stream, event.seq)
            for code in codes(station, Kind.ROLLER)
            for event in effective(journal.stream(code))
            if isinstance(event.payload, Used)
        )
        felt = Counter[tuple[str | None, str, int]]()
        for code in codes(station, Kind.PERSON):
            folded = persons.fold(code, journal.stream(code))
            sessions = folded.sessions if folded else ()
            felt.update((code, session.roller, session.entry) for session in sessions)
    assert used == felt


def _lists_agree_with_the_gate(station: Station) -> None:
    now = station.clock()
    retired = lists.rows_for_list(station, state=State.RETIRED)
    rows = {row.code: row for row in (*lists.rows_for_list(station), *retired)}
    with station.store.reading() as journal:
        registered = [
            code
            for code in codes(station, Kind.ROLLER)
            if rollers.fold(code, journal.stream(code)).facts is not None
        ]
    assert sorted(rows) == registered
    assert lists.overview(station).counts == {
        state: sum(row.state is state for row in rows.values()) for state in lists.overview(station).counts
    }
    with station.store.reading() as journal:
        for code, row in rows.items():
            if row.state is State.READY:
                assert roller_of(journal, code, now).dirty_since is None
        columns = (RollerRecord, terms.replace_term(now).alias("on"))
        for kept in RollerRecord.select(*columns).dicts().execute(station.store.database.orm):
            facts = standing_of(kept)
            assert kept["on"] == forecast(facts, now).on
            assert rows[kept["code"]].state is facts.state(now)
            assert facts.word(now) is _own_word(station, kept["code"], now)


def _unproven_labels_are_listed(station: Station) -> None:
    records_of = {row.code: records.show(station, row.code) for row in lists.rows_for_list(station)}
    waiting = {
        (code, record.label_printed_at, record.label_mark)
        for code, record in records_of.items()
        if record.label_printed_at is not None and record.label_proven_at is None
    }
    with station.store.reading() as journal:
        held = {code for code in records_of if standing(roller_of(journal, code), journal.policy()).held}
    assert {(row.code, row.printed_at, row.mark) for row in proving.unproven(station)} == {
        each for each in waiting if each[0] not in held
    }


def _own_word(station: Station, code: str, now: int) -> Word:
    """The worst word of the rules about the roller alone."""
    with station.store.reading() as journal:
        roller, policy = rollers.fold(code, journal.stream(code)), journal.policy()
        question = gate.question(roller, policy, now)
        found = [*held(question), *limited(question)]
        found += [said for rule in (*CLOCK_RULES, *CONDITION_RULES) if (said := rule(question))]
        return max((each.word for each in found), key=lambda word: word.rank, default=Word.USE)


def _rebuilding_changes_nothing(station: Station) -> None:
    def kept() -> list[list[tuple[object, ...]]]:
        return [
            sorted(
                table.select(*(field for field in table._meta.sorted_fields if field.name != "id"))
                .tuples()
                .execute(station.store.database.orm),
                key=repr,
            )
            for table in DERIVED
        ]

    before, proved = kept(), upkeep.verify(station)
    assert proved.fault == ""
    upkeep.rebuild(station)
    assert kept() == before
    assert upkeep.verify(station) == proved


def test_the_policy_is_a_stream_like_any_other(template: Path) -> None:
    path = template.with_name("policy.db")
    shutil.copyfile(template, path)
    with station_at(path) as station:
        policies.set_policy(station, "age.days", "30")
        with station.store.reading() as journal:
            assert [event.seq for event in journal.stream(POLICY_STREAM)] == [1]
