import pytest
from harness.form_app import Place
from harness.form_pilot import hand

from rollertrack.domain.code import Kind
from rollertrack.domain.events import Inspected, LabelPrinted, Noted, Quarantined, Released, Retired, Voided
from rollertrack.services import keeping, people, using, washing
from rollertrack.services.station import deed

HOSTILE = "[@click=app.quit]x[/] [/nope]"


@pytest.mark.parametrize(
    ("deed", "key", "kind"),
    [
        ("quarantine", "reason", Quarantined),
        ("note", "note", Noted),
        ("retire", "reason", Retired),
    ],
)
async def test_a_reason_is_asked_for_and_kept_as_it_is(
    place: Place, deed: str, key: str, kind: type[object]
) -> None:
    code = place.roller()
    what = code if deed == "note" else [code]
    async with hand(place, lambda app: app.perform(deed, what)) as one:
        await one.confirm()
        assert one.is_open()
        assert "is empty" in one.sentence(key).lower()
        await one.fill(**{key: HOSTILE})
        await one.confirm()
        assert not one.is_open()
    last = place.entries(code)[-1]
    assert isinstance(last, kind)
    assert HOSTILE in (getattr(last, "reason", ""), getattr(last, "text", ""))


async def test_release_brings_a_roller_back(place: Place) -> None:
    code = place.roller()
    keeping.quarantine(place.station, code, "dropped")
    async with hand(place, lambda app: app.perform("release", [code])) as one:
        await one.fill(reason="looked at")
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == Released(reason="looked at")


async def test_release_of_what_is_not_in_quarantine_stays_open(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("release", [code])) as one:
        await one.fill(reason="looked at")
        await one.confirm()
        assert one.is_open()
        assert "is not in quarantine" in one.line("error")
    assert len(place.entries(code)) == 1


async def test_retire_names_the_bin(place: Place) -> None:
    code = place.roller()
    sharps = people.add_named(place.station, Kind.BIN, "[red]big[/]").codes[0]
    closed = people.add_named(place.station, Kind.BIN, "full").codes[0]
    people.close_named(place.station, Kind.BIN, closed)
    async with hand(place, lambda app: app.perform("retire", [code])) as one:
        await one.fill(reason="used up", bin=sharps)
        with pytest.raises(Exception, match="Illegal select value"):
            await one.fill(bin=closed)
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == Retired(reason="used up", bin=sharps)


async def test_an_inspection_is_fine_by_one_confirmation(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("inspect", code)) as one:
        assert not one.shown("fail")
        await one.confirm()
    assert place.entries(code)[-1] == Inspected(ok=True)


async def test_a_failed_inspection_says_why(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("inspect", code)) as one:
        await one.press("right")
        assert "failed its inspection" in one.line("result")
        await one.confirm()
        assert one.is_open()
        await one.fill(fail="rust")
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == Inspected(ok=False, reason="rust")


async def test_undo_proposes_the_newest_entry_and_takes_the_session_back(place: Place) -> None:
    code = place.roller()
    washing.disinfect(place.station, [code], washing.Bath(agent="alcohol", minutes="10"))
    using.use(place.station, code, using.Use(area="face"))
    with deed(place.station) as now:
        now.append(code, LabelPrinted(media="62", place="bench", payload=code))
    async with hand(place, lambda app: app.perform("undo", code)) as one:
        await one.fill(reason="wrong roller")
        assert "Undid entry 3" in one.line("result")
        assert len(place.entries(code)) == 4
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == Voided(entry=3, reason="wrong roller")
    assert isinstance(place.entries(place.me)[-1], Voided)


async def test_an_undo_can_be_undone_by_choosing_it(place: Place) -> None:
    code = place.roller()
    keeping.note(place.station, code, HOSTILE)
    keeping.undo(place.station, code, "mistake")
    async with hand(place, lambda app: app.perform("undo", code, 3)) as one:
        await one.fill(reason="no mistake")
        await one.confirm()
        assert not one.is_open()
    assert place.entries(code)[-1] == Voided(entry=3, reason="no mistake")


async def test_what_cannot_be_undone_is_said_under_the_entry(place: Place) -> None:
    code = place.roller()
    keeping.note(place.station, code, "a")
    async with hand(place, lambda app: app.perform("undo", code)) as one:
        await one.fill(entry="1", reason="mistake")
        assert "carries other entries" in one.sentence("entry")
        await one.confirm()
        assert one.is_open()
    assert len(place.entries(code)) == 2


async def test_a_person_is_undone_too(place: Place) -> None:
    people.edit_person(place.station, place.me, contraindications=["eczema"])
    async with hand(place, lambda app: app.perform("undo", place.me)) as one:
        await one.fill(reason="mistake")
        await one.confirm()
        assert not one.is_open()
    assert isinstance(place.entries(place.me)[-1], Voided)
