"""The forms of a roller's deeds on a phone; the table of deeds names each one."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rollertrack.domain.guide import inspection_question
from rollertrack.domain.policy import Policy
from rollertrack.domain.rows import NamedRow, PersonRow, Record, SolutionRow
from rollertrack.domain.text import whole_number
from rollertrack.domain.verdict import Verdict
from rollertrack.services import keeping, washing
from rollertrack.services.station import Done, Station
from rollertrack.services.washing import Bath, Ending
from rollertrack.wording import phones as words
from rollertrack.wording import previews
from rollertrack.wording.registers import label_and_code, solution_choice

Said = Mapping[str, str]
"""What a form said, by the names of its fields."""
HIGHEST_SEEN = 1_000_000_000
"""More entries than any roller has."""
_MOST_ENTRIES = 8


class Field(NamedTuple):
    """One field: a `line`, a `check`, a `choice`, `several` with commas, or one that is `carried` unseen."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """The values of a choice, each with its words."""
    also: str = ""
    """The field that an error may name when it means this one."""


class Offered(NamedTuple):
    """What there is to choose from: everybody, and the bins and solutions that are open."""

    policy: Policy
    persons: tuple[PersonRow, ...]
    bins: tuple[NamedRow, ...]
    solutions: tuple[SolutionRow, ...]


class Asked(NamedTuple):
    """What a form is made for: a roller as it stands for a person, and what there is to choose from."""

    record: Record
    verdict: Verdict
    person: str | None
    head: int
    choices: Offered
    at_end: frozenset[str]
    """What taking it out of its soak asks for."""
    newest: int | None
    """The entry that an undoing means when none is named."""
    is_sealed: bool
    now: int
    answers: tuple[str, ...] | None = None
    """What the form of a use answered to the health questions, as the verdict takes it; None for nothing."""

    @property
    def is_retired(self) -> bool:
        """Whether its life has ended."""
        return any(finding.rule == "retired" for finding in self.verdict.findings)


class Form(NamedTuple):
    """A form: what it says, its fields, and whether it warns."""

    says: str
    fields: tuple[Field, ...] = ()
    button: str = ""
    """What stands on its button, where that is not the deed's own sentence."""


class PhoneDeed:
    """A deed on a phone: the form that asks for its facts, and the doing of it."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """Its form; None where the deed makes no sense now."""
        raise NotImplementedError

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Do it, with what the form said."""
        raise NotImplementedError


class Soak(PhoneDeed):
    """A contact time, in the usual agent or in a bottle that is open."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """It asks what it goes into."""
        if asked.record.soak is not None or asked.is_retired:
            return None
        usual = asked.choices.policy.usual_agent
        bottles = ((row.code, solution_choice(row)) for row in asked.choices.solutions)
        into = Field("solution", "Into", "choice", options=(("", usual), *bottles), also="agent")
        usually = "yes" if asked.choices.policy.is_usually_cleaned else ""
        cleaned = Field("cleaned", "It was cleaned first", "check", usually)
        packed = (Field("opened", "The sterile pack was opened", "check"),) if asked.is_sealed else ()
        return Form("", (into, cleaned, *packed))

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Start it."""
        solution = said.get("solution") or None
        with station.store.reading() as journal:
            agent = "" if solution else journal.policy().usual_agent
        opened, cleaned = is_ticked(said, "opened"), is_ticked(said, "cleaned")
        bath = Bath(agent=agent, solution=solution, opened=opened, cleaned=cleaned)
        return washing.soak(station, [code], bath)


class TakeOut(PhoneDeed):
    """The end of a contact time."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """It asks for what the agent asks for, and whether it is meant to be early."""
        soak = asked.record.soak
        if soak is None:
            return None
        fields = []
        if asked.now < soak.due_at:
            fields.append(Field("early", "It comes out early and will not count", "check"))
        if "rinse" in asked.at_end:
            fields.append(Field("rinsed", "It was rinsed", "check"))
        if "indicator" in asked.at_end:
            said = (("", "unread"), ("passed", "passed"), ("failed", "failed"))
            fields.append(Field("indicator", "The indicator", "choice", options=said))
        return Form("", tuple(fields))

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Take it out."""
        ending = Ending(rinsed=is_ticked(said, "rinsed"), indicator=said.get("indicator", ""))
        return washing.done(station, [code], early=is_ticked(said, "early"), ending=ending)


class Inspect(PhoneDeed):
    """A look at the needles."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """It asks what is wrong, if anything."""
        options = (("ok", "are fine"), ("fail", "failed"))
        looks = Field("looks", "The needles", "choice", "ok", options)
        return Form(inspection_question(asked.record.answer.uses), (looks, Field("fail", "What is wrong")))

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Log it; words about what is wrong are a failure, whatever was chosen."""
        is_fine = said.get("looks") == "ok" and not said.get("fail", "").strip()
        return keeping.inspect(station, code, fail=None if is_fine else said.get("fail", ""))


class Quarantine(PhoneDeed):
    """Put aside until released."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """Where nothing holds it."""
        if asked.record.standing.held:
            return None
        says = previews.quarantine_preview([asked.record.code])
        return Form(says, (Field("reason", "Why"),), words.PUT_ASIDE)

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Put it aside."""
        return keeping.quarantine(station, code, said.get("reason", ""))


class Release(PhoneDeed):
    """Taken out of quarantine."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """Where something holds it that a release lifts."""
        if asked.is_retired or not asked.verdict.is_releasable:
            return None
        return Form(previews.release_preview([asked.record.code]), (Field("reason", "Why"),))

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Release it."""
        return keeping.release(station, code, said.get("reason", ""))


class Retire(PhoneDeed):
    """The end of its life."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """Where it is not retired."""
        if asked.is_retired:
            return None
        bins = asked.choices.bins
        options = (("", "none"), *((row.code, label_and_code(row)) for row in bins))
        first = "" if bins[1:] else next((row.code for row in bins), "")
        into = (Field("bin", "Into the bin", "choice", first, options),) if bins else ()
        return Form(previews.retiring_preview([asked.record.code]), (Field("reason", "Why"), *into))

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Retire it."""
        return keeping.retire(station, code, said.get("reason", ""), sharps_bin=said.get("bin") or None)


class Note(PhoneDeed):
    """A note on it."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """It asks for the note."""
        return Form(previews.note_preview(asked.record.code), (Field("note", "Note"),))

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Write it."""
        return keeping.note(station, code, said.get("note", ""))


class Undo(PhoneDeed):
    """A mistaken entry taken back: the newest one that the page showed."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """It shows the entry, and asks why."""
        lines = [line for line in asked.record.history if not line.voided][:_MOST_ENTRIES]
        entries = tuple((str(line.seq), previews.entry_choice(line)) for line in lines)
        if not entries:
            return None
        fields = (
            Field("entry", "Entry", "choice", str(asked.newest or entries[0][0]), entries),
            Field("reason", "Why", value=words.BY_MISTAKE),
        )
        return Form(previews.MARKS_UNDONE, fields)

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Take it back."""
        entry = whole_number("entry", said.get("entry", ""), 1, HIGHEST_SEEN)
        return keeping.undo(station, code, said.get("reason", ""), entry=entry)


def is_ticked(said: Said, name: str) -> bool:
    """Whether a box of a form was ticked."""
    return said.get(name) == "yes"


_SEVERAL = frozenset({"rule", "holds"})


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What a form said; a field that came several times is one with commas, any other counts once."""
    said: dict[str, str] = {}
    for name, value in pairs:
        said[name] = f"{said[name]},{value}" if name in _SEVERAL and name in said else value
    return said
