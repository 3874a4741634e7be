"""The form of a use: the gate is asked again for each person, area and moment, before anything is logged."""

from collections.abc import Mapping

from rollertrack.domain import guide
from rollertrack.domain.verdict import Refused, Verdict
from rollertrack.errors import BadInput
from rollertrack.services import checking, keeping, using
from rollertrack.services.preview import Choices, choices
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import (
    Checkbox,
    Field,
    Pick,
    Said,
    conditions_field,
    length_field,
    line_field,
    operator_fields,
    person_field,
    when,
    when_field,
    word_field,
)
from rollertrack.tui.forms.form import NOTHING, Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews

_HEALTH = frozenset({"none", "holds"})
"""The health questions, in sight only where the gate asks for them."""
_OF_A_FAILED_LOOK = frozenset({"inspected", "fault", "operator", "at"})


async def use(app: StationApp, code: str, person: str | None = None) -> Done | None:
    """Ask how a roller is used, and log it."""
    offered = await app.backend.run(choices)
    answer = await app.backend.run(checking.check, code, person=person)
    labels = {person.code: person.label for person in offered.persons}
    talk = _Talk(app, answer.code, answer.form, answer.head, guide.inspection_question(answer.uses), labels)
    spec = FormSpec(
        "Log a use", _fields(offered, answer.person, talk.question, app.clock()),
        previews.code_and_name(answer.code, answer.name), "Log the use",
        absent=talk.absent, at_first=frozenset({"acknowledged", "despite"}) | _HEALTH,
    )  # fmt: skip
    return await app.push_screen_wait(Form(spec, talk.submit, talk.previewed))


def _fields(offered: Choices, person: str | None, question: str, now: int) -> list[Field]:
    """The fields; those that only a verdict or a failed look asks for are hidden at first."""
    return [
        Checkbox("acknowledged", "Take care", "I have read this and go on"),
        person_field(offered, person),
        Checkbox("none", "Health", previews.NOTHING_MORE_HOLDS),
        conditions_field("holds", previews.HOLDS),
        word_field("area", "Area", suggestions=guide.AREAS),
        word_field("concern", "Concern", suggestions=guide.CONCERNS),
        length_field("depth", "Dialled to", "mm; empty for the whole length"),
        Pick("inspected", "Look first", [("yes", "yes"), ("no", "no")], question=question),
        line_field("fault", "What is wrong", placeholder="such as a bent needle", also=["fail"]),
        line_field("despite", "Despite that", placeholder="why, in a few words"),
        Checkbox("infected", "Infected skin", "it touched pus, a cold sore or other infected skin"),
        *operator_fields(offered),
        line_field("note", "Note"),
        when_field("When", now),
    ]


