"""The whole journal for other programs, a JSON line an entry; of a damaged one what can be read."""

import json
from collections.abc import Iterator, Mapping

from rollertrack.domain.erasable import HASH, references_in
from rollertrack.domain.journal_form import Row
from rollertrack.errors import StoreFailed
from rollertrack.files import named_file
from rollertrack.labels.files import write_whole
from rollertrack.services.station import Done, Station
from rollertrack.store.database import Database, Unreadable
from rollertrack.store.salvage import Lost, readable_rows, texts_or_lost
from rollertrack.wording import done as say
from rollertrack.wording.dates import iso


def export(station: Station) -> Iterator[str | Lost]:
    """The journal, an entry a line as JSON, every column as it is kept; and what of it cannot be read."""
    damaged = False
    try:
        with station.store.reading():
            database = station.store.database
            for row in readable_rows(database):
                found = row if isinstance(row, Lost) else _with_texts(database, row)
                damaged = damaged or isinstance(found, Lost)
                yield found
    except Unreadable:  # as in `_verified`
        if not damaged:
            raise


def _with_texts(database: Database, row: Row) -> str | Lost:
    texts = texts_or_lost(database, row)
    return texts if isinstance(texts, Lost) else _exported(row, texts)


def export_to(station: Station, target: str, *, force: bool = False) -> Done:
    """Write the journal to a file, an entry a line; StoreFailed names what of it could not be read."""
    path, lost, count = named_file("to", target), list[str](), 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for line in export(station):
            if isinstance(line, str):
                count += 1
                yield f"{line}\n".encode()
            else:
                lost.append(str(line))

    write_whole(path, lines(), force=force)
    if lost:
        raise StoreFailed(say.not_all_exported(lost))
    return Done("export", (), station.clock(), say.exported(count, path))


def _exported(row: Row, texts: Mapping[str, str]) -> str:
    """A row with its content, and beside the hashes in that the texts they stand for; null for one erased."""
    values = row._asdict()
    values["data"] = said = json.loads(row.data)
    if references_in(row.data):
        named = {name: value[HASH] for name, value in said.items() if type(value) is dict}
        values["texts"] = {name: texts.get(each) for name, each in named.items()}
    values["at_time"], values["recorded_time"] = iso(row.at), iso(row.recorded_at)
    return json.dumps(values, ensure_ascii=False)
