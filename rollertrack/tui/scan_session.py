"""What was scanned a moment ago and may belong to what is scanned next; pure, for twenty visible seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rollertrack.services.records import Scan

SECOND = 1_000_000
REPEAT = 5 * SECOND
PAIRING = 20 * SECOND


@dataclass(slots=True)
class ScanSession:
    """The scans of one station; instants are microseconds UTC."""

    _seen: dict[str, int] = field(default_factory=dict)
    _person: tuple[Scan, int] | None = None
    _solution: tuple[Scan, int] | None = None
    _rollers: dict[str, int] = field(default_factory=dict)

    def seen(self, code: str, now: int) -> int | None:
        """Note a scan; the seconds since the same code was scanned, if it was within five."""
        before = self._seen.get(code)
        self._seen[code] = now
        return (now - before) // SECOND if before is not None and 0 <= now - before < REPEAT else None

    def roller_scanned(self, code: str, now: int) -> Scan | None:
        """Note a roller; the person scanned just before it, who is then spent."""
        self._rollers.pop(code, None)
        self._rollers[code] = now
        person, self._person = self._fresh(self._person, now), None
        if self._solution is not None and self._fresh(self._solution, now):
            # Each roller put beside an open solution gives time for the next one.
            self._solution = (self._solution[0], now)
        return person

    def person_scanned(self, person: Scan, now: int) -> str | None:
        """Note a person; the roller scanned just before, with whom the pair is complete."""
        roller = next(iter(reversed(self.rollers(now))), None)
        self._person = None if roller else (person, now)
        return roller

    def solution_scanned(self, solution: Scan, now: int) -> Sequence[str]:
        """Note a solution; the rollers scanned just before, oldest first."""
        self._solution = (solution, now)
        return self.rollers(now)

    def solution(self, now: int) -> Scan | None:
        """The solution scanned just now."""
        return self._fresh(self._solution, now)

    def rollers(self, now: int) -> list[str]:
        """The rollers scanned just now, oldest first."""
        return [code for code, at in self._rollers.items() if 0 <= now - at < PAIRING]

    def forget(self) -> None:
        """Drop what waits for its other half; repeats are still told."""
        self._person = self._solution = None
        self._rollers.clear()

    @staticmethod
    def _fresh(held: tuple[Scan, int] | None, now: int) -> Scan | None:
        return held[0] if held is not None and 0 <= now - held[1] < PAIRING else None
