"""The table of deeds: what is known of each, a row a deed, in the order in which the command line lists them.

What does a deed is found by name, when it is wanted, and not before."""

from importlib import import_module
from typing import Any, Final, NamedTuple

from rollertrack.deeds import options as o
from rollertrack.deeds.options import Option

ROLLER: Final = "roller"
ROLLERS: Final = "rollers"
RECORD: Final = "record"
STATION: Final = "station"
PERSON: Final = "person"
SOLUTION: Final = "solution"
NAMED: Final = "named"
PRODUCT: Final = "product"
PACK: Final = "pack"
INCIDENT: Final = "incident"
TRACE: Final = "trace"
DUE: Final = "due"
REPORT: Final = "report"
PRINTER: Final = "printer"
JOB: Final = "job"
BLANK: Final = "blank"


class Deed(NamedTuple):
    """One deed or read; `name` is its own, and it stands once.

    `scope` is what it is done to: a ROLLER, several ROLLERS at once, any RECORD with a code, a PERSON, a
    SOLUTION, a NAMED operator or bin, a PRODUCT, a PACK, an INCIDENT, a TRACE, something DUE, a REPORT, a
    PRINTER, a print JOB, a BLANK label that no roller has claimed, or nothing but the STATION. Whatever
    `service`, `handler`, `form` and `screen` name is `module:function` below rollertrack.
    """

    name: str
    scope: str
    service: str
    words: str = ""
    """How the command line calls it, such as `person add`."""
    summary: str = ""
    """What the command line's help says of it."""
    options: tuple[Option, ...] = ()
    handler: str = ""
    """What answers on the command line, where it is more than the service called with the options."""
    creates: bool = False
    """Whether it may make the database; no other does."""
    key: str = ""
    """Outside the letters of codes: a letter of a scan that slips through presses nothing."""
    label: str = ""
    """What it is called beside its key and in the palette."""
    does: str = ""
    """What it does, in a sentence for people at a screen."""
    rank: int = 0
    """Its place among the keys of its scope."""
    in_footer: bool = False
    form: str = ""
    """What asks for its facts and does it: `await form(app, …)` gives what was done."""
    screen: str = ""
    """The screen that shows it."""
    phone: str = ""
    """What asks for its facts on a phone and does it, a class of forms."""


def load(name: str) -> Any:
    """What a row names by `module:function`."""
    module, _, found = name.partition(":")
    return getattr(import_module(f"rollertrack.{module}"), found)


class Group(NamedTuple):
    """Commands that share their first word; `usual` is the one that is meant when none is named."""

    summary: str
    usual: str = ""


GROUPS: Final = {
    "person": Group("persons: add, edit, ask, react, forget, show, list"),
    "operator": Group("an operator: add, edit, close, reopen, list"),
    "bin": Group("a sharps bin: add, edit, into, close, reopen, collect, show, list"),
    "solution": Group("solutions: add, edit, test, top-up, discard, list"),
    "incident": Group("incidents: list, show, tell, close", "list"),
    "queue": Group("labels that wait, and what became of others", "list"),
    "printer": Group("printers: find, list, add, edit, remove, test", "list"),
    "product": Group("what is bought again and again: add, list, show, edit, close, reopen, bind", "list"),
    "pack": Group("boxes that came: list, show, edit, hold, release, write-off, found, undo", "list"),
    "doctor": Group("what works here and what does not: all, printer, scanner", "all"),
    "report": Group("numbers of a span of time: uses, washing, life, stock, cost; inspection, a PDF"),
    "policy": Group("the rules in force, and changing them"),
    "phone": Group("phones that may log deeds: pair, list, revoke", "list"),
}

