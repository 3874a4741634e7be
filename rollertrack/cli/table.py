"""Every command as a row: its name, its words, its options, and where its deed is."""

from typing import Any, NamedTuple


class Option(NamedTuple):
    """One argument or option of a command, as argparse takes it."""

    names: tuple[str, ...]
    facts: dict[str, Any]


class Command(NamedTuple):
    """One command; `handler` is module:function below rollertrack.cli, `group` holds its subcommands.

    `usual` names the subcommand that is meant when none is named; `creates` says that it may make the
    database, which no other command does.
    """

    name: str
    summary: str
    handler: str = ""
    options: tuple[Option, ...] = ()
    group: tuple["Command", ...] = ()
    usual: str = ""
    creates: bool = False


def _option(*names: str, **facts: Any) -> Option:
    return Option(names, facts)


def _value(name: str, meta: str, told: str, **facts: Any) -> Option:
    return Option((name,), {"metavar": meta, "help": told, **facts})


def _flag(name: str, told: str) -> Option:
    return Option((name,), {"action": "store_true", "help": told})


_FORCE = _flag("--force", "replace a file that is there already")
_JSON = _flag("--json", "one JSON document on standard output")
_CODE = _option("code", metavar="CODE", help="the nine letters, as scanned or typed")
_CODES = _option("codes", metavar="CODE", nargs="+", help="one or more codes")
_AT = _value("--at", "TIME", "when it happened, ISO 8601; local time without offset; default now")
_WHO = _value("--operator", "CODE", "who did it")
_DEED = (_AT, _WHO, _JSON)
_REASON = _value("--reason", "TEXT", "why", required=True)
_DEPTH = _value("--depth", "MM", "what a pen is dialled to; only for a cartridge", default="")
_LABEL = _value("--label", "TEXT", "a short label, never a full name")
_NEW_LABEL = _LABEL._replace(facts={**_LABEL.facts, "required": True})

_SWITCH = {"action": "store_const"}
_FACTS = (
    _value("--length", "MM", "needle length, 0.05 to 5.00"),
    _value("--kind", "KIND", "roller, stamp, cartridge or handpiece", dest="form"),
    _value("--name", "TEXT", "what you call it"),
    _value("--maker", "TEXT", "who made it"),
    _value("--model", "TEXT", "the maker's model"),
    _value("--needles", "N", "how many needles"),
    _value("--material", "TEXT", "what the needles are made of"),
    _value("--lot", "TEXT", "the lot on the pack"),
    _value("--expiry", "DATE", "the expiry on the pack, YYYY-MM-DD or YYYY-MM"),
    _value("--max-uses", "N", "the maker's own limit of uses"),
    _value("--max-days", "N", "the maker's own limit of days after the first use"),
    _option("--sterile", **_SWITCH, const=True, help="sold sterile, in a sealed pack"),
    _option("--not-sterile", dest="sterile", **_SWITCH, const=False, help="not sold sterile"),
    _option("--single-use", **_SWITCH, const=True, help="single use, by the maker"),
    _option("--not-single-use", dest="single_use", **_SWITCH, const=False, help="not single use"),
)
_BATH = (
    _value(
        "--agent",
        "NAME",
        "alcohol, peroxide, quat, bleach, … (`policy show` lists them); or --solution",
        default="",
    ),
    _value("--solution", "CODE", "the bottle or jar it comes from"),
    _value("--strength", "PCT", "strength in percent", default=""),
    _value("--minutes", "N", "contact time; default: the policy's for the agent", default=""),
    _flag("--cleaned", "it was cleaned first"),
    _value("--rinse", "TEXT", "what it was rinsed with", default=""),
    _value("--load", "TEXT", "the number of the autoclave's load", default=""),
    _flag("--opened", "its sterile pack was opened for it"),
)
_ENDING = (
    _flag("--rinsed", "it was rinsed when it came out; bleach and high-level agents count only so"),
    _value(
        "--indicator", "WORD", "what the autoclave's indicator said: passed, failed or unread", default=""
    ),
)
_SOLUTION_FACTS = (
    _value("--agent", "NAME", "what is in it"),
    _value("--strength", "PCT", "strength in percent"),
    _value("--lot", "TEXT", "the lot on the bottle"),
    _value("--expiry", "DATE", "the expiry on the bottle"),
)
_JOBS = _option("jobs", metavar="ID", nargs="*", help="numbers of jobs, as `queue` shows them")
_PRINTER = _option("name", metavar="NAME", help="its name in the settings")
_PRINTER_FACTS = (
    _value("--place", "PLACE", "tcp://HOST:PORT, file:/dev/usb/lp0, usb:…, cups:QUEUE, pdf:FOLDER …"),
    _value("--media", "NAME", "the paper in it"),
    _value("--dpi", "N", "its dots an inch"),
    _value("--module", "DOTS", "the least dots a module of a QR code takes on it"),
    _value("--offset-x", "MM", "how far to move to the right"),
    _value("--offset-y", "MM", "how far to move down"),
    _value("--scale", "PCT", "how large to print sheets; 100 is true to size"),
)
_CONTRA = _value(
    "--contraindication", "NAME", "what to ask a professional about; again for more; empty for none",
    action="extend", nargs="+", dest="contraindications",
)  # fmt: skip


