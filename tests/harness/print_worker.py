"""A process that prints: `print_worker.py DATABASE BATCH MOMENT PRINTER`.

It opens the database, says `ready`, waits for a line, prints what waits, and says a line for each job.
"""

import sys
from pathlib import Path
from random import SystemRandom

from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, Printing
from rollertrack.services.labels.sending import print_next
from rollertrack.services.station import Station
from rollertrack.store.store import Store


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def work(path: Path, batch: int, moment: int, printer: str) -> None:
    """Print a batch to its end, or to the first failure."""
    printing = Printing(path.parent / "cache", MemoryBook(PrinterPage({"desk": printer})), timeout=30)
    station = Station(Store(path), lambda: moment, SystemRandom().choice, printing=printing)
    say("ready")
    sys.stdin.readline()
    while row := print_next(station, batch):
        say(f"{row.state} {row.id}")
        if row.state == "failed":
            say(row.note)
            break
    station.store.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
