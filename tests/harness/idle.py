"""When the program has done all that it can do for now: known from its event loop, not from a clock.

The loop tells it by what it asks of its selector: while anything is ready to run it polls, and once it is
about to wait, nothing is. What runs on other threads is counted as it is handed over.
"""

import asyncio
import selectors
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

_PATIENCE = 0.3
"""Seconds for which other threads may rest before they are taken for held up, as a test does on purpose."""
_AT_WORK = 0.002
"""Seconds of processor time in that span that show a thread at work."""
_AT_ONCE = 1 / 50
"""Seconds; a timer due sooner is a painting under way: Textual paints sixty times a second at the most."""


class _Watched(selectors.DefaultSelector):
    """A selector that says when the loop is about to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.before_waiting: Callable[[], None] = lambda: None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout > _AT_ONCE:
            self.before_waiting()
            if self.is_woken():
                timeout = 0
        return super().select(timeout)

    is_woken: Callable[[], bool] = staticmethod(lambda: False)


class WatchedLoop(asyncio.SelectorEventLoop):
    """An event loop that can be asked to say when it is idle."""

    def __init__(self) -> None:
        watched = _Watched()
        super().__init__(watched)
        self._elsewhere: set[asyncio.Future[Any]] = set()
        self._waiting: list[asyncio.Future[None]] = []
        self._woken = False
        watched.before_waiting = self._before_waiting
        watched.is_woken = self._take_woken

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = super().run_in_executor(executor, func, *args)
        self._elsewhere.add(future)
        future.add_done_callback(self._elsewhere.discard)
        return future

    def _before_waiting(self) -> None:
        if self._waiting and not self._elsewhere:
            self._wake()

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(None)
                self._woken = True

    def _take_woken(self) -> bool:
        woken, self._woken = self._woken, False
        return woken

    async def until_idle(self) -> None:
        """Wait until nothing is ready to run here and nothing runs for this loop elsewhere."""
        waiter: asyncio.Future[None] = self.create_future()
        self._waiting.append(waiter)
        while not waiter.done():
            used = time.process_time()
            await asyncio.wait([waiter], timeout=_PATIENCE)
            if time.process_time() - used < _AT_WORK:
                break


class WatchedPolicy(asyncio.DefaultEventLoopPolicy):
    """Makes every loop of the tests one that knows when it is idle."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return WatchedLoop()


async def until_idle(*_: float) -> None:
    """Wait until the running loop is idle; takes and ignores the times that Textual's own wait takes."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, WatchedLoop)
    await loop.until_idle()