def _named(name: str, word: str) -> Command:
    return Command(name, f"{word}: add, edit, close, list", group=(
        Command("add", f"register {word}", f"people:add_{name}", (_NEW_LABEL, *_DEED)),
        Command("edit", "mend the label", f"people:edit_{name}", (_CODE, _NEW_LABEL, *_DEED)),
        Command("close", "close it; it stays on record", f"people:close_{name}", (_CODE, *_DEED)),
        Command("list", "all of them", f"people:list_{name}", (_JSON,)),
    ))  # fmt: skip


COMMANDS = (
    Command("demo", "the program on a sample inventory", "front:demo", (
        _value("--write", "PATH", "write a sample database there and exit"),
        _value("--rollers", "N", "how many rollers", default=""),
        _value("--seed", "N", "the same number and moment give the same inventory", default="1"),
        _value("--at", "TIME", "the moment its story ends, with --write; default now"), _JSON)),
    Command("add", "register a roller, or several alike", "rollers:add", (
        *_FACTS, _value("--count", "N", "how many", default="1"),
        _value("--code", "CODE", "the code of a label printed ahead, which it claims"),
        _value("--person", "CODE", "set aside for this person"), *_DEED), creates=True),
    Command("edit", "mend a registration", "rollers:edit", (_CODE, *_FACTS, *_DEED)),
    Command("check", "ask the gate: may it be used now?", "gate:check", (
        _CODE, _value("--person", "CODE", "on whom"), _value("--area", "NAME", "where"), _DEPTH, _AT, _JSON)),
    Command("open", "log that a sterile pack was opened", "rollers:open_pack", (_CODE, *_DEED)),
    Command("use", "log a use", "gate:use", (
        _CODE, _value("--person", "CODE", "on whom"), _value("--area", "NAME", "where", default=""),
        _value("--concern", "NAME", "what for", default=""), _DEPTH,
        _value("--note", "TEXT", "anything else", default=""),
        _value("--inspected", "TEXT", "what the look at the needles showed", default=""),
        _flag("--infected", "it touched infected skin: never to be used again"),
        _flag("--ack", "the findings are acknowledged"),
        _value("--despite", "TEXT", "log it against the gate, for this reason", default=""), *_DEED)),
    Command("soak", "start a contact time", "washing:soak", (_CODES, *_BATH, *_DEED)),
    Command("done", "end a contact time", "washing:done", (
        _CODES, _flag("--early", "before the time is up: recorded as incomplete"), *_ENDING, _BATH[5],
        *_DEED)),
    Command("disinfect", "record a disinfection already done", "washing:disinfect", (
        _CODES, *_BATH[:3], _value("--minutes", "N", "how long it took; always needed", default=""),
        *_BATH[4:], *_ENDING, _flag("--before-use", "it was washed before the use that was logged meanwhile"),
        _AT._replace(facts={**_AT.facts, "help": "when it ended; default now"}), _WHO, _JSON)),
    Command("inspect", "log a look at the needles", "rollers:inspect", (
        _CODE, _flag("--ok", "all is fine"), _value("--fail", "REASON", "what is wrong"), *_DEED)),
    Command("quarantine", "put aside until released", "rollers:quarantine", (_CODE, _REASON, *_DEED)),
    Command("release", "take out of quarantine", "rollers:release", (_CODE, _REASON, *_DEED)),
    Command("retire", "end its life", "rollers:retire", (
        _CODE, _REASON, _value("--bin", "CODE", "the sharps bin it went into", dest="sharps_bin"), *_DEED)),
    Command("note", "write a note", "rollers:note", (
        _CODE, _option("text", metavar="TEXT", help="the note"), *_DEED)),
    Command("undo", "take back a mistaken entry", "rollers:undo", (
        _CODE, _value("--entry", "N", "its number in the log; default the newest"), _REASON, *_DEED)),
    Command("person", "persons: add, edit, list", group=(
        Command("add", "register a person", "people:add_person", (_NEW_LABEL, _CONTRA, *_DEED)),
        Command("edit", "mend a person", "people:edit_person", (_CODE, _LABEL, _CONTRA, *_DEED)),
        Command("list", "every person", "people:list_persons", (_JSON,)))),
    _named("operator", "an operator"),
    _named("bin", "a sharps bin"),
    Command("solution", "solutions: add, edit, test, discard, list", group=(
        Command("add", "register an opened bottle or jar", "people:add_solution", (*_SOLUTION_FACTS, *_DEED)),
        Command("edit", "mend its facts", "people:edit_solution", (
            _CODE, *_SOLUTION_FACTS, _value("--opened", "TIME", "when it was opened"), *_DEED)),
        Command("test", "log a test strip", "people:test_strip", (
            _CODE, _option("--pass", action="store_true", dest="passed", help="the strip passed"),
            _option("--fail", action="store_true", dest="failed", help="the strip failed"), *_DEED)),
        Command("discard", "log that it was thrown away", "people:discard_solution", (
            _CODE, _REASON, *_DEED)),
        Command("list", "every solution", "people:list_solutions", (_JSON,)))),
    Command("show", "everything known of a code", "reads:show", (_CODE, _JSON)),
    Command("log", "the whole history of a code", "reads:log", (_CODE, _JSON)),
    Command("list", "the rollers and where they stand", "reads:list_rollers", (
        _value("--state", "S", "ready, stale, dirty, soaking or stop"),
        _value("--search", "TEXT", "only those that hold these words", default=""), _JSON)),
    Command("due", "what must be washed or replaced, by date", "reads:due", (
        _value("--within", "DAYS", "how far to look ahead", default="30"), _JSON)),
    Command("label", "print labels", "labels:label", (
        _option("codes", metavar="CODE", nargs="*", help="what to print labels of"),
        _flag("--unproven", "those whose label was never scanned back"),
        _value("--blank", "N", "N labels ahead of their rollers, with new codes"),
        _value("--printer", "NAME", "a printer of the settings, or a place such as tcp://HOST:PORT"),
        _value("--to", "FILE", "write a .png, .pdf or .bin instead"), _FORCE,
        _value("--media", "NAME", "the paper; default: the printer's"),
        _value("--copies", "N", "copies of each", default="1"),
        _flag("--flag", "to fold round a handle"),
        _value("--start", "N", "the first free label of the sheet; default: after the last"), *_DEED)),
    Command("queue", "labels that wait, and what became of others", usual="list", group=(
        Command("list", "all of them, the newest first", "labels:queue", (_JSON,)),
        Command("retry", "print what failed and what waits", "labels:retry", (_JOBS, _JSON)),
        Command("cancel", "take out what was not sent", "labels:cancel", (
            _JOBS, _flag("--all", "all that was not sent"), _JSON)),
        Command("clear", "forget what is done with", "labels:clear", (_JSON,)))),
    Command("printer", "printers: list, add, edit, remove, test", usual="list", group=(
        Command("list", "the printers of the settings", "printers:list_printers", (_JSON,)),
        Command("add", "set a printer", "printers:add", (_PRINTER, *_PRINTER_FACTS, _JSON)),
        Command("edit", "change one; an empty text unsets", "printers:edit", (
            _PRINTER, *_PRINTER_FACTS, _JSON)),
        Command("remove", "forget a printer", "printers:remove", (_PRINTER, _JSON)),
        Command("test", "print a test label", "printers:test", (_PRINTER, _JSON)))),
    Command("prove", "log that a printed label was scanned back", "proving:prove", (
        _option("code", metavar="CODE", help="the label as scanned, or its mark and letters"), *_DEED)),
    Command("unproven", "the labels that were not scanned back", "proving:unproven", (_JSON,)),
    Command("cards", "the action cards, for the wall or as labels", "pages:cards", (
        _value("--to", "FILE", "a .pdf for the wall; with --media the labels, as a .png, .pdf or .bin"),
        _FORCE,
        _value("--page", "NAME", "A4 or Letter, for the wall; default A4"),
        _value("--printer", "NAME", "print each card as a label instead"),
        _value("--media", "NAME", "the label paper of the cards"), _JSON)),
    Command("outage", "a list with boxes to tick, for when the computer is down", "pages:outage", (
        _value("--to", "FILE", "the .pdf to write", required=True), _FORCE,
        _value("--state", "S", "only ready, stale, dirty, soaking or stop"),
        _value("--search", "TEXT", "only those that hold these words", default=""),
        _value("--page", "NAME", "A4 or Letter", default="A4"), _JSON)),
    Command("calibrate", "a test page that shows how a printer lays its paper", "pages:calibrate", (
        _value("--to", "FILE", "a .pdf for a sheet of labels; also a .png or .bin for other paper",
               required=True), _FORCE,
        _value("--printer", "NAME", "the printer whose paper and correction it is"),
        _value("--media", "NAME", "the label paper"), _JSON)),
    Command("doctor", "what works here and what does not: all, printer, scanner", usual="all", group=(
        Command("all", "database, settings, fonts, printers, link, clock, terminal", "doctor:everything", (
            _JSON,)),
        Command("printer", "print one strip; the smallest code that reads becomes the setting",
                "doctor:printer", (
            _PRINTER._replace(facts={**_PRINTER.facts, "nargs": "?", "help": "its name, or a place"}),
            _value("--media", "NAME", "the paper; default: the printer's"),
            _value("--module", "N", "keep so many dots a module, without a print"),
            _value("--to", "FILE", "write the strip to a .png, .pdf or .bin instead"), _FORCE,
            _JSON)),
        Command("scanner", "scan one test code; how the scanner is set, and whether it is understood",
                "doctor_scan:scanner", (
            _value("--printer", "NAME", "print the code there instead of showing it"),
            _value("--to", "FILE", "write the code to a .png, .pdf or .bin instead"), _FORCE,
            _value("--media", "NAME", "the paper"), _JSON)))),
    Command("policy", "the rules in force, and changing them", group=(
        Command("show", "every value with its source", "reads:show_policy", (_JSON,)),
        Command("set", "change a value", "reads:set_policy", (
            _option("key", metavar="KEY", help="its name, as shown"),
            _option("value", metavar="VALUE", help="the new value"), *_DEED)))),
    Command("export", "the whole journal, a JSON line an entry", "data:export", (
        _flag("--json", "one JSON document with every entry"),)),
    Command("backup", "write a proved copy", "data:backup", (
        _option("file", metavar="FILE", help="a new file"), _JSON)),
    Command("restore", "put a backup in the place of the database", "data:restore", (
        _option("file", metavar="FILE", help="the backup"), _JSON)),
    Command("verify", "prove that journal and lists agree", "data:verify", (_JSON,)),
    Command("rebuild", "derive the lists anew from the journal", "data:rebuild", (_JSON,)),
)  # fmt: skip
