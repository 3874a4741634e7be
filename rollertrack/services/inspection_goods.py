"""What the inspector's report says of packs, sharps bins and incidents; a section a function."""

from rollertrack.domain import incident as incidents
from rollertrack.domain import pack as packs
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.stream_names import StreamKind
from rollertrack.services.inspected import Inspected, Rows
from rollertrack.store import queries, report_queries, stock_queries
from rollertrack.wording import inspection as say


def packs_received(read: Inspected) -> Rows:
    """The packs that came."""
    products = {row["code"]: row["name"] for row in stock_queries.products(read.database)}
    for code in read.of(StreamKind.PACK):
        pack = packs.fold(code, read.stream(code).events)
        if pack is None or not read.is_in(pack.received_at):
            continue
        facts = pack.facts
        read.counts["packs with a lot"] += bool(facts.lot)
        read.counts["packs with a certificate"] += bool(facts.certificate)
        read.counts["pieces received"] += facts.pieces
        yield pack.received_at, (
            read.moment(pack.received_at), products.get(facts.product, ""), str(facts.pieces),
            facts.lot, say.day(facts.expiry), facts.supplier, facts.invoice, facts.certificate,
            say.compared(facts),
        )  # fmt: skip


def bins(read: Inspected) -> Rows:
    """What became of the sharps bins, and how much went into each."""
    into = report_queries.retired_into(read.database, *read.span)
    for row in queries.named(read.database, Kind.BIN):
        code = row["code"]
        stream = read.stream(code)
        for event in stream.counting():
            if read.is_in(event.at):
                yield event.at, (
                    read.moment(event.at), row["label"], shown(code), say.bin_entry(event),
                    read.who(event), "",
                )  # fmt: skip
        if into.get(code):
            read.counts["rollers into a bin"] += into[code]
            yield read.span.until, (
                "", row["label"], shown(code), say.THROWN_IN, "", str(into[code]),
            )  # fmt: skip


def incidents_open(read: Inspected) -> Rows:
    """The incidents that were open at some moment of the span."""
    for row in queries.incidents(read.database):
        found = incidents.fold(row["code"], read.journal.stream(row["code"]))
        if found is None or found.opened_at > read.span.until:
            continue
        if found.closed_at is not None and found.closed_at < read.span.since:
            continue
        read.counts["persons told"] += len(found.persons) - len(found.untold)
        read.counts["persons to tell"] += len(found.untold)
        yield found.opened_at, (
            read.moment(found.opened_at), shown(found.code), say.about(found), found.reason,
            str(len(found.rollers)), say.told(found), say.closed(found),
        )  # fmt: skip
