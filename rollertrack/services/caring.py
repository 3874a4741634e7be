"""The care slip is handed over: on paper where that is asked; that a person was given it is an entry."""

from rollertrack.domain import events as ev
from rollertrack.domain.care import which_slip
from rollertrack.domain.code import Kind
from rollertrack.domain.text import required_line
from rollertrack.errors import BadInput
from rollertrack.services.care_papers import print_slip, write_slip
from rollertrack.services.station import Done, Station, check_deed, deed, once, person_of, read_code
from rollertrack.wording import care as say


@once
def give_care(
    station: Station, which: str, person: str, how: str = say.ON_SCREEN, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that a person was given a slip, and how."""
    payload = ev.CareGiven(which=which_slip(which), how=required_line("how", how))
    with deed(station, at, operator) as now:
        found = now.person(person, now.until, "person")
        event = now.append(found.code, payload)
        message = say.care_given(payload.which, found.code, payload.how)
        return Done("care", (found.code,), now.at, message, (event.seq,))


def hand_over(
    station: Station, which: str, person: str | None = None, *, to: str | None = None,
    printer: str | None = None, media: str | None = None, how: str = "", force: bool = False,
    at: str | int | None = None, operator: str | None = None,
) -> list[Done]:  # fmt: skip
    """Write or print a slip where that is asked, and then log who was given it, when anybody is named.

    What cannot be logged is refused before anything is printed.
    """
    which_slip(which)
    if person is None and (how or at is not None):
        raise BadInput("person", "name who was given it, so that it can be logged")
    if person is not None:
        check_deed(station, at, operator)
        with station.store.reading() as journal:
            person_of(journal, read_code(station, person, Kind.PERSON, "person"), field="person")
    done: list[Done] = []
    if to is not None:
        done.append(write_slip(station, which, to, force=force))
    if printer is not None or (media is not None and to is None):
        done.append(print_slip(station, which, printer, media))
    usual = say.BY_PRINTER if printer or media else say.ON_PAPER if to is not None else say.ON_SCREEN
    if person is not None:
        done.append(give_care(station, which, person, how or usual, at=at, operator=operator))
    return done


def given_on_screen(station: Station, which: str, person: str | None) -> Done:
    """Log that a person was shown a slip; where nobody is named it was only looked at."""
    if person is None:
        return all_of([], station.clock())
    return give_care(station, which, person, say.ON_SCREEN)


def all_of(done: list[Done], at: int) -> Done:
    """Several deeds told as one; nothing but a look where there is none."""
    if not done:
        return Done("care", (), at, say.NOTHING_LOGGED)
    last = done[-1]
    return last._replace(message=" ".join(each.message for each in done))
