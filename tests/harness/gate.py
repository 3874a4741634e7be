"""Short ways to ask the gate about a roller after what happened to it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from harness.histories import (
    ANN,
    BEA,
    DAY,
    HOUR,
    NOON,
    Step,
    person,
    registered,
    roller,
    soaked,
    used,
)
from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain.own_rules import OWN
from rollertrack.domain.person import PastAsking, Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word

HOME, CLINIC = Policy("home"), Policy("clinic")
SALON = Policy("clinic", {"clinic.sterile-needles": "no"})
"""A clinic that set aside the rule that needles come sterile: there they may be soaked, as at home."""
BOTH_WASHING = pytest.mark.parametrize("policy", [HOME, SALON], ids=["home", "clinic"])
BOTH = pytest.mark.parametrize("policy", [HOME, CLINIC], ids=["home", "clinic"])
USE, CARE, WAIT, WASH, STOP = Word
NEW: Step = (NOON - 300 * DAY, registered(lot="L1"))
FRESH = Person(ANN, "Ann", asked=PastAsking(NOON - DAY, None, 1))
OTHER = FRESH._replace(code=BEA, label="Bea")
PUT = ev.Quarantined(reason="dropped")
BACK = ev.Recalled(reason="lot L1")
BENT = ev.Inspected(ok=False, reason="bent")


def asked(
    *steps: Step, now: int = NOON, policy: Policy = HOME, who: Person | None = FRESH, named: bool = True
) -> Verdict:
    """The verdict on a roller after what happened to it."""
    return gate.check(roller(*steps), policy, now, who, named=named)


def words(steps: Sequence[Step], *nows: int, policy: Policy = HOME) -> list[Word]:
    """The gate's word at each of several moments."""
    return [asked(*steps, now=now, policy=policy).word for now in nows]


def rules(verdict: Verdict) -> set[str]:
    """The names of the rules that found something; what only names a rule of one's own is none of them."""
    return {finding.rule for finding in verdict.findings} - {OWN}


def messages(verdict: Verdict) -> list[str]:
    """What the rules found, in their words."""
    return [finding.message for finding in verdict.findings]


def rested(length: str | None, area: str = "face", ago: int = 0) -> Person:
    """Ann, with one session `ago` before noon."""
    millimetres = None if length is None else Decimal(length)
    return person((NOON - ago, ev.Session(roller="RBBBBBBBN", entry=2, length=millimetres, area=area)))


def uses(count: int, length: str = "0.5", **facts: Any) -> list[Step]:
    """A roller used `count` times within the last hours, clean since."""
    known: Step = (NOON - 300 * DAY, registered(length, lot="L1", **facts))
    times = [(NOON - 2 * HOUR - place, used(), ANN) for place in range(count)]
    return [known, *times, (NOON - HOUR, soaked())]


def first_used(ago: int, **facts: Any) -> list[Step]:
    """A short roller first used `ago` before noon, clean since."""
    return [
        (NOON - 300 * DAY, registered("0.25", lot="L1", **facts)),
        (NOON - ago, used(), ANN),
        (NOON - HOUR, soaked()),
    ]
