"""What a scan or an action card says on the screen, beside the gate's own words."""

from collections.abc import Sequence

from rollertrack.domain.cards import Action
from rollertrack.domain.code import KIND_WORDS, LENGTH, Kind, shown
from rollertrack.domain.events import Event
from rollertrack.domain.quantities import ago, plural, short, spoken
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import Word
from rollertrack.wording.events import describe_event
from rollertrack.wording.records import rollers_text

DONE_SIGN, FAULT_SIGN, OPEN_SIGN = "✓", "✗", "?"
TOO_SOON = "Too soon to count: a scanner may read twice. Scan it once more."
ECHOED = "Read twice: it counts once."
UNKNOWN_CARD = f"UNKNOWN {FAULT_SIGN}"
BOX = "A maker's barcode"
OF_A_BOX = "It says nothing of a roller's state. Scan the RollerTrack label on the roller itself."
CLOSED_HERE = "Closed: does no deeds here. The list of operators (f5, then x) opens it again."
WORKS_HERE = "Works here now: every deed from here on is theirs."
PERSON_WAITS = "Now scan a roller: both are checked together."
BIN_WAITS = "Scan a roller first, then the bin, to retire the roller into it."
BIN_CARD = "The BIN card does the same as the key."
LABEL_PROVEN = "Label proven: it reads."
LABEL_UNTOLD = "Whether this label is the current one cannot be told now."
OLD_LABEL, UNKNOWN_LABEL = "OLD LABEL", "UNKNOWN LABEL"
SCAN_AWAITED = "Waiting for a scan; Esc leaves."
FLOODED = "Too much came at once; the rest was left out."
_MOST_LISTED = 12
_MOST_OF_A_BOX = 60
_SPOKEN = {"Hangul": "Korean", "Hiragana": "Japanese", "Katakana": "Japanese", "Cjk": "Chinese"}


def box_lines(text: str) -> tuple[str, str]:
    """What a maker's box says, and that it is not what is asked for here."""
    return text[:_MOST_OF_A_BOX].replace("\x1d", " "), OF_A_BOX


def scanned_title(kind: Kind, code: str, label: str) -> str:
    """What was scanned in a line: its kind, its code, its label."""
    named = f"  “{label}”" if label else ""
    return f"{KIND_WORDS[kind]}  {shown(code)}{named}"


def not_registered(kind: Kind) -> str:
    """That no record carries a valid code."""
    return f"No {KIND_WORDS[kind]} is registered under this code."


def other_script(script: str) -> str:
    """That letters of another script came, as a keyboard set to it makes them."""
    name = _SPOKEN.get(script, script)
    return (
        f"{name} letters came. If a label was scanned, the keyboard is set to {name}:"
        " switch it to English and scan again"
    )


def not_a_code(reason: str) -> str:
    """That a text is no code of ours, and why."""
    return f"this is not a RollerTrack code: {reason}"


def scanned_again(since: int) -> str:
    """A second look within five seconds, said aloud; `since` in microseconds."""
    return f"Scanned {ago(since)} already: scanning counts nothing."


def into_this_bin(code: str) -> str:
    """What the key of a bin does."""
    return f"retire {shown(code)} into this bin"


def soak_offer(codes: Sequence[str], solution: str | None) -> str:
    """What the key of a soak does."""
    return f"soak {rollers_text(codes)} into {shown(solution) if solution else 'the usual agent'}"


def for_the_soak(codes: Sequence[str]) -> str:
    """The rollers that are collected for a soak."""
    return f"For the soak:  {listed(codes)}"


def left_out(codes: Sequence[str]) -> str:
    """That some rollers cannot go into a soak; nothing to say of none."""
    return f"{listed(codes)} in a soak already: left out." if codes else ""


def listed(codes: Sequence[str]) -> str:
    """The newest of some rollers, and how many more there are."""
    newest = codes[-_MOST_LISTED:]
    more = f" and {len(codes) - len(newest)} more" if len(codes) > len(newest) else ""
    return "  ".join(map(shown, newest)) + more


def more_scans(count: int) -> str:
    """That there are more scans than lines."""
    return f"… and {count} more"


