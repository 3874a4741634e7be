"""The form of a use on a phone, with the health questions where the gate asks for them."""

from rollertrack.domain.conditions import NAMES
from rollertrack.domain.text import whole_number
from rollertrack.phone.forms import HIGHEST_SEEN, Asked, Field, Form, PhoneDeed, Said, is_ticked
from rollertrack.services import using
from rollertrack.services.station import Done, Station
from rollertrack.wording import phones as words
from rollertrack.wording import previews
from rollertrack.wording.sentences import capitalised

_HEALTH = (
    Field("none", capitalised(previews.NOTHING_MORE_HOLDS), "check"),
    Field("holds", previews.HOLDS, "several", options=tuple((name, name) for name in NAMES)),
)
"""The health questions, where the gate asks for them."""


def answers_of(said: Said) -> tuple[str, ...] | None:
    """What the form of a use answers to the health questions; None where it does not."""
    ticked = said.get("holds", "").split(",")
    held = tuple(name for name in NAMES if name in ticked)
    return held if held or is_ticked(said, "none") else None


class Use(PhoneDeed):
    """A use, for the person the page was about, with the findings it showed."""

    @staticmethod
    def form(asked: Asked) -> Form | None:
        """It acknowledges what the gate says, or asks for a reason."""
        if asked.is_retired:
            return None
        verdict = asked.verdict
        # All that the page shows and that is acknowledged, also beside a worse finding.
        shown = tuple(Field("rule", "", "carried", finding.rule) for finding in verdict.to_acknowledge)
        hidden = (
            Field("seen", "", "carried", str(asked.head)),
            Field("person", "", "carried", asked.person or ""),
            *shown,
        )
        if verdict.lacks_answers or asked.answers is not None:
            hidden = (*hidden, *_HEALTH)
        if not verdict.may_use:
            return Form("", (*hidden, Field("despite", words.DESPITE)), words.LOG_ALL_THE_SAME)
        note = Field("note", "Note")
        if not shown:
            return Form("", (*hidden, note))
        tick = Field("acknowledged", words.READ, "check")
        return Form("", (*hidden, tick, note))

    @staticmethod
    def do(station: Station, code: str, said: Said) -> Done:
        """Log it as the page was seen."""
        use = using.Use(
            person=said.get("person") or None,
            note=said.get("note", ""),
            acknowledged=is_ticked(said, "acknowledged"),
            despite=said.get("despite", ""),
            seen_rules=tuple(filter(None, said.get("rule", "").split(","))),
            answers=answers_of(said),
        )
        seen = whole_number("seen", said.get("seen", ""), 0, HIGHEST_SEEN)
        return using.use(station, code, use, seen=seen)
