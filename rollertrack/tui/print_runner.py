"""Prints what waits in the queue, one label at a time, so that a stop gets its turn."""

from collections.abc import Awaitable, Callable

from rollertrack.domain.print_jobs import BatchEnding, BatchProgress, JobRow
from rollertrack.services.backend import Backend
from rollertrack.services.labels import queue
from rollertrack.wording.printing import batch_ended, left_over, printing_texts


class PrintRunner:
    """Drains one batch after the other; `follow` is called at each step.

    `end` is called at the end of each batch, with its number if it failed, and the outcome in words.
    """

    def __init__(
        self,
        backend: Backend,
        follow: Callable[[], None],
        end: Callable[[int | None, str], Awaitable[None]],
    ) -> None:
        self._backend = backend
        self._follow = follow
        self._end = end
        self._wanted: list[int] = []
        self._is_running = False
        self.is_stopping = False
        self.progress: BatchProgress | None = None
        """How far the batch is that prints now."""

    async def run(self, batch: int) -> None:
        """Print what waits of a batch, after those asked for before it; takes back a stop."""
        self.is_stopping = False
        if batch not in self._wanted and not (self.progress and batch == self.progress.batch):
            self._wanted.append(batch)
        if self._is_running:
            return
        self._is_running = True
        try:
            while self._wanted:
                ending = await self._drain(self._wanted.pop(0))
                await self._end(ending.progress.batch if ending.failed else None, batch_ended(ending))
        finally:
            self._is_running = False
            self._rest()

    def stop(self) -> None:
        """Print no more after the label under way; what was not sent waits in the queue."""
        if self._is_running:
            self._wanted.clear()
            self.is_stopping = True
            self._follow()

    @property
    def texts(self) -> tuple[str, ...]:
        """The batch that prints now for the top line, in fewer and fewer words."""
        return printing_texts(self.progress, stopping=self.is_stopping)

    async def left_over(self) -> str:
        """What an earlier run left unprinted, in words; empty for nothing."""
        count = await self._backend.run(queue.left_over)
        return left_over(count) if count else ""

    async def _drain(self, batch: int) -> BatchEnding:
        from rollertrack.services.labels.sending import print_next

        last: JobRow | None = None
        while not self.is_stopping:
            self.progress = await self._backend.run(queue.progress, batch)
            self._follow()
            job = await self._backend.run_printing(print_next, batch)
            last = job or last
            if job is None or job.is_in_the_way:
                break
        came = await self._backend.run(queue.progress, batch)
        ending = BatchEnding(came, last, stopped=self.is_stopping and came.left > 0)
        self._rest()
        return ending

    def _rest(self) -> None:
        self.progress, self.is_stopping = None, False
        self._follow()
