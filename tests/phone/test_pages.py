"""The pages in process: who sees what, what a tap does, and what a bad request gets."""

import asyncio
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness.phone_house import ADDRESS, Page, PhoneHouse, add_person, phone_house
from harness.stations import DAY, MINUTE, QUICK_BATH, SECOND
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollertrack.deeds.table import on_a_phone
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.conditions import NAMES
from rollertrack.errors import StoreFailed
from rollertrack.phone import rollers
from rollertrack.phone.app import build_app
from rollertrack.phone.desk import form_of
from rollertrack.phone.guard import MOST_FIELDS
from rollertrack.services import (
    checking,
    keeping,
    people,
    phones,
    policies,
    registering,
    solutions,
    using,
    washing,
)
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.using import Use
from rollertrack.store.phones import opened
from rollertrack.wording import phones as words
from rollertrack.wording.documents import answer_document
from rollertrack.wording.previews import HOLDS, NOTHING_MORE_HOLDS
from rollertrack.wording.sentences import capitalised

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
WORDS = {"USE", "USE WITH CARE", "WAIT", "WASH FIRST", "STOP"}


def kinds(house: PhoneHouse, code: str) -> list[str]:
    """The kinds of the entries of a code, as another station reads them."""
    station = house.station()
    try:
        with station.store.reading() as journal:
            return [event.kind for event in journal.stream(code)]
    finally:
        station.store.close()


