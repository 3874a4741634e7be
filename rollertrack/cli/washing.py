"""`soak`, `done`, `disinfect`."""

from dataclasses import replace

from rollertrack.cli.context import Context
from rollertrack.services import washing
from rollertrack.services.washing import Bath


def _bath(context: Context) -> Bath:
    typed = context.arguments
    return Bath(typed.agent, typed.solution, typed.strength, typed.minutes, typed.cleaned, typed.rinse)


def soak(context: Context) -> int:
    """Start a contact time."""
    codes = context.arguments.codes
    return context.tell(washing.soak(context.station, codes, _bath(context), **context.when_and_who))


def done(context: Context) -> int:
    """End a contact time."""
    typed = context.arguments
    return context.tell(washing.done(context.station, typed.codes, early=typed.early, **context.when_and_who))


def disinfect(context: Context) -> int:
    """Record a disinfection already done."""
    codes, bath = context.arguments.codes, _bath(context)
    bath = replace(bath, before_use=context.arguments.before_use)
    return context.tell(washing.disinfect(context.station, codes, bath, **context.when_and_who))
