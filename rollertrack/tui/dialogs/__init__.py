"""Dialogs: a sentence to read, or a question with two answers."""
