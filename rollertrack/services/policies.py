"""The policy: what is in force, and changing it."""

from rollertrack.domain.events import POLICY_STREAM, PolicySet
from rollertrack.domain.policy import PROFILE_KEY, Policy, Setting, checked_setting
from rollertrack.errors import BadInput
from rollertrack.services.station import Done, Station, deed


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
    key, value = checked_setting(key, value)
    with deed(station, at, operator) as now:
        policy = now.journal.policy()
        if value == (policy.profile if key == PROFILE_KEY else policy.text(key)):
            raise BadInput(key, f"is {value} already; nothing was changed")
        event = now.append(POLICY_STREAM, PolicySet(key=key, value=value))
        return Done("policy set", (POLICY_STREAM,), now.at, f"{key} is now {value}.", (event.seq,))