DEEDS: Final = (
    Deed(
        "demo", STATION, "sample.writing:write_sample", "demo", "the program on a sample inventory",
        (o.value("--write", "PATH", "write a sample database there and exit"),
         o.value("--rollers", "N", "how many rollers", default=""),
         o.value("--seed", "N", "the same number and moment give the same inventory", default="1"),
         o.value("--at", "TIME", "the moment its story ends, with --write; default now"), o.JSON),
        handler="cli.front:demo",
    ),
    Deed(
        "register", STATION, "services.registering:add", "add", "register a roller, or several alike",
        (*o.FACTS, o.value("--count", "N", "how many", default="1"),
         o.value("--code", "CODE", "the code of a label printed ahead, which it claims"),
         o.value("--person", "CODE", "set aside for this person"), *o.DEED),
        handler="cli.rollers:add", creates=True,
        key="ctrl+n", label="new", does="Register a roller", in_footer=True,
        form="tui.forms.registration:register",
    ),
    Deed(
        "claim", BLANK, "services.registering:add",
        key="ctrl+n", label="new", does="Register a roller with this code",
        form="tui.forms.registration:claim",
    ),
    Deed(
        "another", ROLLER, "services.registering:another",
        key="ctrl+y", label="another", does="Register more like it, from another box", rank=13,
        form="tui.forms.registration:another",
    ),
    Deed(
        "edit", ROLLER, "services.registering:edit", "edit", "mend a registration",
        (o.CODE, *o.FACTS, *o.DEED), handler="cli.rollers:edit",
        key="ctrl+e", label="edit", does="Mend its registration", rank=10,
        form="tui.forms.registration:edit",
    ),
    Deed(
        "check", ROLLER, "services.checking:check", "check", "ask the gate: may it be used now?",
        (o.CODE, o.value("--person", "CODE", "on whom"), o.value("--area", "NAME", "where"), o.DEPTH, o.AT,
         o.JSON),
        handler="cli.gate:check", screen="tui.screens.verdict:VerdictScreen",
    ),
    Deed(
        "open_pack", ROLLER, "services.registering:open_pack", "open", "log that a sterile pack was opened",
        (o.CODE, *o.DEED),
        key="v", label="open pack", does="Log that its sterile pack was opened", rank=9,
        form="tui.forms.registration:open_pack",
    ),
    Deed(
        "use", ROLLER, "services.using:use", "use", "log a use",
        (o.argument("code", metavar="CODE", nargs="?", help="the nine letters, as scanned or typed"),
         o.value("--pack", "PACK", "instead: a piece without a code, out of this box"),
         o.value("--person", "CODE", "on whom"), o.value("--area", "NAME", "where", default=""),
         o.value("--concern", "NAME", "what for", default=""), o.DEPTH,
         o.value("--note", "TEXT", "anything else", default=""),
         o.value("--inspected", "TEXT", "what the look at the needles showed", default=""),
         o.flag("--infected", "it touched infected skin: never to be used again"),
         o.flag("--ack", "the findings are acknowledged"),
         o.flag("--none", "the health questions were asked: nothing holds but what is noted"),
         o.MORE_HOLDS,
         o.value("--despite", "TEXT", "log it against the gate, for this reason", default=""), *o.DEED),
        handler="cli.gate:use",
        key="a", label="use", does="Log a use of this roller", rank=1, in_footer=True,
        form="tui.forms.using:use", phone="phone.using:Use",
    ),
    Deed(
        "soak", ROLLERS, "services.washing:soak", "soak", "start a contact time",
        (o.CODES, *o.BATH, *o.DEED), handler="cli.washing:soak",
        key="w", label="soak", does="Start a soak with the usual agent", rank=2, in_footer=True,
        form="tui.forms.washing:soak", phone="phone.forms:Soak",
    ),
    Deed(
        "done", ROLLERS, "services.washing:done", "done", "end a contact time",
        (o.CODES, o.flag("--early", "before the time is up: recorded as incomplete"), *o.ENDING, o.BATH[5],
         *o.DEED),
        handler="cli.washing:done",
        key="c", label="take out", does="Take it out of its soak", rank=3, in_footer=True,
        form="tui.forms.taking_out:take_out", phone="phone.forms:TakeOut",
    ),
    Deed(
        "disinfect", ROLLERS, "services.washing:disinfect", "disinfect", "record a disinfection already done",
        (o.CODES, *o.BATH[:3], o.value("--minutes", "N", "how long it took; always needed", default=""),
         *o.BATH[4:], *o.ENDING,
         o.flag("--before-use", "it was washed before the use that was logged meanwhile"),
         o.AT._replace(facts={**o.AT.facts, "help": "when it ended; default now"}), o.WHO, o.JSON),
        handler="cli.washing:disinfect",
        key="y", label="disinfected", does="Record a disinfection already done", rank=6,
        form="tui.forms.washing:disinfect",
    ),
    Deed(
        "inspect", ROLLER, "services.keeping:inspect", "inspect", "log a look at the needles",
        (o.CODE, o.flag("--ok", "all is fine"), o.value("--fail", "REASON", "what is wrong"), *o.DEED),
        handler="cli.rollers:inspect",
        key="i", label="inspect", does="Log a look at the needles", rank=4, in_footer=True,
        form="tui.forms.keeping:inspect", phone="phone.forms:Inspect",
    ),
    Deed(
        "quarantine", ROLLERS, "services.keeping:quarantine", "quarantine", "put aside until released",
        (o.CODES, o.REASON, *o.DEED),
        key="ctrl+k", label="keep aside", does="Put it in quarantine, or release it", rank=8,
        form="tui.forms.keeping:quarantine", phone="phone.forms:Quarantine",
    ),
    Deed(
        "release", ROLLERS, "services.keeping:release", "release", "take out of quarantine or recall",
        (o.argument("codes", metavar="CODE", nargs="*", help="one or more codes; or --incident for all"),
         o.value("--incident", "CODE", "only what this incident put aside"), o.REASON, *o.DEED),
        handler="cli.rollers:release", form="tui.forms.keeping:release", phone="phone.forms:Release",
    ),
    Deed(
        "retire", ROLLERS, "services.keeping:retire", "retire", "end its life",
        (o.CODES, o.REASON, o.value("--bin", "CODE", "the sharps bin it went into", dest="sharps_bin"),
         *o.DEED),
        key="x", label="retire", does="End its life, into the sharps container", rank=12,
        form="tui.forms.keeping:retire", phone="phone.forms:Retire",
    ),
    Deed(
        "note", ROLLER, "services.keeping:note", "note", "write a note",
        (o.CODE, o.argument("text", metavar="TEXT", help="the note"), *o.DEED),
        key="m", label="memo", does="Write a note on it", rank=7, form="tui.forms.keeping:note",
        phone="phone.forms:Note",
    ),
    Deed(
        "undo", ROLLER, "services.keeping:undo", "undo", "take back a mistaken entry",
        (o.CODE, o.value("--entry", "N", "its number in the log; default the newest but for its label's"),
         o.REASON, *o.DEED),
        handler="cli.rollers:undo",
        key="z", label="undo", does="Undo an entry, with a reason", rank=11, form="tui.forms.keeping:undo",
        phone="phone.forms:Undo",
    ),
    Deed(
        "add_person", STATION, "services.people:add_person", "person add", "register a person",
        (o.NEW_LABEL, o.CONTRA, *o.DEED), handler="cli.people:add_person",
        label="New person", does="Register a person by a short label", form="tui.forms.people:add_person",
    ),
    Deed(
        "edit_person", PERSON, "services.people:edit_person", "person edit", "mend a person",
        (o.CODE, o.LABEL, o.CONTRA, *o.DEED),
        key="ctrl+e", label="mend", does="Mend the label, and what to ask a professional about", rank=3,
        in_footer=True, form="tui.forms.people:edit_person",
    ),
    Deed(
        "ask", PERSON, "services.health:ask", "person ask", "log the answers to the health questions",
        (o.CODE, o.flag("--none", "nothing holds"), o.HOLDS, *o.DEED), handler="cli.persons:ask",
        key="a", label="ask", does="Ask the health questions, and log the answers", rank=0, in_footer=True,
        form="tui.forms.health:ask",
    ),
    Deed(
        "react", PERSON, "services.health:react", "person react", "note a reaction of the skin",
        (o.CODE, o.value("--text", "TEXT", "what the skin does", required=True),
         o.value("--session", "N", "its number in the log; default the newest before, 0 for none"), *o.DEED),
        handler="cli.persons:react",
        key="m", label="reaction", does="Note a reaction of the skin, and trace what touched it",
        rank=1, in_footer=True, form="tui.forms.incidents:react",
    ),
    Deed(
        "forget", PERSON, "services.forgetting:forget", "person forget",
        "erase the label and every note about a person", (o.CODE, *o.DEED),
        key="x", label="forget", does="Erase the label and every note about them, for good", rank=4,
        in_footer=True, form="tui.forms.health:forget",
    ),
    Deed(
        "trace_person", PERSON, "services.tracing:trace",
        key="w", label="trace", does="What touched this person, and who else that touched",
        rank=2, in_footer=True, form="tui.forms.tracing:trace_person",
    ),
    Deed(
        "show_person", PERSON, "services.person_files:show_person", "person show",
        "how long the skin rests, what to ask first, the sessions", (o.CODE, o.JSON),
        handler="cli.persons:show_person", screen="tui.screens.person:PersonScreen",
    ),
    Deed(
        "people", STATION, "services.people:list_persons", "person list", "every person", (o.JSON,),
        handler="cli.people:list_persons",
        key="f3", label="persons", does="The persons on record", rank=3,
        screen="tui.screens.registers:PeopleScreen",
    ),
    Deed(
        "add_operator", STATION, "services.people:add_named", "operator add", "register an operator",
        (o.NEW_LABEL, *o.DEED), handler="cli.people:add_named",
        label="New operator", does="Register who works here, by a short label", rank=5,
        form="tui.forms.people:add_operator",
    ),
    Deed(
        "edit_operator", NAMED, "services.people:edit_named", "operator edit", "mend the label",
        (o.CODE, o.NEW_LABEL, *o.DEED), handler="cli.people:edit_named", form="tui.forms.people:edit",
    ),
    Deed(
        "close_operator", NAMED, "services.people:close_named",
        "operator close", "close it; it stays on record", (o.CODE, *o.DEED), handler="cli.people:close_named",
        key="x", label="close", does="Close it: full, or left; open a closed one again",
        rank=3, in_footer=True, form="tui.forms.people:close",
    ),
    Deed(
        "reopen_operator", NAMED, "services.people:reopen_named",
        "operator reopen", "open again one that was closed", (o.CODE, *o.DEED),
        handler="cli.people:reopen_named",
        label="reopen", does="Open it again, when it was closed by mistake", form="tui.forms.people:reopen",
    ),
    Deed(
        "operators", STATION, "services.people:list_named", "operator list", "all of them", (o.JSON,),
        handler="cli.people:list_named",
        key="f5", label="operators and bins", does="Who works here, and the sharps bins", rank=5,
        screen="tui.screens.registers:OperatorsScreen",
    ),
    Deed(
        "add_bin", NAMED, "services.people:add_named", "bin add", "register a sharps bin",
        (o.NEW_LABEL, *o.DEED), handler="cli.people:add_named",
        key="i", label="add bin", does="Register a sharps bin",
        rank=1, in_footer=True, form="tui.forms.people:add_bin",
    ),
    Deed(
        "edit_bin", NAMED, "services.people:edit_named", "bin edit", "mend the label",
        (o.CODE, o.NEW_LABEL, *o.DEED), handler="cli.people:edit_named", form="tui.forms.people:edit",
    ),
    Deed(
        "close_bin", NAMED, "services.people:close_named", "bin close", "close it; it stays on record",
        (o.CODE, *o.DEED), handler="cli.people:close_named", form="tui.forms.people:close",
    ),
    Deed(
        "reopen_bin", NAMED, "services.people:reopen_named",
        "bin reopen", "open again one that was closed", (o.CODE, *o.DEED),
        handler="cli.people:reopen_named", form="tui.forms.people:reopen",
    ),
    Deed(
        "bin_into", NAMED, "services.bins:into_bin", "bin into", "log that rollers went into it",
        (o.argument("sharps_bin", metavar="BIN", help="the bin"), o.CODES,
         o.value("--reason", "TEXT", "why, of those that are not retired yet; default: used up", default=""),
         *o.DEED),
        form="tui.forms.keeping:bin_into",
    ),
    Deed(
        "collect_bin", NAMED, "services.bins:collect", "bin collect", "log that it was taken away",
        (o.CODE, o.value("--hauler", "TEXT", "who took it", required=True),
         o.value("--receipt", "TEXT", "the number of the receipt", default=""), *o.DEED),
    ),
    Deed(
        "show_bin", NAMED, "services.bins:show_bin", "bin show", "what lies in it", (o.CODE, o.JSON),
        handler="cli.due:show_bin",
    ),
    Deed(
        "bins", STATION, "services.people:list_named", "bin list", "all of them", (o.JSON,),
        handler="cli.people:list_named",
    ),
    Deed(
        "add_solution", STATION, "services.solutions:add_solution",
        "solution add", "register an opened bottle or jar", (*o.SOLUTION_FACTS, *o.DEED),
        handler="cli.people:add_solution",
        label="New solution", does="Register an opened bottle or jar",
        form="tui.forms.solutions:add_solution",
    ),
    Deed(
        "edit_solution", SOLUTION, "services.solutions:edit_solution", "solution edit", "mend its facts",
        (o.CODE, *o.SOLUTION_FACTS, o.value("--opened", "TIME", "when it was opened"), *o.DEED),
        handler="cli.people:edit_solution", form="tui.forms.solutions:edit_solution",
    ),
    Deed(
        "strip", SOLUTION, "services.solutions:log_strip", "solution test", "log a test strip",
        (o.CODE, o.argument("--pass", action="store_true", dest="passed", help="the strip passed"),
         o.argument("--fail", action="store_true", dest="failed", help="the strip failed"), *o.DEED),
        handler="cli.people:test_strip",
        key="i", label="test strip", does="Log a test strip",
        rank=1, in_footer=True, form="tui.forms.solutions:strip",
    ),
    Deed(
        "top_up", SOLUTION, "services.solutions:top_up",
        "solution top-up", "log that more was poured in; its life is not longer by that", (o.CODE, *o.DEED),
        key="v", label="top up", does="Log that more was poured in; its life is not longer by that", rank=4,
        form="tui.forms.solutions:top_up",
    ),
    Deed(
        "discard_solution", SOLUTION, "services.solutions:discard_solution",
        "solution discard", "log that it was thrown away", (o.CODE, o.REASON, *o.DEED),
        key="x", label="discard", does="Log that it was thrown away", rank=2, in_footer=True,
        form="tui.forms.solutions:discard_solution",
    ),
    Deed(
        "trace_solution", SOLUTION, "services.tracing:trace",
        key="w", label="trace", does="What lay in this solution, and who was touched since",
        rank=3, form="tui.forms.tracing:trace_solution",
    ),
    Deed(
        "solutions", STATION, "services.lists:list_solutions",
        "solution list", "every solution", (o.JSON,), handler="cli.people:list_solutions",
        key="f4", label="solutions", does="The bottles and jars on record", rank=4,
        screen="tui.screens.registers:SolutionsScreen",
    ),
    Deed(
        "trace", STATION, "services.tracing:trace", "trace", "who touched what: a lot, a bottle, a person",
        (*o.TRACED, o.argument("--by", "--operator", metavar="CODE", dest="by", help=o.OF_OPERATOR),
         o.TO_CSV[0], *o.STYLE,
         o.value("--pdf", "FILE", "write a list to print and tick off"),
         o.value("--page", "NAME", "A4 or Letter, for --pdf", default="A4"), o.FORCE, o.JSON),
        handler="cli.traces:trace",
        label="trace", does="Who touched what, from a lot, a bottle, a roller or a person", rank=11,
        form="tui.forms.tracing:trace",
    ),
    Deed(
        "trace_roller", RECORD, "services.tracing:trace",
        key="ctrl+t", label="trace",
        does="Whom this roller touched, and what lay beside it, as after an injury",
        form="tui.forms.tracing:trace_roller",
    ),
    Deed(
        "recall", TRACE, "services.recalling:recall", "recall", "put aside what a trace finds, in one deed",
        (*o.TRACED, o.value("--by", "CODE", o.OF_OPERATOR), o.REASON,
         o.flag("--mates", "also what lay beside them in a bath"),
         o.flag("--doubtful", "also those without a lot, of the same make"),
         o.argument("--also", metavar="CODE", nargs="+", action="extend",
                    help="also these of the trace, once their packs were looked at"),
         o.value("--cause", "WORD", "lot, solution, strip, reaction, injury or other; default: what is asked",
                 default=""),
         o.flag("--dry-run", "say what would be put aside, and write nothing"), *o.DEED),
        handler="cli.traces:recall",
        key="a", label="put aside", does="Recall: put aside what this trace found, and open an incident",
        rank=1, in_footer=True, form="tui.forms.recalling:recall",
    ),
    Deed(
        "trace_file", TRACE, "services.trace_files:trace_to",
        key="w", label="write", does="Write it to a file: .csv for a spreadsheet, .pdf to print and tick off",
        rank=2, in_footer=True, form="tui.forms.recalling:write_trace",
    ),
    Deed(
        "incidents", STATION, "services.incident_files:list_incidents",
        "incident list", "every incident", (o.JSON,), handler="cli.traces:list_incidents",
        label="incidents", does="What was recalled, who was told, what is still put aside", rank=12,
        screen="tui.screens.incidents:IncidentsScreen",
    ),
    Deed(
        "show_incident", INCIDENT, "services.incident_files:show_incident",
        "incident show", "its rollers, its persons, who was told", (o.CODE, o.JSON),
        handler="cli.traces:show_incident",
    ),
    Deed(
        "tell", INCIDENT, "services.incidents:tell", "incident tell", "log that a person was told",
        (o.CODE, o.value("--person", "CODE", "who was told", required=True),
         o.value("--how", "TEXT", "how: by telephone, in the room …", required=True), *o.DEED),
        key="i", label="told", does="Log that a person was told, and how", rank=1, in_footer=True,
        form="tui.forms.incidents:tell",
    ),
    Deed(
        "release_incident", INCIDENT, "services.incidents:release",
        key="v", label="release", does="Release all that this incident put aside", rank=2, in_footer=True,
        form="tui.forms.incidents:release",
    ),
    Deed(
        "close_incident", INCIDENT, "services.incidents:close", "incident close",
        "nothing is left to be done",
        (o.CODE, o.value("--outcome", "TEXT", "how it ended", required=True), *o.DEED),
        key="x", label="close", does="Close it: nothing is left to be done", rank=3, in_footer=True,
        form="tui.forms.incidents:close",
    ),
    Deed(
        "show", RECORD, "services.records:show", "show", "everything known of a code", (o.CODE, o.JSON),
        handler="cli.records:show", screen="tui.screens.record:RecordScreen",
    ),
    Deed(
        "log", RECORD, "services.records:log", "log", "the whole history of a code", (o.CODE, o.JSON),
        handler="cli.records:log",
    ),
    Deed(
        "list", STATION, "services.lists:listing", "list", "the rollers and where they stand",
        (o.value("--state", "S",
                 "one of ready, dirty, stale, new, soaking, take-out, stop, retired, unbinned"),
         o.value("--search", "TEXT", "only those with these words, of name, code, person, lot, expiry",
                 default=""), *o.TO_CSV, o.JSON),
        handler="cli.reads:list_rollers", screen="tui.screens.bench:BenchScreen",
    ),
    Deed(
        "due", STATION, "services.due:due", "due",
        "what is to be done, by date; status 1 when something is overdue",
        (o.value("--within", "DAYS", "how far to look ahead; default 30, for a calendar 365"),
         o.flag("--all", "each of them on a line of its own"),
         o.value("--ics", "FILE", "write them for a calendar; one written here before is replaced"),
         o.flag("--digest", "in it one event for each day and kind, as from 30 events on"),
         o.flag("--names", "in it how rollers are called, beside code and length"), *o.TO_CSV, o.JSON),
        handler="cli.due:due",
        key="ctrl+d", label="due", does="What must be disinfected, replaced or discarded, by date", rank=1,
        in_footer=True, screen="tui.screens.due:DueScreen",
    ),
    Deed(
        "due_calendar", STATION, "services.due_calendar:write_calendar",
        label="calendar", does="Write what is due for a calendar", rank=19,
        form="tui.forms.tables:due_calendar",
    ),
    Deed(
        "snooze", DUE, "services.snoozing:snooze", "snooze", "put off what is due, with a reason",
        (o.argument("codes", metavar="CODE", nargs="+",
                    help="of rollers or solutions; the name of a product to order"),
         o.value("--what", "WORD", "what `due` calls it: disinfect, take-out, discard, replace, order …",
                 required=True),
         o.value("--until", "DATE", "the day on which it is due again, a year ahead at most; today ends it",
                 required=True),
         o.REASON, *o.DEED),
        key="m", label="snooze", does="Put it off until a day, with a reason", rank=1, in_footer=True,
        form="tui.forms.snoozing:snooze",
    ),
    Deed(
        "soaks", STATION, "services.lists:overview",
        key="f2", label="soaks", does="What soaks now, and when it can come out", rank=2,
        screen="tui.screens.soaks:SoaksScreen",
    ),
    Deed(
        "label", ROLLERS, "services.labels.labelling:label", "label", "print labels",
        (o.argument("codes", metavar="CODE", nargs="*", help="what to print labels of"),
         o.flag("--unproven", "those whose label was never scanned back"),
         o.value("--blank", "N", "N labels ahead of their rollers, with new codes"),
         o.value("--printer", "NAME", "a printer of the settings, or a place such as tcp://HOST:PORT"),
         o.value("--to", "FILE", "write a .png, .pdf or .bin instead"), o.FORCE,
         o.value("--media", "NAME", "the paper; default: the printer's"),
         o.value("--copies", "N", "copies of each", default="1"),
         o.flag("--flag", "to fold round a handle"),
         o.value("--start", "N", "the first free label of the sheet; default: after the last"), *o.DEED),
        handler="cli.labels:label",
        key="ctrl+l", label="label", does="Print its label, or preview it", rank=5, in_footer=True,
        form="tui.forms.labels:label",
    ),
    Deed(
        "blanks", STATION, "services.labels.labelling:label_blanks",
        label="labels ahead", does="Print labels with new codes, ahead of their rollers", rank=9,
        form="tui.forms.blanks:blanks",
    ),
    Deed(
        "labels", STATION, "services.labels.listing:label_listing",
        key="f7", label="print labels", does="Choose rollers and print their labels", rank=6,
        screen="tui.screens.labels:LabelsScreen",
    ),
    Deed(
        "queue", STATION, "services.labels.queue:newest_jobs",
        "queue list", "all of them, the newest first", (o.JSON,), handler="cli.labels:queue",
        key="f8", label="print queue", does="What waits to be printed, what was sent, what failed", rank=7,
        screen="tui.screens.queue:QueueScreen",
    ),
    Deed(
        "retry_labels", JOB, "services.labels.batches:print_left",
        "queue retry", "print what failed and what waits", (o.JOBS, o.JSON), handler="cli.labels:retry",
        key="z", label="print the rest", does="Print what failed or waits of this batch",
        rank=1, in_footer=True,
        form="tui.forms.print_requests:go_on",
    ),
    Deed(
        "cancel_labels", JOB, "services.labels.queue:cancel",
        "queue cancel", "take out what was not sent",
        (o.JOBS, o.flag("--all", "all that was not sent"), o.JSON),
        handler="cli.labels:cancel",
        key="x", label="cancel", does="Take it out of the queue", rank=2, in_footer=True,
        form="tui.forms.print_requests:cancel",
    ),
    Deed(
        "clear_queue", JOB, "services.labels.queue:clear",
        "queue clear", "forget what is done with", (o.JSON,),
        key="c", label="clear", does="Remove what was sent, confirmed or cancelled", rank=3, in_footer=True,
        form="tui.forms.print_requests:clear",
    ),
    Deed(
        "settings", STATION, "services.labels.printers:save_usual",
        label="settings", does="The printer and the paper used when none is named", rank=10,
        form="tui.forms.settings:settings",
    ),
    Deed(
        "printers", STATION, "services.labels.printers:list_printers",
        "printer list", "the printers of the settings", (o.JSON,), handler="cli.printers:list_printers",
        label="printers", does="Add, mend and test printers", rank=8,
        screen="tui.screens.printers:PrintersScreen",
    ),
    Deed(
        "find_printer", PRINTER, "services.labels.discovery:find_printers",
        "printer find", "what is plugged in, each with the call that keeps it", (o.JSON,),
        handler="cli.printers:find",
        key="ctrl+o", label="find", does="Find the printers of this computer, and add one", rank=5,
        form="tui.forms.printers:find_printer",
    ),
    Deed(
        "add_printer", PRINTER, "services.labels.printers:save_printer",
        "printer add", "set a printer", (o.PRINTER, *o.PRINTER_FACTS, o.JSON), handler="cli.printers:add",
        key="a", label="add", does="Add a printer",
        rank=1, in_footer=True, form="tui.forms.printers:add_printer",
    ),
    Deed(
        "edit_printer", PRINTER, "services.labels.printers:save_printer",
        "printer edit", "change one; an empty text unsets", (o.PRINTER, *o.PRINTER_FACTS, o.JSON),
        handler="cli.printers:edit", form="tui.forms.printers:edit_printer",
    ),
    Deed(
        "remove_printer", PRINTER, "services.labels.printers:remove_printer",
        "printer remove", "forget a printer", (o.PRINTER, o.JSON), handler="cli.printers:remove",
        key="x", label="remove", does="Remove it from the settings", rank=4, in_footer=True,
        form="tui.forms.printers:remove_printer",
    ),
    Deed(
        "test_printer", PRINTER, "services.labels.printer_trials:test_print",
        "printer test", "print a test label", (o.PRINTER, o.JSON),
        key="y", label="test", does="Send it a test label", rank=2, in_footer=True,
    ),
    Deed(
        "ask_printer", PRINTER, "services.labels.printer_trials:printer_status",
        key="i", label="ask", does="Ask it whether it could print", rank=3, in_footer=True,
    ),
    Deed(
        "prove", ROLLER, "services.labels.proving:prove", "prove",
        "log that a printed label was scanned back",
        (o.argument("code", metavar="CODE", help="the label as scanned, or its mark and letters"), *o.DEED),
    ),
    Deed(
        "unproven", STATION, "services.labels.proving:unproven",
        "unproven", "the labels that were not scanned back", (o.JSON,), handler="cli.labels:unproven",
    ),
    Deed(
        "cards", STATION, "services.labels.pages:wall_sheet",
        "cards", "the action cards, for the wall or as labels",
        (o.value("--to", "FILE", "a .pdf for the wall; with --media the labels, as a .png, .pdf or .bin"),
         o.FORCE, o.value("--page", "NAME", "A4 or Letter, for the wall; default A4"),
         o.value("--printer", "NAME", "print each card as a label instead"),
         o.value("--media", "NAME", "the label paper of the cards"), o.JSON),
        handler="cli.pages:cards",
        label="action cards", does="Write the action cards for the wall", rank=20,
        form="tui.forms.files:cards",
    ),
    Deed(
        "outage", STATION, "services.labels.outage:outage_sheet",
        "outage", "a list with boxes to tick, for when the computer is down",
        (o.value("--to", "FILE", "the .pdf to write", required=True), o.FORCE,
         o.value("--state", "S", "only those ready, dirty, stale, new, soaking, take-out or stop"),
         o.value("--search", "TEXT", "only those that hold these words", default=""),
         o.value("--page", "NAME", "A4 or Letter", default="A4"), o.JSON),
        handler="cli.pages:outage",
        label="outage sheet", does="Write a list with boxes to tick, for when the computer is down", rank=21,
        form="tui.forms.files:outage",
    ),
    Deed(
        "calibrate", STATION, "services.labels.pages:calibration",
        "calibrate", "a test page that shows how a printer lays its paper",
        (o.value("--to", "FILE", "a .pdf for a sheet of labels; also a .png or .bin for other paper",
                 required=True), o.FORCE,
         o.value("--printer", "NAME", "the printer whose paper and correction it is"),
         o.value("--media", "NAME", "the label paper"), o.JSON),
        handler="cli.pages:calibrate",
    ),
    Deed(
        "doctor", STATION, "diagnostics.doctor:checkup", "doctor all",
        "database, settings, fonts, printers, link, clock, terminal", (o.JSON,),
        handler="cli.doctor:everything",
        label="doctor", does="What works here and what does not, with what to do", rank=24,
        screen="tui.screens.doctor:DoctorScreen",
    ),
    Deed(
        "doctor_printer", PRINTER, "diagnostics.printer:strip", "doctor printer",
        "print one strip; the smallest code that reads becomes the setting",
        (o.PRINTER._replace(facts={**o.PRINTER.facts, "nargs": "?", "help": "its name, or a place"}),
         o.value("--media", "NAME", "the paper; default: the printer's"),
         o.value("--module", "N", "keep so many dots a module, without a print"),
         o.value("--to", "FILE", "write the strip to a .png, .pdf or .bin instead"), o.FORCE, o.JSON),
        handler="cli.doctor:printer",
    ),
    Deed(
        "doctor_scanner", STATION, "diagnostics.scan_report:report", "doctor scanner",
        "scan one test code; how the scanner is set, and whether it is understood",
        (o.value("--printer", "NAME", "print the code there instead of showing it"),
         o.value("--to", "FILE", "write the code to a .png, .pdf or .bin instead"), o.FORCE,
         o.value("--media", "NAME", "the paper"), o.JSON),
        handler="cli.doctor_scan:scanner",
    ),
    Deed(
        "serve", STATION, "phone.serving:serve", "serve", "let phones open what labels link to",
        (o.value("--host", "ADDRESS", "the address to answer on", default="0.0.0.0"),
         o.value("--port", "N", "the port to answer on", default=str(o.PHONE_PORT)),
         o.value("--certificate", "FILE", "a certificate, for https"),
         o.value("--key", "FILE", "its private key"),
         o.flag("--behind-proxy", "a proxy on this computer asks, and says for whom"),
         o.flag("--look", "say where phones would find it, and end"), o.JSON),
        handler="cli.serving:serve",
        key="f12", label="phones", does="Let phones open rollers from their labels, or stop that", rank=9,
        form="tui.forms.phones:phones",
    ),
    Deed(
        "pair_phone", STATION, "services.phones:begin_pairing",
        "phone pair", "show a code that pairs one phone",
        (o.value("--port", "N", "the port that serves the pages", default=str(o.PHONE_PORT)), o.WHO, o.JSON),
        handler="cli.phones:pair",
    ),
    Deed(
        "phones", STATION, "services.phones:list_phones",
        "phone list", "every phone that was paired", (o.JSON,), handler="cli.phones:list_phones",
    ),
    Deed(
        "revoke_phone", STATION, "services.phones:revoke", "phone revoke", "let a phone log nothing more",
        (o.argument("number", metavar="N", help="its number, as listed"), o.JSON),
        handler="cli.phones:revoke",
    ),
    Deed(
        "stock", STATION, "services.stock:stock", "stock", "what is in stock, and what to order",
        (o.flag("--low", "only what is to be ordered; status 1 when there is any"), o.ONLY_PRODUCT,
         *o.TO_CSV, o.JSON),
        handler="cli.stock:stock",
        key="f10", label="stock", does="What is in stock by product, and what to order", rank=11,
        screen="tui.screens.stock:StockScreen",
    ),
    Deed(
        "next_piece", STATION, "services.stock:next_piece", "next", "which piece to open next, and why",
        (o.PRODUCT, o.value("--person", "CODE", "for whom"), o.JSON), handler="cli.stock:next_piece",
    ),
    Deed(
        "receive", PRODUCT, "services.receiving:receive", "receive",
        "a box came: its pack, a roller for each piece, their labels",
        (o.argument("product", metavar="PRODUCT", nargs="?", default="",
                    help="its name; not needed where the barcode is known"),
         o.argument("--scan", metavar="TEXT", action="append", dest="scans",
                    help="the barcode of the box; again for its second one"),
         o.flag("--compared", "the lot that the barcode says was compared with the pack"),
         *o.PACK_FACTS, o.value("--printer", "NAME", "print the labels there"),
         o.value("--media", "NAME", "the label paper"), *o.DEED),
        handler="cli.stock:receive",
        key="ctrl+r", label="receive", does="Take in a box that came", rank=1, in_footer=True,
        form="tui.forms.receiving:receive",
    ),
    Deed(
        "count", PRODUCT, "services.counting_stock:end_count", "count",
        "count the shelf: what is missing, not expected, unknown",
        (o.value("--scanned", "FILE", "the scans, a line each; - reads them from standard input",
                 required=True),
         o.ONLY_PRODUCT, o.flag("--commit", "write it down; without it nothing is"), *o.DEED),
        handler="cli.counting:count",
        key="c", label="count", does="Count the shelf by scanning it", rank=5, in_footer=True,
        screen="tui.screens.count:CountScreen",
    ),
    Deed(
        "order", PRODUCT, "services.products:order_product", "order",
        "log an order, so that low stock stops asking; `order end PRODUCT` when it will not come",
        (o.argument("words", metavar="PRODUCT", nargs="+", help="what was ordered; `end` before it ends it"),
         o.value("--pieces", "N", "how many pieces"),
         o.value("--expected", "DATE", "when it should come", default=""),
         o.value("--supplier", "TEXT", "from whom", default=""),
         o.value("--ref", "TEXT", "its number", default=""),
         o.value("--reason", "TEXT", "why it will not come", default=""), *o.DEED),
        handler="cli.stock:order",
        key="m", label="ordered", does="Log an order, so that low stock stops asking", rank=3, in_footer=True,
        form="tui.forms.stock:order",
    ),
    Deed(
        "add_product", PRODUCT, "services.products:add_product", "product add", "register a product",
        (o.argument("name", metavar="NAME", help="what people here call it"), *o.PRODUCT_FACTS, *o.DEED),
        handler="cli.products:add_product",
        key="a", label="add", does="Add a product", rank=2, in_footer=True,
        form="tui.forms.stock:add_product",
    ),
    Deed(
        "products", STATION, "services.stock_records:list_products",
        "product list", "every product", (o.JSON,),
        handler="cli.products:list_products",
    ),
    Deed(
        "show_product", PRODUCT, "services.stock_records:show_product",
        "product show", "everything known of it",
        (o.PRODUCT, o.JSON), handler="cli.products:show_product",
    ),
    Deed(
        "edit_product", PRODUCT, "services.products:edit_product", "product edit", "mend its facts",
        (o.PRODUCT, o.value("--name", "NAME", "another name"), *o.PRODUCT_FACTS, *o.DEED),
        handler="cli.products:edit_product",
        key="ctrl+e", label="edit", does="Mend the product", rank=4, form="tui.forms.stock:edit_product",
    ),
    Deed(
        "close_product", PRODUCT, "services.products:close_product",
        "product close", "it is bought no more; it stays on record",
        (o.PRODUCT, o.value("--reason", "TEXT", "why", default=""), *o.DEED),
    ),
    Deed(
        "reopen_product", PRODUCT, "services.products:reopen_product",
        "product reopen", "it is bought again, when it was closed",
        (o.PRODUCT, o.value("--reason", "TEXT", "why", default=""), *o.DEED),
    ),
    Deed(
        "bind_barcode", PRODUCT, "services.products:bind_barcode",
        "product bind", "a maker's barcode stands for it",
        (o.PRODUCT, o.argument("text", metavar="TEXT", help="the barcode, as scanned"),
         o.value("--pieces", "N", "how many pieces it stands for", default="1"), *o.DEED),
    ),
    Deed(
        "use_piece", PACK, "services.pieces:use_piece", form="tui.forms.pieces:use_piece",
        key="v", label="use one", does="Use a piece that gets its code only now", rank=5, in_footer=True,
    ),
    Deed(
        "packs", STATION, "services.stock_records:list_packs", "pack list", "every box that came",
        (o.ONLY_PRODUCT, o.JSON), handler="cli.packs:list_packs",
    ),
    Deed(
        "show_pack", PACK, "services.stock_records:show_pack", "pack show", "everything known of it",
        (o.PACK, o.JSON), handler="cli.packs:show_pack",
    ),
    Deed(
        "edit_pack", PACK, "services.packs:edit_pack", "pack edit", "mend its facts; its rollers follow",
        (o.PACK, *o.PACK_FACTS, *o.DEED), handler="cli.packs:edit_pack",
        key="ctrl+e", label="edit", does="Mend the pack; its rollers follow", rank=1,
        form="tui.forms.packs:edit_pack",
    ),
    Deed(
        "hold_pack", PACK, "services.packs:hold_pack", "pack hold", "put it aside with all its rollers",
        (o.PACK, o.REASON, *o.DEED),
        key="ctrl+k", label="keep aside", does="Keep it aside with all its rollers, or release it", rank=2,
        in_footer=True, form="tui.forms.packs:hold_pack",
    ),
    Deed(
        "release_pack", PACK, "services.packs:release_pack", "pack release", "let it come back",
        (o.PACK, o.REASON, *o.DEED),
    ),
    Deed(
        "write_off", PACK, "services.packs:write_off", "pack write-off", "pieces without codes are gone",
        (o.PACK, o.value("--pieces", "N", "how many; default all that are left", default=""), o.REASON,
         *o.DEED),
        key="x", label="write off", does="Log that pieces without codes are gone", rank=4, in_footer=True,
        form="tui.forms.packs:write_off",
    ),
    Deed(
        "find_pieces", PACK, "services.packs:find_pieces",
        "pack found", "more pieces without codes lie in it",
        (o.PACK, o.value("--pieces", "N", "how many more", required=True), o.REASON, *o.DEED),
    ),
    Deed(
        "undo_pack", PACK, "services.packs:undo_pack", "pack undo", "take a mistaken receipt back",
        (o.PACK, o.REASON, *o.DEED),
        key="z", label="undo", does="Take a mistaken receipt back", rank=3, in_footer=True,
        form="tui.forms.packs:undo_pack",
    ),
    Deed(
        "read_barcode", STATION, "services.boxes:read_box",
        "read", "what a maker's barcode says; writes nothing",
        (o.argument("texts", metavar="TEXT", nargs="+", help="as scanned, or typed from the pack"), o.JSON),
        handler="cli.boxes:read",
    ),
    Deed(
        "guide", STATION, "services.guiding:guided", "guide",
        "which needle lengths pages and charts name, with their spread; no advice",
        (o.value("--concern", "NAME", "what for: fine lines, acne scars, hair …", default=""),
         o.value("--area", "NAME", "where: forehead, cheeks, scalp …", default=""),
         o.value("--length", "MM", "what is named for this length, and the rest after it", default=""),
         o.flag("--sources", "every source in full"), o.JSON),
        handler="cli.guide:guide",
        label="needle length guide", does="Which lengths pages and charts name, beside your own", rank=13,
        screen="tui.screens.guide:GuideScreen",
    ),
    Deed(
        "care", STATION, "services.care_papers:slip", "care",
        "what to do before and after a session: to read, to print, to hand over",
        (o.argument("which", metavar="before|after", help="which slip"),
         o.value("--person", "CODE", "log that this person was given it"),
         o.value("--how", "TEXT", "how it was given; default: what is done here", default=""),
         o.value("--to", "FILE", "write it as an A5 page, a .pdf"), o.FORCE,
         o.value("--printer", "NAME", "print it on the roll of a label printer"),
         o.value("--media", "NAME", "the roll in it"),
         o.flag("--sources", "the spread of each line, and where it was read"), *o.DEED),
        handler="cli.care:care",
        label="care slip", does="What to do before and after a session, to read, print or hand over", rank=14,
        screen="tui.screens.care:CareScreen",
    ),
    Deed(
        "give_care", PERSON, "services.caring:hand_over",
        key="c", label="care slip", does="Hand over what to do before or after a session, and log it",
        rank=2, in_footer=True, form="tui.forms.care:give_care",
    ),
    Deed(
        "report_uses", STATION, "services.reporting:report", "report uses", "uses a week, by needle length",
        o.REPORT, handler="cli.reports:uses",
        label="reports", does="Uses, washing, life, stock and cost in numbers, as bars", rank=15,
        screen="tui.screens.reports:ReportsScreen",
    ),
    Deed(
        "write_report", REPORT, "services.reporting:write_csv",
        label="write", does="Write the rows of a report for a spreadsheet",
        form="tui.forms.reports:write_report",
    ),
    Deed(
        "report_washing", STATION, "services.reporting:report", "report washing",
        "how soon after a use it was disinfected", o.REPORT, handler="cli.reports:washing",
    ),
    Deed(
        "report_life", STATION, "services.reporting:report", "report life",
        "how much of their life rollers reached before they were retired", o.REPORT,
        handler="cli.reports:life",
    ),
    Deed(
        "report_stock", STATION, "services.reporting:report", "report stock",
        "what lies there, what came and what was opened", o.REPORT, handler="cli.reports:stock",
    ),
    Deed(
        "report_cost", STATION, "services.reporting:report", "report cost",
        "what was paid, what a use cost, what was retired early", o.REPORT, handler="cli.reports:cost",
    ),
    Deed(
        "inspection", STATION, "services.inspection_files:write_inspection", "report inspection",
        "write the PDF for an inspector: uses, disinfections, packs, bins, incidents of a span",
        (*o.SPAN,
         o.value("--place", "TEXT", "what the establishment is called, on the cover", required=True),
         o.value("--pdf", "FILE", "the file to write, such as record.pdf; always needed", required=True),
         o.flag("--force", "replace the file when it is there already"),
         o.value("--page", "NAME", "the paper: A4, as usual, or Letter", default="A4"), o.JSON),
        handler="cli.reports:inspection",
        label="inspector's report", does="Write everything of a span that an inspector asks for, as a PDF",
        rank=16, form="tui.forms.reports:inspection",
    ),
    Deed(
        "show_policy", STATION, "services.policies:show_policy",
        "policy show", "every value with its source", (o.JSON,), handler="cli.reads:show_policy",
    ),
    Deed(
        "policy", STATION, "services.policies:set_policy", "policy set", "change a value",
        (o.argument("key", metavar="KEY", help="its name, as shown"),
         o.argument("value", metavar="VALUE", help="the new value"), *o.DEED),
        key="f6", label="policy", does="The rules in force, each with its source",
        form="tui.forms.policy:change",
    ),
    Deed(
        "export", STATION, "services.exporting:export", "export",
        "the whole journal, a JSON line an entry; or tables",
        (o.value("--csv", "FOLDER", "instead: a table of each kind of record, for spreadsheets"), *o.STYLE,
         o.FORCE, o.flag("--json", "one JSON document with every entry")),
        handler="cli.data:export",
        label="export", does="Write the whole journal to a file, for other programs", rank=23,
        form="tui.forms.files:export",
    ),
    Deed(
        "export_tables", STATION, "services.table_files:export_tables",
        label="export tables", does="Write all records as tables for a spreadsheet", rank=23,
        form="tui.forms.tables:export_tables",
    ),
    Deed(
        "import", STATION, "services.importing:import_file",
        "import", "rollers out of a CSV file; without --commit only what would become of each row",
        (o.argument("file", metavar="FILE", help="a CSV file: of Homebox, Snipe-IT, InvenTree, or any other"),
         o.argument("--column", metavar="X=FIELD", action="append", dest="columns",
                    help='what a column means, as "Bezeichnung=name"; "X=" leaves it out; again for more'),
         o.value("--encoding", "NAME", "the file's encoding, where it is not told by itself", default=""),
         o.value("--delimiter", "SIGN", "what stands between cells: ; , | or tab", default=""),
         o.value("--dates", "ORDER", "dmy, mdy or iso, where 05/06/2028 can be read in two ways", default=""),
         o.flag("--skip-bad", "leave out rows that are wrong, instead of writing nothing"),
         o.flag("--commit", "write it down; without it nothing is"), *o.DEED),
        handler="cli.importing:import_file",
        label="import", does="Register rollers out of a CSV file of another program", rank=22,
        form="tui.forms.importing:import_file",
    ),
    Deed(
        "backup", STATION, "services.upkeep:backup", "backup", "write a proved copy",
        (o.argument("target", metavar="FILE", help="a new file"), o.JSON),
        label="back up", does="Write a proved copy of the database", rank=22, form="tui.forms.files:backup",
    ),
    Deed(
        "restore", STATION, "services.upkeep:restore",
        "restore", "put a backup in the place of the database",
        (o.argument("file", metavar="FILE", help="the backup"), o.JSON), handler="cli.data:restore",
    ),
    Deed(
        "verify", STATION, "services.upkeep:verify", "verify", "prove that journal and lists agree",
        (o.value("--seal", "TEXT", "and that the journal still contains what a report's seal was made of"),
         o.JSON),
        handler="cli.verifying:verify",
    ),
    Deed(
        "rebuild", STATION, "services.upkeep:rebuild", "rebuild", "derive the lists anew from the journal",
        (o.JSON,),
    ),
)  # fmt: skip

BY_NAME: Final = {deed.name: deed for deed in DEEDS}


def on_a_phone() -> list[Deed]:
    """The deeds of a roller that a phone offers, in the order of their keys."""
    return sorted((deed for deed in DEEDS if deed.phone), key=lambda deed: deed.rank)


def of_scope(*scopes: str) -> list[Deed]:
    """The deeds of some scopes that screens offer, in the order of their keys."""
    return sorted((deed for deed in DEEDS if deed.scope in scopes and deed.label), key=lambda deed: deed.rank)
