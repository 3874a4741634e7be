"""Printers: how each is reached, what is spoken with it, and what became of a job."""
