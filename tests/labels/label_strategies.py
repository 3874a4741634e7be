"""Random label facts, as unlike each other as users are."""

import random
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from rollertrack.domain.code import Kind, make
from rollertrack.labels.payload import LabelFacts

HOSTILE = (
    "",
    "evening",
    "x" * 80,
    "a very long name of many small words that goes on and on until nobody reads it",
    "顔用ローラー二号機、夜だけ使うこと",
    "🙂🧴👩‍⚕️🇩🇪",
    "שלום עולם וכל אשר בו",
    "مرحبا بالعالم",
    "e\u0301" * 40,
    "\x1bp\x00\x19\xfa",
    "\x1dV\x00\x10\x04\x01\x1b@",
    "[bold]no[/bold]\n\r\t\x00\x7f",
    "\ud800 \u202e \ufeff",
)

names = st.sampled_from(HOSTILE) | st.text(max_size=80)
some_name = st.none() | names
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
codes = st.builds(
    lambda kind, seed: make(kind, random.Random(seed).choice), st.sampled_from(Kind), st.integers(0, 10**9)
)
links = st.sampled_from(
    (None, "http://rt", "http://192.168.100.200:65535", "https://rollers.clinic.example/rt")
)
facts = st.builds(
    LabelFacts,
    code=codes,
    name=names,
    kind=st.sampled_from(("roller", "stamp", "cartridge", "handpiece", "person", "sharps bin")),
    length=st.none() | st.decimals(Decimal("0.05"), Decimal("5.00"), places=2),
    uses=st.integers(0, 200),
    uses_limit=st.none() | st.integers(1, 120),
    replace_by=days,
    replace_because=names,
    person=some_name,
    lot=some_name,
    expiry=days,
    notice=some_name,
)
