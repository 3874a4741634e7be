"""The real server on real sockets: what is half sent, why it cannot begin, what a kill leaves."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from harness.stations import station_at

from rollertrack.errors import BadInput
from rollertrack.phone import serving
from rollertrack.phone.desk import Desk
from rollertrack.services import phones, registering, upkeep
from rollertrack.services.backend import Backend
from rollertrack.services.station import Station
from rollertrack.store.store import Store
from rollertrack.wiring import system_clock, system_dice

PATIENCE = 20.0
ROUNDS = 3


class NotBegunError(Exception):
    """The server did not begin."""


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """A server of a database of its own, on a thread; its port."""
    path = folder / "a.db"
    with station_at(path):
        pass
    desk = Desk(Backend(lambda: Station(Store(path), system_clock, system_dice)))
    with serving.bound("127.0.0.1", 0) as listening:
        server = serving.server_of(desk)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def connected(port: int, sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), PATIENCE)
    connection.sendall(sent)
    return connection


HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BEHIND = HEAD + b"\r\nGET /"
"""A whole request, and the beginning of the next one in its back."""
BODY = b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf"


def test_what_is_half_sent_is_ended_and_a_kept_connection_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving.HurriedProtocol, "deadline", 0.3)
    with served(tmp_path) as port:
        half = [connected(port, sent) for sent in (b"", b"G", HEAD, BODY, BEHIND) for _ in range(60)]
        kept = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with closing(kept):
            for _ in range(3):
                kept.request("GET", "/")
                assert kept.getresponse().read()
            for connection in half:
                with closing(connection):
                    while connection.recv(4_096):
                        pass
            kept.request("GET", "/")
            assert kept.getresponse().status == 200


def test_what_is_no_request_gets_no_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with served(tmp_path) as port:
        hello, nonsense = b"\x16\x03\x01\x02\x00\x01\x00", b"nonsense\r\n\r\n"
        for sent in (hello, nonsense, b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 70_000):
            with closing(connected(port, sent)) as connection:
                assert b"Traceback" not in connection.recv(4_096)
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "")


def test_a_port_that_is_taken_or_a_host_that_is_not_here_is_one_sentence() -> None:
    with serving.bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(
            BadInput, match=rf"^port: nobody can be answered on 127\.0\.0\.1 port {port}: [^;]*$"
        ) as taken:
            serving.bound("127.0.0.1", port)
        assert taken.value.at_prompt == f"{taken.value.message}; another --port is right"
    for host in ("192.0.2.1", "nowhere.invalid", "a b", "ü" * 70):
        with pytest.raises(BadInput, match="nobody can be answered"):
            serving.bound(host, 0)


def test_a_certificate_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "c.pem").write_text("no certificate")
    for name in ("c.pem", "none.pem"):
        with pytest.raises(BadInput, match=r"^certificate: .* cannot be used"):
            serving.checked(serving.Encryption(str(tmp_path / name)))


def _tap(port: int, token: str, code: str, acknowledged: list[str], stop: threading.Event) -> None:
    """Log notes one after the other, as a phone does, until the server is gone."""
    while not stop.is_set():
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                cookie = {"Cookie": f"rollertrack={token}"}
                connection.request("GET", f"/{code}", headers=cookie)
                page = connection.getresponse().read().decode()
                action, said = _note_form(page)
                said["note"] = said["uid"]
                headers = {
                    **cookie,
                    "Origin": f"http://127.0.0.1:{port}",
                    "Content-Type": "application/x-www-form-urlencoded",
                }
                connection.request("POST", action, urlencode(said), headers)
                if connection.getresponse().status == 303:
                    acknowledged.append(said["note"])
        except (OSError, HTTPException):
            return


def _note_form(page: str) -> tuple[str, dict[str, str]]:
    found = re.search(r'action="(/\w+/note)">(.*?)</form>', page, re.DOTALL)
    assert found is not None
    hidden = re.findall(r'name="(key|uid)" value="([^"]*)"', found[2])
    return found[1], dict(hidden)


def test_a_server_that_is_killed_lost_nothing_acknowledged_and_doubled_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with station_at(path) as station:
        code = registering.add(station, {"length": "0.25"}).codes[0]
        now = station.changed(clock=system_clock)
        token = phones.pair(now, phones.begin_pairing(now).code, "mine")
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        with serving.bound("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        call = [sys.executable, "-m", "rollertrack", "--database", str(path), "serve"]
        environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
        with subprocess.Popen(
            [*call, "--host", "127.0.0.1", "--port", str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        ) as server:  # fmt: skip
            _until_it_answers(port)
            stop, before = threading.Event(), len(acknowledged)
            taps = [
                threading.Thread(target=_tap, args=(port, token, code, acknowledged, stop)) for _ in range(3)
            ]
            for tap in taps:
                tap.start()
            while len(acknowledged) < before + 5 and any(tap.is_alive() for tap in taps):
                stop.wait(0.01)
            server.send_signal(signal.SIGKILL)
            stop.set()
            for tap in taps:
                tap.join(PATIENCE)
    with station_at(path) as station:
        with station.store.reading() as journal:
            notes = [getattr(event.payload, "text", "") for event in journal.stream(code)][1:]
        assert upkeep.verify(station).fault == ""
    assert set(acknowledged) <= set(notes)
    assert len(notes) == len(set(notes))
    assert len(acknowledged) >= 5 * ROUNDS


def _until_it_answers(port: int) -> None:
    for _ in range(2_000):
        try:
            with closing(socket.create_connection(("127.0.0.1", port), PATIENCE)):
                return
        except OSError:
            threading.Event().wait(0.01)
    raise NotBegunError
