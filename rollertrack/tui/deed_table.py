"""The deeds as keys and commands, a row a deed; keys lie outside the letters of codes."""

from typing import NamedTuple


class DeedRow(NamedTuple):
    """One deed: its function in `tui.deeds`, its key, what it is called, what it does in a sentence."""

    name: str
    key: str
    label: str
    does: str
    in_footer: bool = False


ROLLER_DEEDS = (
    DeedRow("use", "a", "use", "Log a use of this roller", in_footer=True),
    DeedRow("soak", "w", "soak", "Start a soak with the usual agent", in_footer=True),
    DeedRow("done", "c", "take out", "Take it out of its soak", in_footer=True),
    DeedRow("inspect", "i", "inspect", "Log a look at the needles", in_footer=True),
    DeedRow("label", "ctrl+l", "label", "Print its label, or preview it", in_footer=True),
    DeedRow("disinfect", "y", "disinfected", "Record a disinfection already done"),
    DeedRow("note", "m", "memo", "Write a note on it"),
    DeedRow("quarantine", "q", "aside", "Put it in quarantine, or release it"),
    DeedRow("open_pack", "v", "open pack", "Log that its sterile pack was opened"),
    DeedRow("edit", "ctrl+e", "edit", "Mend its registration"),
    DeedRow("undo", "z", "undo", "Undo an entry, with a reason"),
    DeedRow("retire", "x", "retire", "End its life, into the sharps container"),
)

STATION_DEEDS = (
    DeedRow("register", "ctrl+n", "new", "Register a roller", in_footer=True),
    DeedRow("add_person", "", "New person", "Register a person by a short label"),
    DeedRow("add_solution", "", "New solution", "Register an opened bottle or jar"),
    DeedRow("policy", "f6", "policy", "The rules in force, each with its source"),
)

SCREENS = (
    DeedRow(
        "due", "ctrl+d", "due", "What must be disinfected, replaced or discarded, by date", in_footer=True
    ),
    DeedRow("soaks", "f2", "soaks", "What soaks now, and when it can come out"),
    DeedRow("people", "f3", "persons", "The persons on record"),
    DeedRow("solutions", "f4", "solutions", "The bottles and jars on record"),
    DeedRow("operators", "f5", "operators", "Who works here"),
    DeedRow("labels", "f7", "print labels", "Choose rollers and print their labels"),
    DeedRow("queue", "f8", "print queue", "What waits to be printed, what was sent, what failed"),
    DeedRow("printers", "", "printers", "Add, mend and test printers"),
)

# These take several rollers at once.
BULK_DEEDS = frozenset({"soak", "done", "disinfect", "label"})
RELEASABLE = frozenset({"quarantined", "recalled"})
