"""What the terminal UI has at hand from the floors above it: the doctor, and the pages for phones."""

from collections.abc import Sequence
from threading import Thread
from typing import Any

from rollertrack.addresses import EVERYWHERE, address_at
from rollertrack.cli.serving import loaded, notes_on
from rollertrack.cli.shown_codes import code_lines
from rollertrack.deeds.options import PHONE_PORT
from rollertrack.services.phones import sound_base
from rollertrack.settings import Settings
from rollertrack.wiring import backend_of
from rollertrack.wording import phones as words

_PATIENCE = 5.0
"""Seconds that answers under way have when the pages are stopped."""


def checkup(settings: Settings) -> Sequence[object]:
    """What the doctor finds at a station."""
    from rollertrack.cli.doctor import of_station  # a start has no need of it

    return tuple(of_station(settings))


class PagesBeside:
    """The pages served beside the terminal UI, on a thread with a loop and a store of its own."""

    def __init__(self, settings: Settings, port: int = PHONE_PORT) -> None:
        self.address = ""
        self._settings = settings
        self._port = port
        self._server: Any = None
        self._thread: Thread | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """That the pages are served, for the top line, the longest first."""
        return words.serving_texts(self.address)

    def code_lines(self, text: str) -> Sequence[str]:
        """A text as a code for a phone's camera, two modules above each other in a character."""
        return code_lines(text)

    def start(self) -> Sequence[str]:
        """Begin to answer; what keeps phones from finding it. BadInput where it cannot."""
        serving, desk = loaded()
        base = sound_base(self._settings.link_base)
        address = base or address_at(self._port)
        listening = serving.bound(EVERYWHERE[0], self._port)
        asked = desk(backend_of(self._settings), base, may_look=self._settings.strangers_may_look)
        self._server = serving.server_of(asked)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        self.address = address
        return notes_on(base, address, self._port, encrypted=False, proxied=False)

    def stop(self) -> None:
        """Answer no more, once what is under way is answered."""
        self.address = ""
        if self._thread is not None:
            self._server.should_exit = True
            self._thread.join(_PATIENCE)
            self._thread = None
