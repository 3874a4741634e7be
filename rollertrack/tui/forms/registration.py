"""The forms of a registration: new rollers, mending one, opening its pack."""

from collections.abc import Callable

from rollertrack.domain.code import find
from rollertrack.domain.events import ROLLER_KINDS, Registered, RollerFacts
from rollertrack.domain.text import whole_number
from rollertrack.errors import BadInput
from rollertrack.services import records, registering
from rollertrack.services.preview import choices
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Checkbox, Field, Pick, Said, Text, person_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews

_FACTS = (
    "form", "length", "name", "maker", "model", "needles", "material", "lot", "expiry",
    "sterile", "single_use", "max_uses", "max_days",
)  # fmt: skip
_OF_NEEDLES = frozenset({"length", "needles", "material"})


async def register(app: StationApp) -> Done | None:
    """Ask what was bought, register it, and print the labels when asked to."""
    return await _register(app, None, 1, start="length")


async def another(app: StationApp, code: str) -> Done | None:
    """The same for more of a kind that is here already: what differs from box to box is asked for."""
    like = await app.backend.run(registering.another, code)
    return await _register(app, like.facts, like.number, start="lot")


async def _register(app: StationApp, facts: RollerFacts | None, count: int, *, start: str) -> Done | None:
    offered = await app.backend.run(choices)
    labels = Checkbox("labels", "Labels", "print them afterwards", app.wants_labels)
    how_many = Text("count", "How many", str(count), read=_count)
    aside_for = person_field(offered, None, "Set aside for")
    fields = [*_names(facts), how_many, labels, *_pack(facts), aside_for, *_details(facts)]

    async def submit(said: Said) -> Done:
        count = _count(said.text("count"))
        if said.is_checked("labels") and count > offered.most_labels:
            raise BadInput("labels", previews.too_many_labels(count, offered.most_labels))
        return await app.backend.run(registering.add, _typed(said), count=count, person=said.chosen("person"))

    spec = FormSpec("Register a roller", fields, button="Register", absent=_absent, start=start)
    done = await app.push_screen_wait(Form(spec, submit, _preview_new))
    if done is None:
        return None
    app.wants_labels = labels.value is True
    if not app.wants_labels:
        return done
    app.changed(done)
    await app.perform("label", done.codes)
    return None


async def claim(app: StationApp, code: str, scanned: bool) -> Done | None:
    """Register one roller under the code of a label that was there first, as it was read.

    `scanned` says that a scanner read it.
    """
    offered = await app.backend.run(choices)
    fields = [*_names(None), *_pack(None), person_field(offered, None, "Set aside for"), *_details(None)]

    async def previewed(said: Said) -> Preview:
        return Preview(previews.claim_preview(_facts(said), find(code)))

    async def submit(said: Said) -> Done:
        return await app.backend.run(
            registering.add, _typed(said), person=said.chosen("person"), code=code, scanned=scanned
        )

    spec = FormSpec(
        "Register a roller",
        fields,
        previews.code_and_name(find(code), ""),
        button="Register",
        absent=_absent,
        start="length",
    )
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _facts(said: Said) -> Registered:
    return Registered(**registering.read_facts(_typed(said)))


async def _preview_new(said: Said) -> Preview:
    count = _count(said.text("count"))
    return Preview(previews.registering_text(_facts(said), count))


async def edit(app: StationApp, code: str) -> Done | None:
    """Show a registration as it stands, and mend what is changed."""
    facts = await app.backend.run(records.raw_facts, code)

    async def previewed(said: Said) -> Preview:
        registering.read_facts(_typed(said))
        named = [each.label for each in fields if each.key in said.changed]
        message = previews.mending_preview(named, previews.STAYS_IN_RECORD)
        return Preview(message if named else previews.NOTHING_CHANGED)

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", previews.NOT_CHANGED)
        changes = {key: value for key, value in _typed(said).items() if key in said.changed}
        return await app.backend.run(registering.edit, code, changes)

    fields = [*_names(facts), *_pack(facts), *_details(facts)]
    spec = FormSpec(
        "Mend a registration",
        fields,
        previews.code_and_name(code, facts.name),
        "Save the changes",
        absent=_absent,
    )
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def open_pack(app: StationApp, code: str) -> Done | None:
    """Ask once, and log that a sterile pack was opened."""
    if not await app.confirm("Open the pack", previews.opening_preview(code), yes="Log it", no="Leave"):
        return None
    return await app.backend.run(registering.open_pack, code)


def _names(facts: RollerFacts | None) -> list[Field]:
    """What everybody fills in."""
    form = facts.form if facts else ROLLER_KINDS[0]
    return [
        Pick("form", "Kind", [(kind, kind) for kind in ROLLER_KINDS], form, also=("kind",)),
        _fact(facts, "length", "Length, mm", "such as 0.5"),
        _fact(facts, "name", "Name", "what you call it"),
    ]


def _pack(facts: RollerFacts | None) -> list[Field]:
    """What is printed on the pack, and differs from box to box."""
    return [
        _fact(facts, "lot", "Lot", "as printed on the pack"),
        _fact(facts, "expiry", "Expiry", "such as 2027-05 or 31 May 2027"),
        Checkbox("sterile", "Sterile", "the pack says sterile", bool(facts and facts.sterile)),
        Checkbox("single_use", "Single use", "the pack says single use", bool(facts and facts.single_use)),
    ]


def _details(facts: RollerFacts | None) -> list[Field]:
    """What few fill in."""
    return [
        _fact(facts, "maker", "Maker"),
        _fact(facts, "model", "Model"),
        _fact(facts, "needles", "Needles", "how many"),
        _fact(facts, "material", "Material", "such as titanium"),
        _fact(facts, "max_uses", "Maker's uses", "the maker's own limit"),
        _fact(facts, "max_days", "Maker's days", "the maker's own limit"),
    ]


def _fact(facts: RollerFacts | None, key: str, label: str, placeholder: str = "") -> Text:
    return Text(key, label, _as_typed(facts, key), read=_reader(key), placeholder=placeholder)


def _reader(key: str) -> Callable[[str], object]:
    return lambda text: registering.read_facts({key: text})


def _as_typed(facts: RollerFacts | None, key: str) -> str:
    value = getattr(facts, key, None)
    return "" if value is None else str(value)


def _typed(said: Said) -> dict[str, str | bool]:
    return {
        key: value for key, value in said.values.items() if key in _FACTS and isinstance(value, str | bool)
    }


def _absent(said: Said) -> frozenset[str]:
    return _OF_NEEDLES if said.text("form") == "handpiece" else frozenset()


def _count(text: str) -> int:
    return whole_number("count", text, 1, registering.MOST_AT_ONCE)
