"""What importing costs: looked at in a fresh interpreter."""

import subprocess
import sys

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
        "payload",
        "papers.media",
        "layouts.layout",
        "layouts.placing",
        "job",
        "files",
        "pages.pdf",
        "pages.sheet",
        "languages.escpos",
        "languages.zpl",
        "languages.tspl",
        "places",
        "printers",
    ],
)
def test_importing_loads_no_heavy_library(module: str) -> None:
    assert loaded_by(f"import rollertrack.labels.{module}") & HEAVY == set()


def test_drawing_and_writing_a_label_never_loads_python_escpos(tmp_path: object) -> None:
    loaded = loaded_by(
        "from pathlib import Path\n"
        "from rollertrack.labels.files import write\n"
        "from rollertrack.labels.job import print_job, render\n"
        "from rollertrack.labels.papers.media import MEDIA\n"
        "from rollertrack.labels.payload import LabelFacts\n"
        "picture = render(LabelFacts('RKDTLBNEB', 'evening', 'roller'), MEDIA['58mm'])\n"
        "assert print_job([picture])\n"
        f"write(Path({str(tmp_path)!r}, 'label.pdf'), [picture], MEDIA['58mm'])"
    )
    assert loaded & HEAVY == {"PIL", "qrcode"}
