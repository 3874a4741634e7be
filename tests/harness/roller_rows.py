"""Rows for lists, made up without a store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from rollertrack.domain.rows import RollerRow
from rollertrack.domain.words import State

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def micros(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


NOW = micros(NOON)


def ago(**spans: float) -> int:
    return micros(NOON - timedelta(**spans))


def ahead(**spans: float) -> int:
    return micros(NOON + timedelta(**spans))


PLAIN = RollerRow(
    code="RKDTLBNEB",
    name="evening",
    form="roller",
    length=Decimal("0.50"),
    lot="",
    state=State.READY,
    detail="23 h",
    state_at=ahead(hours=23),
    uses=3,
    uses_limit=8,
    disinfected_at=ago(hours=2),
    replace_on=ahead(days=41),
    replace_because="age 90 d",
    bound_to=None,
    bound_label="",
    until=None,
)

SAMPLES = (
    replace(
        PLAIN,
        code="RSTUBDEFT",
        name="travel",
        length=Decimal("0.30"),
        state=State.DIRTY,
        detail="14 h",
        state_at=ago(hours=14),
        uses=5,
        uses_limit=10,
        disinfected_at=ago(days=3),
        replace_on=ahead(days=12),
    ),
    replace(
        PLAIN,
        code="RBBDEFGHO",
        name="weekend",
        state=State.SOAKING,
        detail="6 min",
        state_at=ahead(minutes=6),
        uses=2,
        disinfected_at=ago(days=16),
        replace_on=ahead(days=60),
    ),
    PLAIN,
    replace(
        PLAIN,
        code="RDEFGHJKO",
        name="body",
        length=Decimal("1.00"),
        detail="20 h",
        state_at=ahead(hours=20),
        uses=2,
        uses_limit=3,
        replace_on=ahead(days=9),
        replace_because="uses 3",
    ),
    replace(
        PLAIN,
        code="RHNOPTUBO",
        name="scalp, the long one from the summer kit",
        length=Decimal("0.25"),
        state=State.STALE,
        detail="5 d",
        state_at=ago(days=5),
        uses=1,
        uses_limit=10,
        disinfected_at=ago(days=380),
        replace_on=ahead(days=140),
        replace_because="pack expiry",
    ),
    replace(
        PLAIN,
        code="RPPRSTUBR",
        name="夜のローラー 🌙 blue",
        state=State.STOP,
        detail="used up 8/8",
        uses=8,
        disinfected_at=None,
        replace_on=ago(days=1),
        replace_because="uses 8",
    ),
    replace(
        PLAIN,
        code="UHANDPIEC",
        name="pen body",
        form="handpiece",
        length=None,
        detail="sealed",
        uses=120,
        uses_limit=None,
        disinfected_at=ago(days=1),
        replace_on=None,
        replace_because="",
    ),
)


def many(start: int, stop: int) -> list[RollerRow]:
    """Rows of an endless list; each place always has the same row."""
    return [replace(SAMPLES[place % len(SAMPLES)], name=f"roller {place}") for place in range(start, stop)]