def done_lines(message: str, codes: Sequence[str], warnings: Sequence[str]) -> tuple[str, ...]:
    """What a card did; a few rollers are named in the message itself."""
    names = (listed(codes),) if shown(codes[-1]) not in message else ()
    return (message, *names, *warnings)


def card_headline(action: Action, sign: str) -> str:
    """An action card with what became of it."""
    return f"{action.word} {sign}"


def let_go(action: Action) -> str:
    """That a card waited for something else than what was scanned."""
    return f"{action.word} was let go: it waited for something else."


def ran_out(action: Action) -> str:
    """That nothing more was scanned with a card in its time."""
    return f"{action.word} was let go: nothing was logged"


def card_waits(action: Action, ask: str) -> str:
    """What a card waits for."""
    return f"{action.word}: {ask or 'scan a roller'}"


def soak_collects(action: Action, rollers: int, solution: str | None) -> str:
    """What a card that takes roller after roller waits for."""
    if not rollers:
        return f"{action.word}: scan the rollers that go {f'into {shown(solution)}' if solution else 'in'}"
    starts = "the jar or INTO SOAK again" if solution else "INTO SOAK again or a jar"
    return f"{plural(rollers, 'roller')}: scan more; {starts} starts the soak"


def with_time_left(what: str, left: int, *, counts_in: int = 0) -> str:
    """What is awaited, and how long; or in how long a second scan counts, in microseconds."""
    return f"{what} · counts in {spoken(counts_in)}" if counts_in > 0 else f"{what} · {spoken(left)}"


def without_undone(message: str) -> str:
    """Why an undo asks for one more scan, without what did not happen."""
    return message.partition(" Nothing was undone")[0]


def card_once_more(action: Action, word: Word | None) -> str:
    """What a second scan of an action card does, in a few words."""
    match action:
        case Action.USED if word is Word.CARE:
            does = "logs it, and that you know"
        case Action.USED:
            does = "logs it against the advice"
        case Action.DONE:
            does = "takes it out as incomplete"
        case _:
            does = "takes it back"
    return f"{action.word} once more {does}"


def takes_a_roller(action: Action, *, many: bool) -> str:
    """That a card was scanned without a roller, or with more than it takes."""
    if many:
        return f"{action.word} takes one roller at a time; scan it with its own card"
    return f"{action.word} needs a roller; scan one"


def use_warning(code: str, verdict: Verdict) -> str:
    """Why a use by card asks for one more scan."""
    reasons = " ".join(found.message for found in verdict.findings if found.word is verdict.word)
    how = "logs that you know" if verdict.word is Word.CARE else "logs it against the advice"
    return f"{verdict.word}: {shown(code)}. {reasons} Nothing was logged; USED scanned once more {how}."


def sealed_warning(codes: Sequence[str]) -> str:
    """Why a soak of what lies sterile asks for one more scan."""
    return (
        f"{rollers_text(codes)} of this soak: sterile, in a sealed pack. Nothing was logged; leave it sealed,"
        " or scan INTO SOAK once more if the pack was opened."
    )


def early_warning(code: str, left: int) -> str:
    """Why taking out too early asks for one more scan."""
    return (
        f"{shown(code)} must soak for another {spoken(left)}. Nothing was logged; DONE scanned once more"
        " takes it out as incomplete, and it will not count."
    )


def rinse_warning(code: str, agent: str) -> str:
    """Why taking out of an agent that must be rinsed off asks for one more scan."""
    return (
        f"{shown(code)} comes out of {agent}: rinse it. Nothing was logged;"
        " DONE scanned once more logs that it was rinsed."
    )


def bins_open(count: int) -> str:
    """That the bin must be named."""
    return f"{plural(count, 'sharps bin')} are open; scan the one it goes into"


def undo_warning(code: str, age: int, entry: Event) -> str:
    """Why taking back an old entry asks for one more scan."""
    return (
        f"The newest entry of {shown(code)} is {short(age)} old: {describe_event(entry)}."
        " Nothing was undone; UNDO scanned once more takes it back."
    )


def typed_code_text(letters: str) -> str:
    """The letters of a code that were typed so far, in threes."""
    plain = letters.replace("-", "")
    threes = "-".join(plain[start : start + 3] for start in range(0, len(plain), 3))
    return f"Code: {threes} · Enter" if len(plain) >= LENGTH else f"Code: {threes}…"
