"""The policy: what is in force, and changing it."""

from rollertrack.domain.events import POLICY_STREAM, PolicySet
from rollertrack.domain.policy import DEFAULT, PROFILE_KEY, Policy, Setting, checked_setting
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
    with deed(station, at, operator, what=f"policy set {key}") as now:
        policy = now.journal.policy()
        if _reads_so(policy, key, value):
            raise BadInput(key, f"is {value} already; nothing was changed")
        if key == "agent.usual" and value != DEFAULT and not policy.agent(value).disinfects:
            raise BadInput(
                key, f"{value} does not disinfect in the {policy.profile} profile; name one that does"
            )
        event = now.append(POLICY_STREAM, PolicySet(key=key, value=value))
        told = value if key == PROFILE_KEY else now.journal.policy().text(key)
        return Done("policy set", (POLICY_STREAM,), now.at, f"{key} is now {told}.", (event.seq,))


def _reads_so(policy: Policy, key: str, value: str) -> bool:
    if key == PROFILE_KEY:
        return value == policy.profile
    return key not in (policy.changes or {}) if value == DEFAULT else value == policy.text(key)
