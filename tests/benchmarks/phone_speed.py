"""The page of a roller against the same reads in process, a tap against its service, the start, the memory.

Run: python tests/benchmarks/phone_speed.py [ROUNDS]
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from pairs import ratio, report

from rollertrack.services import checking, codes, keeping, lists, phones, records
from rollertrack.services.station import Station
from rollertrack.settings import Settings
from rollertrack.wiring import open_station, write_sample

ROLLERS, ASKED = 1_000, 200
PORT = 18_765
STARTS = 5


def rss_of(process: int) -> float:
    """The memory of a process in MiB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def timed(does: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    does()
    return time.perf_counter() - begun


def until_it_answers() -> None:
    """Wait for the first page."""
    while True:
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", PORT, timeout=5)) as connection:
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.002)


def started(database: Path) -> "subprocess.Popen[bytes]":
    """A server that has answered its first page."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(database.parent)}
    call = [sys.executable, "-m", "rollertrack", "--database", str(database), "serve"]
    server = subprocess.Popen(
        [*call, "--host", "127.0.0.1", "--port", str(PORT)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    until_it_answers()
    return server


def imported() -> float:
    """Seconds of a bare import of what every deed needs."""
    code = "import rollertrack.services.using, rollertrack.services.records, rollertrack.store.store"
    return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True))


def cold(database: Path) -> float:
    """Seconds from nothing to the first page."""
    begun = time.perf_counter()
    server = started(database)
    seconds = time.perf_counter() - begun
    server.kill()
    server.wait()
    return seconds


@dataclass
class Both:
    """A phone before a server, and a station in this process on the same database; roller after roller."""

    station: Station
    connection: HTTPConnection
    token: str

    def __post_init__(self) -> None:
        rows = lists.rows_for_list(self.station)
        self.codes = cycle([row.code for row in rows if row.state != "retired"][:ASKED])

    def ask(self, method: str, path: str, said: dict[str, str] | None = None, cookie: str = "") -> str:
        """A page."""
        headers = {"Cookie": f"rollertrack={cookie}", "Origin": f"http://127.0.0.1:{PORT}"}
        body = urlencode(said) if said is not None else None
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse().read().decode()

    def page(self, cookie: str = "") -> float:
        """Seconds of a page."""
        code = next(self.codes)
        return timed(lambda: self.ask("GET", f"/{code}", cookie=cookie))

    def read(self, *, whole: bool) -> float:
        """Seconds of what a page reads."""
        code = next(self.codes)

        def look() -> None:
            codes.identify(self.station, code)
            checking.check(self.station, code)
            if whole:
                records.show(self.station, code)

        return timed(look)

    def tap(self) -> float:
        """Seconds of a note by its form."""
        code = next(self.codes)
        form = self.ask("GET", f"/{code}", cookie=self.token).partition(f'action="/{code}/note"')[2]
        said = {"note": "x", **dict(re.findall(r'name="(key|uid)" value="([^"]*)"', form)[:2])}
        return timed(lambda: self.ask("POST", f"/{code}/note", said, self.token))

    def note(self) -> float:
        """Seconds of a note by its service."""
        code = next(self.codes)
        return timed(lambda: keeping.note(self.station, code, "x"))


def main() -> None:
    """Write a sample, serve it, compare."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "a.db"
        write_sample(database, ROLLERS)
        station = open_station(Settings(database=str(database)))
        token = phones.pair(station, phones.begin_pairing(station).code, "benchmark")
        start = ratio(lambda: cold(database), imported, STARTS)
        report("serve to its first page", "import of services and store", start, 3.2)
        server = started(database)
        with closing(HTTPConnection("127.0.0.1", PORT)) as connection, closing(station.store):
            both = Both(station, connection, token)
            looked = ratio(both.page, lambda: both.read(whole=False), rounds)
            report("page of an unpaired phone", "identify and check in process", looked, 1.6)
            shown = ratio(lambda: both.page(token), lambda: both.read(whole=True), rounds)
            report("page of a paired phone", "identify, check and show in process", shown, 1.6)
            report("a tap", "the same service in process", ratio(both.tap, both.note, rounds // 4), 3.5)
        print(f"memory of serve after that: {rss_of(server.pid):.1f} MiB (aim 45)")
        server.send_signal(signal.SIGINT)
        server.wait()


if __name__ == "__main__":
    main()
