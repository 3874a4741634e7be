"""Rows: the journal and what is derived from it. The only package that knows peewee."""

from rollertrack.store.drivers import without_other_drivers

# Here, since every module of the store is imported through here and most import peewee.
without_other_drivers()
