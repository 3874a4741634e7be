"""Pictures of the forms at the smallest size and a common one."""

from collections.abc import Awaitable, Callable

import pytest
from harness.form_app import MINUTE, FormApp, Place
from harness.form_pilot import Hand
from harness.pictures import Altered
from textual.pilot import Pilot

from rollertrack.labels.label_facts import qr_text
from rollertrack.labels.qr import matrix
from rollertrack.labels.raster import symbol
from rollertrack.services import people, solutions, washing
from rollertrack.services.labels import drawing
from rollertrack.services.solutions import SolutionFacts

Steps = Callable[[Hand], Awaitable[None]]


async def nothing(_: Hand) -> None:
    """The form as it opens."""


def before(app: FormApp, steps: Steps = nothing) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        one = Hand(app, pilot)
        await one.settle()
        await steps(one)
        await one.settle()

    return run


def washed(place: Place, **facts: str | bool) -> str:
    code = place.roller(**facts)
    washing.disinfect(place.station, [code], washing.Bath(agent="alcohol", minutes="10", cleaned=True))
    return code


async def test_use(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.fill(area="face")

    code = washed(place, length="0.25")
    app = FormApp(place, lambda app: app.perform("use", code))
    assert not await altered(app, before(app, steps))


async def test_use_with_care(altered: Altered, place: Place) -> None:
    code = washed(place, length="1.0", name="[red]body[/]")
    people.edit_person(place.station, place.me, contraindications=["eczema", "[@click=app.quit]x[/]"])
    app = FormApp(place, lambda app: app.perform("use", code))
    assert not await altered(app, before(app))


async def test_use_refused(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.confirm()

    code = place.roller()
    app = FormApp(place, lambda app: app.perform("use", code))
    assert not await altered(app, before(app, steps))


async def test_a_look_that_says_no(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.fill(inspected="no")

    code = washed(place)
    app = FormApp(place, lambda app: app.perform("use", code))
    assert not await altered(app, before(app, steps))


async def test_register(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.fill(name="[red]x[/]", expiry="2027-13", length="0.5")

    app = FormApp(place, lambda app: app.perform("register"))
    assert not await altered(app, before(app, steps))


async def test_soak_that_will_not_count(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.fill(strength="40")

    solutions.add_solution(place.station, SolutionFacts(agent="quat"))
    code = place.roller()
    app = FormApp(place, lambda app: app.perform("soak", [code]))
    assert not await altered(app, before(app, steps))


async def test_out_early(altered: Altered, place: Place) -> None:
    code = place.roller()
    washing.soak(place.station, [code], washing.Bath(agent="alcohol"))
    place.clock.now += 4 * MINUTE
    app = FormApp(place, lambda app: app.perform("done", [code]))
    assert not await altered(app, before(app))


async def test_undo(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.fill(reason="wrong roller")
        await one.pilot.press("shift+tab", "down")

    code = washed(place)
    app = FormApp(place, lambda app: app.perform("undo", code))
    assert not await altered(app, before(app, steps))


async def test_person(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.press("A", ".", "enter", "down", "space")

    app = FormApp(place, lambda app: app.perform("add_person"))
    assert not await altered(app, before(app, steps))


async def test_label(altered: Altered, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # A label's words are drawn in the fonts of the machine; its QR code is the same everywhere.
    monkeypatch.setattr(
        drawing, "render", lambda facts, _media, link, **_: symbol(matrix(qr_text(facts.code, link)))
    )
    code = place.roller()
    app = FormApp(place, lambda app: app.perform("label", [code]))
    assert not await altered(app, before(app))


async def test_rules(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.press("down")

    app = FormApp(place, lambda app: app.perform("policy"))
    assert not await altered(app, before(app, steps))


async def test_a_rule(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.press("down", "enter")
        await one.fill(value="12")

    app = FormApp(place, lambda app: app.perform("policy"))
    assert not await altered(app, before(app, steps))


async def test_leaving(altered: Altered, place: Place) -> None:
    async def steps(one: Hand) -> None:
        await one.fill(note="something")
        await one.press("escape")

    code = place.roller()
    app = FormApp(place, lambda app: app.perform("note", code))
    assert not await altered(app, before(app, steps))


async def test_an_error(altered: Altered, place: Place) -> None:
    app = FormApp(place, lambda app: app.perform("edit", "[@click=app.quit]x[/]"))
    assert not await altered(app, before(app))


@pytest.mark.parametrize("deed", ["export", "blanks", "settings"])
async def test_of_the_station(
    altered: Altered, place: Place, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/kim")
    app = FormApp(place, lambda app: app.perform(deed))
    assert not await altered(app, before(app))
