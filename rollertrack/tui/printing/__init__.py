"""Printing as the screens see it."""
