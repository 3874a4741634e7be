"""When the program has done all that it can do for now: known from its event loop, not from a clock.

The loop tells it by what it asks of its selector: while anything is ready to run it polls, and once it is
about to wait, nothing is. What runs on other threads is counted as it is handed over; a test that holds a
thread up on purpose says so, since a thread that waits cannot be told from one on a busy machine.
"""

import asyncio
import selectors
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

_LONG = 120.0
"""Seconds after which a program that is still at work never comes to rest, however slow the machine."""
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


_held_up: set[str] = set()


@contextmanager
def held_up(thread: str) -> Iterator[None]:
    """While a thread, known by how its name begins, waits for what only the test can give it."""
    _held_up.add(thread)
    try:
        yield
    finally:
        _held_up.discard(thread)


class WatchedLoop(asyncio.SelectorEventLoop):
    """An event loop that can be asked to say when it is idle."""

    def __init__(self) -> None:
        watched = _Watched()
        super().__init__(watched)
        self._elsewhere: dict[asyncio.Future[Any], Executor | None] = {}
        self._threads: dict[Executor | None, str] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._woken = False
        watched.before_waiting = self._before_waiting
        watched.is_woken = self._take_woken

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        def do() -> Any:
            self._threads[executor] = threading.current_thread().name
            if self._is_held_up(executor):
                self.call_soon_threadsafe(lambda: None)  # look again
            return func(*args)

        future: asyncio.Future[Any] = super().run_in_executor(executor, do)
        self._elsewhere[future] = executor
        future.add_done_callback(self._elsewhere.pop)
        return future

    def _is_held_up(self, executor: Executor | None) -> bool:
        return self._threads.get(executor, "").startswith(tuple(_held_up))

    def _before_waiting(self) -> None:
        if self._waiting and all(map(self._is_held_up, self._elsewhere.values())):
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
        await asyncio.wait([waiter], timeout=_LONG)
        assert waiter.done(), f"not idle after {_LONG:.0f} seconds; at work: {[*self._elsewhere]}"


class WatchedPolicy(asyncio.DefaultEventLoopPolicy):
    """Makes every loop of the tests one that knows when it is idle."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return WatchedLoop()


async def until_idle(*_: float) -> None:
    """Wait until the running loop is idle; takes and ignores the times that Textual's own wait takes."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, WatchedLoop)
    await loop.until_idle()
