"""The main job on real input: a label over a real socket, read back, typed into the running program."""

import json
import subprocess
import sys
from pathlib import Path

from harness.escpos_decoder import decode, grey, qr_texts
from harness.label_printers import printer, reads_all
from harness.terminals import program

from rollertrack.domain.code import shown

APP = "run_app.py"


def rollertrack(database: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rollertrack", "--database", str(database), *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_printed_label_is_read_scanned_and_answered_by_the_gate(tmp_path: Path) -> None:
    database = tmp_path / "station.db"
    code = rollertrack(database, "add", "--length", "0.25", "--name", "evening").stdout.strip()
    rollertrack(database, "disinfect", code, "--agent", "alcohol", "--minutes", "10", "--cleaned")

    with printer(reads_all) as (place, read):
        sent = rollertrack(database, "label", code, "--printer", str(place))
    assert sent.returncode == 0, sent.stderr

    (picture,) = decode(bytes(read))
    # The same code twice, where the label has room for it.
    (scanned,) = set(qr_texts(grey(picture)))
    assert scanned == code

    with program(APP, str(database), columns=120) as terminal:
        terminal.wait_for(shown(code))
        terminal.type(scanned.encode() + b"\r")
        terminal.wait_for("Use it, then clean and disinfect it")

    assert rollertrack(database, "use", code).returncode == 0
    with program(APP, str(database), columns=120) as terminal:
        terminal.wait_for(shown(code))
        terminal.type(scanned.encode() + b"\r")
        terminal.wait_for("not disinfected since")

    answer = rollertrack(database, "check", code, "--json")
    assert (answer.returncode, json.loads(answer.stdout)["word"]) == (1, "WASH FIRST")
    kinds = [
        entry["kind"] for entry in json.loads(rollertrack(database, "log", code, "--json").stdout)["entries"]
    ]
    assert "label_printed" in kinds
