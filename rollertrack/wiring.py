"""The one place where parts meet: settings, store, clock, dice, front end. The tests meet here too."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rollertrack.boot_clock import system_beat
from rollertrack.domain.beat import Beat
from rollertrack.services.station import Station
from rollertrack.settings import (
    Settings,
    cache_folder,
    database_path,
    read_settings,
    settings_file,
)
from rollertrack.store.opening import empty
from rollertrack.store.store import Store

if TYPE_CHECKING:
    from rollertrack.sample.writing import SampleReport
    from rollertrack.services.backend import Backend
    from rollertrack.services.labels.printer_settings import Printing
    from rollertrack.tui.app import RollerTrackApp


def system_clock() -> int:
    """Now, in microseconds UTC."""
    return time.time_ns() // 1_000


def system_dice(letters: str) -> str:
    """A letter that nobody can foresee."""
    import secrets  # only what draws a code needs it

    return secrets.choice(letters)


def station_settings(database: str | None = None) -> Settings:
    """The settings in force, the database typed on the command line over all others."""
    settings = read_settings(settings_file())
    return settings if database is None else settings._replace(database=database)


def open_station(
    settings: Settings,
    clock: Callable[[], int] = system_clock,
    choose: Callable[[str], str] = system_dice,
    printing: "Printing | None" = None,
    beat: Callable[[], Beat] | None = None,
    *,
    create: bool = True,
    to_read: bool = False,
) -> Station:
    """A station ready for deeds; a database never used before gets its first person, where one may be made.

    `to_read` opens what stands there where nothing can be written, for one question. The boot clock goes
    with the system's clock; beside any other clock only a `beat` handed in counts.
    """
    path = database_path(settings)
    store = Store(path, create=create, to_read=to_read)
    printers = printing or partial(printing_of, settings)
    boot_clock = beat or (system_beat if clock is system_clock else Beat)
    station = Station(store, clock, choose, settings.operator, printers, boot_clock)
    if store.is_new:
        if not create:
            store.close()
            raise empty(path)
        from rollertrack.services.people import first_start

        first_start(station)
    return station


def station_without_database(settings: Settings) -> Station:
    """A station for what concerns printers and paper alone: no database is opened, none is needed."""
    return Station(cast(Store, None), system_clock, system_dice, printing=printing_of(settings))


def printing_of(settings: Settings) -> "Printing":
    """The printing part of the settings."""
    from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, Printing
    from rollertrack.settings_file import SettingsFile

    page = PrinterPage(settings.printers, settings.printer, settings.media, settings.own_media)
    return Printing(
        cache=cache_folder(),
        book=MemoryBook(page) if settings.source is None else SettingsFile(settings.source),
        link_base=settings.link_base,
        timeout=settings.printer_timeout,
    )


def write_sample(
    path: Path,
    rollers: int | None = None,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    clock: Callable[[], int] = system_clock,
) -> "SampleReport":
    """Write a sample inventory to a new database; one left half written by an error is removed."""
    from rollertrack.sample import writing

    store = Store(path)
    try:
        wanted = writing.DEFAULT_ROLLERS if rollers is None else rollers
        return writing.write_sample(store, rollers=wanted, seed=seed, now=clock(), progress=progress)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        store.close()


def terminal_app(settings: Settings, clock: Callable[[], int] = system_clock) -> "RollerTrackApp":
    """The terminal UI over a station of these settings; it opens the store on its own thread."""
    from rollertrack.services.backend import Backend
    from rollertrack.settings_file import SettingsFile
    from rollertrack.tui.app import RollerTrackApp

    # A printer typed on one thread is printed on by another, and a third one ends while it prints.
    typed, at_devices = set[str](), list[frozenset[int]]()

    def opened() -> Station:
        shared = printing_of(settings).changed(typed=typed, at_devices=at_devices)
        return open_station(settings, clock, printing=shared)

    keep_theme = SettingsFile(settings.source).keep_theme if settings.source is not None else None
    return RollerTrackApp(Backend(opened), clock, theme_name=settings.theme, keep_theme=keep_theme)


def backend_of(settings: Settings, clock: Callable[[], int] = system_clock) -> "Backend":
    """What asks a station of these settings, whose database is there, off the event loop."""
    from rollertrack.services.backend import Backend

    return Backend(lambda: open_station(settings, clock, create=False))
