"""Import peewee without the drivers of other databases: it would load each one installed, 110 ms and more."""

import sys

_OTHER_DRIVERS = ("psycopg", "psycopg2", "psycopg2cffi", "pysqlite3", "pymysql", "MySQLdb")


def without_other_drivers() -> None:
    """Keep the drivers of other databases from being imported by peewee; call before its first import."""
    for name in _OTHER_DRIVERS:
        if name not in sys.modules:
            sys.modules[name] = None  # type: ignore[assignment]  # None makes an import fail at once
