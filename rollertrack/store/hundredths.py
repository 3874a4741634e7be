"""Decimals as the store keeps them: whole hundredths."""

from decimal import Decimal


def hundredths(number: Decimal | None) -> int | None:
    """A decimal as the store keeps it."""
    return None if number is None else int(number.scaleb(2))


def from_hundredths(number: int | None) -> Decimal | None:
    """A decimal as everyone else reads it."""
    return None if number is None else Decimal(number).scaleb(-2)
