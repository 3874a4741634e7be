"""Widgets that tell; screens decide."""
