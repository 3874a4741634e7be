"""`care`."""

from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.domain.care import SOURCES, which_slip
from rollertrack.services import care_papers, caring
from rollertrack.wording import care as say
from rollertrack.wording.dates import iso


def care(context: Context) -> int:
    """A slip for people; a page, a print and an entry where they are asked for."""
    typed = context.arguments
    which = which_slip(typed.which)
    lines = care_papers.slip(which)
    asked = (typed.person, typed.to, typed.printer, typed.media, typed.at, typed.how or None)
    # To read it or to print it takes no database.
    station = context.printing_station if typed.person is None else context.station
    done = (
        caring.hand_over(
            station, which, typed.person, to=typed.to, printer=typed.printer, media=typed.media,
            how=typed.how, force=typed.force, **context.when_and_who,
        )
        if any(each is not None for each in asked)
        else []
    )  # fmt: skip
    with answering(after_deed=bool(done)):
        context.out.document({
            "which": which, "title": say.slip_title(which),
            "lines": [line._asdict() for line in lines], "footer": list(say.footer()),
            "sources": list(SOURCES), "written": [each.message for each in done],
            "codes": [code for each in done for code in each.codes],
            "entries": [entry for each in done for entry in each.entries],
            "at": iso(done[-1].at) if done else None,
        })  # fmt: skip
        if not (typed.to or typed.printer):
            context.out.say(say.slip_title(which), "")
            context.out.table([(line.topic, line.printed) for line in lines])
            context.out.say("")
            if typed.sources:
                context.out.table([(line.topic, line.spread) for line in lines])
                context.out.say("", *SOURCES, "")
            context.out.say(*say.footer())
        context.out.say(*(each.message for each in done))
    return 0
