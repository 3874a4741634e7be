"""A registration cannot wash blood off: no mend, undoing or new registration lifts what a use brought."""

import pytest
from harness.stations import DAY, HOUR, QUICK_BATH, clock_of, me, ready_roller

from rollertrack.domain.events import Amended, Recalled
from rollertrack.domain.words import State, Word
from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services import (
    checking,
    exporting,
    keeping,
    lists,
    people,
    policies,
    records,
    registering,
    using,
    washing,
)
from rollertrack.services.station import Station, deed
from rollertrack.services.using import Use


def word(station: Station, code: str) -> Word:
    """The gate's word for the first person; the list must not call ready what it stops."""
    asked = checking.check(station, code, person=me(station)).verdict.word
    row = lists.roller_row(station, code)
    assert row is None or row.state is not State.READY or asked in {Word.USE, Word.CARE, Word.WAIT}
    return asked


def used(station: Station, length: str = "0.25", **facts: str) -> str:
    code = registering.add(station, {"length": length, **facts}).codes[0]
    using.use(station, code, Use(me(station), despite="a test"))
    clock_of(station).now += 50 * DAY
    washing.disinfect(station, [code], QUICK_BATH)
    return code


def shared(station: Station) -> str:
    code = used(station)
    using.use(station, code, Use(people.add_person(station, "B.").codes[0], despite="a test"))
    clock_of(station).now += HOUR
    washing.disinfect(station, [code], QUICK_BATH)
    return code


WASHES: dict[str, tuple[str, dict[str, str], dict[str, str | bool], str]] = {
    "no needles any more": ("0.25", {}, {"form": "handpiece"}, "kind"),
    "a shorter length": ("1.5", {}, {"length": "0.25"}, "length"),
    "more uses by the maker": ("1.5", {}, {"max_uses": "9"}, "max-uses"),
    "no limit by the maker": ("0.25", {"max_uses": "1"}, {"max_uses": ""}, "max-uses"),
    "another kind": ("0.25", {"form": "cartridge"}, {"form": "roller"}, "kind"),
    "more days": ("0.25", {"max_days": "9"}, {"max_days": "900"}, "max-days"),
    "a later expiry": ("0.25", {"expiry": "2027-01-20"}, {"expiry": "2028-01-20"}, "expiry"),
    "no expiry": ("0.25", {"expiry": "2027-01-20"}, {"expiry": ""}, "expiry"),
}


@pytest.mark.parametrize(("length", "facts", "mend", "field"), WASHES.values(), ids=WASHES.keys())
def test_what_was_used_is_not_mended_out_of_a_stop(
    station: Station, length: str, facts: dict[str, str], mend: dict[str, str | bool], field: str
) -> None:
    code = used(station, length, **facts)
    assert (word(station, code) is Word.STOP) or field == "kind"
    before, said = word(station, code), list(exporting.export(station))
    with pytest.raises(BadInput, match="used") as refused:
        registering.edit(station, code, mend)
    assert refused.value.field == field
    assert word(station, code) is before
    assert list(exporting.export(station)) == said


@pytest.mark.parametrize("undone", [False, True])
def test_single_use_stays_single_use_after_the_use(station: Station, undone: bool) -> None:
    code = registering.add(station, {"length": "0.25", "single_use": not undone, "sterile": True}).codes[0]
    if undone:
        registering.edit(station, code, {"single_use": True})
    using.use(station, code, Use(me(station), despite="a test"))
    clock_of(station).now += HOUR
    washing.disinfect(station, [code], QUICK_BATH)
    clock_of(station).now += 50 * DAY
    with pytest.raises(BadInput, match=r"it would lift a STOP from a roller that was used\. Single use"):
        if undone:
            keeping.undo(station, code, "a mistake", entry=2)
        else:
            registering.edit(station, code, {"single_use": False})
    assert word(station, code) is Word.STOP


def test_needles_given_by_a_mend_are_not_undone_once_they_were_used(station: Station) -> None:
    code = registering.add(station, {"form": "handpiece"}).codes[0]
    registering.edit(station, code, {"form": "roller", "length": "0.5"})
    using.use(station, code, Use(me(station), despite="a test"))
    with pytest.raises(BadInput, match=r"^entry: .* was used 1 time as a roller, and stays one"):
        keeping.undo(station, code, "a mistake", entry=2)


def test_a_mend_on_which_nothing_was_used_is_undone_and_told(station: Station) -> None:
    code = registering.add(station, {"form": "handpiece"}).codes[0]
    using.use(station, code, Use(me(station), despite="a test"))
    clock_of(station).now += 50 * DAY
    washing.disinfect(station, [code], QUICK_BATH)
    registering.edit(station, code, {"form": "cartridge", "length": "0.5"})
    assert word(station, code) is Word.STOP
    told = keeping.undo(station, code, "the wrong one").message
    assert told.endswith("The gate said STOP (used up 1/1); now it says USE. Its limit is now none, before"
                         " it was 1 use.")  # fmt: skip
    assert word(station, code) is Word.USE


