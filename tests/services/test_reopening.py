"""A bin or an operator that was closed by mistake is opened again; undo takes the newest deed."""

import pytest
from harness.stations import ready_roller

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import keeping, people, records
from rollertrack.services.station import Station, deed


@pytest.mark.parametrize("kind", [Kind.BIN, Kind.OPERATOR])
def test_what_was_closed_is_opened_again_and_can_be_closed_once_more(station: Station, kind: Kind) -> None:
    code = people.add_named(station, kind, "yellow").codes[0]
    with pytest.raises(BadInput, match="is not closed; there is nothing to reopen"):
        people.reopen_named(station, kind, code)
    people.close_named(station, kind, code)
    (row,) = people.list_named(station, kind)
    assert row.closed_at is not None
    people.reopen_named(station, kind, code, "half full")
    assert people.list_named(station, kind)[0].closed_at is None
    assert "half full" in records.log(station, code)[0].text
    people.close_named(station, kind, code)
    assert people.list_named(station, kind)[0].closed_at is not None


def test_what_is_not_on_record_is_not_opened(station: Station) -> None:
    code = ready_roller(station)
    with pytest.raises(BadCode):
        people.reopen_named(station, Kind.BIN, code)


def test_a_bin_opened_again_takes_rollers(station: Station) -> None:
    code, sharps = ready_roller(station), people.add_named(station, Kind.BIN, "yellow").codes[0]
    people.close_named(station, Kind.BIN, sharps)
    with pytest.raises(BadInput, match="is closed"):
        keeping.retire(station, code, "worn", sharps_bin=sharps)
    people.reopen_named(station, Kind.BIN, sharps)
    keeping.retire(station, code, "worn", sharps_bin=sharps)


def test_undo_passes_over_what_tells_of_a_label_as_the_card_does(station: Station) -> None:
    code = ready_roller(station)
    keeping.note(station, code, "soft handle")
    with deed(station) as now:
        now.append(code, ev.LabelPrinted(media="62", place="desk", payload=code))
        newest = keeping.newest_entry(now, code)
    done = keeping.undo(station, code, "wrong roller")
    assert newest.payload == ev.Noted(text="soft handle")
    voided = [line for line in records.log(station, code) if line.voided]
    assert [line.seq for line in voided] == [newest.seq]
    assert done.deed == "undo"
