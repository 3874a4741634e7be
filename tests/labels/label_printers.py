"""Printers of flesh and blood: sockets on this computer that behave as printers do."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rollertrack.labels.places import NetworkPlace

Behaviour = Callable[[socket.socket, bytearray, threading.Event], None]


@contextmanager
def printer(behaviour: Behaviour) -> Iterator[tuple[NetworkPlace, bytearray]]:
    """A printer that takes one job; its place, and what it has read once the block has ended."""
    over, read = threading.Event(), bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                behaviour(connection, read, over)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield NetworkPlace("127.0.0.1", server.getsockname()[1]), read
        finally:
            over.set()
            thread.join(10)


def reads_all(connection: socket.socket, read: bytearray, over: threading.Event) -> None:  # noqa: ARG001
    while part := connection.recv(65536):
        read += part


def reads_all_and_reports(connection: socket.socket, read: bytearray, over: threading.Event) -> None:
    connection.sendall(b"\x10\x00\x00\x00")
    reads_all(connection, read, over)


def reads_all_and_stays_on_the_line(
    connection: socket.socket, read: bytearray, over: threading.Event
) -> None:
    reads_all(connection, read, over)
    over.wait(10)


def never_reads(connection: socket.socket, read: bytearray, over: threading.Event) -> None:  # noqa: ARG001
    over.wait(10)


def trickles(connection: socket.socket, read: bytearray, over: threading.Event) -> None:
    while not over.wait(0.02):
        read += connection.recv(1)


def drops(connection: socket.socket, read: bytearray, over: threading.Event) -> None:  # noqa: ARG001
    read += connection.recv(1000)
    # Hang up as a printer does that loses power: without the courtesies.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
