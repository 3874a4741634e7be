"""The phones that may log deeds: `phone pair`, `phone list`, `phone revoke`."""

from dataclasses import asdict

from rollertrack.addresses import address_at
from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.cli.shown_codes import show_if_seen
from rollertrack.domain.text import whole_number
from rollertrack.services import phones
from rollertrack.wording import phones as words
from rollertrack.wording.dates import iso

_MOST_PHONES = 1_000_000
_LAST_PORT = 65_535


def pair(context: Context) -> int:
    """Show a code that pairs one phone."""
    base = phones.sound_base(context.settings.link_base) or address_at(_port(context))
    found = phones.begin_pairing(context.station, operator=context.arguments.operator)
    address = f"{base}/pair/{found.code}"
    with answering(after_deed=True):
        if not context.out.as_json:
            show_if_seen(address)
        context.out.say(*words.pair_lines(address, found.ends_at, found.operator))
        context.out.document({"address": address, "code": found.code, "ends_at": iso(found.ends_at)})
    return 0


def _port(context: Context) -> int:
    return whole_number("port", context.arguments.port, 1, _LAST_PORT)


def list_phones(context: Context) -> int:
    """Every phone that was paired."""
    rows = phones.list_phones(context.station)
    if not rows:
        context.out.say(words.NO_PHONE)
    context.out.table(
        [words.phone_cells(row.id, row.name, row.operator or "", row.seen_at, row.revoked_at) for row in rows]
    )
    documents = [
        {**asdict(row), "paired_at": iso(row.paired_at), "seen_at": iso(row.seen_at),
         "revoked_at": iso(row.revoked_at)} for row in rows
    ]  # fmt: skip
    context.out.document({"phones": documents})
    return 0


def revoke(context: Context) -> int:
    """Let a phone log nothing more."""
    number = whole_number("number", context.arguments.number, 1, _MOST_PHONES)
    return context.tell(phones.revoke(context.station, number))
