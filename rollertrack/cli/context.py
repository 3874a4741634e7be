"""What a handler is given: the arguments, the output, and the station, opened when first asked for."""

from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

from rollertrack.cli.output import Output, answering
from rollertrack.deeds.table import Deed, load
from rollertrack.errors import BadInput
from rollertrack.files import OUTPUT
from rollertrack.services.station import Done, Station
from rollertrack.settings import Settings
from rollertrack.wiring import open_station, station_settings, station_without_database
from rollertrack.wording.dates import iso

_OF_THE_CALL = frozenset({"database", "json"})


class Context:
    """One run of one command."""

    def __init__(self, arguments: Any, deed: Deed | None = None, database: str | None = None) -> None:
        self.arguments = arguments
        self.deed = deed
        self.database = database
        self._station: Station | None = None
        self._told = ""
        """The option whose text stands on standard output in the place of an answer."""

    @property
    def out(self) -> Output:
        """Where the command says what it did."""
        return Output(bool(getattr(self.arguments, "json", False)))

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return station_settings(self.database)

    @property
    def station(self) -> Station:
        """The station, opened once."""
        if self._station is None:
            creates = self.deed is not None and self.deed.creates
            self._station = open_station(self.settings, create=creates, to_read=True)
            for kept in self._station.store.kept_apart():
                self.out.warn(f"{kept} holds entries that this database lacks; `verify` says what to do.")
        return self._station

    @property
    def printing_station(self) -> Station:
        """A station for printers and paper, before there is a database too."""
        return station_without_database(self.settings)

    @property
    def when_and_who(self) -> dict[str, Any]:
        """The two arguments that every deed takes."""
        return {"at": self.arguments.at, "operator": self.arguments.operator}

    @property
    def style(self) -> Any:
        """How a table is to be written, as typed."""
        from rollertrack.services.table_files import style_of

        typed = self.arguments
        return style_of(typed.delimiter, typed.decimal, raw=typed.raw)

    def is_output(self, field: str, name: str | None) -> bool:
        """Whether `-` names standard output for a text; BadInput where something else is to stand there."""
        if name != OUTPUT:
            return False
        if self.out.as_json or self._told not in {"", field}:
            other = "json" if self.out.as_json else self._told
            raise BadInput(field, f"- is standard output, where --{other} stands already; name a file")
        self._told = field
        return True

    def check_table(self) -> None:
        """Raise what keeps the file of --csv from being written, before anything else is."""
        typed = self.arguments
        if typed.csv is None:
            return
        from rollertrack.services.table_files import table_target

        _ = self.style
        if not self.is_output("csv", typed.csv):
            table_target(typed.csv, force=typed.force)

    def write_table(self, columns: Sequence[str], documents: Iterable[Mapping[str, Any]]) -> str | None:
        """Write what is listed to the file of --csv; what it says of that, nothing where it is the answer.

        None where no file is named.
        """
        typed = self.arguments
        if typed.csv is None:
            return None
        from rollertrack.services.table_files import table_of, write_documents

        if self.is_output("csv", typed.csv):
            self.out.data(table_of(columns, documents, self.style))
            return ""
        return write_documents(typed.csv, columns, documents, self.style, force=typed.force)

    def write_tables(self) -> int:
        """Write a table of each kind of record into the folder of --csv; status 0."""
        from rollertrack.services.table_files import export_tables

        typed = self.arguments
        return self.tell(export_tables(self.station, typed.csv, self.style, force=typed.force))

    def do(self) -> int:
        """Do the deed: its service takes what was typed by the same names."""
        assert self.deed is not None
        typed = {name: value for name, value in vars(self.arguments).items() if name not in _OF_THE_CALL}
        return self.tell(load(self.deed.service)(self.station, **typed))

    def tell(self, done: Done, **more: Any) -> int:
        """Say what a deed did; status 0."""
        with answering(after_deed=True):
            for warning in done.warnings:
                self.out.warn(warning)
            self.out.say(done.message)
            self.out.document(
                {
                    "deed": done.deed,
                    "codes": list(done.codes),
                    "entries": list(done.entries),
                    "at": iso(done.at),
                    "message": done.message,
                    "warnings": list(done.warnings),
                    **more,
                }
            )
        return 0

    def __enter__(self) -> "Context":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._station is not None:
            self._station.store.close()
