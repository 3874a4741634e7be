from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.phone.guard import headers, host_name, is_from_here, may_be_asked
from rollertrack.phone.limits import Buckets
from rollertrack.phone.session import fits, form_key, is_uid

names = st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z]{2,5}){1,2}", fullmatch=True)
ports = st.sampled_from(("", ":80", ":8765", ":65535"))


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("192.168.1.20:8765", True), ("127.0.0.1", True), ("[::1]:8765", True), ("localhost:8765", True),
        ("rt.clinic.example", True), ("RT.Clinic.Example:8765", True), ("evil.example", False), ("", False),
        ("rt.clinic.example.evil.example", False), ("user@rt.clinic.example", False), ("a/b", False),
        ("192.168.1.20.evil.example", False), ("rt.clinic.example:port", False), ("[", False),
    ],
)  # fmt: skip
def test_an_address_or_the_host_of_the_link_base_may_be_asked(host: str, may: bool) -> None:
    assert may_be_asked(host, "rt.clinic.example") is may


@given(names, ports)
def test_no_other_name_may_be_asked(name: str, port: str) -> None:
    assert not may_be_asked(name + port)
    assert may_be_asked(name + port, name)


@given(st.text(max_size=40))
def test_whatever_is_said_as_a_host_is_judged(text: str) -> None:
    assert may_be_asked(text) in {True, False}
    assert host_name(text) is None or "@" not in text


@given(names, ports, names)
def test_a_form_comes_from_the_host_it_is_sent_to(name: str, port: str, other: str) -> None:
    host = name + port
    assert is_from_here(host, f"http://{host}", None)
    assert is_from_here(host.upper(), f"http://{host}", "same-origin")
    assert not is_from_here(host, f"http://{host}", "cross-site")
    assert not is_from_here(host, f"http://{other}x{port}", None)
    assert not is_from_here(host, f"http://{host}/path", None)


@pytest.mark.parametrize("origin", [None, "", "null", "ftp://h", "http://", "http://[", "http://user@h", "h"])
def test_a_form_of_no_known_origin_is_not_ours(origin: str | None) -> None:
    assert not is_from_here("h", origin, None)


@pytest.mark.parametrize(
    ("host", "origin"),
    [("h", "http://h:80"), ("h:80", "http://h"), ("h:443", "https://h"), ("h", "https://h")],
)
def test_the_usual_port_may_be_left_out(host: str, origin: str) -> None:
    assert is_from_here(host, origin, None)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_said_as_an_origin_is_judged(host: str, origin: str) -> None:
    assert is_from_here(host, origin, None) in {True, False}


def test_nothing_inline_nothing_framed_and_no_complaint_without_encryption() -> None:
    plain, safe = dict(headers(is_encrypted=False)), dict(headers(is_encrypted=True))
    assert "unsafe" not in plain["content-security-policy"]
    assert "frame-ancestors 'none'" in plain["content-security-policy"]
    assert set(safe) - set(plain) == {"cross-origin-opener-policy"}
    assert plain["referrer-policy"] == "same-origin"


def clock_of(now: list[float]) -> Callable[[], float]:
    return lambda: now[0]


def test_a_bucket_is_empty_after_so_many_and_fills_with_time() -> None:
    now = [0.0]
    buckets = Buckets(5, 0.1, clock_of(now))
    assert [buckets.take("a") for _ in range(7)] == [0, 0, 0, 0, 0, 10, 10]
    assert buckets.take("b") == 0
    now[0] = 9.9
    assert buckets.take("a") == 1
    now[0] = 10.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 10]
    now[0] = 1e9
    assert [buckets.take("a") for _ in range(6)] == [0, 0, 0, 0, 0, 10]


def test_a_clock_that_goes_back_gives_nothing() -> None:
    now = [100.0]
    buckets = Buckets(1, 1.0, clock_of(now))
    assert buckets.take("a") == 0
    now[0] = 0.0
    assert buckets.take("a") == 1


@given(st.text(min_size=1, max_size=50), st.text(max_size=70))
def test_a_key_fits_its_token_alone(token: str, other: str) -> None:
    assert fits(token, form_key(token))
    assert not fits(token, other)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("0" * 32, True), ("f" * 31, False), ("F" * 32, False), ("0" * 32 + "\n", False), ("", False)],
)
def test_what_is_an_id_of_a_form(text: str, is_one: bool) -> None:
    assert is_uid(text) is is_one
