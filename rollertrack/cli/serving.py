"""`serve`: the pages that phones open from labels."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from rollertrack.addresses import address_at, is_local_name, is_own, is_private, own_addresses
from rollertrack.cli import all_is_loaded
from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.cli.shown_codes import show_if_seen
from rollertrack.domain.text import whole_number
from rollertrack.errors import BadInput
from rollertrack.services.phones import sound_base
from rollertrack.wiring import backend_of
from rollertrack.wording import phones as words

_HIGHEST_PORT = 65_535
_USUAL_PORTS = {"http": 80, "https": 443}


def serve(context: Context) -> int:
    """Let phones open what labels link to, until Ctrl+C; or only say where they would find it."""
    typed = context.arguments
    serving, desk_type = loaded()
    port = whole_number("port", typed.port, 1, _HIGHEST_PORT)
    if typed.key and not typed.certificate:
        raise BadInput("key", "goes with --certificate; give both")
    encryption = serving.Encryption(typed.certificate, typed.key) if typed.certificate else None
    if encryption is not None:
        serving.checked(encryption)
    scheme, base = "https" if encryption else "http", sound_base(context.settings.link_base)
    address = base or address_at(port, typed.host, scheme)
    notes = notes_on(base, address, port, encrypted=encryption is not None, proxied=typed.behind_proxy)
    told = {"address": address, "link_base": base, "port": port, "notes": list(notes)}
    if typed.look:
        _tell(context, address, notes, told)
        return 0
    _ = context.station  # what is wrong with the database is told before anybody asks
    with serving.bound(typed.host, port) as listening:
        _tell(context, address, notes, told)
        settings = context.settings
        desk = desk_type(backend_of(settings), base, may_look=settings.strangers_may_look)
        all_is_loaded()
        serving.serve(desk, listening, encryption, behind_proxy=typed.behind_proxy)
    return 0


def loaded() -> tuple[Any, Any]:
    """The module that serves the pages, and their desk; BadInput where the extra is not installed."""
    try:
        from rollertrack.phone import serving
        from rollertrack.phone.desk import Desk
    except ModuleNotFoundError as missing:
        raise BadInput("serve", words.extra_missing(missing.name or "starlette")) from None
    return serving, Desk


def _tell(context: Context, address: str, notes: Sequence[str], told: Mapping[str, Any]) -> None:
    """Say where phones find the station, and what keeps them from it."""
    with answering():
        if not context.out.as_json:
            show_if_seen(address)
            for note in notes:
                context.out.warn(note)
        context.out.say(*words.serving_lines(address))
        context.out.document(told)


def notes_on(base: str | None, address: str, port: int, *, encrypted: bool, proxied: bool) -> tuple[str, ...]:
    """What keeps phones from finding what labels link to."""
    if base is None:
        return (words.no_link_base(address),)
    parts = urlsplit(base)
    host = parts.hostname or ""
    notes = []
    if is_local_name(host):
        notes.append(words.local_name(base))
    elif not proxied and not is_own(host):
        notes.append(words.not_of_this_computer(base, own_addresses()))
    if not proxied and (parts.port or _USUAL_PORTS.get(parts.scheme)) != port:
        notes.append(words.other_port(base, port))
    if parts.scheme == "http" and not encrypted and not is_private(host) and not is_local_name(host):
        notes.append(words.in_the_clear(host))
    return tuple(notes)
