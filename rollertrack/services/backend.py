"""How screens have deeds and reads done: off the event loop, on the one thread that owns the store."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, Concatenate, ParamSpec, TypeVar

from rollertrack.errors import RollerTrackError
from rollertrack.services.station import Station
from rollertrack.store.seat import BeingReplaced
from rollertrack.store.store import DeedElsewhere

P = ParamSpec("P")
R = TypeVar("R")


_GRACE = 0.5
"""Seconds that whoever leaves waits for a printer."""


class _Thread(Executor):
    """One thread that nothing waits for when the program ends: a printer may keep it for long."""

    def __init__(self, name: str) -> None:
        self._asked: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        Thread(target=self._work, name=name, daemon=True).start()

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Have it done in its turn."""
        future: Future[R] = Future()

        def do() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fn(*args, **kwargs))
                except BaseException as error:  # raised where it is waited for
                    future.set_exception(error)

        self._asked.put(do)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Take nothing more."""
        self._asked.put(None)

    def _work(self) -> None:
        while (do := self._asked.get()) is not None:
            do()


class _Lane:
    """One thread with a station of its own, opened at the first question; `reads` when it does no deed."""

    def __init__(
        self, name: str, open_station: Callable[[], Station], *, reads: bool = False,
        thread: Executor | None = None,
    ) -> None:  # fmt: skip
        self._thread = thread or ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._closing: Future[None] | None = None
        self._open = open_station
        self._reads = reads
        self._station: Station | None = None
        self._looking: Future[None] | None = None

    def run(self, deed: Callable[[Station], R]) -> asyncio.Future[R]:
        return asyncio.get_running_loop().run_in_executor(self._thread, self._do, deed)

    def _do(self, deed: Callable[[Station], R]) -> R:
        if self._station is None:
            self._station = self._open()
            self._station.store.reads_only = self._reads
        return deed(self._station)

    def look(self, *, settle: bool = False) -> None:
        """Have the store look at its file when the lane has time; nobody waits for it."""
        if self._station is not None and (self._looking is None or self._looking.done()):
            self._looking = self._thread.submit(self._look, self._station, settle)

    async def looked(self) -> None:
        """Wait until the last look was taken."""
        if self._looking is not None:
            await asyncio.wrap_future(self._looking)

    @staticmethod
    def _look(station: Station, settle: bool) -> None:
        with suppress(RollerTrackError):  # told where something is asked
            station.store.look()
            if settle:
                station.store.settle()

    @property
    def is_at_device(self) -> bool:
        """Whether it waits for a printer now."""
        return self._station is not None and bool(self._station.printing.at_devices)

    def abandon_printing(self) -> None:
        from rollertrack.services.labels.sending import abandon

        with suppress(RollerTrackError):  # it reads as cut off in a minute anyway
            self._thread.submit(self._do, abandon).result()

    def close(self, patience: float | None = None) -> bool:
        """End once all is done that was asked; false where that took longer than somebody has patience."""
        if self._closing is None:
            self._closing = self._thread.submit(self._close)
            self._thread.shutdown(wait=False)
        if self._closing in wait([self._closing], patience).not_done:
            return False
        self._closing.result()
        return True

    def _close(self) -> None:
        if self._station is not None:
            self._station.store.close()


class Backend:
    """Deeds and reads for screens: `await backend.run(use, code, …)` runs `use(station, code, …)`.

    What only reads has a lane of its own: no scan waits behind a deed that waits for the lock. A question
    that turns out to write is asked anew, from its start, where deeds are done. Printers have a lane too,
    and so has what draws labels: a printer that stalls must hold up neither a scan nor a preview. Whoever is
    set as `operator` does every deed from then on.
    """

    def __init__(self, open_station: Callable[[], Station]) -> None:
        self._reading_lane = _Lane("reading", open_station, reads=True)
        self._lane = _Lane("store", open_station)
        self._slow_lane = _Lane("printing", open_station, thread=_Thread("printing"))
        self._drawing_lane = _Lane("drawing", open_station)
        self.operator: str | None = None

    async def run(self, deed: Callable[Concatenate[Station, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a deed or of a read; its errors are raised here."""
        try:
            return await self._read(lambda station: deed(self._staffed(station), *args, **kwargs))
        except DeedElsewhere:
            return await self._lane.run(lambda station: deed(self._staffed(station), *args, **kwargs))

    async def work_as(self, code: str) -> bool:
        """Have an operator do every deed from now on; one who is closed changes nothing, and it is False."""
        if not await self._works_here(code):
            return False
        self.operator = code
        return True

    async def let_go(self) -> str | None:
        """Have an operator who was closed, here or elsewhere, do no deed any more; the code of that one."""
        code = self.operator
        if code is None or await self._works_here(code) or self.operator != code:
            return None
        self.operator = None
        return code

    async def _works_here(self, code: str) -> bool:
        from rollertrack.services.people import works_here  # reads tables; what only draws needs none

        return await self.run(works_here, code)

    async def _read(self, question: Callable[[Station], R]) -> R:
        try:
            return await self._reading_lane.run(question)
        except BeingReplaced:
            self.look()
            await asyncio.gather(*(lane.looked() for lane in self._lanes))
            return await self._reading_lane.run(question)

    def look(self) -> None:
        """Have every lane look whether its file still stands there, and bring the log into it when idle."""
        for lane in self._lanes:
            lane.look(settle=lane is self._lane)

    @property
    def _lanes(self) -> tuple[_Lane, ...]:
        return self._reading_lane, self._lane, self._drawing_lane, self._slow_lane

    async def run_printing(
        self, deed: Callable[Concatenate[Station, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The result of a deed that may wait for a device."""
        return await self._slow_lane.run(lambda station: deed(self._staffed(station), *args, **kwargs))

    async def run_drawing(
        self, deed: Callable[Concatenate[Station, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The result of a deed that draws labels and waits for no device."""
        return await self._drawing_lane.run(lambda station: deed(self._staffed(station), *args, **kwargs))

    def _staffed(self, station: Station) -> Station:
        return station.changed(operator=self.operator) if self.operator else station

    def close(self) -> None:
        """Close the stores; a deed under way is finished first, but no printer is waited for.

        What is with one reads as stopped then, to be looked at.
        """
        self._reading_lane.close()
        self._drawing_lane.close()
        if not self._slow_lane.close(_GRACE):
            if self._slow_lane.is_at_device:
                self._lane.abandon_printing()
            else:
                self._slow_lane.close()
        self._lane.close()
