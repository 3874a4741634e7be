"""Sharps bins: what went into them, and that they were taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.rows import NamedRow, RollerRow
from rollertrack.domain.text import NOTE_LIMIT, clean_line, required_line
from rollertrack.errors import BadCode, BadInput
from rollertrack.services.keeping import open_bin
from rollertrack.services.lists import as_roller_rows
from rollertrack.services.station import Done, Station, deed, named_entries, once, read_code
from rollertrack.store import queries
from rollertrack.wording import done as say


@once
def into_bin(
    station: Station, sharps_bin: str, codes: str | Sequence[str], *, reason: str = "",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that rollers went into a sharps bin; the life of those that are not retired ends with it."""
    typed = clean_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        target = open_bin(now, required_line("bin", sharps_bin))
        rollers = now.rollers(codes)
        for roller in rollers:
            if roller.bin:
                raise BadInput("code", f"{shown(roller.code)} went into {shown(roller.bin)} already")
        entries = []
        for roller in rollers:
            if roller.retired is not None:
                payload: ev.Payload = ev.Binned(bin=target)
            else:
                payload = ev.Retired(reason=typed or "used up", bin=target)
            entries.append(now.append(roller.code, payload).seq)
        found = tuple(roller.code for roller in rollers)
        message = say.binned(found, target)
        return Done("bin into", found, now.at, message, tuple(entries))


@once
def collect(
    station: Station, code: str, hauler: str, *, receipt: str = "",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that a sharps bin was taken away, by whom and with which receipt; it takes nothing more."""
    payload = ev.Collected(hauler=required_line("hauler", hauler), receipt=clean_line("receipt", receipt))
    with deed(station, at, operator) as now:
        found = read_code(station, code, Kind.BIN)
        entries = named_entries(now.journal, found)
        if not entries:
            raise BadCode(f"no sharps bin is registered under {shown(found)}")
        if ev.collected_at(entries) is not None:
            raise BadInput("code", f"{shown(found)} was taken away already; `undo` takes that back")
        event = now.append(found, payload)
        message = say.bin_collected(found, payload.hauler)
        return Done("bin collect", (found,), now.at, message, (event.seq,))


@dataclass(frozen=True, slots=True)
class BinContents:
    """A sharps bin: its row, who took it away with which receipt, and the rollers in it."""

    row: NamedRow
    hauler: str
    receipt: str
    rollers: Sequence[RollerRow]


def show_bin(station: Station, code: str) -> BinContents:
    """Everything known of a sharps bin."""
    with station.store.reading() as journal:
        found = read_code(station, code, Kind.BIN)
        entries = named_entries(journal, found)
        if not entries:
            raise BadCode(f"no sharps bin is registered under {shown(found)}")
        database = station.store.database
        (row,) = (each for each in queries.named(database, Kind.BIN.value) if each["code"] == found)
        taken = [each.payload for each in entries if isinstance(each.payload, ev.Collected)]
        rollers = as_roller_rows(database, queries.rollers_in(database, found), station.clock())
        last = taken[-1] if taken else None
        return BinContents(
            NamedRow(**row), last.hauler if last else "", last.receipt if last else "", rollers
        )
