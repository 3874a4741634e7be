"""Each end of a roller's use leads somewhere, and tells unpaired phones nothing that somebody typed."""

import pytest
from harness.gate import NEW, asked
from harness.histories import ANN, NOON

from rollertrack.domain.answer import WORN_OUT
from rollertrack.domain.events import PAYLOADS, Payload
from rollertrack.domain.rules import ENDED
from rollertrack.domain.verdict import RELEASABLE
from rollertrack.phone.showing import WRITTEN

TYPED = "used on Anna Meier"
LEADS_NOWHERE = {"unknown", "retired"}
"""What is not on record, and what has left."""


def test_each_end_has_a_deed_that_follows() -> None:
    assert set(ENDED) == WORN_OUT | RELEASABLE | LEADS_NOWHERE


def _told() -> list[Payload]:
    kinds = [kind for kind in PAYLOADS["R"].values() if "reason" in getattr(kind, "__annotations__", {})]
    return [kind(**{"reason": TYPED, **({"ok": False} if kind.kind == "inspected" else {})}) for kind in kinds
            if kind.kind not in {"voided", "doubted", "snoozed"}]  # fmt: skip


@pytest.mark.parametrize("payload", _told(), ids=lambda payload: payload.kind)
def test_what_somebody_typed_is_told_to_paired_phones_alone(payload: Payload) -> None:
    for finding in asked(NEW, (NOON, payload, ANN)).findings:
        assert TYPED not in finding.message or finding.rule in WRITTEN
