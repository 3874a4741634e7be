"""A recall of a lot puts its packs aside too: what lies in them has no code yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.stations import clock_of, me, station_at

from rollertrack.domain.code import shown
from rollertrack.domain.trace import Question, Reach, Trace
from rollertrack.domain.verdict import Refused
from rollertrack.errors import BadInput
from rollertrack.services import (
    incident_files,
    incidents,
    packs,
    products,
    recalling,
    trace_questions,
    tracing,
    upkeep,
)
from rollertrack.services.deliveries import Delivery
from rollertrack.services.pieces import use_piece
from rollertrack.services.receiving import receive
from rollertrack.services.station import Station
from rollertrack.services.stock_names import pack_of
from rollertrack.services.trace_questions import Asked
from rollertrack.services.using import Use
from rollertrack.wording.traces import about_text, why

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


def taken(station: Station, pack_: str) -> str:
    """The code of a piece that was taken out of a pack and used."""
    clock_of(station).now += 1
    return use_piece(station, pack_, Use(me(station), despite="as it was")).codes[0]


def mended(station: Station, pack_: str, lot: str) -> None:
    clock_of(station).now += 1
    packs.edit_pack(station, pack_, {"lot": lot})


def found(station: Station, lot: str) -> Trace:
    return tracing.trace(station, Question("lot", lot)).trace


def test_a_piece_is_found_under_every_lot_that_its_pack_ever_had(station: Station) -> None:
    box = pack(station, "Z1")
    mended(station, box, "Z2")
    piece = taken(station, box)
    mended(station, box, "Z3")
    for lot in ("Z1", "z-2", "Z 3"):
        traced = found(station, lot)
        assert (*traced.sets["has"], *traced.sets["had"]) == (piece,)
        assert traced.sets["persons"] == (me(station),)
    assert found(station, "Z3").sets["had"] in {(), (piece,)}
    assert found(station, "Z4").sets["had"] == ()
    (row,) = (row for row in found(station, "Z1").rows if row.what == "had")
    assert why(row).startswith(f"its pack {shown(box)} had lot Z1, now ")
    done = recalling.recall(station, Question("lot", "Z1"), "a letter")
    assert set(done.codes[1:]) == {piece, box}
    assert "1 person to tell" in done.message


def test_a_pack_that_reads_alike_makes_its_pieces_near(station: Station) -> None:
    box = pack(station, "O1L")
    mended(station, box, "B7")
    piece = taken(station, box)
    traced = found(station, "011")
    assert (traced.sets["near"], traced.sets["had"]) == ((piece,), ())
    assert [row.code for row in traced.rows if row.what == "near pack"] == [box]


def test_a_pack_without_a_lot_cannot_be_ruled_out_nor_what_came_out_of_it(station: Station) -> None:
    named, unnamed = pack(station, "A-12"), pack(station, "")
    piece = taken(station, unnamed)
    traced = found(station, "A12")
    assert traced.sets["cannot_be_ruled_out"] == (piece,)
    assert [row.code for row in traced.rows if row.what == "pack without a lot"] == [unnamed]
    done = recalling.recall(station, LOT, "a letter")
    assert done.codes[1:] == (named,)
    assert done.warnings == ("Not put aside: 1 without a lot, 1 pack. Look at their packs.",)
    clock_of(station).now += 1
    wide = recalling.recall(station, LOT, "to be sure", Reach(doubtful=True))
    assert set(wide.codes[1:]) == {piece, unnamed}
    assert wide.warnings == ()
    assert held(station, unnamed) == "recalled"


def test_a_pack_of_another_product_is_not_in_doubt(station: Station) -> None:
    products.add_product(station, {"name": "Other tip", "form": "cartridge", "length": "1", "coded": False})
    pack(station, "A-12")
    receive(station, Delivery("Other tip", pieces="5"))
    traced = found(station, "A12")
    assert {row.what for row in traced.rows} == {"pack"}


def test_a_pack_is_traced_by_itself(station: Station) -> None:
    first, second = pack(station, "A-12"), pack(station, "A-12")
    piece, other = taken(station, first), taken(station, second)
    question = trace_questions.read_question(station, Asked(pack=shown(first)))
    assert tracing.trace(station, question).trace.sets["has"] == (piece,)
    assert other not in tracing.trace(station, question).trace.suspects
    done = recalling.recall(station, question, "bent in the pack")
    assert set(done.codes[1:]) == {piece, first}
    assert held(station, second) == ""
    with pytest.raises(BadInput, match=r"^pack: several packs carry lot A12"):
        trace_questions.read_question(station, Asked(pack="A12"))


def test_the_incident_of_one_pack_is_called_by_the_pack(station: Station) -> None:
    box = pack(station, "A-12")
    question = trace_questions.read_question(station, Asked(pack=box))
    incident = recalling.recall(station, question, "bent in the pack").codes[0]
    (row,) = incident_files.list_incidents(station)
    assert (row.code, about_text(row.cause, row.about)) == (incident, f"pack {shown(box)}")


def test_a_pack_whose_receipt_was_taken_back_is_still_traced(station: Station) -> None:
    box = pack(station, "A-12")
    question = trace_questions.read_question(station, Asked(pack=box))
    packs.undo_pack(station, box, "never came")
    found_then = tracing.trace(station, question).trace
    assert (found_then.sets["has"], [row.code for row in found_then.rows]) == ((), [box])
