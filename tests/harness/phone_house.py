"""A phone in front of the pages, in process: what it opens, what its forms hold, what it sends."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx

from harness.stations import Clock, station_at
from rollertrack.phone.app import build_app
from rollertrack.phone.desk import Desk
from rollertrack.services import people, phones, registering, washing
from rollertrack.services.backend import Backend
from rollertrack.services.station import Station
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store

ADDRESS = "http://192.168.1.20:8765"
_FORM = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
_INPUT = re.compile(r'<input (?:id="[^"]*" |type="hidden" )name="(\w+)" value="([^"]*)"')
_TICKED = re.compile(r'<input type="checkbox" name="(\w+)" value="([^"]*)" checked')
_CHOICE = re.compile(r'<select id="[^"]*" name="(\w+)">(.*?)</select>', re.DOTALL)
_CHOSEN = re.compile(r'value="([^"]*)" selected')


@dataclass
class Page:
    """What a phone got."""

    answer: httpx.Response

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        """What a person reads, on one line."""
        body = self.answer.text.partition("<body>")[2]
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())

    @property
    def word(self) -> str:
        found = re.search(r'data-word="([^"]*)"', self.answer.text)
        return found[1] if found else ""

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """The boxes that are ticked, by name and value."""
        return [(name, html.unescape(value)) for name, value in _TICKED.findall(self.answer.text)]

    @property
    def forms(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Where each form goes, and what it would send as it stands."""
        found = {}
        for action, body in _FORM.findall(self.answer.text):
            said = {name: html.unescape(value) for name, value in _INPUT.findall(body)}
            for name, options in _CHOICE.findall(body):
                chosen = _CHOSEN.search(options)
                said[name] = html.unescape(chosen[1]) if chosen else ""
            found[action.rpartition("/")[2]] = (action, said)
        return found


@dataclass
class PhoneHouse:
    """A station with rollers, its pages, and one phone."""

    path: Path
    clock: Clock
    seconds: list[float] = field(default_factory=lambda: [0.0])
    desk: Desk = field(init=False)
    client: httpx.AsyncClient = field(init=False)
    clean: str = ""
    dirty: str = ""

    def station(self) -> Station:
        """A station of its own on the same database."""
        return Station(Store(self.path), self.clock, Random("another").choice)

    async def open(self, path: str, **headers: str) -> Page:
        return Page(await self.client.get(path, headers=headers))

    async def send(self, path: str, said: dict[str, Any], **headers: str) -> Page:
        given = {"origin": str(self.client.base_url).rstrip("/"), **headers}
        return Page(await self.client.post(path, data=said, headers=given))

    async def pair(self, operator: str | None = None) -> None:
        """Pair the phone."""
        code = (await self.desk.backend.run(phones.begin_pairing, operator=operator)).code
        paired = await self.send(f"/pair/{code}", {"name": "mine"})
        assert paired.status == 303, paired.text

    async def do(self, code: str, deed: str, **said: str) -> Page:
        """Fill in a form of a roller's page and send it; the page that it leads to."""
        action, form = (await self.open(f"/{code}")).forms[deed]
        return await self.follow(await self.send(action, form | said))

    async def follow(self, page: Page) -> Page:
        """The page that an answer leads to, or itself."""
        return await self.open(page.answer.headers["location"]) if page.status == 303 else page


@asynccontextmanager
async def phone_house(folder: Path, link_base: str | None = None, **desk: Any) -> AsyncIterator[PhoneHouse]:
    """A station, its pages and a phone that is not paired; one person, one clean roller, one used."""
    house = PhoneHouse(folder / "a.db", Clock())
    with station_at(house.path, house.clock) as station:
        both = [registering.add(station, {"length": "0.25", "name": name}) for name in ("evening", "morning")]
        house.clean, house.dirty = (each.codes[0] for each in both)
        washing.disinfect(station, [house.clean], Bath("alcohol", minutes="10", cleaned=True))
    backend = Backend(house.station)
    house.desk = Desk(backend, link_base, seconds=lambda: house.seconds[0], **desk)
    transport = httpx.ASGITransport(build_app(house.desk), client=("192.168.1.77", 40_000))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as house.client:
        try:
            yield house
        finally:
            backend.close()


def add_person(house: PhoneHouse, label: str) -> str:
    """Register one more person."""
    station = house.station()
    try:
        return people.add_person(station, label, ()).codes[0]
    finally:
        station.store.close()