_WASHED = "The gate said WASH FIRST; now it says USE."
_YEAR = "The gate said STOP (expired); now it says USE."
HONEST: dict[str, tuple[dict[str, str | bool], dict[str, str | bool], str]] = {
    "the pack says sterile": ({"length": "0.5"}, {"sterile": True}, _WASHED),
    "a year mistyped": (
        {"length": "0.25", "sterile": True, "expiry": "2027-01-01"}, {"expiry": "2028-01-01"}, _YEAR,
    ),
    "a handpiece after all": ({"length": "0.5"}, {"form": "handpiece"}, ""),
    "a name": ({"length": "0.5"}, {"name": "evening"}, ""),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "mend", "said"), HONEST.values(), ids=HONEST.keys())
def test_what_was_never_used_is_mended_freely_and_a_milder_word_is_told(
    station: Station, facts: dict[str, str | bool], mend: dict[str, str | bool], said: str
) -> None:
    code = registering.add(station, facts).codes[0]
    message = registering.edit(station, code, mend).message
    assert message.endswith(said)
    assert ("The gate said" in message) is bool(said)


def test_a_limit_raised_before_it_is_reached_is_told(station: Station) -> None:
    code = ready_roller(station)
    using.use(station, code, Use(me(station)))
    told = registering.edit(station, code, {"max_uses": "15"}).message
    assert told.endswith(". Its limit is now 15 uses, before it was 10 uses.")


def test_undoing_the_use_is_the_honest_way_and_leaves_its_reason(station: Station) -> None:
    code = used(station, "1.5")
    keeping.undo(station, code, "length mistyped, logged anew", entry=2)
    registering.edit(station, code, {"length": "0.25"})
    using.use(station, code, Use(me(station), despite="a test"))
    assert checking.check(station, code).uses_limit == 10


def test_mending_the_lot_of_a_recalled_roller_lifts_nothing(station: Station) -> None:
    code = registering.add(station, {"length": "0.25", "sterile": True, "lot": "L1"}).codes[0]
    with deed(station) as now:
        now.append(code, Recalled(reason="lot L1"))
    registering.edit(station, code, {"lot": "L2"})
    assert word(station, code) is Word.STOP


def test_what_pricked_skin_is_not_registered_anew_under_its_label(station: Station) -> None:
    code = registering.add(station, {"length": "0.25", "sterile": True}).codes[0]
    using.use(station, code, Use(me(station)))
    keeping.undo(station, code, "a mistake")
    keeping.undo(station, code, "a mistake", entry=1)
    with pytest.raises(BadInput, match=r"^code: a use of .* was logged once"):
        registering.add(station, {"length": "0.25", "sterile": True}, code=code)
    with pytest.raises(BadInput, match=r"^entry: the registration of .* is undone; bring that back first"):
        keeping.undo(station, code, "it was used", entry=3)
    keeping.undo(station, code, "it is this one", entry=4)
    keeping.undo(station, code, "it was used", entry=3)
    assert word(station, code).rank >= Word.WAIT.rank


def test_an_old_journal_that_made_a_handpiece_of_it_is_judged_by_its_needles(station: Station) -> None:
    code = shared(station)
    assert word(station, code) is Word.STOP
    with deed(station) as now:
        now.append(code, Amended(form="handpiece", name="pen"))
    assert word(station, code) is Word.STOP
    answer = checking.check(station, code)
    assert (answer.name, str(answer.length), answer.uses_limit) == ("pen", "0.25", 10)
    with pytest.raises(BadInput, match="stays one"):
        registering.edit(station, code, {"form": "handpiece"})


def test_the_skin_goes_by_the_longer_of_what_was_logged_and_what_is_registered(station: Station) -> None:
    code = ready_roller(station, "0.5")
    using.use(station, code, Use(me(station)))
    other = registering.add(station, {"length": "0.25", "sterile": True}).codes[0]
    clock_of(station).now += 3 * DAY
    assert word(station, other) is Word.CARE
    registering.edit(station, code, {"length": "0.25"})
    assert word(station, other) is Word.CARE
    clock_of(station).now += 17 * DAY
    assert word(station, other) is Word.USE
    registering.edit(station, code, {"length": "0.75"})
    assert word(station, other) is Word.CARE


def test_a_look_that_finds_nothing_leaves_an_earlier_failure(station: Station) -> None:
    code = ready_roller(station)
    keeping.inspect(station, code, fail="bent")
    told = keeping.inspect(station, code).message
    assert told.endswith(
        "passed. An earlier one failed (bent) and stands; if it was wrong, undo it with a reason."
    )
    assert word(station, code) is Word.STOP
    failed = next(line.seq for line in records.log(station, code) if "failed" in line.text)
    keeping.undo(station, code, "another roller", entry=failed)
    assert word(station, code) is Word.USE


def test_a_clinic_says_at_once_that_needles_must_come_sterile(station: Station) -> None:
    policies.set_policy(station, "profile", "clinic")
    assert "allow no use" in registering.add(station, {"length": "0.25"}).warnings[0]
    allowed: tuple[dict[str, str | bool], ...] = ({"length": "0.25", "sterile": True}, {"form": "handpiece"})
    for facts in allowed:
        assert registering.add(station, facts).warnings == ()


def test_refusals_are_one_sentence_and_never_a_traceback(station: Station) -> None:
    code = used(station, "1.5")
    with pytest.raises(RollerTrackError) as refused:
        registering.edit(station, code, {"max_uses": "9"})
    assert refused.value.message.isprintable()
    assert refused.value.exit_status == 2
