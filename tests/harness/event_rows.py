"""One event of every kind, and the rows that RollerTrack wrote for them from version 0.1 on.

The rows are literal: they must read the same for ever. Change none; add one for every new kind or field.
"""

import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from harness.histories import ANN, JAR, NOON, ROLLER
from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, make
from rollertrack.domain.events import POLICY_STREAM, Event, Payload
from rollertrack.domain.stream_names import StreamKind
from rollertrack.domain.stream_names import make as make_name

OPERATOR, BIN = (make(kind, random.Random(4).choice) for kind in (Kind.OPERATOR, Kind.BIN))
INCIDENT = make(Kind.INCIDENT, random.Random(5).choice)
PRODUCT, PACK = (make_name(kind, random.Random(5).choice) for kind in StreamKind)
STREAMS = {
    "R": ROLLER, "P": ANN, "S": JAR, "U": OPERATOR, "B": BIN, "I": INCIDENT, "M": PRODUCT, "C": PACK,
    POLICY_STREAM: POLICY_STREAM,
}  # fmt: skip

_SAID: tuple[tuple[str, Payload], ...] = (
    (ROLLER, ev.Registered(
        form="stamp", length=Decimal("0.25"), name="Été ☀", maker="ORA", model="M1", needles=540,
        material="titanium", lot="L1", expiry=date(2028, 2, 29), sterile=True, single_use=True,
        max_uses=12, max_days=90)),
    (ROLLER, ev.Amended(length=Decimal("1.50"), maker="ORA")),
    (ROLLER, ev.Opened()),
    (ROLLER, ev.Used(
        word="USE WITH CARE", findings=("length", "interval"), acknowledged=True, despite="in a hurry",
        area="face", concern="fine lines", inspected="yes", note="went well")),
    (ROLLER, ev.DisinfectionStarted(
        agent="alcohol", strength=Decimal("70"), required=600, planned=900, objection="", cleaned=True,
        rinse="boiled", lot="A7", solution_expiry=date(2027, 12, 31))),
    (ROLLER, ev.DisinfectionEnded(early=True)),
    (ROLLER, ev.Disinfected(
        agent="soap", objection="soap cleans; it does not disinfect", strength=Decimal("2.50"), seconds=60)),
    (ROLLER, ev.Inspected(ok=False, reason="bent")),
    (ROLLER, ev.Bound()),
    (ROLLER, ev.Quarantined(reason="dropped")),
    (ROLLER, ev.Released(reason="looked at")),
    (ROLLER, ev.Recalled(reason="lot L1")),
    (ROLLER, ev.Retired(reason="worn", bin=BIN)),
    (ROLLER, ev.Noted(text="pulls “a little”\\")),
    (ROLLER, ev.LabelPrinted(media="62", place="tcp://10.0.0.9:9100", payload=ROLLER, copies=2)),
    (ROLLER, ev.LabelProven()),
    (ROLLER, ev.Voided(entry=4, reason="wrong roller")),
    (ANN, ev.PersonRegistered(label="Ann")),
    (ANN, ev.PersonAmended(label="Anna")),
    (ANN, ev.Session(roller=ROLLER, entry=4, length=Decimal("0.25"), area="scalp")),
    (ANN, ev.Contraindication(name="keloid history", present=False)),
    (ANN, ev.Noted(text="tolerates it well")),
    (ANN, ev.Voided(entry=3, reason="wrong person")),
    (JAR, ev.SolutionRegistered(agent="opa", strength=Decimal("0.55"), lot="B2", expiry=date(2027, 6, 30))),
    (JAR, ev.SolutionAmended(agent="opa")),
    (JAR, ev.Tested(passed=True)),
    (JAR, ev.Discarded(reason="cloudy")),
    (JAR, ev.Voided(entry=3, reason="wrong jar")),
    (OPERATOR, ev.NamedRegistered(label="Dr. B")),
    (OPERATOR, ev.NamedAmended(label="Dr. Bo")),
    (OPERATOR, ev.Closed(reason="moved away")),
    (BIN, ev.NamedRegistered(label="Room 2")),
    (BIN, ev.NamedAmended(label="Room 3")),
    (BIN, ev.Closed()),
    (POLICY_STREAM, ev.PolicySet(key="floor.hours", value="20")),
    (ROLLER, ev.LabelPrinted(media="", place="printed ahead", payload="D" + ROLLER, mark="D")),
    (ROLLER, ev.LabelProven(mark="D")),
    (ROLLER, ev.Used(word="WASH FIRST", despite="in a hurry", after=NOON)),
    (ROLLER, ev.DisinfectionStarted(
        agent="alcohol", required=600, planned=600, machine="9f86d081", boot="1c5e", ticks=12_345_678)),
    (ROLLER, ev.DisinfectionEnded(machine="9f86d081", boot="1c5e", ticks=612_345_678)),
    (ANN, ev.Session(roller=ROLLER, entry=38, after=NOON)),
    (OPERATOR, ev.Voided(entry=2, reason="the clock was wrong")),
    (BIN, ev.Voided(entry=2, reason="the clock was wrong")),
    (POLICY_STREAM, ev.Voided(entry=1, reason="the clock was wrong")),
    (ROLLER, ev.Used(word="USE", depth=Decimal("0.50"), infected=True)),
    (ANN, ev.Session(roller=ROLLER, entry=4, length=Decimal("1.50"), depth=Decimal("0.50"))),
    (ROLLER, ev.Doubted(entries=(5, 7), reason="50 % alcohol is too weak; at least 60 % is accepted")),
    (ROLLER, ev.DisinfectionEnded(
        rinsed=True, rinse="sterile water", indicator="failed", objection="the indicator failed")),
    (ROLLER, ev.Disinfected(
        agent="autoclave", required=1_800, seconds=1_800, load="12", solution_head=3, rinsed=True,
        indicator="passed")),
    (JAR, ev.SolutionAmended(agent="opa", opened=NOON)),
    (ROLLER, ev.Disinfected(agent="alcohol", required=600, seconds=600, longest=43_200)),
    (BIN, ev.Reopened(reason="the wrong bin")),
    (OPERATOR, ev.Reopened()),
    (ROLLER, ev.Registered(length=Decimal("0.50"), product=PRODUCT, pack=PACK)),
    (PRODUCT, ev.ProductRegistered(
        name="Titan 192", form="cartridge", length=Decimal("0.50"), maker="ORA", model="T", needles=192,
        material="titanium", sterile=True, single_use=True, max_uses=1, max_days=2, pack_size=10, coded=False,
        price=1290, currency="EUR", reorder_level=5, delivery_days=21)),
    (PRODUCT, ev.ProductAmended(name="Titan", length=Decimal("0.50"), price=0)),
    (PRODUCT, ev.BarcodeBound(scheme="gs1", key="09506000134352", pieces=10)),
    (PRODUCT, ev.Ordered(pieces=40, expected=date(2027, 1, 31), supplier="Medishop", ref="B 7")),
    (PRODUCT, ev.OrderEnded(entry=58, reason="received")),
    (PRODUCT, ev.Counted(
        expected=48, found=0, missing=(ROLLER,), unexpected=(PACK,), unknown=("4006381333931",),
        place="room 2")),
    (PRODUCT, ev.Closed(reason="sold no more")),
    (PRODUCT, ev.Reopened()),
    (PRODUCT, ev.Noted(text="thin needles")),
    (PRODUCT, ev.Voided(entry=58, reason="twice")),
    (PACK, ev.PackReceived(
        product=PRODUCT, pieces=10, lot="A-12", expiry=date(2028, 12, 31), expiry_offset=60,
        made=date(2026, 1, 2), serial="S0001", coded=False, price=1290, currency="EUR", supplier="Medishop",
        invoice="2026-1188", certificate="C-77812", scanned="]d20109506000134352␝21S0001", compared=True)),
    (PACK, ev.PackAmended(product=PRODUCT, pieces=9)),
    (PACK, ev.Taken(roller=ROLLER)),
    (PACK, ev.WrittenOff(pieces=2, reason="fell")),
    (PACK, ev.Found(pieces=1, reason="behind the shelf")),
    (PACK, ev.Quarantined(reason="wet")),
    (PACK, ev.Released(reason="dry")),
    (PACK, ev.Recalled(reason="lot A-12")),
    (PACK, ev.Noted(text="opened by the post")),
    (PACK, ev.Voided(entry=66, reason="twice")),
    (INCIDENT, ev.IncidentOpened(
        cause="lot", about="A-12", reason="the maker's letter", rollers=(ROLLER,), persons=(ANN,),
        query=("lot", "A12"), since=NOON, until=NOON + 1)),
    (ROLLER, ev.Recalled(reason="lot A-12", incident=INCIDENT)),
    (ROLLER, ev.Released(reason="another lot on the pack", incident=INCIDENT)),
    (INCIDENT, ev.IncidentWidened(reason="a second letter", rollers=(ROLLER,))),
    (INCIDENT, ev.Told(how="by telephone")),
    (INCIDENT, ev.Noted(text="the maker was written to")),
    (INCIDENT, ev.IncidentClosed(outcome="all are well")),
    (INCIDENT, ev.Voided(entry=5, reason="it was another person")),
    (ANN, ev.Reaction(text="red for a week", roller=ROLLER, entry=4)),
    (ANN, ev.Reaction(text="itches")),
    (ROLLER, ev.Registered(length=Decimal("0.50"), ref="HB-17")),
    (ROLLER, ev.Binned(bin=BIN)),
    (ROLLER, ev.Snoozed(what="replace", until=NOON + 1, reason="on holiday")),
    (JAR, ev.Snoozed(what="discard", until=NOON + 1, reason="on holiday")),
    (PRODUCT, ev.Snoozed(what="order", until=NOON + 1, reason="on holiday")),
    (BIN, ev.Collected(hauler="Clean & Co", receipt="R 44")),
    (BIN, ev.Collected(hauler="Clean & Co")),
    (ANN, ev.Session(roller=ROLLER, entry=4, length=Decimal("0.25"), area="face", concern="fine lines")),
    (ANN, ev.Asked(answers=("rosacea", "cold sore"))),
    (ANN, ev.Asked(none=True)),
    (ANN, ev.CareGiven(which="after", how="on paper")),
    (ANN, ev.Forgotten(texts=3)),
    (JAR, ev.SolutionRegistered(agent="quat", listing="VAH 12345", use_days=7)),
    (JAR, ev.SolutionAmended(agent="quat", use_days=14)),
    (JAR, ev.ToppedUp()),
)  # fmt: skip

GOLDEN = tuple(
    Event(stream, seq, NOON + seq, NOON + 2 * seq, payload, 330, OPERATOR, ANN if seq % 2 else None,
          JAR if seq % 3 else None)
    for seq, (stream, payload) in enumerate(_SAID, 1)
)  # fmt: skip

# One JSON list a line: the columns of a row in the journal's order.
_FILE = Path(__file__).with_name("rows_of_version_0_1.jsonl")
GOLDEN_ROWS: tuple[tuple[Any, ...], ...] = tuple(
    tuple(json.loads(line)) for line in _FILE.read_text("ascii").splitlines()
)
