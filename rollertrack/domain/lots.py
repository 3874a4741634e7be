"""Lots as printed on packs: when two ways to write one mean the same."""


def norm(lot: str) -> str:
    """A lot as it is compared: letters and digits alone, small and capital letters alike."""
    return "".join(char for char in lot.casefold() if char.isalnum())
