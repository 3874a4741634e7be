"""Commands on a roller's life whose answer or options are more than their service's."""

from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.domain.text import whole_number
from rollertrack.errors import BadInput
from rollertrack.services import incidents, keeping, registering

_TYPED = (
    "length", "form", "name", "maker", "model", "needles", "material", "lot", "expiry",
    "max_uses", "max_days", "sterile", "single_use",
)  # fmt: skip


def _typed(context: Context) -> dict[str, str | bool]:
    values = {name: getattr(context.arguments, name) for name in _TYPED}
    return {name: value for name, value in values.items() if value is not None}


def add(context: Context) -> int:
    """Register rollers and print their codes."""
    typed = context.arguments
    count = whole_number("count", typed.count, 1, registering.MOST_AT_ONCE)
    done = registering.add(
        context.station,
        _typed(context),
        count=count,
        person=typed.person,
        code=typed.code,
        **context.when_and_who,
    )
    with answering(after_deed=True):
        for warning in done.warnings:
            context.out.warn(warning)
        context.out.say(*done.codes)
        context.out.document({"codes": list(done.codes)})
    return 0


def edit(context: Context) -> int:
    """Mend a registration."""
    code = context.arguments.code
    return context.tell(registering.edit(context.station, code, _typed(context), **context.when_and_who))


def inspect(context: Context) -> int:
    """Log a look at the needles."""
    typed = context.arguments
    if typed.ok == (typed.fail is not None):
        raise BadInput("inspect", "give either --ok or --fail REASON")
    done = keeping.inspect(context.station, typed.code, fail=typed.fail, **context.when_and_who)
    return context.tell(done)


def release(context: Context) -> int:
    """Take rollers out of quarantine or recall: those named, or all of an incident."""
    typed = context.arguments
    if typed.incident is not None:
        done = incidents.release(
            context.station, typed.incident, typed.reason, typed.codes, **context.when_and_who
        )
        return context.tell(done)
    if not typed.codes:
        raise BadInput("code", "is missing; name what is released, or --incident for all that it put aside")
    return context.tell(keeping.release(context.station, typed.codes, typed.reason, **context.when_and_who))


def undo(context: Context) -> int:
    """Take back a mistaken entry."""
    typed = context.arguments
    entry = None if typed.entry is None else whole_number("entry", typed.entry, 1, 1_000_000)
    done = keeping.undo(context.station, typed.code, typed.reason, entry=entry, **context.when_and_who)
    return context.tell(done)
