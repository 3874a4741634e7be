"""Rows: the journal and what is derived from it. The only package that knows peewee."""

import sys

for _driver in ("psycopg", "psycopg2", "psycopg2cffi", "pysqlite3", "pymysql", "MySQLdb"):
    # peewee would load the drivers of other databases, each one installed, 110 ms and more. None makes an
    # import fail at once; it is set here, since every module that imports peewee is imported through here.
    if _driver not in sys.modules:
        sys.modules[_driver] = None  # type: ignore[assignment]
