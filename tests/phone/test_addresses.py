import pytest

from rollertrack.addresses import is_address, is_local_name, is_own, is_private, own_addresses


def test_a_computer_knows_its_own_addresses() -> None:
    assert is_own("127.0.0.1")
    assert is_own("localhost")
    assert is_own("192.0.2.1") is False
    assert is_own("nowhere.invalid") is None
    assert all(is_own(address) for address in own_addresses())
    assert not any(address.startswith("127.") for address in own_addresses())


@pytest.mark.parametrize(
    ("host", "is_found"), [("rt.local", False), ("RT.LOCAL.", False), ("rt.example", True), ("local", True)]
)
def test_names_that_many_phones_do_not_find(host: str, is_found: bool) -> None:
    assert is_local_name(host) is not is_found


@pytest.mark.parametrize(
    ("host", "private"),
    [("192.168.1.20", True), ("10.0.0.5", True), ("rt", True), ("8.8.8.8", False), ("rt.clinic.com", False)],
)
def test_where_browsers_do_not_warn(host: str, private: bool) -> None:
    assert is_private(host) is private
    assert is_address(host) is host[-1].isdigit()
