"""What to ask about before needles touch skin: reasons to ask a professional first, asked and never judged.

Eleven lists were compared; each condition says how many of them name it, and one that does.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain.spelling import Vocabulary, key_of

LISTS = 11
"""How many lists were compared: those of makers, clinics, a society and a review."""
_DERMAPEN = "Dermapen 4 manual (easymanua.ls/dermapen/4)"
_SKINPEN = "SkinPen consent form"
_REVIEW = "Chu 2021 review (ouci.dntb.gov.ua/en/works/7X1Z3mr4)"
_ASCP = "ASCP (ascpskindeepdigital.com/i/1263242/42)"
_CLINIC = "balancedayspa.com/pages/microneedling-contraindications"


class Condition(NamedTuple):
    """A reason to ask a professional first: how many of the lists name it, and the first that was found."""

    name: str
    lists: int
    source: str


CONDITIONS = (
    Condition("rosacea", 9, _DERMAPEN),
    Condition("bleeding disorder", 8, _DERMAPEN),
    Condition("active acne", 7, _DERMAPEN),
    Condition("active infection", 7, _REVIEW),
    Condition("eczema", 7, _DERMAPEN),
    Condition("psoriasis", 6, _DERMAPEN),
    Condition("cold sore", 6, _ASCP),
    Condition("skin cancer", 6, _DERMAPEN),
    Condition("keloid history", 5, _DERMAPEN),
    Condition("isotretinoin", 5, _CLINIC),
    Condition("anticoagulant", 5, _DERMAPEN),
    Condition("pregnancy", 5, _CLINIC),
    Condition("diabetes", 5, _CLINIC),
    Condition("metal allergy", 5, _REVIEW),
    Condition("moles or warts", 5, _CLINIC),
    Condition("actinic keratosis", 5, _SKINPEN),
    Condition("connective tissue disease", 5, _DERMAPEN),
    Condition("broken skin", 5, _SKINPEN),
    Condition("recent procedure", 5, _SKINPEN),
    Condition("cancer therapy", 4, _CLINIC),
    Condition("weak immune system", 4, _DERMAPEN),
    Condition("heart condition", 4, _DERMAPEN),
)
"""Asked in this order: what most lists name comes first."""
NAMES = tuple(each.name for each in CONDITIONS)
_LISTS_OF = {each.name: each.lists for each in CONDITIONS}

INFECTIONS = ("active infection", "cold sore")
_OVER = frozenset(
    {"no", "not", "past", "former", "earlier", "previous", "history", "healed", "prone", "risk", "without"}
)

WORDS = Vocabulary(
    NAMES,
    {
        "active acne": ("acne", "acne active", "inflamed acne"),
        "active infection": ("infection", "infections", "active infections", "skin infection", "infected",
                             "infected skin", "bacterial infection", "fungal infection", "viral infection",
                             "impetigo", "cellulitis", "abscess", "boil", "boils", "folliculitis", "ringworm",
                             "shingles", "herpes zoster"),
        "cold sore": ("cold sores", "coldsore", "coldsores", "active cold sore", "active cold sores",
                      "fever blister", "fever blisters", "herpes", "herpes labialis", "herpes simplex",
                      "active herpes", "oral herpes", "hsv"),
        "anticoagulant": ("anticoagulants", "blood thinner", "blood thinners"),
        "bleeding disorder": ("bleeding disorders", "haemophilia", "hemophilia"),
        "diabetes": ("diabetic", "uncontrolled diabetes"),
        "eczema": ("atopic dermatitis",),
        "isotretinoin": ("accutane", "roaccutane"),
        "keloid history": ("keloid", "keloids", "keloid scars", "history of keloids"),
        "metal allergy": ("nickel allergy", "allergy to metal", "anaesthetic allergy", "anesthetic allergy",
                          "lidocaine allergy"),
        "pregnancy": ("pregnant", "nursing", "breastfeeding", "pregnancy or nursing"),
        "cancer therapy": ("chemotherapy", "radiotherapy", "cancer treatment"),
        "skin cancer": ("melanoma", "basal cell carcinoma", "skin cancer in the area"),
        "moles or warts": ("mole", "moles", "wart", "warts", "birthmark", "birthmarks", "warts and moles"),
        "actinic keratosis": ("actinic keratoses", "solar keratosis", "solar keratoses"),
        "connective tissue disease": ("scleroderma", "lupus", "collagen disease"),
        "broken skin": ("open wound", "open wounds", "wound", "wounds", "sunburn", "sunburnt",
                        "irritated skin", "broken or sunburnt skin"),
        "recent procedure": ("filler", "fillers", "botox", "peel", "chemical peel", "laser", "recent surgery",
                             "recent filler", "recent botox", "recent peel", "recent laser"),
        "weak immune system": ("hiv", "immunosuppressed", "immunosuppression", "immunosuppressant",
                               "weakened immune system", "high dose steroids"),
        "heart condition": ("heart disease", "heart problem", "heart problems", "pacemaker"),
    },
)  # fmt: skip


def cleaned(names: Sequence[str]) -> tuple[str, ...]:
    """Names in their one spelling, each once, in the order given; unknown ones in small letters."""
    spelled = (WORDS.spelled(name) if WORDS.knows(name) else WORDS.spelled(name).lower() for name in names)
    return tuple(dict.fromkeys(name for name in spelled if name))


def lists_naming(name: str) -> int:
    """How many of the lists name a condition; 0 for one in somebody's own words."""
    return _LISTS_OF.get(WORDS.spelled(name), 0)


def is_infection(name: str) -> bool:
    """Whether something noted for a person means skin that is infected now."""
    if WORDS.knows(name):
        return WORDS.spelled(name) in INFECTIONS
    held = set(WORDS.held(name))
    return bool(held.intersection(INFECTIONS)) and not _OVER & set(key_of(name).split())