async def test_an_unpaired_phone_sees_the_word_and_no_person_history_or_deed(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        station = house.station()
        people.edit_person(station, checking.check(station, house.clean).person or "", label="Annabel")
        keeping.note(station, house.clean, "a note of ours")
        station.store.close()
        page = await house.open(f"/{house.clean}")
        assert (page.status, page.word) == (200, "USE")
        assert not page.forms
        for told in ("Annabel", "evening", "a note of ours", "History", "Life"):
            assert told not in page.answer.text
        assert words.LOOK_ONLY in page.text
        assert (await house.open(f"/{house.dirty}")).word == "WASH FIRST"


async def test_with_more_than_one_person_an_unpaired_phone_never_shows_use(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        add_person(house, "you")
        page = await house.open(f"/{house.clean}")
        assert page.word == "USE WITH CARE"
        assert words.UNNAMED in page.text


async def test_what_the_skin_says_is_told_to_paired_phones_alone(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        used = await house.do(house.clean, "use", acknowledged="yes")
        assert words.LOGGED in used.text
        await house.do(house.clean, "soak", cleaned="yes")
        house.clock.now += 10 * MINUTE
        assert words.LOGGED in (await house.do(house.clean, "done")).text
        house.clock.now += DAY // 2
        paired = await house.open(f"/{house.clean}")
        assert "The skin needs" in paired.text
        house.client.cookies.clear()
        looked = await house.open(f"/{house.clean}")
        assert looked.word == paired.word == "WAIT"
        assert "The skin needs" not in looked.text
        assert words.TOLD_SKIN in looked.text
        assert words.ASK_STATION in looked.text


async def test_against_a_wait_beside_which_there_is_more_to_know(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        station = house.station()
        long = registering.add(station, {"length": "0.5"}).codes[0]
        washing.disinfect(station, [long], QUICK_BATH)
        using.use(station, long, Use(acknowledged=True))
        house.clock.now += DAY // 2
        washing.disinfect(station, [long], QUICK_BATH)
        rules = {each.rule for each in checking.check(station, long).verdict.to_acknowledge}
        station.store.close()
        await house.pair()
        page = await house.open(f"/{long}")
        assert (page.word, bool(rules)) == ("WAIT", True)
        assert words.LOGGED in (await house.do(long, "use", despite="the show is tonight")).text


async def test_only_paired_phones_may_look_where_that_is_set(tmp_path: Path) -> None:
    async with phone_house(tmp_path, may_look=False) as house:
        for path in (f"/{house.clean}", f"/R/{house.clean}"):
            page = await house.open(path)
            assert page.status == 403
            assert words.NEEDS_PAIRING in page.text
        assert (await house.open(f"/mark/{house.clean}")).status == 403
        await house.pair()
        assert (await house.open(f"/{house.clean}")).word == "USE"


async def test_every_form_of_a_link_opens_the_record(tmp_path: Path) -> None:
    async with phone_house(tmp_path, "http://rt.example:8765/our/Rollers") as house:
        code = house.clean
        for path in (code, code.lower(), f"R/{code}", f"r/{code.lower()}", f"R/D{code}",
                     f"our/Rollers/{code}",
                     f"our/Rollers/R/{code}", f"{code[:3]}-{code[3:6]}-{code[6:]}"):  # fmt: skip
            page = await house.open(f"/{path}")
            assert (page.status, page.word) == (200, "USE"), path
        assert (
            'href="/our/Rollers/static/phone.css"' in (await house.open(f"/our/Rollers/{code}")).answer.text
        )
        assert (await house.open("/our/Rollers/static/phone.css")).status == 200
        assert 'href="/our/Rollers/"' in (await house.open("/our/Rollers/static/none")).answer.text
        typed = await house.open(f"/?code=http://rt.example:8765/our/Rollers/{code}%0D")
        assert (typed.status, typed.answer.headers["location"]) == (303, f"/{code}")


async def test_an_old_label_is_warned_of(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        assert "label" in (await house.open(f"/E{house.clean}")).text.lower()


async def test_pairing_asks_a_name_uses_nothing_up_and_leads_back_to_the_label(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        code = (await house.desk.backend.run(phones.begin_pairing)).code
        await house.open(f"/{house.dirty}")
        for _ in range(2):
            page = await house.open(f"/pair/{code}")
            assert (page.status, words.PAIR_NAME in page.text) == (200, True)
        bad = await house.send(f"/pair/{code}", {"name": " "})
        assert (bad.status, "Name" in bad.text) == (422, True)
        good = await house.send(f"/pair/{code}", {"name": HOSTILE[:30]})
        assert (good.status, good.answer.headers["location"]) == (303, f"/{house.dirty}?ours")
        cookie = next(each for each in good.answer.headers.get_list("set-cookie") if "rollertrack=" in each)
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie
        house.seconds[0] += 60
        again = await house.send(f"/pair/{code}", {"name": "other"})
        assert (again.status, "pairs no phone" in again.text) == (403, True)


async def test_a_thousand_guesses_are_five_answers(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        answers = [(await house.send(f"/pair/{number:016}", {"name": "x"})).status for number in range(1_000)]
        assert answers.count(403) == 5
        assert answers.count(429) == 995
        slow = await house.open("/pair/GUESS")
        assert slow.answer.headers["retry-after"] == "10"
        assert "10 s" in slow.text


async def test_over_https_the_cookie_is_for_https_alone(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        house.client.base_url = ADDRESS.replace("http:", "https:")
        code = (await house.desk.backend.run(phones.begin_pairing)).code
        paired = await house.send(f"/pair/{code}", {"name": "mine"})
        assert "Secure" in paired.answer.headers["set-cookie"]
        assert "cross-origin-opener-policy" in paired.answer.headers


async def test_a_use_is_logged_once_however_often_it_is_sent(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        action, said = (await house.open(f"/{house.clean}")).forms["use"]
        sent = [await house.send(action, said) for _ in range(3)]
        sent += await asyncio.gather(*(house.send(action, said) for _ in range(5)))
        assert {page.status for page in sent} == {303}
        assert len({page.answer.headers["location"] for page in sent}) == 1
        page = await house.follow(sent[0])
        assert page.text.startswith(f"{words.LOGGED} Logged use 1")
        assert words.NOW in page.text
        assert page.word == "WASH FIRST"
        assert kinds(house, house.clean).count("used") == 1


async def test_the_person_is_chosen_before_the_word(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        you = add_person(house, "you")
        await house.pair()
        page = await house.open(f"/{house.clean}")
        assert words.WHO in page.text
        assert 'class="word"' not in page.answer.text
        assert "use" not in page.forms
        chosen = await house.open(f"/{house.clean}?person={you}")
        assert chosen.word == "USE"
        action, said = chosen.forms["use"]
        assert said["person"] == you
        logged = await house.follow(await house.send(action, said))
        assert "you" in logged.text
        assert (await house.open(f"/{house.dirty}")).word == "WASH FIRST"


async def test_every_deed_of_a_phone_is_done(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        station = house.station()
        facts = SolutionFacts("alcohol", "70", "A1", "2099-01")
        bottle = solutions.add_solution(station, facts).codes[0]
        sharps = people.add_named(station, Kind.BIN, "red").codes[0]
        (operator,) = people.add_named(station, Kind.OPERATOR, "anna").codes
        station.store.close()
        await house.pair(operator)
        code, done = house.dirty, set[str]()
        for deed, said in (
            ("soak", {"solution": bottle, "cleaned": "yes"}), ("done", {"early": "yes"}),
            ("soak", {}), ("done", {"early": "yes"}), ("use", {"despite": "in a hurry"}), ("inspect", {}),
            ("inspect", {"looks": "fail", "fail": "bent"}), ("note", {"note": "soft"}),
            ("quarantine", {"reason": "fell"}), ("release", {"reason": "looked at"}),
            ("undo", {"reason": "wrong"}), ("retire", {"reason": "worn", "bin": sharps}),
        ):  # fmt: skip
            page = await house.do(code, deed, **said)
            assert page.text.startswith(words.LOGGED), (deed, page.text)
            done.add(deed)
        assert done == {deed.name for deed in on_a_phone()}
        station = house.station()
        with station.store.reading() as journal:
            events = journal.stream(code)
        station.store.close()
        assert {event.operator for event in events[1:]} == {operator}
        assert events[1].solution == bottle
        assert events[-1].payload.bin == sharps  # type: ignore[attr-defined]
        assert set((await house.open(f"/{code}")).forms) == {"inspect", "note", "undo"}


async def test_a_seen_page_is_not_acted_on_when_it_changed_meanwhile(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        action, said = (await house.open(f"/{house.clean}")).forms["use"]
        station = house.station()
        keeping.note(station, house.clean, "meanwhile")
        station.store.close()
        page = await house.send(action, said)
        assert (page.status, "hanged meanwhile" in page.text) == (409, True)
        assert kinds(house, house.clean).count("used") == 0


async def test_what_the_gate_refuses_comes_back_with_the_fresh_verdict(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        page = await house.do(house.dirty, "use", despite="")
        assert (page.status, page.word) == (409, "WASH FIRST")
        assert "--" not in page.text
        assert page.forms["use"][1]["despite"] == ""
        early = await house.do(house.dirty, "soak")
        assert words.LOGGED in early.text
        refused = await house.do(house.dirty, "done")
        assert (refused.status, "--" in refused.text) == (409, False)
        assert "Nothing was logged." in refused.text


async def a_clinic(house: PhoneHouse) -> tuple[str, str]:
    """A new sterile roller of a clinic and the one person, who was never asked; a phone with an operator."""
    station = house.station()
    policies.set_policy(station, "profile", "clinic")
    (operator,) = people.add_named(station, Kind.OPERATOR, "anna").codes
    (code,) = registering.add(station, {"length": "0.25", "sterile": True}).codes
    (person,) = people.list_persons(station)
    station.store.close()
    await house.pair(operator)
    return code, person.code


async def test_the_form_of_a_use_asks_the_health_questions_and_logs_the_answers_with_it(
    tmp_path: Path,
) -> None:
    async with phone_house(tmp_path) as house:
        code, person = await a_clinic(house)
        page = await house.open(f"/{code}?person={person}")
        assert page.word == "USE WITH CARE"
        for text in (HOLDS, capitalised(NOTHING_MORE_HOLDS), *NAMES):
            assert text in page.text
        action, said = page.forms["use"]
        assert said["rule"] == "unasked"

        refused = await house.send(action, {**said, "note": "left cheek"})
        assert (refused.status, refused.ticks) == (409, [])
        assert "Answer the health questions, or tick" in refused.text

        held = await house.send(action, {**said, "holds": ["rosacea", "eczema"], "acknowledged": "yes"})
        assert held.status == 409
        assert "As answered: " in held.text
        ticks = [("holds", "rosacea"), ("holds", "eczema"), ("acknowledged", "yes")]
        assert held.ticks == ticks
        assert kinds(house, code) == ["registered"]
        assert kinds(house, person) == ["registered"]  # all of it, or nothing of it

        action, again = held.forms["use"]
        assert again["rule"] == "contraindication"
        last = await house.follow(await house.send(action, {**again, "holds": ["rosacea", "eczema"],
                                                            "acknowledged": "yes"}))  # fmt: skip
        assert last.text.startswith(words.LOGGED)
        assert kinds(house, code)[-1] == "used"
        assert kinds(house, person) == ["registered", "asked", "session"]
        assert HOLDS not in (await house.open(f"/{code}?person={person}")).text


async def test_that_nothing_more_holds_needs_no_other_tick_and_an_infection_is_a_stop(
    tmp_path: Path,
) -> None:
    async with phone_house(tmp_path) as house:
        code, person = await a_clinic(house)
        action, said = (await house.open(f"/{code}?person={person}")).forms["use"]
        stopped = await house.send(action, {**said, "holds": "active infection", "acknowledged": "yes"})
        assert stopped.status == 409
        assert "The gate says STOP" in stopped.text
        assert 'class="verdict stop' in stopped.answer.text
        assert stopped.word == "USE WITH CARE"  # what programs are told of nobody's answers
        assert stopped.ticks == [("holds", "active infection")]
        strange = await house.send(action, {**said, "holds": "x" * 3_000})
        assert (strange.status, strange.ticks) == (409, [])
        done = await house.follow(await house.send(action, {**said, "none": "yes"}))
        assert done.text.startswith(words.LOGGED)
        assert kinds(house, person) == ["registered", "asked", "session"]


async def test_at_home_nobody_is_asked_on_a_phone(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        page = await house.open(f"/{house.clean}")
        assert (page.word, "fieldset" in page.answer.text) == ("USE", False)


async def test_a_bad_field_is_named_and_what_was_typed_stays(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        before = kinds(house, house.clean)
        page = await house.do(house.clean, "quarantine", reason="x" * 3_000)
        assert page.status == 422
        assert "eason" in page.text
        assert page.forms["quarantine"][1]["reason"] == "x" * 3_000
        for said in ({"seen": "many"}, {"seen": ""}, {"person": "RKDTLBNEB"}, {"person": "nobody"}):
            assert (await house.do(house.clean, "use", **said)).status == 422
        assert (await house.do(house.clean, "undo", entry="99")).status == 422
        assert (await house.do(house.clean, "retire", reason="worn", bin=house.clean)).status in {200, 422}
        assert kinds(house, house.clean) == before


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/RKDTLBNED", 404, "STOP"), ("/hello", 404, "STOP"), ("/RKDTLBNEB", 404, "STOP"),
        ("/a/b/c", 404, words.NOT_HERE), ("/static/none.css", 404, words.NOT_HERE),
        ("/?code=hello", 404, "STOP"), ("/static/../app.py", 404, ""), ("/%00", 404, "STOP"),
        ("/" + "A" * 5_000, 404, "STOP"), ("/%F0%9F%92%89", 404, "STOP"),
    ],
)  # fmt: skip
async def test_an_address_without_a_record_is_a_whole_page_with_one_way_on(
    path: str, status: int, told: str, tmp_path: Path
) -> None:
    async with phone_house(tmp_path) as house:
        page = await house.open(path)
        assert page.status == status
        assert told in page.text
        assert page.answer.text.count('class="button"') == 1
        assert "Traceback" not in page.answer.text


async def test_a_code_that_is_near_to_one_on_record_names_it(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        wrong = ("B" if house.clean[1] != "B" else "D").join((house.clean[0], house.clean[2:]))
        page = await house.open(f"/{wrong}")
        assert "near it" in page.text


async def test_nobody_else_may_log(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        action, said = (await house.open(f"/{house.clean}")).forms["note"]
        said["note"] = "x"
        other = await house.send(action, said, origin="http://evil.example")
        assert (other.status, words.OTHER_ORIGIN in other.text) == (403, True)
        assert (await house.send(action, said, **{"sec-fetch-site": "cross-site"})).status == 403
        old = await house.send(action, said | {"key": "0" * 64})
        assert (old.status, words.KEY_OLD in old.text) == (403, True)
        assert (await house.send(action, said | {"uid": "x"})).status == 422
        assert (await house.send(action, {**said, "note": "x" * 20_000})).status == 413
        assert (
            await house.send(action, said | {f"n{number}": "" for number in range(MOST_FIELDS)})
        ).status == 422
        assert (await house.send(f"/{house.clean}/register", said)).status == 404
        assert (await house.send(f"/{house.clean}/export", said)).status == 404
        await house.desk.backend.run(phones.revoke, 1)
        revoked = await house.send(action, said)
        assert (revoked.status, words.WAS_REVOKED in revoked.text) == (403, True)
        house.client.cookies.clear()
        unpaired = await house.send(action, said)
        assert (unpaired.status, words.NEEDS_PAIRING in unpaired.text) == (403, True)
        assert "noted" not in kinds(house, house.clean)


async def test_another_host_is_told_the_right_address(tmp_path: Path) -> None:
    async with phone_house(tmp_path, "http://rt.example") as house:
        page = await house.open(f"/{house.clean}", host="evil.example")
        assert (page.status, "http://rt.example" in page.text) == (421, True)
        assert page.word == ""
        assert (await house.open(f"/{house.clean}", host="rt.example")).status == 200


async def test_the_first_phone_that_opens_the_link_proves_it(tmp_path: Path) -> None:
    base = "http://192.168.1.20:8765"
    async with phone_house(tmp_path, base) as house:
        await house.open("/", host="192.168.1.21:8765")
        assert opened_links(house) == {}
        await house.open("/")
        assert opened_links(house) == {base: house.clock.now}
        house.clock.now += DAY
        await house.open("/")
        assert opened_links(house) == {base: house.clock.now - DAY}


async def test_this_computer_itself_proves_no_link(tmp_path: Path) -> None:
    async with phone_house(tmp_path, "http://192.168.1.20:8765") as house:
        transport = httpx.ASGITransport(build_app(house.desk), client=("127.0.0.1", 40_000))
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as here:
            await here.get("/")
        assert opened_links(house) == {}


def opened_links(house: PhoneHouse) -> dict[str, int]:
    station = house.station()
    try:
        return opened(station.store.database)
    finally:
        station.store.close()


async def test_other_methods_are_refused(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        for method in ("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"):
            answer = await house.client.request(method, f"/{house.clean}")
            assert answer.status_code == 405, method
        assert (await house.client.head(f"/{house.clean}")).status_code == 200


async def test_too_many_deeds_are_slowed_down(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        answers = [(await house.send(f"/{house.clean}/note", {})).status for _ in range(40)]
        assert answers.count(429) == 10
        house.seconds[0] += 1
        assert (await house.send(f"/{house.clean}/note", {})).status == 403


async def test_hostile_text_in_every_field_is_text(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        seen = ""
        for deed, said in (
            ("note", {"note": HOSTILE}), ("inspect", {"looks": "fail", "fail": HOSTILE}),
            ("quarantine", {"reason": HOSTILE}), ("use", {"despite": HOSTILE}), ("undo", {"reason": HOSTILE}),
            ("retire", {"reason": HOSTILE, "bin": HOSTILE}), ("soak", {"solution": HOSTILE}),
        ):  # fmt: skip
            seen += (await house.do(house.clean, deed, **said)).answer.text
        for path in (f"/{HOSTILE}", f"/?code={HOSTILE}", f"/{house.clean}?person={HOSTILE}",
                     f"/pair/{HOSTILE}", f"/{house.clean}?done={HOSTILE}"):  # fmt: skip
            seen += (await house.open(path)).answer.text
        assert "alert(1)" in seen
        assert "<script>alert" not in seen
        assert "<img" not in seen
        assert "49" not in re.findall(r"x onerror=alert\(2\)&gt;(\S+)", seen)
        assert "{{ 7*7 }}" in seen


async def test_nothing_is_kept_and_every_answer_carries_the_headers(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        for path in ("/", f"/{house.clean}", "/hello", f"/api/check/{house.clean}", "/static/phone.js"):
            answer = (await house.open(path)).answer
            assert answer.headers["cache-control"] == ("no-cache" if "static" in path else "no-store")
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert " style=" not in answer.text
            assert "<script>" not in answer.text
            assert not re.search(r" on\w+=", answer.text)
        assert len((await house.open(f"/{house.clean}")).answer.content) < 10_000


async def test_what_programs_ask(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        assert (await house.open(f"/api/check/{house.clean}")).status == 403
        await house.pair()
        found = (await house.open(f"/api/check/{house.clean}?area=face")).answer.json()
        station = house.station()
        assert found == json.loads(
            json.dumps(answer_document(checking.check(station, house.clean, area="face")))
        )
        station.store.close()
        unknown = await house.open("/api/check/RKDTLBNEB")
        assert (unknown.status, "error" in unknown.answer.json()) == (404, True)
        mark = (await house.open(f"/mark/{house.clean}")).answer.json()
        assert (mark["head"], mark["word"]) == (2, "USE")
        await house.do(house.clean, "note", note="x")
        assert (await house.open(f"/mark/{house.clean}")).answer.json()["head"] == 3


async def test_the_first_page_shows_what_soaks_and_what_is_due(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        page = await house.open("/")
        assert words.FIND_FIELD in page.text
        assert "morning" not in page.text
        await house.pair()
        await house.do(house.dirty, "soak")
        house.clock.now += 90 * SECOND
        page = await house.open("/")
        assert (
            f"{house.dirty[:3]}-{house.dirty[3:6]}-{house.dirty[6:]} morning · alcohol · 08:30 left"
            in page.text
        )
        assert words.DUE in page.text


async def test_persons_solutions_and_bins_by_their_codes(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        you = add_person(house, HOSTILE[:40])
        assert (await house.open(f"/{you}")).status == 403
        assert HOSTILE[:10] not in (await house.open(f"/{you}")).text
        await house.pair()
        page = await house.open(f"/{you}")
        assert page.status == 200
        assert HOSTILE[:40] in page.text
        assert "<script>alert" not in page.answer.text
        assert (await house.open("/TESTTESTK")).status == 404


async def test_a_record_that_cannot_be_read_is_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()

        def unreadable(*_: Any, **__: Any) -> None:
            raise StoreFailed("The database cannot be read.")

        with monkeypatch.context() as broken:
            broken.setattr(rollers, "found", unreadable)
            page = await house.open(f"/{house.clean}")
            assert (page.status, page.text.startswith("✗ STOP")) == (503, True)
            assert "Use no roller" in page.text
        with monkeypatch.context() as broken:
            broken.setattr(rollers, "found", lambda *_, **__: 1 / 0)
            page = await house.open(f"/{house.clean}")
            assert (page.status, page.text.startswith("✗ STOP")) == (500, True)
            assert "ZeroDivisionError" in page.text
            assert "Traceback" not in page.text


async def test_a_lost_commit_is_asked_again_and_one_lost_twice_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        action, said = (await house.open(f"/{house.clean}")).forms["note"]
        said["note"] = "fell"

        def losing(times: int) -> Any:
            left = [times]

            def lose(station: Any) -> None:
                database = station.store.database
                commit, before = type(database).commit, database.connection().total_changes

                def lost() -> None:
                    if (
                        left[0] and database.connection().total_changes > before
                    ):  # what only reads is not lost
                        left[0] -= 1
                        raise sqlite3.OperationalError("disk I/O error")
                    commit(database)

                monkeypatch.setattr(database, "commit", lost)

            return lose

        def lose_in_the_deeds_lane(station: Any, times: int) -> None:
            with station.store.transaction():
                pass
            losing(times)(station)

        await house.desk.backend.run(lose_in_the_deeds_lane, 2)
        page = await house.send(action, said)
        assert (page.status, words.MAYBE_LOGGED in page.text) == (503, True)
        again, form = page.forms["note"]
        assert (again, form["uid"], form["note"]) == (action, said["uid"], "fell")
        assert words.LOGGED in (await house.follow(await house.send(again, form))).text
        assert kinds(house, house.clean).count("noted") == 1


async def test_what_was_logged_is_told_as_such_even_when_the_phone_cannot_be_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()

        def failing(*_: Any) -> None:
            raise StoreFailed("The disk is full.")

        monkeypatch.setattr("rollertrack.services.phones.heard_of", failing)
        assert words.LOGGED in (await house.do(house.clean, "note", note="x")).text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    body=st.dictionaries(st.text(max_size=12), st.text(max_size=40), max_size=6),
    name=st.sampled_from([deed.name for deed in on_a_phone()]),
)
def test_whatever_is_sent_is_answered_with_a_page(
    path: str, body: dict[str, str], name: str, tmp_path: Path
) -> None:
    async def ask() -> None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        async with phone_house(folder) as house:
            await house.pair()
            from urllib.parse import quote

            opened = await house.open(f"/{quote(path)}")
            assert opened.status in {200, 303, 307, 404}
            action, said = (await house.open(f"/{house.clean}")).forms.get(
                name, (f"/{house.clean}/{name}", {})
            )
            fixed = {key: said[key] for key in ("key", "uid") if key in said}
            sent: Page = await house.send(action, said | body | fixed)
            assert sent.status in {303, 403, 409, 413, 422}

    asyncio.run(ask())


async def test_the_right_label_is_never_called_old_by_a_page_of_ours(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        code = house.clean
        done = await house.follow(await house.do(code, "note", note="fell"))
        for page in (done, await house.open(f"/{code}?ours"), await house.open(f"/?code={code}")):
            assert 'class="alarm"' not in page.answer.text


async def test_a_foreign_label_is_warned_of_before_and_after_the_person_is_chosen(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        add_person(house, "two")
        asked = await house.open(f"/B{house.clean}")
        assert words.WHO in asked.text
        assert 'class="alarm"' in asked.answer.text
        way = re.findall(rf'href="(/B{house.clean}\?person=[A-Z]+)', asked.answer.text)[0]
        assert 'class="alarm"' in (await house.open(way)).answer.text


async def test_a_phone_revoked_while_its_form_is_under_way_logs_nothing(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        action, said = (await house.open(f"/{house.clean}")).forms["note"]
        said["note"] = "after revocation"
        station = house.station()
        number = phones.list_phones(station)[0].id
        told = form_of

        async def slow(request: Any) -> Any:
            phones.revoke(station, number)
            return await told(request)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("rollertrack.phone.doing.form_of", slow)
            page = await house.send(action, said)
        station.store.close()
        assert (page.status, words.WAS_REVOKED in page.text) == (403, True)
        assert "noted" not in kinds(house, house.clean)


async def test_what_somebody_wrote_and_codes_of_persons_are_told_to_paired_phones_alone(
    tmp_path: Path,
) -> None:
    async with phone_house(tmp_path) as house:
        station = house.station()
        keeping.quarantine(station, house.clean, "used on Anna Meier")
        page = await house.open(f"/{house.clean}")
        assert "In quarantine." in page.text
        assert "Anna" not in page.text
        me = people.list_persons(station)[0].code
        station.store.close()
        wrong = me[:-1] + ("B" if me[-1] != "B" else "D")
        for path in (f"/{wrong}", f"/?code={wrong}", f"/mark/{wrong}"):
            assert shown(me) not in (await house.open(path)).answer.text, path


async def test_the_same_form_sent_again_with_other_facts_is_refused_and_the_same_ones_are_answered(
    tmp_path: Path,
) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        action, said = (await house.open(f"/{house.clean}")).forms["note"]
        for note, status in (("fell", 303), ("fell", 303), ("bent", 409)):
            page = await house.send(action, {**said, "note": note})
            assert (page.status, words.LOGGED_OTHERWISE in page.text) == (status, status == 409)
        assert kinds(house, house.clean).count("noted") == 1


async def test_an_id_that_another_roller_has_is_refused_and_tells_nothing_here(tmp_path: Path) -> None:
    async with phone_house(tmp_path) as house:
        await house.pair()
        action, said = (await house.open(f"/{house.clean}")).forms["note"]
        said["note"] = "fell"
        await house.send(action, said)
        _, other = (await house.open(f"/{house.dirty}")).forms["note"]
        page = await house.send(f"/{house.dirty}/note", {**other, "note": "bent", "uid": said["uid"]})
        assert page.status == 409
        assert "noted" not in kinds(house, house.dirty)
        assert words.LOGGED not in (await house.open(f"/{house.dirty}?done={said['uid']}")).text
