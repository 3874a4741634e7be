"""Labels a second, from a roller's facts to the printer's bytes, against the way everybody writes first.

The plain way is `qrcode.make()`, Pillow, and `image()` of python-escpos, with the same text in the same run.
Also: how long the first label takes in a process that has printed nothing yet.

Run: python tests/benchmarks/label_speed.py [ROUNDS]
"""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

import qrcode  # type: ignore[import-untyped]
from escpos.printer import Dummy
from pairs import ratio
from PIL import Image, ImageDraw, ImageFont

from rollertrack.domain import code
from rollertrack.labels import fonts
from rollertrack.labels.label_facts import LabelFacts, lines, qr_text
from rollertrack.labels.media import Media
from rollertrack.labels.printers.escpos import encode
from rollertrack.labels.rendering import render

WIDTH, HEIGHT = 384, 240
MEDIA = Media("benchmark", width=WIDTH, length=HEIGHT, dpi=203, margin=8)
LINK = "http://192.168.1.20:8765"
LABELS = 100

FIRST = """
import socket, sys, threading, time
from pathlib import Path
from random import Random
from rollertrack.services.labels import labelling
from rollertrack.services import registering
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.services.station import Station
from rollertrack.store.store import Store

server = socket.create_server(("127.0.0.1", 0))

def serve():
    while True:
        connection, _ = server.accept()
        while part := connection.recv(65536):
            asked = part.count(bytes((16, 4)))
            if asked:
                connection.sendall(bytes((18,)) * asked)
            if bytes((29, 114, 1)) in part:
                connection.sendall(bytes(1))

threading.Thread(target=serve, daemon=True).start()
folder = Path(sys.argv[1])
station = Station(
    Store(folder / "station.db"), lambda: time.time_ns() // 1000, Random(1).choice,
    printing=Printing(cache=folder / "cache"),
)
code = registering.add(station, {"length": "0.5", "name": "evening"}).codes[0]
start = time.perf_counter()
labelling.label(station, [code], PrintRequest(printer=f"tcp://127.0.0.1:{server.getsockname()[1]}"))
print(time.perf_counter() - start)
"""


FONT = ImageFont.truetype(fonts.found()[0], 20) if fonts.found() else ImageFont.load_default(20)


def rollers(seed: int) -> list[LabelFacts]:
    """Rollers as different as those of a clinic: no two share a code or a name."""
    dice = random.Random(seed)
    return [
        LabelFacts(
            code.make(code.Kind.ROLLER, dice.choice),
            f"roller {dice.randrange(10_000)}",
            "roller",
            length=Decimal(dice.randrange(20, 200)) / 100,
            uses=dice.randrange(8),
            uses_limit=8,
            replace_by=date(2027, dice.randrange(1, 13), dice.randrange(1, 28)),
            replace_because="age limit 90 days",
            person=f"person {dice.randrange(100)}",
        )
        for _ in range(LABELS)
    ]


def ours(facts: LabelFacts) -> bytes:
    """The way of RollerTrack."""
    return encode([render(facts, MEDIA, LINK)])


def plain(facts: LabelFacts) -> bytes:
    """The plain way, with every line that a roller's label says."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    symbol = qrcode.make(qr_text(facts.code, LINK), box_size=5)
    picture.paste(symbol.convert("RGB"), (WIDTH - symbol.size[0], 0))
    pen = ImageDraw.Draw(picture)
    for place, line in enumerate(lines(facts)):
        pen.text((8, 8 + 24 * place), line.text, fill="black", font=FONT)
    printer = Dummy(profile="POS-5890")
    printer.image(picture)
    printer.cut(feed=False)
    output: bytes = printer.output
    return output


def timed(way: Callable[[LabelFacts], bytes], seeds: Iterator[int]) -> float:
    """Seconds of this process's own work for a hundred new labels."""
    every = rollers(next(seeds))
    start = time.process_time()
    for facts in every:
        way(facts)
    return time.process_time() - start


def first_label() -> float:
    """Seconds from asking to the printer's confirmation, in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        # The second of two processes: python-escpos keeps what it parsed in the cache folder.
        for _ in range(2):
            found = subprocess.run(
                [sys.executable, "-c", FIRST, folder], check=True, capture_output=True, text=True
            )
    return float(found.stdout)


def main() -> None:
    """Compare, and tell."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    seeds, others = iter(range(1_000)), iter(range(1_000, 2_000))
    mine, theirs, times = ratio(partial(timed, ours, seeds), partial(timed, plain, others), rounds)
    print(
        f"labels: {LABELS / mine:.0f} a second; plain way: {LABELS / theirs:.0f}; "
        f"{1 / times:.1f} times as fast (aim 4)"
    )
    firsts = [first_label() for _ in range(rounds)]
    print(f"first label of a process: {statistics.median(firsts) * 1000:.0f} ms (aim 400)")


if __name__ == "__main__":
    main()
