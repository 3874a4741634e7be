"""What a second brings: whether another station wrote, whether a count or an age has turned."""

from collections.abc import Callable
from dataclasses import dataclass

from rollertrack.domain.quantities import MINUTE
from rollertrack.domain.rows import Overview, RunningSoak
from rollertrack.services import lists
from rollertrack.services.backend import Backend


@dataclass(frozen=True, slots=True)
class Changes:
    """The overview read anew, whether something was written meanwhile, and the soaks just finished.

    `news` says that the database was replaced.
    """

    overview: Overview
    written: bool
    finished: tuple[RunningSoak, ...]
    news: str = ""


class ChangeWatcher:
    """Asks cheaply every second, and reads only when there is a reason."""

    def __init__(self, backend: Backend, clock: Callable[[], int]) -> None:
        self._backend = backend
        self._clock = clock
        self._mark: int | None = None
        self._minute = -1
        self._overview: Overview | None = None
        self._announced: set[tuple[str, int]] = set()

    async def changes(self, *, certain: bool = False) -> Changes | None:
        """What is new, or None; `certain` reads in any case."""
        self._backend.look()
        mark, now = await self._backend.run(lists.change_mark), self._clock()
        is_first, written = self._mark is None, self._mark not in {None, mark}
        if not (certain or written or is_first or now // MINUTE != self._minute or self._to_announce(now)):
            return None
        self._overview = await self._backend.run(lists.overview)
        self._mark, self._minute = mark, now // MINUTE
        finished = self._to_announce(now)
        self._announced |= {(soak.code, soak.due_at) for soak in finished}
        news = await self._backend.run(lists.news) if written else ""
        return Changes(self._overview, written or certain, finished, news)

    def _to_announce(self, now: int) -> tuple[RunningSoak, ...]:
        soaks = self._overview.soaks if self._overview else ()
        return tuple(
            soak for soak in soaks if soak.due_at <= now and (soak.code, soak.due_at) not in self._announced
        )
