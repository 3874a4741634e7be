"""The way a screen asks for a deed: off the event loop, on the one thread that owns the store."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from rollertrack.services.station import Station

P = ParamSpec("P")
R = TypeVar("R")


class _Lane:
    """One thread with a station of its own, opened at the first question."""

    def __init__(self, name: str, open_station: Callable[[], Station]) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._open = open_station
        self._station: Station | None = None

    def run(self, deed: Callable[[Station], R]) -> asyncio.Future[R]:
        return asyncio.get_running_loop().run_in_executor(self._thread, self._do, deed)

    def _do(self, deed: Callable[[Station], R]) -> R:
        if self._station is None:
            self._station = self._open()
        return deed(self._station)

    def close(self) -> None:
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _close(self) -> None:
        if self._station is not None:
            self._station.store.close()


class Desk:
    """Deeds and reads for screens: `await desk.ask(use, code, …)` runs `use(station, code, …)`.

    Printers have a lane of their own, and so has what draws labels: a printer that stalls must hold up
    neither a scan nor a preview. Whoever is set as `operator` does every deed from then on.
    """

    def __init__(self, open_station: Callable[[], Station]) -> None:
        self._lane = _Lane("store", open_station)
        self._slow_lane = _Lane("printing", open_station)
        self._drawing_lane = _Lane("drawing", open_station)
        self.operator: str | None = None

    async def ask(self, deed: Callable[Concatenate[Station, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a deed; its errors are raised here."""
        return await self._lane.run(lambda station: deed(self._staffed(station), *args, **kwargs))

    async def ask_slowly(
        self, deed: Callable[Concatenate[Station, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The result of a deed that may wait for a device."""
        return await self._slow_lane.run(lambda station: deed(self._staffed(station), *args, **kwargs))

    async def ask_aside(
        self, deed: Callable[Concatenate[Station, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The result of a deed that draws labels and waits for no device."""
        return await self._drawing_lane.run(lambda station: deed(self._staffed(station), *args, **kwargs))

    def _staffed(self, station: Station) -> Station:
        return replace(station, operator=self.operator) if self.operator else station

    def close(self) -> None:
        """Close the stores; a deed under way is finished first."""
        self._lane.close()
        self._drawing_lane.close()
        self._slow_lane.close()
