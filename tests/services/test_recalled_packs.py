"""A recall of a lot puts its packs aside too: what lies in them has no code yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.stations import clock_of, me, station_at

from rollertrack.domain.trace import Question
from rollertrack.domain.verdict import Refused
from rollertrack.errors import BadInput
from rollertrack.services import incident_files, incidents, packs, products, recalling, upkeep
from rollertrack.services.deliveries import Delivery
from rollertrack.services.pieces import use_piece
from rollertrack.services.receiving import receive
from rollertrack.services.station import Station
from rollertrack.services.stock_names import pack_of
from rollertrack.services.using import Use

LOT = Question("lot", "A12")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as made:
        products.add_product(made, {"name": "Pen tip", "form": "cartridge", "length": "0.5", "coded": False})
        yield made
        assert upkeep.verify(made).fault == ""


def pack(station: Station, lot: str) -> str:
    return receive(station, Delivery("Pen tip", lot=lot, pieces="10")).codes[0]


def held(station: Station, code: str) -> str:
    with station.store.reading() as journal:
        return pack_of(journal, code).held


def test_a_pack_of_the_lot_is_put_aside_and_released_with_its_incident(station: Station) -> None:
    first, other = pack(station, "A-12"), pack(station, "B7")
    done = recalling.recall(station, LOT, "the maker's letter")
    incident = done.codes[0]
    assert done.codes == (incident, first)
    assert done.message.startswith("Put aside 0 rollers and 1 pack: incident")
    assert (held(station, first), held(station, other)) == ("recalled", "")
    assert incident_files.show_incident(station, incident).incident.packs == (first,)
    with pytest.raises(Refused, match="the maker's letter"):
        use_piece(station, first, Use(me(station)))
    clock_of(station).now += 1
    assert recalling.recall(station, LOT, "again").codes == (incident,)
    more = pack(station, "a 12")
    assert recalling.recall(station, LOT, "a second box").codes == (incident, more)
    assert set(incidents.release(station, incident, "another lot").codes) == {first, more}
    assert held(station, first) == ""
    with pytest.raises(BadInput, match="incident"):
        incidents.release(station, incident, "again")


def test_a_pack_is_found_under_the_lot_that_was_mended_away(station: Station) -> None:
    code = pack(station, "A-12")
    packs.edit_pack(station, code, {"lot": "B7"})
    assert code in recalling.recall(station, LOT, "the maker's letter").codes
