"""`soak`, `done`, `disinfect`."""

from dataclasses import replace

from rollertrack.cli.context import Context
from rollertrack.errors import BadInput
from rollertrack.services import washing
from rollertrack.services.washing import Bath, Ending


def _bath(context: Context) -> Bath:
    typed = context.arguments
    if typed.cleaned and typed.not_cleaned:
        raise BadInput("cleaned", "--cleaned and --not-cleaned exclude each other; give one of them")
    cleaned = True if typed.cleaned else False if typed.not_cleaned else None
    return Bath(
        typed.agent, typed.solution, typed.strength, typed.minutes, cleaned, typed.rinse,
        load=typed.load, opened=typed.opened,
    )  # fmt: skip


def soak(context: Context) -> int:
    """Start a contact time."""
    codes = context.arguments.codes
    return context.tell(washing.soak(context.station, codes, _bath(context), **context.when_and_who))


def done(context: Context) -> int:
    """End a contact time."""
    typed = context.arguments
    ending = Ending(typed.rinsed, typed.rinse, typed.indicator)
    return context.tell(
        washing.done(context.station, typed.codes, early=typed.early, ending=ending, **context.when_and_who)
    )


def disinfect(context: Context) -> int:
    """Record a disinfection already done."""
    typed = context.arguments
    bath = replace(
        _bath(context), before_use=typed.before_use, rinsed=typed.rinsed, indicator=typed.indicator
    )
    return context.tell(washing.disinfect(context.station, typed.codes, bath, **context.when_and_who))
