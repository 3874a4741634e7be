"""Paired timings: two things in turn, compared round by round, so that a drifting machine harms neither."""

import statistics
from collections.abc import Callable

Timed = Callable[[], float]


def ratio(subject: Timed, floor: Timed, rounds: int) -> tuple[float, float, float]:
    """Medians of the subject, of the floor (both in seconds), and of their ratio round by round."""
    subject(), floor()
    subjects, floors = [], []
    for _ in range(rounds):
        subjects.append(subject())
        floors.append(floor())
    ratios = [one / other for one, other in zip(subjects, floors, strict=True)]
    return statistics.median(subjects), statistics.median(floors), statistics.median(ratios)


def report(
    what: str, against: str, measured: tuple[float, float, float], aim: float, before: str = "–"
) -> None:
    """Print one comparison; a benchmark tells, it never fails."""
    subject, floor, times = measured
    print(
        f"{what}: {subject * 1000:.1f} ms; {against}: {floor * 1000:.1f} ms;"
        f" ratio {times:.2f} (0.1.0: {before}, aim {aim})"
    )
