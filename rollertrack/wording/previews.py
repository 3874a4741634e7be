"""What a form or a question says of a deed before it is done."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rollertrack.domain.answer import Answer
from rollertrack.domain.code import KIND_WORDS, Kind, kind_of, shown
from rollertrack.domain.events import RollerFacts
from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import article, contact_time, spoken
from rollertrack.domain.rows import EventRow
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word
from rollertrack.wording.dates import spoken_moment
from rollertrack.wording.events import new_rollers_text
from rollertrack.wording.records import rollers_text, them

NOTHING_CHANGED = "Nothing is changed yet."
NOT_CHANGED = "nothing is changed yet; leave with esc"
"""The same as said of a field."""
FORGET = "Leave, and forget what you typed?"
LEAVE = "Everything is on record. Leave?"
HOW_TO_LEAVE = "ctrl+q leaves RollerTrack; ctrl+c copies where something is marked."
LEAVE_PHONES = "Phones and other stations find no page any more once you leave."
FORGET_FORM = "Leave, and forget what you typed in the form?"
BACKUP = "Writes a whole copy to a new file, and proves it. Keep it on another disk."
EXPORT = "Writes every entry as a line of JSON, for other programs. To go back to it later, back up instead."
WALL_CARDS = "Writes one page with every action card. Print it at true size, and hang it up."
OUTAGE = "Writes a row for each roller in use, with boxes to tick while the computer is down."
MARKS_UNDONE = "Marks the entry as undone; it stays in the record, with your reason."


CALENDAR = "Writes what is due within a year; a calendar that was written here before is replaced."
TABLES = (
    "Writes a table of each kind of record into a folder, as CSV; texts that look like formulas stay texts."
)
SAY_WHY = "Say why; it stands in the record, and here until then."


def will_say(message: str) -> str:
    """What the deed will say, as a rehearsal found it."""
    return f"It will say: {message}"


def code_and_name(code: str, name: str) -> str:
    """A code with the name it carries."""
    return f"{shown(code)} · {name}" if name else shown(code)


def inspection_preview(code: str, *, ok: bool) -> str:
    """What logging a look at the needles will do."""
    if ok:
        return f"Logs that {shown(code)} looks fine."
    return f"Logs that {shown(code)} failed its inspection: it must not be used."


def quarantine_preview(codes: Sequence[str]) -> str:
    """What putting aside will do."""
    until = "it is" if len(codes) == 1 else "they are"
    return f"Puts {rollers_text(codes)} in quarantine: STOP until {until} released."


def release_preview(codes: Sequence[str]) -> str:
    """What a release will do."""
    return f"Releases {rollers_text(codes)}; the gate decides at the next use."


def note_preview(code: str) -> str:
    """What a note will do."""
    return f"Writes a note on {shown(code)}."


def retiring_preview(codes: Sequence[str]) -> str:
    """What retiring will do."""
    return f"Retires {rollers_text(codes)} for good. Put {them(codes)} in a sharps container, whole."


def binning_preview(codes: Sequence[str]) -> str:
    """What putting rollers into a bin will do."""
    return f"Logs that {rollers_text(codes)} went into the sharps bin; what is not retired yet, is then."


def entry_choice(line: EventRow) -> str:
    """An entry among others to choose from."""
    return f"{line.seq} · {spoken_moment(line.at)} · {line.text}"


def failed_look_preview(code: str) -> str:
    """What a look that fails before a use will do."""
    return f"Logs no use. Logs that {shown(code)} failed its inspection: STOP from now on."


def use_preview(answer: Answer, label: str, area: str, at: str, *, infected: bool) -> str:
    """What logging a use will do; `label` is whose skin it is, `at` the moment typed, empty for now."""
    limit = f" of {answer.uses_limit}" if answer.uses_limit else ""
    count = f"use {answer.uses + 1}{limit}"
    on = f" on “{label}”" if label else ""
    where = f", {area}" if area else ""
    after = "It then goes into the sharps container." if answer.last_use else "It will then owe a wash."
    if infected:
        after = "It touched infected skin: STOP from then on."
    against = "" if answer.verdict.may_use else f" The gate says {answer.verdict.word}."
    return f"Logs {count} of {shown(answer.code)}{on}{where}, {at or 'now'}. {after}{against}"


HOLDS = "Holds"
NOTHING_MORE_HOLDS = "asked: nothing holds but what is noted"
NAME_FIRST = "Choose who it is used on, or scan their code; then it can be logged."


def to_read_text(verdict: Verdict) -> str:
    """What must be read and ticked before a use."""
    return "\n".join(f"! {each.message}" for each in verdict.to_acknowledge)


def what_would_allow(verdict: Verdict) -> tuple[str, str]:
    """The field that allows a refused use, and what to do there."""
    if verdict.word is Word.CARE:
        answer = "answer the health questions, or " if verdict.lacks_answers else ""
        return "acknowledged", f"{answer}tick that you have read it; then it can be logged"
    return "despite", f"the gate says {verdict.word}; say why, and it is logged against that"


def registering_text(facts: RollerFacts, count: int) -> str:
    """What registering under new codes will do."""
    each = "each " if count > 1 else ""
    return f"Registers {new_rollers_text(facts, count)}, {each}with a code of its own."


def too_many_labels(count: int, most: int) -> str:
    """That fewer labels fit into one print than rollers are registered."""
    return f"{count:,} labels at once are too many; register {most:,} at a time, or untick this"


def claim_preview(facts: RollerFacts, code: str) -> str:
    """What registering under the code of a label will do."""
    return f"Registers {new_rollers_text(facts, 1)}, under {shown(code)}."


def mending_preview(fields: Sequence[str], then: str) -> str:
    """What mending some fields will do, and what else there is to say."""
    return f"Mends {', '.join(fields)}. {then}"


STAYS_IN_RECORD = "What was there before stays in the record."


def opening_preview(code: str) -> str:
    """What logging an opened pack will do."""
    return f"Logs that the sterile pack of {shown(code)} was opened now. Its freshness runs from now on."


def person_preview(label: str, noted: Sequence[str], *, new: bool) -> str:
    """What registering or mending a person will do."""
    asks = f"; asks to see a professional about {', '.join(noted)}" if noted else ""
    return f"{'Registers' if new else 'Keeps'} person “{label}”{asks}."


def label_preview(label: str) -> str:
    """What keeping an operator or a bin will do."""
    return f"Keeps it under the label “{label or '…'}”."


def adding_title(kind: Kind, *, new: bool) -> str:
    """The title over the form of an operator or a bin."""
    return f"{'Add' if new else 'Mend'} {article(KIND_WORDS[kind])}"


def reopening_preview(code: str) -> str:
    """What opening an operator or a bin again will do."""
    return f"Reopens {article(KIND_WORDS[kind_of(code)])} {shown(code)}, as before it was closed."


def closing_preview(code: str) -> str:
    """What closing an operator or a bin will do."""
    return f"Closes {article(KIND_WORDS[kind_of(code)])} {shown(code)}. It stays on record and takes no more."


def rule_notes(value: str, source: str) -> str:
    """What a rule says now, and where the number comes from."""
    return f"It is {value} now. Source: {source}."


def rule_preview(value: str) -> str:
    """What changing a rule will do."""
    return f"Sets it to {value}. Every roller is judged by it from now on."


def printer_preview(name: str, place: str) -> str:
    """What keeping a printer will do."""
    return f"Keeps the printer {name or '…'} at {place} in the settings."


def printer_removal(name: str, place: str) -> str:
    """What removing a printer will do."""
    return f"Removes the printer {name} at {place} from the settings."


def printer_gone(name: str) -> str:
    """That a printer was removed meanwhile."""
    return f"“{name}” is no longer in the settings"


def printer_there(name: str) -> str:
    """That a new printer would take the place of another."""
    return f"“{name}” is set already; another word is right"


STATUS_WORDS: Mapping[str, str] = {"on": "asked, and believed", "off": "not asked: it answers wrongly"}
"""Whether a printer is asked how it stands, by the word of the settings."""


FIND = "ctrl+o  Find"
FIND_A_PRINTER = "ctrl+o  Find a printer"


def usual_paper(media: str) -> str:
    """What is printed on where no paper is chosen."""
    return f"as the station has it: {media}"


def solution_preview(agent: str) -> str:
    """What registering a solution will do."""
    return f"Registers an opened solution of {agent}, with a code of its own."


def discarding_preview(message: str) -> str:
    """What throwing a solution away will do."""
    return f"{will_say(message)} Nothing soaked in it later counts."


def strip_preview(message: str, *, passed: bool) -> str:
    """What logging a test strip will do."""
    failed = "" if passed else " Nothing disinfected in it counts until one passes."
    return f"{will_say(message)}{failed}"


def strength_as_typed(strength: Decimal | None) -> str:
    """A strength as a person would type it."""
    return "" if strength is None else f"{strength.normalize():f}"


def agent_choices(policy: Policy, names: Sequence[str]) -> list[tuple[str, str]]:
    """Agents to choose from, those that disinfect first, each with its contact time, and its name."""
    rules = sorted((policy.agent(name) for name in names), key=lambda rule: not rule.disinfects)
    times = [contact_time(rule.contact or 0) if rule.disinfects else "does not count" for rule in rules]
    return [(f"{rule.name} · {time}", rule.name) for rule, time in zip(rules, times, strict=True)]


def taking_out_preview(message: str, running: Mapping[str, int]) -> str:
    """What taking rollers out will record; `running` says how long each that must soak on must do so."""
    left = "".join(f"{shown(code)} needs another {spoken(time)}. " for code, time in running.items())
    return f"{left}If you take it out now, this is recorded: {message}"


def written_by_hand(where: str) -> str:
    """Where the settings stand that no form asks for."""
    return (
        "Printers have a screen of their own. Database, operator, link and time limits are written by hand "
        f"into {where}; ctrl+p, Theme chooses the colours."
    )
