"""What may be due, in a word; little to load, since every history may tell of it."""

_WORDS = {"wash": "disinfect", "test": "test strip", "bin": "into the bin"}


def due_word(what: str) -> str:
    """What is to be done, as people call it."""
    return _WORDS.get(what, what)
