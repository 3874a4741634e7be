"""What importing costs: looked at in a fresh interpreter."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"PIL", "qrcode", "escpos"}


def loaded_by(statement: str) -> set[str]:
    script = f"{statement}\nimport sys\nprint(*(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "bitmap",
        "label_facts",
        "media",
        "layouts.layout",
        "rendering",
        "files",
        "pages.pdf",
        "pages.sheet",
        "printers.escpos",
        "printers.zpl",
        "printers.tspl",
        "places",
        "printers.delivery",
        "printers.parsing",
    ],
)
def test_importing_loads_no_heavy_library(module: str) -> None:
    assert loaded_by(f"import rollertrack.labels.{module}") & HEAVY == set()


def test_drawing_and_writing_a_label_never_loads_python_escpos(tmp_path: object) -> None:
    loaded = loaded_by(
        "from pathlib import Path\n"
        "from rollertrack.labels.files import write\n"
        "from rollertrack.labels.printers.escpos import encode\n"
        "from rollertrack.labels.rendering import render\n"
        "from rollertrack.labels.media import MEDIA\n"
        "from rollertrack.labels.label_facts import LabelFacts\n"
        "picture = render(LabelFacts('RKDTLBNEB', 'evening', 'roller'), MEDIA['58mm'])\n"
        "assert encode([picture])\n"
        f"write(Path({str(tmp_path)!r}, 'label.pdf'), [picture], MEDIA['58mm'])"
    )
    assert loaded & HEAVY == {"PIL", "qrcode"}


def test_a_label_in_a_file_loads_no_transport_and_one_for_a_printer_only_its_own(tmp_path: object) -> None:
    script = """
import sys
from harness.stations import station_at
from pathlib import Path
from rollertrack.services import registering
from rollertrack.services.labels import labelling
from rollertrack.services.labels.requests import PrintRequest

def transports():
    rooms = ("network", "usb", "serial", "device", "delivery", "opening")
    return [each for each in rooms if f"rollertrack.labels.printers.{each}" in sys.modules]

folder = Path(%r)
with station_at(folder / "a.db") as station:
    (code,) = registering.add(station, {"length": "0.5"}).codes
    labelling.label(station, [code], PrintRequest(to=str(folder / "label.png")))
    print(*transports())
    labelling.label(station, [code], PrintRequest(printer=f"pdf:{folder}"))
    print(*transports())
"""
    code = script % str(tmp_path)
    tests = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=tests)
    assert done.stdout.splitlines() == ["", "delivery opening"]
