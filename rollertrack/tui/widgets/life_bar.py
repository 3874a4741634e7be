"""The life of a roller as a bar: ▰▰▰▱▱ is three of five uses."""

USED, LEFT = "▰", "▱"


def cells(uses: int, limit: int | None, width: int) -> tuple[int, int]:
    """How many cells of the bar are used and how many are left, together at most `width`.

    A limit above the width is drawn to scale: one use always shows, and only the last one fills the bar.
    No limit, no bar: (0, 0).
    """
    if not limit or limit < 0 or width < 1:
        return 0, 0
    total = min(limit, width)
    if uses <= 0 or uses >= limit:
        return (0, total) if uses <= 0 else (total, 0)
    used = uses * total // limit
    used = min(max(used, 1), total - 1) if total > 1 else 0
    return used, total - used


def bar(uses: int, limit: int | None, width: int) -> str:
    """The bar as text."""
    used, left = cells(uses, limit, width)
    return USED * used + LEFT * left


def count(uses: int, limit: int | None) -> str:
    """The same as numbers: 3/8, or only the uses when there is no limit."""
    return f"{uses}" if limit is None else f"{uses}/{limit}"
