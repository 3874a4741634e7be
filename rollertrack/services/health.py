"""The health questions, and what a person's skin did: asked and logged, never judged."""

from collections.abc import Sequence

from rollertrack.domain import events as ev
from rollertrack.domain.code import shown
from rollertrack.domain.text import NOTE_LIMIT, required_line
from rollertrack.errors import BadInput, going_on
from rollertrack.services.answered import FIELD, clean_conditions, log_answers, unlisted_conditions
from rollertrack.services.station import Deed, Done, Station, deed, once
from rollertrack.wording import persons as say
from rollertrack.wording.traces import reacted


@once
def ask(
    station: Station, code: str, names: Sequence[str] = (), *, none: bool = False,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that a person was asked the health questions: all that holds, or that nothing does."""
    answers = clean_conditions(names)
    if none is bool(answers):
        said = say.one_of_the_two(answers)
        raise BadInput(FIELD, *going_on(said, at_prompt=" (--none says that nothing does)"))
    with deed(station, at, operator) as now:
        person = now.person(code)
        entry = log_answers(now, person, answers)
        message = say.asked(person.code, answers)
        gone = tuple(each for each in person.contraindications if each not in answers)
        warnings = (*say.no_longer(gone), *unlisted_conditions(answers))
        return Done("person ask", (person.code,), now.at, message, (entry,), warnings)


@once
def react(
    station: Station, code: str, text: str, session: int | None = None, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Note a reaction of a person's skin; to the newest session before it, or that of an entry's number.

    With the number 0 it is laid to none: nobody knows which it was.
    """
    what = required_line("text", text, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        person = now.person(code)
        used = _session(now, person.code, session)
        payload = ev.Reaction(
            text=what, roller=used.roller if used else "", entry=used.entry if used else None
        )
        event = now.append(person.code, payload)
        message = reacted(person.code, person.label)
        return Done("person react", (person.code,), now.at, message, (event.seq,))


def _session(now: Deed, person: str, number: int | None) -> ev.Session | None:
    """The session of an entry's number; where none is named, the newest that had been when skin reacted.

    As it happens that is the newest of all, also where the clock has gone back since.
    """
    sessions = {
        each.seq: each
        for each in ev.effective(now.journal.stream(person))
        if isinstance(each.payload, ev.Session)
    }
    if number is None:
        is_told_late = now.at < now.recorded_at
        before = [each for each in sessions.values() if each.at <= now.at or not is_told_late]
        number = before[-1].seq if before else 0
    elif number and number not in sessions:
        none_such = f"entry {number} of {shown(person)} is no session"
        raise BadInput("session", *going_on(none_such, at_prompt="; `log` numbers them"))
    elif number and now.at < sessions[number].at <= now.recorded_at:
        raise BadInput("session", say.session_after(number, sessions[number].at))
    payload = sessions[number].payload if number else None
    assert payload is None or isinstance(payload, ev.Session)
    return payload
