"""`serve --look` and the commands of phones: what they say, and what is wrong in one sentence."""

from pathlib import Path

import pytest
from harness.command_calls import World, copy_of

from rollertrack.addresses import own_addresses
from rollertrack.domain.code import shown
from rollertrack.wording import phones as words


@pytest.fixture
def world(template: World, tmp_path: Path) -> World:
    return copy_of(template, tmp_path)


def test_serve_tells_where_phones_find_it_and_that_labels_hold_no_link(world: World) -> None:
    answer = world.done("serve", "--look", "--host", "192.168.1.20", "--port", "8000")
    assert answer.out.startswith("RollerTrack answers at http://192.168.1.20:8000\n")
    assert 'link_base = "http://192.168.1.20:8000"' in answer.err


@pytest.mark.parametrize(
    ("base", "options", "told"),
    [
        ("http://rt.local:8765", [], "names that end in .local"),
        ("http://192.0.2.1:8765", [], "phones miss it"),
        ("http://127.0.0.1:8000", [], "this answers on port 8765"),
        ("http://8.8.8.8:8765", [], "Browsers warn of 8.8.8.8"),
        ("http://localhost:8765", [], ""),
        ("https://rt.example", ["--behind-proxy", "--host", "127.0.0.1"], ""),
    ],
)
def test_serve_compares_the_link_base_with_this_computer(
    base: str, options: list[str], told: str, world: World
) -> None:
    world.settings(f'link_base = "{base}"\n')
    answer = world.done("serve", "--look", *options)
    assert answer.out.startswith(f"RollerTrack answers at {base}\n")
    assert told in answer.err
    assert bool(told) is bool(answer.err)


@pytest.mark.parametrize(
    ("field", "call"),
    [
        ("port", ["serve", "--look", "--port", "0"]), ("port", ["serve", "--look", "--port", "99999"]),
        ("port", ["serve", "--look", "--port", "x"]), ("key", ["serve", "--look", "--key", "k.pem"]),
        ("certificate", ["serve", "--look", "--certificate", "none.pem"]),
        ("operator", ["phone", "pair", "--operator", "UBDEFGHJR"]),
        ("port", ["phone", "pair", "--port", "0"]), ("number", ["phone", "revoke", "7"]),
        ("number", ["phone", "revoke", "x"]), ("port", ["serve", "--host", "nowhere.invalid"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence_that_names_the_field(
    field: str, call: list[str], world: World
) -> None:
    answer = world.call(*call)
    assert answer.status == 2
    assert answer.err.startswith(f"{field}: ")
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_a_link_base_that_makes_no_link_stops_both(world: World) -> None:
    world.settings('link_base = "192.168.1.20"\n')
    for call in (["serve", "--look"], ["phone", "pair"]):
        answer = world.call(*call)
        assert (answer.status, answer.err.startswith("link base: ")) == (2, True)


def test_serve_needs_a_database_and_makes_none(tmp_path: Path) -> None:
    world = World(tmp_path)
    answer = world.call("serve", "--host", "127.0.0.1")
    assert (answer.status, "There is no database" in answer.err) == (3, True)
    assert not world.database.exists()


def test_a_setting_that_is_not_known_is_named(world: World) -> None:
    world.settings('phones_may_look = "no"\n')
    assert "phones_may_look must be “anyone” or “paired”" in world.call("serve", "--look").err


def test_pairing_shows_an_address_of_the_link_base_or_of_this_computer(world: World) -> None:
    assert world.done("phone", "list").out.strip() == words.NO_PHONE
    host = next(iter(own_addresses()), "127.0.0.1")
    found = world.done("phone", "pair", "--json").document
    assert found["address"] == f"http://{host}:8765/pair/{found['code']}"
    assert f"http://{host}:9000/pair/" in world.done("phone", "pair", "--port", "9000").out
    world.settings('link_base = "https://rt.example/rollers/"\n')
    assert "https://rt.example/rollers/pair/" in world.done("phone", "pair").out


def test_pairing_says_in_whose_name_the_phone_logs(world: World) -> None:
    kim = world.done("operator", "add", "--label", "Kim", "--json").document["codes"][0]
    told = world.done("phone", "pair", "--operator", kim)
    assert f"What it logs is by {shown(kim)}." in told.out
    assert "What it logs" not in world.done("phone", "pair").out
