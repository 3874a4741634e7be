from pathlib import Path

import pytest
from harness.stations import SECOND, clock_of, station_at

from rollertrack.domain.code import Kind
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import people, phones, upkeep
from rollertrack.services.phones import PAIRING_TIME


def test_a_code_pairs_one_phone_once_within_five_minutes(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        first, second = (phones.begin_pairing(station) for _ in range(2))
        assert len(first.code) == 16
        assert phones.may_pair(station, first.code)
        token = phones.pair(station, first.code, "  Anna's phone ")
        with pytest.raises(BadInput, match="pairs no phone"):
            phones.pair(station, first.code, "another")
        found = phones.phone_of(station, token)
        assert found is not None
        assert (found.name, found.operator, found.revoked_at) == ("Anna's phone", None, None)
        clock_of(station).now = second.ends_at
        assert phones.may_pair(station, second.code)
        clock_of(station).now = second.ends_at + 1
        assert not phones.may_pair(station, second.code)
        assert second.ends_at - PAIRING_TIME <= clock_of(station).now


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x1bb"])
def test_a_name_that_is_none_uses_no_code_up(name: str, tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = phones.begin_pairing(station).code
        with pytest.raises(BadInput, match=r"^name: "):
            phones.pair(station, code, name)
        assert phones.pair(station, code, "mine")


def test_no_secret_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with station_at(path) as station:
        code = phones.begin_pairing(station).code
        token = phones.pair(station, code, "mine")
        other = phones.begin_pairing(station).code
    content = path.read_bytes()
    assert not any(secret.encode() in content for secret in (code, token, other))


def test_a_revoked_phone_is_known_as_such(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        token = phones.pair(station, phones.begin_pairing(station).code, "mine")
        clock_of(station).now += SECOND
        assert phones.revoke(station, 1).message == "Revoked “mine”: it may look only."
        found = phones.phone_of(station, token)
        assert found is not None
        assert found.revoked_at == station.clock()
        with pytest.raises(BadInput, match="number: phone 1 is revoked already"):
            phones.revoke(station, 1)
        with pytest.raises(BadInput, match="number: no phone has the number 2"):
            phones.revoke(station, 2)
        assert [row.id for row in phones.list_phones(station)] == [1]


def test_a_phone_is_paired_for_an_operator_who_is_there(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        (operator,) = people.add_named(station, Kind.OPERATOR, "anna").codes
        token = phones.pair(station, phones.begin_pairing(station, operator=operator).code, "mine")
        found = phones.phone_of(station, token)
        assert found is not None
        assert found.operator == operator
        with pytest.raises(BadCode, match="operator"):
            phones.begin_pairing(station, operator="UBDEFGHJR")


def test_a_restored_backup_knows_no_phone(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.db", tmp_path / "b.db"
    with station_at(path) as station:
        token = phones.pair(station, phones.begin_pairing(station).code, "mine")
        pending = phones.begin_pairing(station).code
        upkeep.backup(station, str(copy))
    upkeep.restore(str(copy), path, 1_900_000_000 * SECOND)
    with station_at(path) as station:
        found = phones.phone_of(station, token)
        assert found is not None
        assert found.revoked_at is not None
        assert not phones.may_pair(station, pending)
        assert upkeep.verify(station).fault == ""


def test_a_rebuilt_database_keeps_its_phones(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        token = phones.pair(station, phones.begin_pairing(station).code, "mine")
        upkeep.rebuild(station)
        assert phones.phone_of(station, token) is not None
        station.store.database.execute_sql("UPDATE phone SET paired_at = 'never'")
        assert "a phone: its paired_at" in upkeep.verify(station).fault
