"""What deeds are given on the command line, as argparse takes it; plain values, quick to load."""

from typing import Any, NamedTuple


class Option(NamedTuple):
    """One argument or option of a command."""

    names: tuple[str, ...]
    facts: dict[str, Any]


def argument(*names: str, **facts: Any) -> Option:
    """An argument or option of any kind."""
    return Option(names, facts)


def value(name: str, meta: str, words: str, **facts: Any) -> Option:
    """An option with a value."""
    return Option((name,), {"metavar": meta, "help": words, **facts})


def flag(name: str, words: str) -> Option:
    """An option that is given or not."""
    return Option((name,), {"action": "store_true", "help": words})


FORCE = flag("--force", "replace a file that is there already")
STYLE = (
    value("--delimiter", "SIGN", "what stands between cells: , ; | or tab", default=""),
    value("--decimal", "SIGN", "the decimal sign, . or ,", default=""),
    flag("--raw", "for programs: no apostrophe before what a spreadsheet would calculate"),
)
TO_CSV = (value("--csv", "FILE", "write the rows for a spreadsheet"), *STYLE, FORCE)
JSON = flag("--json", "one JSON document on standard output")
CODE = argument("code", metavar="CODE", help="the nine letters, as scanned or typed")
CODES = argument("codes", metavar="CODE", nargs="+", help="one or more codes")
AT = value("--at", "TIME", "when it happened, ISO 8601; local time without offset; default now")
WHO = value("--operator", "CODE", "who did it")
DEED = (AT, WHO, JSON)
REASON = value("--reason", "TEXT", "why", required=True)
DEPTH = value("--depth", "MM", "what a pen is dialled to; only for a cartridge", default="")
LABEL = value("--label", "TEXT", "a short label, never a full name")
NEW_LABEL = LABEL._replace(facts={**LABEL.facts, "required": True})

