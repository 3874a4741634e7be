"""What becomes of the rows of a file that is imported, in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rollertrack.domain.code import shown
from rollertrack.domain.events import RollerFacts
from rollertrack.domain.quantities import full_date, millimetres, plural
from rollertrack.errors import Sentence, going_on
from rollertrack.wording.events import new_rollers_text

IMPORT = "an import"
GONE = "retired or archived where it comes from"
NONE_LEFT = "its count is 0"
A_PLACE = "a place, not a roller"
ANOTHER_THING = "no needle length and no word for a roller: something else"
WAS_OPENED = "its pack was opened before it was imported"
WAS_STOPPED = "it was stopped before it was imported"
WAS_USED = "it was used before it was imported"
NAME_A_FILE = "Name a CSV file; what becomes of each of its rows is shown before anything is written."


def sign_text(delimiter: str) -> str:
    """What stands between cells, as one reads it."""
    return "tab" if delimiter == "\t" else delimiter


def too_many_cells(found: int, expected: int, delimiter: str, extra: str) -> str:
    """That a row has more cells than the header names columns, and why that mostly is."""
    sign = sign_text(delimiter)
    return (
        f"cut at {sign} it has {found} cells, and {expected} are expected as in the header; “{extra}” is too "
        f"much. A cell that holds {sign} itself stands in quotes"
    )


def cut_at_none(line: int, header: str, delimiter: str, other: str) -> str:
    """That a header is one column only because its file is cut at another sign."""
    return (
        f"cut at {sign_text(delimiter)} line {line}, the header, is 1 column “{header}”, and at least 2 are "
        f"expected; {sign_text(other)} stands in it"
    )


def row_text(facts: RollerFacts, count: int, guessed: str, hold: str) -> str:
    """What a row is, in a few words; a length out of its name is said to be a guess."""
    aside = f"put aside: {hold}" if hold else ""
    expiry = f"until {full_date(facts.expiry)}" if facts.expiry else ""
    guess = "length guessed from its name" if guessed else ""
    lot = f"lot {facts.lot}" if facts.lot else ""
    return " · ".join(filter(None, (new_rollers_text(facts, count), lot, expiry, guess, aside)))


def had_uses(count: int) -> str:
    """How often it was used before."""
    return f"it had {plural(count, 'use')} before it was imported"


def had_status(text: str) -> str:
    """What it was called where it comes from."""
    return f"its status was “{text}” before it was imported"


def known_as(code: str, here: tuple[str, Decimal | None], there: tuple[str, Decimal | None]) -> str:
    """That a row is on record already, and what it calls otherwise than the record does."""
    told = [f"known already as {shown(code)}; nothing changes"]
    (name, length), (other_name, other_length) = here, there
    if other_name and other_name != name:
        told.append(f"here “{name}”, in the file “{other_name}”")
    if other_length is not None and other_length != length:
        told.append(f"here {millimetres(length) or 'no needles'}, in the file {millimetres(other_length)}")
    return "; ".join(told)


def thousand_or_one(text: str, one: str) -> str:
    """That a number may have decimals or thousands."""
    return f"“{text}” can be read as {one} and as {one},000; write it without a sign in it"


def two_ways(text: str) -> str:
    """That nobody knows which of two numbers of a date is the month."""
    return f"“{text}” can be read in two ways; say the order of dates, dmy or mdy"


def ref_known(ref: str, code: str) -> str:
    """That what a row with a new code is called elsewhere stands on record under another code."""
    return f"“{ref}” is on record as {shown(code)} already, and this is another code"


def twice(name: str, line: int) -> str:
    """That a row says the name of another one."""
    return f"ref: “{name}” stands on line {line} already"


def wrong_rows(count: int, line: int, first: str) -> Sentence:
    """Why nothing of a file was written."""
    more = f", and {plural(count - 1, 'more row')}" if count > 1 else ""
    said = f"line {line}: {first}{more}; nothing was written"
    return going_on(said, at_prompt=" (--skip-bad leaves such rows out)")


def counts(new: int, rollers: int, known: int, skipped: int, wrong: int) -> str:
    """How many rows have which fate."""
    named = f"{plural(new, 'new row')}" + (f" with {plural(rollers, 'roller')}" if rollers != new else "")
    others = (f"{known:,} known", f"{skipped:,} skipped", f"{wrong:,} wrong")
    return ", ".join((named, *others))


def more_rows(count: int) -> str:
    """That more rows follow than are shown."""
    return f"… and {plural(count, 'more row')}"


def imported(rollers: int, known: int, skipped: int, wrong: int) -> str:
    """What an import did."""
    left = ((known, "known already"), (skipped, "skipped"), (wrong, "wrong and left out"))
    others = "".join(f" {count:,} {word}." for count, word in left if count)
    return f"Imported {plural(rollers, 'roller')}, new and never disinfected here.{others}"


def columns_text(columns: Sequence[str], used: Mapping[str, tuple[int, ...]]) -> Sentence:
    """Which columns were taken for what."""
    told = [f"{field} ← {', '.join(columns[place] for place in places)}" for field, places in used.items()]
    if told:
        return going_on(f"Columns: {' · '.join(told)}")
    return Sentence(
        "Columns: none is known; say what one means",
        at_prompt="Columns: none is known; --column X=name says what one means",
    )


def unused_text(columns: Sequence[str], used: Mapping[str, tuple[int, ...]]) -> str:
    """Which columns are not taken; empty where all are."""
    taken = {place for places in used.values() for place in places}
    left = [name for place, name in enumerate(columns) if place not in taken and name]
    return f"Not taken: {', '.join(left)}" if left else ""


def read_as(encoding: str, delimiter: str, doubtful: tuple[int, str] | None) -> str:
    """How the file was read; a guessed encoding shows the first row by which one sees whether it is right."""
    look_at_prompt = (
        f"; look at line {doubtful[0]}: {doubtful[1]} (--encoding if it reads wrongly)" if doubtful else ""
    )
    return f"Read as {encoding}, cut at {sign_text(delimiter)}{look_at_prompt}."
