"""What is said of phones and to whoever holds one."""

from rollertrack.domain.code import shown
from rollertrack.domain.quantities import time_left
from rollertrack.errors import Sentence, going_on
from rollertrack.wording.dates import spoken_moment

LOGGED = "LOGGED ✓"
NOW = "Now:"
NEXT = "Next:"
PUT_ASIDE = "Put it in quarantine"
ASK_STATION = "Ask at the station, or pair this phone"
NOT_KNOWN = "NOT KNOWN"
NOT_KNOWN_WHY = "The station cannot be reached. Use no roller until it answers."
STOP_UNREADABLE = "The record cannot be read. Use no roller until it can be."
WHO = "On whom?"
CHANGE_PERSON = "On somebody else"
LOG_ALL_THE_SAME = "Log it all the same"
HISTORY, DEEDS, FACTS, SOAKS, DUE = "History", "More", "Facts", "In a soak", "What is due"
DESPITE, BY_MISTAKE = "Despite that, because", "logged by mistake"
READ = "I have read this and go on"
FIND_TITLE, FIND_FIELD, FIND_BUTTON = "RollerTrack", "The nine letters of a label", "Look"
HOME, AGAIN = "To the start", "Look again"
TERMINAL_TITLE = "Phones open a roller's page from its label"
STOPPED = "The pages for phones are served no more."
NOT_FROM_HERE = "the pages for phones cannot be served from here; `rollertrack serve` does it"
PAIR_TITLE, PAIR_NAME, PAIR_BUTTON = "Pair this phone", "What you call this phone", "Pair"
PAIR_EXPLAINS = "It may then log what is done, and see persons and history. The station can revoke it."
PAIRING_OVER = "pairs no phone, or no longer; `rollertrack phone pair` shows a new one"
PAIRED_BEFORE = "This code pairs no phone, or no longer. Run rollertrack phone pair for a new one."
LOOK_ONLY = "This phone may look only. To log deeds, pair it: run rollertrack phone pair at the station."
NEEDS_PAIRING = "This phone is not paired. Run rollertrack phone pair at the station and scan what it shows."
WAS_REVOKED = "This phone was revoked. Run rollertrack phone pair at the station and scan what it shows."
UNNAMED = "On whom is not said here, so this phone never shows USE."
IN_SAFARI = "On an iPhone open it in Safari: a scan from the control centre forgets the pairing."
TOLD_SKIN = "What the skin of a person says is told to paired phones."
NO_ROLLER = "this is no roller"
KEY_OLD = "This page is too old. Scan the label again."
LOGGED_OTHERWISE = "This was logged already, with other facts. Scan the label again to log more."
OTHER_ORIGIN = "This was sent from another page. Nothing was logged; scan the label again."
TOO_LARGE = "This is more than a page sends. Nothing was logged."
NOT_HERE = "There is nothing at this address. Scan a label, or type its nine letters."
NOT_SO = "This page is not asked like that. Scan the label again."
NO_PHONE = "No phone was paired so far; `rollertrack phone pair` shows how."
CHANGED_MEANWHILE = "It changed meanwhile. Look again."
MAYBE_LOGGED = "It is not known whether it was logged. Tap again: it counts once."
NOT_NOW_TITLE, NOT_FOUND, SLOW_DOWN, NOT_ALLOWED = "Not logged", "Not here", "Too fast", "Not allowed"
FAULT_TITLE = "STOP"
_CODE_ENDS = "It pairs one phone, once, until"


def no_phone(number: int) -> str:
    """That no phone has a number."""
    return f"no phone has the number {number}; `rollertrack phone list` shows them"


def revoked_already(number: int) -> str:
    """That a phone was revoked before."""
    return f"phone {number} is revoked already"


def revoked(name: str) -> str:
    """That a phone was revoked."""
    return f"Revoked “{name}”: it may look only."


def pair_lines(address: str, ends_at: int, operator: str | None = None) -> tuple[str, ...]:
    """How to pair a phone, and in whose name it logs."""
    whose = f" What it logs is by {shown(operator)}." if operator else ""
    return (f"Scan this with the phone, or open {address}", f"{_CODE_ENDS} {spoken_moment(ends_at)}.{whose}")


def opens_at(address: str) -> str:
    """Where the pages are, and that a scan of it shows them."""
    return f"RollerTrack answers at {address}. Scan this to see it; labels with a link open their roller."


def serving_texts(address: str) -> tuple[str, ...]:
    """That the pages are served, for a top line, the longest first."""
    return (f"phones {address.partition('://')[2]}", "phones") if address else ("",)


def serving_lines(address: str) -> tuple[str, ...]:
    """Under which address phones find the station."""
    return (f"RollerTrack answers at {address}", "Ctrl+C ends it.")


def not_of_this_computer(base: str, mine: tuple[str, ...]) -> str:
    """That labels lead to another address."""
    return f"Labels link to {base}, and this computer has {', '.join(mine) or 'no address'}: phones miss it."


def no_link_base(address: str) -> str:
    """That labels hold no link yet."""
    return f'Labels hold no link yet; put link_base = "{address}" into the settings, and print new ones.'


def other_port(base: str, port: int) -> str:
    """That labels lead to another port."""
    return f"Labels link to {base}, and this answers on port {port}: phones miss it."


def local_name(base: str) -> str:
    """That many phones do not find a name."""
    return f"Many phones do not find {base}: names that end in .local. A fixed address is right."


def in_the_clear(host: str) -> str:
    """That a browser may warn."""
    return (
        f"Browsers warn of {host} without a certificate; an address of your own network is right, or https."
    )


def port_taken(host: str, port: int, why: str) -> Sentence:
    """That nobody can be answered."""
    nobody = f"nobody can be answered on {host} port {port}: {why}"
    return going_on(nobody, at_prompt="; another --port is right")


def certificate_unread(path: str, why: str) -> Sentence:
    """That a certificate cannot be used."""
    unread = f"{path} cannot be used: {why}; a certificate and its"
    return Sentence(f"{unread} key in PEM are right", at_prompt=f"{unread} --key in PEM are right")


def extra_missing(name: str) -> str:
    """That what serves pages is not installed."""
    return f"{name} is not installed; `.venv/bin/pip install '.[phone]'` adds it"


def too_fast(seconds: int) -> str:
    """That it was asked too often."""
    return f"Too fast. Nothing was logged; try again in {seconds} s."


def right_address(address: str) -> str:
    """Where the station is found."""
    return f"The station is found at {address}."


def soak_line(title: str, agent: str, left: int) -> str:
    """A roller in a soak, with the time left in microseconds."""
    return f"{title} · {agent} · {time_left(left) if left > 0 else 'take it out'}"


def phone_cells(
    number: int, name: str, operator: str, seen_at: int, revoked_at: int | None
) -> tuple[str, ...]:
    """A phone as a line of a list."""
    state = f"revoked {spoken_moment(revoked_at)}" if revoked_at else f"seen {spoken_moment(seen_at)}"
    return str(number), name, operator, state
