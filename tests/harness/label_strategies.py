"""Random label facts, as unlike each other as users are, and every paper they may be printed on."""

import random
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from rollertrack.domain.code import ALPHABET, LABELLED, make
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.media import MEDIA, Media, media_named

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
    lambda kind, seed: make(kind, random.Random(seed).choice),
    st.sampled_from(LABELLED),
    st.integers(0, 10**9),
)
marks = st.sampled_from(("", *ALPHABET))
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
    opened=days,
    action=st.just("") | names,
    blank=st.booleans(),
)

OWN = {
    "narrow roll": {"width": 15, "margin": 1, "dpi": 300},
    "standing": {"width": 25, "length": 60, "margin": 2, "dpi": 203},
    "broad margin": {"width": 60, "length": 40, "margin": 8, "dpi": 203},
    "poster": {"width": 200, "length": 150, "dpi": 203},
}
DPIS = (203, 300, 600)


def every_media() -> list[Media]:
    """The trade's paper at every resolution, and some paper of one's own."""
    trade = [media_named(name, dpi) for name in MEDIA for dpi in DPIS]
    return [*trade, *(media_named(name, own=OWN) for name in OWN)]


media = st.sampled_from(every_media())
