"""Words people choose from: areas, concerns, contraindications, the question before a use. Never a limit."""

AREAS = (
    "face", "forehead", "under eye", "nose", "upper lip", "cheeks", "chin", "neck", "scalp",
    "chest", "abdomen", "back", "arms", "thighs",
)  # fmt: skip

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
