"""What is said of a use that was just logged."""

from rollertrack.domain.code import shown
from rollertrack.domain.roller import Roller
from rollertrack.domain.standing import Standing


def use_message(roller: Roller, facts: Standing, now: int) -> str:
    """Which use it was, and what is to be done with the roller now."""
    count = f"use {facts.uses} of {facts.uses_limit}" if facts.uses_limit else f"use {facts.uses}"
    return f"Logged {count} of {shown(roller.code)}. {_afterwards(roller, facts, now)}"


def _afterwards(roller: Roller, facts: Standing, now: int) -> str:
    """What is to be done with a roller after its use; what is never used again owes no wash."""
    if roller.infected is not None:
        return "It touched infected skin: never use it again, put it in a sharps container."
    if facts.uses_limit is not None and facts.uses >= facts.uses_limit:
        return "It is now used up: put it in a sharps container."
    if facts.worn_on is not None and (facts.worn_on <= now or not facts.held) and facts.is_dead(now):
        return f"It is not used again ({facts.worn_because}): put it in a sharps container."
    if facts.held:
        return f"It is still {facts.dead_because}: keep it aside."
    return "It now owes a wash."
