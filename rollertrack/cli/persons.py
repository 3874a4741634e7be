"""`person show`, `person ask`, `person react`."""

from rollertrack.cli.context import Context
from rollertrack.domain.text import whole_number
from rollertrack.services import health, person_files
from rollertrack.wording import persons as words
from rollertrack.wording.traces import trace_person_hint


def ask(context: Context) -> int:
    """Log the answers to the health questions."""
    typed = context.arguments
    names = typed.contraindications or ()
    return context.tell(
        health.ask(context.station, typed.code, names, none=typed.none, **context.when_and_who)
    )


def show_person(context: Context) -> int:
    """One person: how long the skin rests, what to ask first, the sessions, the rollers."""
    file = person_files.show_person(context.station, context.arguments.code)
    context.out.document(words.person_document(file))
    context.out.say(words.heading(file))
    context.out.table(words.person_lines(file))
    context.out.say("", words.SESSIONS)
    if file.sessions:
        context.out.table([words.session_cells(each, file) for each in file.sessions])
    else:
        context.out.say(words.NO_SESSION)
    if file.rollers:
        context.out.say("", words.ROLLERS)
        context.out.table([words.roller_cells(each, file.now) for each in file.rollers])
    return 0


def react(context: Context) -> int:
    """Note a reaction of the skin."""
    typed = context.arguments
    entry = None if typed.session is None else whole_number("session", typed.session, 0, 1_000_000)
    done = health.react(context.station, typed.code, typed.text, entry, **context.when_and_who)
    return context.tell(done._replace(message=f"{done.message} {trace_person_hint(done.codes[0])}"))
