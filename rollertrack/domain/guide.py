"""Words people choose from: areas, concerns, contraindications, the question before a use. Never a limit."""

from decimal import Decimal

AREAS = (
    "face", "forehead", "under eye", "nose", "upper lip", "cheeks", "chin", "neck", "scalp",
    "chest", "abdomen", "back", "arms", "thighs",
)  # fmt: skip

LONGEST_USUAL = {
    "forehead": Decimal("0.5"), "under eye": Decimal("0.3"), "nose": Decimal("0.75"),
    "upper lip": Decimal("0.5"), "cheeks": Decimal("1.0"), "chin": Decimal("1.0"), "face": Decimal("1.5"),
}  # fmt: skip
"""The longest needles, in mm, that depth charts name for an area (microneedlingbeforeafter.com)."""

CONCERNS = (
    "product absorption", "fine lines", "acne scars", "hyperpigmentation", "uneven tone", "pores",
    "stretch marks", "hair",
)  # fmt: skip

CONTRAINDICATIONS = (
    "active acne", "active infection", "cold sore", "anticoagulant", "bleeding disorder", "diabetes",
    "eczema", "isotretinoin", "keloid history", "metal allergy", "pregnancy", "psoriasis", "rosacea",
    "cancer therapy",
)  # fmt: skip

INSPECTION_QUESTIONS = (
    "Under a loupe: is every needle straight and free of rust?",
    "Rolled over cotton: does nothing snag?",
    "Spun by a finger: does it run free, with the head tight?",
)

REMINDER = "A reminder, not medical advice. Disinfected is not sterile."


def inspection_question(uses: int) -> str:
    """The one question asked before a use; they take turns with the uses."""
    return INSPECTION_QUESTIONS[uses % len(INSPECTION_QUESTIONS)]
