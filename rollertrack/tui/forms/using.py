"""The form of a use: the gate is asked again for each person, area and moment, before anything is logged."""

from collections.abc import Callable

from rollertrack.domain import guide
from rollertrack.domain.answer import Answer
from rollertrack.domain.code import shown
from rollertrack.domain.text import NOTE_LIMIT, clean_line, needle_length
from rollertrack.domain.verdict import Refused, Verdict
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput
from rollertrack.services import checking, keeping, using
from rollertrack.services.preview import Choices, choices
from rollertrack.services.station import Done
from rollertrack.tui.forms.common import about, operator_fields, person_field, when, when_field
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Field, Pick, Text
from rollertrack.tui.forms.form import NOTHING, Form, FormSpec, Preview, Said
from rollertrack.tui.station_app import StationApp

_OF_A_FAILED_LOOK = frozenset({"inspected", "fault", "operator", "at"})


async def use(app: StationApp, code: str, person: str | None = None) -> Done | None:
    """Ask how a roller is used, and log it."""
    offered = await app.backend.run(choices)
    answer = await app.backend.run(checking.check, code, person=person)
    talk = _Talk(app, offered, answer)
    return await app.push_screen_wait(Form(talk.spec(), talk.submit, talk.previewed))


class _Talk:
    """One conversation about a use; `answer` is the gate's last one, which the user sees."""

    def __init__(self, app: StationApp, offered: Choices, answer: Answer) -> None:
        self._app = app
        self._offered = offered
        self._answer = answer
        self._question = guide.inspection_question(answer.uses)
        self._asked: frozenset[str] = NOTHING
        self._labels = {person.code: person.label for person in offered.persons}

    def spec(self) -> FormSpec:
        """The fields; those that only a verdict or a failed look asks for are hidden at first."""
        fields: list[Field] = [
            Checkbox("acknowledged", "Take care", "I have read this and go on"),
            person_field(self._offered, self._answer.person),
            Text("area", "Area", read=lambda text: clean_line("area", text), suggestions=guide.AREAS),
            Text(
                "concern",
                "Concern",
                read=lambda text: clean_line("concern", text),
                suggestions=guide.CONCERNS,
            ),
            Text("depth", "Dialled to", read=_depth, placeholder="mm; empty for the whole length"),
            Pick("inspected", "Look first", [("yes", "yes"), ("no", "no")], question=self._question),
            Text(
                "fault",
                "What is wrong",
                read=_note("fault"),
                placeholder="such as a bent needle",
                longest=LONGEST_NOTE,
                also=["fail"],
            ),
            Text(
                "despite",
                "Despite that",
                read=_note("despite"),
                longest=LONGEST_NOTE,
                placeholder="why, in a few words",
            ),
            Checkbox("infected", "Infected skin", "it touched pus, a cold sore or other infected skin"),
            *operator_fields(self._offered),
            Text("note", "Note", read=_note("note"), longest=LONGEST_NOTE),
            when_field("When", self._app.clock()),
        ]
        return FormSpec(
            "Log a use", fields, about(self._answer.code, self._answer.name), "Log the use",
            absent=self._absent, at_first=frozenset({"acknowledged", "despite"}),
        )  # fmt: skip

    def _absent(self, said: Said) -> frozenset[str]:
        """What does not apply: only a cartridge is dialled, and a handpiece touches no skin."""
        if said.text("inspected") == "no":
            return frozenset(said.values) - _OF_A_FAILED_LOOK
        form = self._answer.form
        other = {"depth"} if form != "cartridge" else set()
        return frozenset({"fault", *other, *({"infected"} if form == "handpiece" else ())})

    async def previewed(self, said: Said) -> Preview:
        """The gate's word for the person, the area and the moment, and what would be logged."""
        if said.text("inspected") == "no":
            message = (
                f"Logs no use. Logs that {shown(self._answer.code)} failed its inspection: STOP from now on."
            )
            return Preview(message, button="Log failed inspection")
        answer = await self._app.backend.run(
            checking.check, self._answer.code,
            person=said.chosen("person"), area=said.text("area"), depth=said.text("depth"), at=when(said),
        )  # fmt: skip
        self._answer = answer
        verdict = answer.verdict
        care = verdict.word is Word.CARE
        return Preview(
            result=self._result(said),
            word=verdict.word,
            findings=tuple(each for each in verdict.findings if not (care and each.word is Word.CARE)),
            absent=frozenset(
                {"despite"} if care else {"acknowledged", "despite"} if verdict.may_use else {"acknowledged"}
            ),
            questions={"acknowledged": "\n".join(f"! {each.message}" for each in verdict.to_acknowledge)},
            button="Log the use" if verdict.may_use else "Log it all the same",
            withdrawn=self._withdrawn(verdict),
            turns_at=None if when(said) else verdict.said_until,
        )

    def _withdrawn(self, verdict: Verdict) -> frozenset[str]:
        """The tick, when it now stands under a finding that it was not given to."""
        before = self._asked
        self._asked = frozenset(_rules(verdict)) if verdict.word is Word.CARE else NOTHING
        return NOTHING if self._asked <= before else frozenset({"acknowledged"})

    def _result(self, said: Said) -> str:
        answer = self._answer
        count = (
            f"use {answer.uses + 1} of {answer.uses_limit}" if answer.uses_limit else f"use {answer.uses + 1}"
        )
        label = self._labels.get(said.text("person"))
        on = f" on “{label}”" if label else ""
        where = f", {area}" if (area := said.text("area").strip()) else ""
        at = f", {said.text('at').strip()}" if when(said) else ", now"
        after = "It then goes into the sharps container." if answer.last_use else "It will then owe a wash."
        if said.is_checked("infected"):
            after = "It touched infected skin: STOP from then on."
        against = "" if answer.verdict.may_use else f" The gate says {answer.verdict.word}."
        return f"Logs {count} of {shown(answer.code)}{on}{where}{at}. {after}{against}"

    async def submit(self, said: Said) -> Done:
        """Log the use, or the failed inspection."""
        operator = said.chosen("operator")
        if said.text("inspected") == "no":
            return await self._app.backend.run(
                keeping.inspect, self._answer.code, fail=said.text("fault"), at=when(said), operator=operator
            )
        looked = f"{self._question} yes" if said.text("inspected") == "yes" else ""
        use = using.Use(
            person=said.chosen("person"), area=said.text("area"), concern=said.text("concern"),
            note=said.text("note"), inspected=looked,
            acknowledged=said.is_checked("acknowledged"), despite=said.text("despite"),
            depth=said.text("depth"), infected=said.is_checked("infected"),
            seen_rules=_rules(self._answer.verdict),
        )  # fmt: skip
        try:
            return await self._app.backend.run(
                using.use,
                self._answer.code,
                use,
                seen=self._answer.head,
                at=when(said),
                operator=operator,
            )
        except Refused as refused:
            raise _asked_for(refused) from None


def _asked_for(refused: Refused) -> BadInput:
    """What would allow a refused use, said under the field that allows it."""
    if refused.verdict.word is Word.CARE:
        return BadInput("acknowledged", "tick that you have read it; then it can be logged")
    return BadInput(
        "despite", f"the gate says {refused.verdict.word}; say why, and it is logged against that"
    )


def _depth(text: str) -> object:
    return needle_length(text, "depth") if text.strip() else None


def _note(field: str) -> Callable[[str], object]:
    return lambda text: clean_line(field, text, NOTE_LIMIT)


def _rules(verdict: Verdict) -> tuple[str, ...]:
    return tuple(each.rule for each in verdict.to_acknowledge)