class _Talk:
    """One conversation about a use; it keeps what the gate's last answer, which the user sees, was about."""

    def __init__(
        self, app: StationApp, code: str, form: str, head: int, question: str, labels: Mapping[str, str]
    ) -> None:
        self._app = app
        self._code = code
        self._form = form
        self.question = question
        self._labels = labels
        self._head = head
        self._rules: tuple[str, ...] = ()
        self._asked: frozenset[str] = NOTHING
        self._answered_by = ""

    def absent(self, said: Said) -> frozenset[str]:
        """What does not apply: only a cartridge is dialled, and a handpiece touches no skin."""
        if said.text("inspected") == "no":
            return frozenset(said.values) - _OF_A_FAILED_LOOK
        form = self._form
        other = {"depth"} if form != "cartridge" else set()
        return frozenset({"fault", *other, *({"infected"} if form == "handpiece" else ())})

    async def previewed(self, said: Said) -> Preview:
        """The gate's word for the person, the area and the moment, and what would be logged."""
        if said.text("inspected") == "no":
            return Preview(previews.failed_look_preview(self._code), button="Log failed inspection")
        strange = self._answers_of_another(said)
        answers = None if strange else _answers(said)
        answer = await self._app.backend.run(
            checking.check, self._code,
            person=said.chosen("person"), area=said.text("area"), depth=said.text("depth"), at=when(said),
            answers=answers,
        )  # fmt: skip
        verdict = answer.verdict
        is_asked = answers is not None or verdict.lacks_answers
        hidden = NOTHING if is_asked else _HEALTH
        self._form, self._head = answer.form, answer.head
        self._rules = tuple(each.rule for each in verdict.to_acknowledge)
        if any(each.rule == "unnamed" for each in verdict.findings):
            return self._nobody_named(verdict, strange)
        to_tick = verdict.to_acknowledge if verdict.may_use else ()
        label = self._labels.get(said.text("person"), "")
        return Preview(
            result=previews.use_preview(
                answer, label, said.text("area").strip(), said.text("at").strip(),
                infected=said.is_checked("infected"),
            ),
            word=verdict.word,
            findings=tuple(each for each in verdict.of_now if each not in to_tick),
            absent=_of_another_word(is_care=bool(to_tick), may_use=verdict.may_use) | hidden,
            questions={"acknowledged": previews.to_read_text(verdict)},
            button="Log the use" if verdict.may_use else "Log it all the same",
            withdrawn=self._withdrawn(frozenset(self._rules) if to_tick else NOTHING) | strange,
            turns_at=None if when(said) else verdict.said_until,
        )  # fmt: skip

    def _answers_of_another(self, said: Said) -> frozenset[str]:
        """The ticks of health questions that somebody else answered: another person is named since."""
        before, self._answered_by = self._answered_by, said.text("person")
        return _HEALTH if before and before != self._answered_by else NOTHING

    def _nobody_named(self, verdict: Verdict, strange: frozenset[str]) -> Preview:
        """A use names whose skin it is: before that there is nothing to tick and nothing to say against."""
        return Preview(
            result=previews.NAME_FIRST,
            word=verdict.word,
            findings=verdict.of_now,
            absent=frozenset({"acknowledged", "despite"}) | _HEALTH,
            withdrawn=self._withdrawn(NOTHING) | strange,
        )

    def _withdrawn(self, asked: frozenset[str]) -> frozenset[str]:
        """The tick, when it now stands under a finding that it was not given to."""
        before, self._asked = self._asked, asked
        return NOTHING if asked <= before else frozenset({"acknowledged"})

    async def submit(self, said: Said) -> Done:
        """Log the use, or the failed inspection."""
        operator = said.chosen("operator")
        if said.text("inspected") == "no":
            return await self._app.backend.run(
                keeping.inspect, self._code, fail=said.text("fault"), at=when(said), operator=operator
            )
        looked = f"{self.question} yes" if said.text("inspected") == "yes" else ""
        use = using.Use(
            person=said.chosen("person"), area=said.text("area"), concern=said.text("concern"),
            note=said.text("note"), inspected=looked,
            acknowledged=said.is_checked("acknowledged"), despite=said.text("despite"),
            depth=said.text("depth"), infected=said.is_checked("infected"),
            seen_rules=self._rules, answers=_answers(said),
        )  # fmt: skip
        try:
            return await self._app.backend.run(
                using.use,
                self._code,
                use,
                seen=self._head,
                at=when(said),
                operator=operator,
            )
        except Refused as refused:
            raise BadInput(*previews.what_would_allow(refused.verdict)) from None


def _answers(said: Said) -> tuple[str, ...] | None:
    """What holds beside what is noted; None while the health questions are not answered."""
    held = said.several("holds")
    return held if held or said.is_checked("none") else None


def _of_another_word(*, is_care: bool, may_use: bool) -> frozenset[str]:
    """The fields that the gate's word leaves no question for."""
    if is_care:
        return frozenset({"despite"})
    return frozenset({"acknowledged", "despite"} if may_use else {"acknowledged"})
