"""Whether the texts that are kept beside the journal are those its rows name, and which were erased."""

from collections import Counter
from collections.abc import Sequence

from rollertrack.domain.erasable import about, reference
from rollertrack.domain.events import Event, Forgotten
from rollertrack.domain.journal_form import Row
from rollertrack.store.database import Database
from rollertrack.store.erasable import KeptText, hashes_before, named_by, rewritten, texts_for


def texts_of(database: Database, rows: Sequence[Row]) -> dict[str, str]:
    """The texts that some rows name, by their hashes."""
    return texts_for(database.execute_sql, rows)


class TextProof:
    """Takes every stream of a journal, and says at its end what is wrong with the texts."""

    def __init__(self, database: Database) -> None:
        columns = ", ".join(KeptText._fields)
        found = database.execute_sql(f"SELECT {columns} FROM erasable")
        self._kept = {row[0]: KeptText(*row) for row in found}
        self._unseen = set(self._kept)
        self._rewritten = rewritten(database)
        self._missing: Counter[str] = Counter()
        self._logged: Counter[str] = Counter()
        self._fault = ""

    @property
    def altered(self) -> str:
        """What was found wrong with the texts of the streams so far, in words; empty for nothing."""
        return self._fault

    @property
    def erased(self) -> int:
        """How many texts were erased."""
        return self._missing.total()

    def of(self, rows: Sequence[Row]) -> dict[str, str]:
        """The texts that rows name, by their hashes."""
        named = (each for row in rows for each in named_by(row))
        return {each: self._kept[each].text for each in named if each in self._kept}

    def add(self, stream: str, rows: Sequence[Row], events: Sequence[Event]) -> None:
        """Take one whole stream."""
        for row in rows:
            for named in named_by(row):
                self._meet(row, named)
        self._logged[stream] += sum(
            each.payload.texts for each in events if isinstance(each.payload, Forgotten)
        )
        before = self._rewritten.pop(stream, None)
        if before is None:
            return
        ended = hashes_before(rows[: before.entries], self.of(rows))
        if len(rows) < before.entries or (ended is not None and before.hash not in ended):
            self._say(f"{stream}: it does not hold what it held before its texts were moved out of it")

    def _meet(self, row: Row, named: str) -> None:
        whom, where = about(row.stream, row.person) or "", f"{row.stream} entry {row.seq}"
        self._unseen.discard(named)
        if named not in self._kept:
            self._missing[whom] += 1
            return
        kept = self._kept[named]
        if not _is_sound(kept) or kept.person != whom:
            self._say(f"{where}: its text was altered after it was written")

    def _say(self, fault: str) -> None:
        self._fault = self._fault or fault

    def fault(self) -> str:
        """The first thing that is wrong, in words; empty when nothing is."""
        if self._fault:
            return self._fault
        if self._unseen:
            return f"a text about {self._kept[min(self._unseen)].person} is kept that no entry names"
        if self._rewritten:
            return f"{min(self._rewritten)}: its texts were moved, and every entry is gone"
        for person in sorted(self._missing.keys() | self._logged.keys()):
            if (gone := self._missing[person]) != (said := self._logged[person]):
                return f"{person}: {gone} texts about this person are gone, and {said} were erased on purpose"
        return ""


def _is_sound(kept: KeptText) -> bool:
    if not all(type(each) is str for each in kept):
        return False
    try:
        return reference(kept.salt, kept.text) == kept.reference
    except UnicodeEncodeError:
        return False  # bytes of an outsider that are no text
