"""What scanning an action card does: one of the other deeds, in the words of someone without a keyboard."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rollertrack.domain.cards import Action
from rollertrack.domain.verdict import Refused, Verdict
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput, NotNow
from rollertrack.services import checking, keeping, using, washing
from rollertrack.services.people import open_bins
from rollertrack.services.policies import policy_in_force
from rollertrack.services.station import Done, Station, deed, once
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath, Ending
from rollertrack.wording import scans

DESPITE = "logged by card after the warning"
FAULT = "found not ok, by card"
BINNED = "put in the sharps bin"
UNDONE = "undone by card"


class ScanAgain(NotNow):
    """A deed that its card does when it is scanned once more.

    `warnings` names what the user was told; handed back with the second scan, it covers nothing else.
    """

    title = "Scan once more"

    def __init__(self, message: str, warnings: tuple[str, ...]) -> None:
        super().__init__(message)
        self.warnings = warnings


class _Task(NamedTuple):
    """What a card is to do, and everything scanned beside it."""

    station: Station
    codes: tuple[str, ...]
    person: str | None
    solution: str | None
    sharps_bin: str | None
    warned: tuple[str, ...]
    at: str | int | None
    operator: str | None

    @property
    def code(self) -> str:
        return self.codes[0]

    def covers(self, warnings: Sequence[str]) -> bool:
        """Whether the user was told of all of them at the scan before."""
        return set(warnings) <= set(self.warned)


@once
def act(
    station: Station,
    action: Action,
    codes: Sequence[str],
    *,
    person: str | None = None,
    solution: str | None = None,
    sharps_bin: str | None = None,
    warned: tuple[str, ...] = (),
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Do what an action card says to the roller scanned with it; INTO SOAK takes several.

    Raises ScanAgain for what needs the card once more, with its `warnings` as `warned`; BadInput whose field
    is `person`, `operator` or `bin` where the card of one must be scanned too.
    """
    rollers = tuple(dict.fromkeys(codes))
    if not rollers:
        raise BadInput("code", scans.takes_a_roller(action, many=False))
    if len(rollers) > 1 and action is not Action.SOAK:
        raise BadInput("code", scans.takes_a_roller(action, many=True))
    task = _Task(station, rollers, person, solution, sharps_bin, warned, at, operator)
    try:
        with station.store.transaction():
            return _DEEDS[action](task)
    except BadInput as error:
        raise _as_scan(task, error) from None


def _as_scan(task: _Task, error: BadInput) -> BadInput:
    """The scan that gives what was missing; every other fault as it is."""
    if error.field == "person" and task.person is None:
        return BadInput("person", "scan the card of the person it is used on")
    if error.field == "operator" and not (task.operator or task.station.operator):
        return BadInput("operator", "scan your operator card first")
    return error


def _used(task: _Task) -> Done:
    verdict = checking.check(task.station, task.code, person=task.person, at=task.at).verdict
    worries = _worries(verdict)
    is_known = bool(worries) and task.covers(worries)
    said = Use(
        person=task.person,
        acknowledged=is_known,
        despite=DESPITE if is_known and not verdict.may_use else "",
        seen_rules=worries,
    )
    try:
        return using.use(task.station, task.code, said, at=task.at, operator=task.operator)
    except Refused as refused:
        raise ScanAgain(scans.use_warning(task.code, refused.verdict), _worries(refused.verdict)) from None


def _worries(verdict: Verdict) -> tuple[str, ...]:
    return tuple(finding.rule for finding in verdict.findings if finding.word is not Word.USE)


def _soaked(task: _Task) -> Done:
    usual = policy_in_force(task.station).usual_agent
    packed = washing.sealed(task.station, task.codes)
    if packed and not task.covers(warnings := tuple(f"sealed {code}" for code in packed)):
        raise ScanAgain(scans.sealed_warning(packed), warnings)
    bath = Bath(solution=task.solution, agent="" if task.solution else usual, opened=bool(packed))
    return washing.soak(task.station, task.codes, bath, at=task.at, operator=task.operator)


def _taken_out(task: _Task) -> Done:
    with deed(task.station, task.at, task.operator) as now:
        soak = now.roller(task.code, now.until).soak
        is_early = soak is not None and now.at < soak.due_at
        if soak is not None and is_early and not task.covers(warnings := (f"begun {soak.started_at}",)):
            raise ScanAgain(scans.early_warning(task.code, soak.due_at - now.at), warnings)
        ending = Ending() if soak is None or is_early else _ending(task, soak.facts.agent, soak.started_at)
        return washing.done(
            task.station, task.codes, early=is_early, ending=ending, at=task.at, operator=task.operator
        )


def _ending(task: _Task, agent: str, started_at: int) -> Ending:
    """What the card's second scan says of the end of a soak: that it was rinsed; no more."""
    asked = washing.asked_at_end(task.station, task.codes)
    if "indicator" in asked:
        raise BadInput("indicator", "a card cannot say what the load's indicator said; take it out by hand")
    if "rinse" not in asked:
        return Ending()
    if not task.covers(warnings := (f"rinse {started_at}",)):
        raise ScanAgain(scans.rinse_warning(task.code, agent), warnings)
    return Ending(rinsed=True)


def _failed(task: _Task) -> Done:
    return keeping.inspect(task.station, task.code, fail=FAULT, at=task.at, operator=task.operator)


def _binned(task: _Task) -> Done:
    return keeping.retire(
        task.station, task.code, BINNED, sharps_bin=task.sharps_bin or _only_bin(task.station),
        at=task.at, operator=task.operator,
    )  # fmt: skip


def _only_bin(station: Station) -> str | None:
    """The one open bin; None where no bin is on record."""
    bins = [row.code for row in open_bins(station)]
    if len(bins) > 1:
        raise BadInput("bin", scans.bins_open(len(bins)))
    return bins[0] if bins else None


def _undone(task: _Task) -> Done:
    with deed(task.station, task.at, task.operator) as now:
        newest = keeping.newest_entry(now, task.code)
        warnings = (f"entry {newest.seq}",)
        if not keeping.is_fresh(now, newest) and not task.covers(warnings):
            age = now.recorded_at - newest.recorded_at
            raise ScanAgain(scans.undo_warning(task.code, age, newest), warnings)
        return keeping.undo(
            task.station, task.code, UNDONE, entry=newest.seq, at=task.at, operator=task.operator
        )


_DEEDS: dict[Action, Callable[[_Task], Done]] = {
    Action.USED: _used,
    Action.SOAK: _soaked,
    Action.DONE: _taken_out,
    Action.FAULT: _failed,
    Action.BIN: _binned,
    Action.UNDO: _undone,
}
