"""The main job on real input: a label over a real socket, read back, typed into the running program."""

import json
import os
from pathlib import Path

from harness.escpos_decoder import decode, grey, qr_texts
from harness.forked import Told, run
from harness.label_printers import printer, reads_all
from harness.terminals import program

from rollertrack.domain.code import shown

APP = "run_app.py"


def rollertrack(database: Path, *words: str) -> Told:
    return run(["--database", str(database), *words], os.environ)


def test_a_printed_label_is_read_scanned_and_answered_by_the_gate(tmp_path: Path) -> None:
    database = tmp_path / "station.db"
    code = rollertrack(database, "add", "--length", "0.25", "--name", "evening").out.decode().strip()
    rollertrack(database, "disinfect", code, "--agent", "alcohol", "--minutes", "10", "--cleaned")

    with printer(reads_all) as (place, read):
        sent = rollertrack(database, "label", code, "--printer", str(place))
    assert sent.status == 0, sent.err

    (picture,) = decode(bytes(read))
    # The same code twice, where the label has room for it.
    (scanned,) = set(qr_texts(grey(picture)))
    assert scanned == code

    with program(APP, str(database), columns=120) as terminal:
        terminal.wait_for(shown(code))
        terminal.type(scanned.encode() + b"\r")
        terminal.wait_for("Use it, then clean and disinfect it")

    assert rollertrack(database, "use", code).status == 0
    with program(APP, str(database), columns=120) as terminal:
        terminal.wait_for(shown(code))
        terminal.type(scanned.encode() + b"\r")
        terminal.wait_for("not disinfected since")

    answer = rollertrack(database, "check", code, "--json")
    assert (answer.status, json.loads(answer.out)["word"]) == (1, "WASH FIRST")
    log = json.loads(rollertrack(database, "log", code, "--json").out)
    kinds = [entry["kind"] for entry in log["entries"]]
    assert "label_printed" in kinds
