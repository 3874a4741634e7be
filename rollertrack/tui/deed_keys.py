"""Deeds as keys and as commands of the palette, read off their table: one names a scope or a deed."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from textual.app import SystemCommand
from textual.binding import Binding

from rollertrack.deeds.table import BY_NAME, Deed, of_scope
from rollertrack.wording.sentences import deed_help, deed_title


def keys_of(*scopes: str) -> list[Binding]:
    """The keys of the deeds of some scopes."""
    return [_binding(deed) for deed in of_scope(*scopes) if deed.key]


def key_of(name: str) -> Binding:
    """The key of one deed."""
    return _binding(BY_NAME[name])


def _binding(deed: Deed) -> Binding:
    return Binding(
        deed.key, f"deed('{deed.name}')", deed.label, show=deed.in_footer, id=f"deed.{deed.name}",
        tooltip=deed.does,
    )  # fmt: skip


def _also_at(key: str, name: str) -> Binding:
    """Another key for a deed of the app, on a screen that has it at hand, without a place in its footer."""
    deed = BY_NAME[name]
    return Binding(key, f"app.deed('{name}')", deed.label, show=False, id=f"also.{name}", tooltip=deed.does)


PRINTERS_KEY = _also_at("ctrl+o", "printers")


def commands(
    do: Callable[[str], None], *scopes: str, to: str = "", without: Collection[str] = ()
) -> Iterator[SystemCommand]:
    """The deeds of some scopes for the palette, each done by its name; `to` is what they are done to.

    Those `without` which are named are left out.
    """
    for deed in (each for each in of_scope(*scopes) if each.name not in without):
        yield SystemCommand(deed_title(deed.name, deed.label, to), deed_help(deed.does, deed.key),
                            partial(do, deed.name))  # fmt: skip
