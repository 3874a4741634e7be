"""The policy: what is in force, and changing it."""

from collections.abc import Iterator
from contextlib import suppress

from rollertrack.domain.events import POLICY_STREAM, Event, PolicySet
from rollertrack.domain.own_rules import looser_than
from rollertrack.domain.policy import DEFAULT, PROFILE_KEY, Policy, Setting, checked_setting, policy_of
from rollertrack.domain.policy_table import with_unit
from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services.station import Done, Station, deed, once
from rollertrack.wording import done as say

RECALCULATING = "The lists are being calculated anew after a change of the policy; `check` knows it already."
"""What is said beside a list that may show some rollers by the policy before."""


def show_policy(station: Station) -> list[Setting]:
    """Every value in force, each with its source."""
    return policy_in_force(station).settings()


def policy_in_force(station: Station) -> Policy:
    """The policy in force."""
    with station.store.reading() as journal:
        return journal.policy()


def set_policy(
    station: Station, key: str, value: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Change a value of the policy; every roller's standing is computed anew."""
    try:
        done = _set_policy(station, key, value, at, operator)
    except BadInput:
        station.store.recalculate()  # asked again after it was cut off: what that left is done
        raise
    return done._replace(warnings=(*done.warnings, *recalculation_notes(station)))


def recalculation_notes(station: Station) -> tuple[str, ...]:
    """That lists may show some rollers by the policy before, or that it is not known; mostly nothing."""
    try:
        is_behind = station.store.is_recalculating()
    except RollerTrackError:
        is_behind = True
    return (RECALCULATING,) if is_behind else ()


def go_on_recalculating(station: Station) -> None:
    """Calculate a batch of what a change of the policy left, unless the database takes no deed now."""
    with suppress(RollerTrackError):
        station.store.recalculate_some()


@once
def _set_policy(station: Station, key: str, value: str, at: str | int | None, operator: str | None) -> Done:
    key, value = checked_setting(key, value)
    with deed(station, at, operator, what=f"policy set {key}") as now:
        policy = now.journal.policy()
        if _reads_so(policy, key, value):
            raise BadInput(key, f"is {value} already; nothing was changed")
        if key == "agent.usual" and value != DEFAULT and not policy.agent(value).disinfects:
            raise BadInput(
                key, f"{value} does not disinfect in the {policy.profile} profile; name one that does"
            )
        event = now.append(POLICY_STREAM, PolicySet(key=key, value=value))
        after = now.journal.policy()
        said = value if key == PROFILE_KEY else after.text(key)
        message, warnings = say.rule_set(key, said), _consequences(policy, after, key)
        return Done("policy set", (POLICY_STREAM,), now.at, message, (event.seq,), warnings)


def consequences(station: Station, key: str, value: str) -> tuple[str, ...]:
    """What a change of the policy would set aside and loosen, each a sentence, before it is made."""
    key, value = checked_setting(key, value)
    with station.store.reading() as journal:
        entries = journal.stream(POLICY_STREAM)
        now = station.clock()
        more = Event(POLICY_STREAM, len(entries) + 1, now, now, PolicySet(key=key, value=value))
        return _consequences(policy_of(entries), policy_of([*entries, more]), key)


def _consequences(before: Policy, after: Policy, key: str) -> tuple[str, ...]:
    if key == PROFILE_KEY:
        return tuple(_of_a_profile(before, after))
    usual = Policy(after.profile)
    return tuple(
        f"That is looser than the source, which says {found.usual}: every verdict that it decides says so."
        for found in looser_than(after, usual)
        if found.row.key == key
    )


def _of_a_profile(before: Policy, after: Policy) -> Iterator[str]:
    """What another profile sets aside, takes up again, and allows that the one before did not."""
    for policy, verb in ((before, "Set aside, set in"), (after, "In force again, set in")):
        own = [f"“{row.title}” {with_unit(policy.text(row.key), row.unit)}" for row in policy.own_rows]
        if own:
            yield f"{verb} the {policy.profile} profile: {', '.join(own)}."
    looser = [found.change for found in looser_than(after, before)]
    if looser:
        yield f"Looser from now on: {', '.join(looser)}."


def _reads_so(policy: Policy, key: str, value: str) -> bool:
    if key == PROFILE_KEY:
        return value == policy.profile
    return key not in policy.changes if value == DEFAULT else value == policy.text(key)
