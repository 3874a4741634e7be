"""What is said of a disinfection: what was done, what is wrong with it, what must be answered first."""

from collections.abc import Sequence
from decimal import Decimal

from rollertrack.domain.code import shown
from rollertrack.domain.events import Event
from rollertrack.domain.policy import AUTOCLAVE
from rollertrack.domain.quantities import MINUTE, SECOND, contact_time, dose, spoken
from rollertrack.errors import Sentence, going_on
from rollertrack.wording.dates import spoken_moment, to_the_second
from rollertrack.wording.records import rollers_named

RINSE_LATER = "Rinse it when it comes out and log that, or it will not count."
INDICATOR_LATER = "Read the load's indicator when it comes out and log that, or it will not count."
NO_LOAD = "No load number was given: should the load prove bad, it could not be found by it."


def soaking_text(codes: Sequence[str], agent: str, strength: Decimal | None, seconds: int) -> str:
    """That a soak has begun."""
    return f"Soaking {rollers_named(codes)} in {_bath(agent, strength)} for {contact_time(seconds)}."


def disinfected_text(codes: Sequence[str], agent: str, strength: Decimal | None, seconds: int) -> str:
    """That a disinfection was recorded."""
    return f"Recorded {contact_time(seconds)} in {_bath(agent, strength)} for {rollers_named(codes)}."


def _bath(agent: str, strength: Decimal | None) -> str:
    return "the autoclave" if agent == AUTOCLAVE else dose(agent, strength)


def soaking_already(code: str) -> str:
    """That it lies in a soak."""
    return f"{shown(code)} is soaking already; log it as done first"


def soaks_meanwhile(code: str, since: int) -> str:
    """That it cannot have been disinfected while it lies in a soak."""
    return (
        f"{shown(code)} lies in a soak since {spoken_moment(since)}, so it was in no other bath meanwhile;"
        " take it out first, or undo that soak if it was not so"
    )


def soaked_meanwhile(code: str, until: int, seconds: int) -> str:
    """That it came out of a soak, as is on record, after the disinfection is said to have begun."""
    whole_minute = -(-(until + seconds * SECOND) // MINUTE) * MINUTE
    return (
        f"{shown(code)} lay in a soak until {to_the_second(until)}, as its log says;"
        f" {contact_time(seconds)} after that end at {spoken_moment(whole_minute)} at the earliest,"
        " so name such a moment, or undo that soak if it was not so"
    )


def sealed_refusal(codes: Sequence[str]) -> Sentence:
    """That a disinfection would end what a sealed pack keeps."""
    lie = "lies sterile in its sealed pack" if len(codes) == 1 else "lie sterile in their sealed packs"
    refused = (
        f"{rollers_named(codes)} {lie}, and a disinfection would end that. Nothing was logged;"
        " leave it sealed until it is used, or say that the pack was opened"
    )
    return Sentence(f"{refused}.", at_prompt=f"{refused} (--opened).")


def began_later(code: str) -> str:
    """That a soak cannot end before it began."""
    return f"the soak of {shown(code)} began later; a moment after that is right"


def not_soaking(code: str) -> str:
    """That there is no soak to end."""
    return f"{shown(code)} is not soaking; start a soak or record one already done"


def cannot_end_here(code: str, doubt: str) -> Sentence:
    """That only the station whose clock timed it can end it."""
    why = f": {doubt}" if doubt else ""
    return _soaks_on(f"The soak of {shown(code)} cannot end here{why}. End it there, or soak it again.")


def too_early(code: str, left: int, doubt: str) -> Sentence:
    """How long it must soak on, in microseconds."""
    why = f": {doubt}" if doubt else ""
    return _soaks_on(f"{shown(code)} must soak for another {spoken(left)}{why}.")


def _soaks_on(said: str) -> Sentence:
    """Why a soak did not end, and what ends it all the same."""
    unlogged = f"{said} Nothing was logged"
    return Sentence(
        f"{unlogged}.", at_prompt=f"{unlogged}; --early ends it as incomplete, and it will not count."
    )


def out_but_dead(code: str, why: str) -> str:
    """That no wash helps it."""
    return f"{shown(code)} is out. It must not be used all the same ({why})."


def out_but_lacking(code: str, lacks: str) -> str:
    """That something was not done, or not said, at the end."""
    return (
        f"{shown(code)} is out, and it does not count: {lacks}."
        " Undo this entry if it was done and say so; else it must soak again."
    )


def out_incomplete(code: str, fault: str) -> str:
    """That the soak does not count."""
    return f"{shown(code)} is out, incomplete: {fault}. It must soak again."


def out_but_used(code: str) -> str:
    """That the soak was before the newest use."""
    return f"{shown(code)} is out, but it was used since the soak began. It must soak again."


def is_disinfected(code: str) -> str:
    """That the soak counts."""
    return f"{shown(code)} is disinfected."


def no_contact_time(agent: str) -> str:
    """That the time must be given."""
    return f"the policy has no contact time for {agent}; give whole minutes, such as 10"


def will_not_count(objection: str) -> str:
    """What stands against it from the beginning."""
    return f"It will not count as a disinfection: {objection}."


def too_short(required: int) -> str:
    """That it is shorter than the policy asks for, in seconds."""
    return f"It will not count: the policy asks for {contact_time(required)}."


def too_long(longest: int) -> str:
    """That it is longer than is known to be good, in seconds."""
    return f"It will not count: longer than {spoken(longest * SECOND)} is not known to be good."


def dead_anyway(code: str, why: str) -> str:
    """That it must not be used, washed or not."""
    return f"{shown(code)} must not be used ({why}), washed or not."


def used_meanwhile(use: Event, ended_at: int, seconds: int) -> Sentence:
    """The question after a use within the time that a disinfection is said to have taken."""
    before = spoken(ended_at - use.at) + " before that" if ended_at > use.at else "just then"
    return _which_was_first(
        use, f"was used {before} (entry {use.seq}), and {contact_time(seconds)} began before the use."
    )


def used_before_it(use: Event, ago: int, seconds: int) -> Sentence:
    """That the last use lies before a disinfection that is said to have been before a use."""
    said = (
        f"{shown(use.stream)} was last used {spoken(ago)} before it ended (entry {use.seq}), and"
        f" {contact_time(seconds)} began after that; say when it ended, if it was before the use"
    )
    return going_on(
        said,
        at_prompt=" (--at says when it ended; without --before-use it counts as the wash after the use)",
    )


def may_be_used_meanwhile(use: Event, seconds: int) -> Sentence:
    """The same where a clock that had gone back cannot tell."""
    return _which_was_first(
        use,
        f"was used when the clock had gone back (entry {use.seq}), and {contact_time(seconds)} may have begun"
        " before the use.",
    )


def _which_was_first(use: Event, said: str) -> Sentence:
    """What was found, and the question whether use or wash is told wrongly."""
    earlier = (
        f"{shown(use.stream)} {said} Was the use earlier?"
        f" Then undo entry {use.seq} and log it again with its time"
    )
    return Sentence(
        f"{earlier}.",
        at_prompt=f"{earlier} (--at). Or was it washed before the use? --before-use records it, and it owes a"
        " wash all the same. Nothing was logged.",
    )
