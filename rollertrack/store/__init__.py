"""Rows: the journal and what is derived from it. The only package that knows peewee."""