_SWITCH = {"action": "store_const"}
FACTS = (
    value("--length", "MM", "needle length, 0.05 to 5.00"),
    value("--kind", "KIND", "roller, stamp, cartridge or handpiece", dest="form"),
    value("--name", "TEXT", "what you call it"),
    value("--maker", "TEXT", "who made it"),
    value("--model", "TEXT", "the maker's model"),
    value("--needles", "N", "how many needles"),
    value("--material", "TEXT", "what the needles are made of"),
    value("--lot", "TEXT", "the lot on the pack"),
    value("--expiry", "DATE", "the expiry on the pack, YYYY-MM-DD, YYYY-MM or 31 May 2027"),
    value("--max-uses", "N", "the maker's own limit of uses"),
    value("--max-days", "N", "the maker's own limit of days after the first use"),
    argument("--sterile", **_SWITCH, const=True, help="sold sterile, in a sealed pack"),
    argument("--not-sterile", dest="sterile", **_SWITCH, const=False, help="not sold sterile"),
    argument("--single-use", **_SWITCH, const=True, help="single use, by the maker"),
    argument("--not-single-use", dest="single_use", **_SWITCH, const=False, help="not single use"),
)
PHONE_PORT = 8765
"""The port that the pages for phones are served on when none is named."""
BATH = (
    value(
        "--agent",
        "NAME",
        "alcohol, peroxide, quat, bleach, … (`policy show` lists them); or --solution",
        default="",
    ),
    value("--solution", "CODE", "the bottle or jar it comes from"),
    value("--strength", "PCT", "strength in percent", default=""),
    value("--minutes", "N", "contact time; default: the policy's for the agent", default=""),
    flag("--cleaned", "it was cleaned first"),
    value("--rinse", "TEXT", "what it was rinsed with", default=""),
    value("--load", "TEXT", "the number of the autoclave's load", default=""),
    flag("--opened", "its sterile pack was opened for it"),
    flag("--not-cleaned", "it was not cleaned first, where the policy says that it usually is"),
)
ENDING = (
    flag("--rinsed", "it was rinsed when it came out; bleach and high-level agents count only so"),
    value("--indicator", "WORD", "what the autoclave's indicator said: passed, failed or unread", default=""),
)
SOLUTION_FACTS = (
    value("--agent", "NAME", "what is in it"),
    value("--strength", "PCT", "strength in percent"),
    value("--lot", "TEXT", "the lot on the bottle"),
    value("--expiry", "DATE", "the expiry on the bottle"),
    value("--listing", "TEXT", "where its label says it is listed: a VAH, EPA or EN number"),
    value("--use-days", "N", "how many days its label says it may be used once open"),
)
_OF_ONE_ROLLER = {"--name", "--lot", "--expiry"}
PRODUCT = argument("product", metavar="PRODUCT", help="its name")
ONLY_PRODUCT = value("--product", "PRODUCT", "only of this one")
PACK = argument("pack", metavar="PACK", help="its name, as `pack list` shows it, or its lot")
PRODUCT_FACTS = (
    *(fact for fact in FACTS if fact.names[0] not in _OF_ONE_ROLLER),
    value("--pack-size", "N", "how many pieces a pack holds"),
    value("--price", "AMOUNT", "the price of a piece, such as 12.90"),
    value("--currency", "CODE", "three letters, such as EUR"),
    value("--reorder-level", "N", "the stock at which you order in any case"),
    value("--delivery-days", "N", "how many days an order takes"),
    argument("--coded", **_SWITCH, const=True, help="each piece gets a code and a label when its box comes"),
    argument("--uncoded", dest="coded", **_SWITCH, const=False, help="a piece gets its code when it is used"),
)
PACK_FACTS = (
    value("--lot", "TEXT", "the lot on the pack"),
    value("--expiry", "DATE", "the expiry on the pack"),
    value("--pieces", "N", "how many pieces it holds"),
    value("--price", "AMOUNT", "the price of a piece"),
    value("--currency", "CODE", "three letters, such as EUR"),
    value("--supplier", "TEXT", "where it came from"),
    value("--invoice", "TEXT", "the number of its invoice"),
    value("--certificate", "TEXT", "the maker's certificate of sterilisation"),
)
JOBS = argument("jobs", metavar="ID", nargs="*", help="numbers of jobs, as `queue` shows them")
PRINTER = argument("name", metavar="NAME", help="its name in the settings")
PRINTER_FACTS = (
    value("--place", "PLACE", "tcp://HOST:PORT, file:/dev/usb/lp0, usb:…, cups:QUEUE, pdf:FOLDER …"),
    value("--media", "NAME", "the paper in it"),
    value("--dpi", "N", "its dots an inch"),
    value("--module", "DOTS", "the least dots a module of a QR code takes on it"),
    value("--offset-x", "MM", "how far to move to the right"),
    value("--offset-y", "MM", "how far to move down"),
    value("--scale", "PCT", "how large to print sheets; 100 is true to size"),
    value("--status", "WORD", "off for one that answers wrongly: it is not asked how it stands; on is usual"),
)
TRACED = (
    value("--lot", "LOT", "the rollers of a lot, however it is written"),
    value("--pack", "PACK", "what came in a pack; by its name or a lot that only one carries"),
    value("--roller", "CODE", "one roller, as after an injury"),
    value("--solution", "CODE", "what lay in a bottle or jar"),
    value("--person", "CODE", "what touched a person"),
    value("--from", "TIME", "since then; a day or a moment", dest="begin"),
    value("--to", "TIME", "until then", dest="end"),
    flag("--since-last-pass", "of a solution: since the strip that passed before the failed one"),
)
SPAN = (
    value("--from", "DATE", "the first day; default thirteen weeks back", dest="begin"),
    value("--to", "DATE", "the last day; default today", dest="end"),
)
REPORT = (*SPAN, *TO_CSV, JSON)
OF_OPERATOR = "what an operator used and disinfected"
HOLDS = value(
    "--contraindication", "NAME", "what holds, all of it; again for more",
    action="extend", nargs="+", dest="contraindications",
)  # fmt: skip
MORE_HOLDS = HOLDS._replace(
    facts={**HOLDS.facts, "help": "the health questions were asked: this holds beside what is noted"}
)
CONTRA = value(
    "--contraindication", "NAME", "what to ask a professional about; again for more; empty for none",
    action="extend", nargs="+", dest="contraindications",
)  # fmt: skip
