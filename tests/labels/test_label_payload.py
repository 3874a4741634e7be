"""What a label says."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from harness.escpos_decoder import grey, qr_texts
from harness.label_strategies import codes, facts
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain.code import find
from rollertrack.errors import BadInput
from rollertrack.labels.label_facts import LabelFacts, Role, lines, one_line, qr_text
from rollertrack.labels.layouts.wrap import fitted, wrapped
from rollertrack.labels.media import MEDIA
from rollertrack.labels.qr import matrix, modules_of
from rollertrack.labels.rendering import render
from rollertrack.scanner.grammar import read


def test_a_full_label_says_everything_the_most_important_first() -> None:
    full = LabelFacts(
        code="RKDTLBNEB",
        name="evening",
        kind="roller",
        length=Decimal("0.5"),
        uses=3,
        uses_limit=8,
        replace_by=date(2027, 1, 2),
        replace_because="age limit 90 d",
        person="A.",
        lot="L-4711",
        expiry=date(2028, 5, 31),
        notice="Wipe dry",
    )
    assert [(line.role, line.text.replace("\u00a0", " ")) for line in lines(full)] == [
        (Role.CODE, "RKD-TLB-NEB"),
        (Role.LENGTH, "0.50 mm"),
        (Role.PERSON, "Only for A."),
        (Role.REPLACE, "2 Jan 2027"),
        (Role.NAME, "evening"),
        (Role.DETAIL, "lot L-4711"),
        (Role.NOTICE, "Wipe dry"),
        (Role.USES, "3 of 8 uses"),
        (Role.BECAUSE, "age limit 90 d"),
    ]


@given(facts)
def test_a_label_of_a_roller_has_one_date_at_most(known: LabelFacts) -> None:
    known = replace(known, opened=None, name="", lot="", notice="", person="", action="")
    dates = re.findall("[0-9]\u00a0[A-Z][a-z]{2}\u00a0[0-9]+", " ".join(line.text for line in lines(known)))
    assert len(dates) == bool(known.replace_by or known.expiry)


def test_the_date_on_the_pack_is_told_as_it_is_printed_there() -> None:
    day = date(2027, 12, 31)
    sealed = LabelFacts("RKDTLBNEB", "", "roller", replace_by=day, replace_because="pack expiry", expiry=day)
    assert sealed.expires
    said = [line.text.replace("\u00a0", " ") for line in lines(sealed)]
    assert said == ["RKD-TLB-NEB", "Roller", "31 Dec 2027"]
    assert not replace(sealed, replace_by=date(2027, 12, 30)).expires


def test_what_is_not_known_has_no_line() -> None:
    assert [line.text for line in lines(LabelFacts("PRSTUBDEK", "", "person"))] == ["PRS-TUB-DEK", "Person"]


@given(facts)
def test_no_line_holds_a_character_that_acts(known: LabelFacts) -> None:
    for line in lines(known):
        assert line.text.replace("\u00a0", " ").isprintable()


@given(st.text())
def test_printable_text_is_one_clean_line(text: str) -> None:
    clean = one_line(text)
    assert clean.isprintable()
    assert clean == one_line(clean)


@given(codes, st.sampled_from(("http://rt", "HTTPS://a.b-c.example:8080/Deep/er/")))
def test_a_link_keeps_its_path_and_holds_the_code_for_any_scanner(code: str, base: str) -> None:
    text = qr_text(code, base)
    path = "/Deep/er" if "Deep" in base else ""
    scheme, host = base.rstrip("/").removesuffix(path).split("://")
    assert text == f"{scheme.lower()}://{host.upper()}{path}/{code}"
    assert find(text) == code
    assert read(text).code == code


@pytest.mark.parametrize(
    ("base", "prefix"),
    [
        ("http://rt.example/rt.example", "http://RT.EXAMPLE/rt.example"),
        ("Http://Rt:80/CAPS/9", "http://RT:80/CAPS/9"),
        ("http://rt/rollers//", "http://RT/rollers"),
    ],
)
def test_the_host_alone_is_put_in_capitals_and_the_scheme_in_small_letters(base: str, prefix: str) -> None:
    assert qr_text("RKDTLBNEB", base) == f"{prefix}/RKDTLBNEB"


@given(st.integers(0, 140), st.sampled_from(("http://192.168.1.20:8765", "https://a.example")))
def test_a_path_in_small_letters_makes_the_code_one_version_larger_at_most(length: int, host: str) -> None:
    base = f"{host}/{'r' * length}"
    try:
        text = qr_text("RKDTLBNEB", base, "Q")
    except BadInput as refused:
        assert refused.field == "link base"
        assert length > 30
        return
    small, large = modules_of(text, "M"), modules_of(text.upper(), "M")
    assert small is not None
    assert large is not None
    assert 0 <= small - large <= 4


def test_the_first_path_that_is_too_long_in_small_letters_is_refused() -> None:
    def versions_more(length: int) -> int:
        text = f"http://RT/{'r' * length}/QRKDTLBNEB"
        return ((modules_of(text, "M") or 0) - (modules_of(text.upper(), "M") or 0)) // 4

    length = next(length for length in range(200) if versions_more(length) > 1)
    assert qr_text("RKDTLBNEB", f"http://rt/{'r' * (length - 1)}").count("r") == length - 1
    with pytest.raises(BadInput, match=r"link base: .* has too long a path in small letters"):
        qr_text("RKDTLBNEB", f"http://rt/{'r' * length}")
    assert qr_text("RKDTLBNEB", f"http://rt/{'R' * length}").count("R") > length


def test_a_link_with_small_letters_in_its_path_is_read_back_as_it_is() -> None:
    base = "http://192.168.1.20:8765/our/Rollers"
    picture = render(LabelFacts("RKDTLBNEB", "evening", "roller"), MEDIA["58mm"], base)
    assert set(qr_texts(grey(picture))) == {"http://192.168.1.20:8765/our/Rollers/RKDTLBNEB"}


hosts = st.from_regex(r"[0-9a-z]{1,20}(\.[0-9a-z]{1,10}){0,3}(:[1-9][0-9]{0,3})?", fullmatch=True)


@given(hosts, st.sampled_from(("http", "https")), st.sampled_from(("", "Q")), codes)
def test_a_link_is_one_version_larger_than_in_capitals_alone_at_most(
    host: str, scheme: str, mark: str, code: str
) -> None:
    text = qr_text(code, f"{scheme}://{host}", mark)
    before = f"{scheme}://{host}/{code[0]}/{mark}{code}".upper()
    now, then, without_kind = (modules_of(each, "M") for each in (text, before, text.upper()))
    assert now is not None
    assert then is not None
    assert without_kind is not None
    assert now - without_kind <= 4
    assert now - then <= 4


@pytest.mark.parametrize(
    ("base", "modules", "with_mark"),
    [
        ("http://192.168.1.20:8765", 25, 29),
        ("http://192.168.178.120:8765", 29, 29),
        ("http://10.0.0.5:8765", 25, 25),
        ("http://rt.clinic.example", 25, 29),
        ("https://rt.example.org", 25, 25),
    ],
)
def test_the_usual_links_make_small_codes(base: str, modules: int, with_mark: int) -> None:
    assert modules_of(qr_text("RKDTLBNEB", base), "M") == modules
    assert modules_of(qr_text("RKDTLBNEB", base, "D"), "M") == with_mark
    picture = render(LabelFacts("RKDTLBNEB", "evening", "roller"), MEDIA["58mm"], base, mark="D")
    assert set(qr_texts(grey(picture))) == {qr_text("RKDTLBNEB", base, "D")}


@given(st.text(alphabet="AZ09:/.az_é", max_size=60).filter(bool))
def test_any_text_is_cut_without_a_loss(text: str) -> None:
    if (side := modules_of(text, "M")) is not None:
        assert len(matrix(text, "M")) == side


@pytest.mark.parametrize("none", [None, ""])
def test_without_a_link_base_the_code_stands_alone(none: str | None) -> None:
    assert qr_text("RKDTLBNEB", none) == "RKDTLBNEB"


@pytest.mark.parametrize(
    "base",
    [
        "rt.example",
        "ftp://rt",
        "javascript:alert(1)",
        "http://",
        "http://:80",
        "http://user@rt",
        "http://user:secret@rt",
        "http://rt:0",
        "http://rt:70000",
        "http://rt:port",
        "http://[::1]",
        "http://[",
        "http://rt/a_b",
        "http://rt?x=1",
        "http://rt/#x",
        "http://straße",
        "http://rt/\x1b@",
        "http://r t",
        "http://rt\n/x",
    ],
)
def test_a_malformed_link_base_is_refused_by_name(base: str) -> None:
    with pytest.raises(BadInput, match=r"link base: .*such as http://192") as caught:
        qr_text("RKDTLBNEB", base)
    assert caught.value.field == "link base"


def test_the_qr_code_is_as_strong_as_its_size_allows() -> None:
    # The standard's tables: 9 letters fit version 1 at H, 31 capitals version 2 at M.
    assert len(matrix("RKDTLBNEB")) == 21
    assert len(matrix("HTTPS://RT.EXAMPLE/R/BDEFGHJKLN")) == 25
    assert _level("RKDTLBNEB") == "H"
    assert _level("HTTPS://RT.EXAMPLE/R/BDEFGHJKLN") == "M"
    assert _level("HTTP://RT/R/RKDTLBNEB" + "X" * 10) == "M"
    assert _level("HTTP://ROLLERTRACK.LOCAL:8765/R/RKDTLBNEB") == "Q"


def _level(text: str) -> str:
    """The error correction as written in the two format bits left of the lower finder pattern."""
    modules = matrix(text)
    bits = (modules[8][0] ^ True, modules[8][1] ^ False)
    return {(False, True): "L", (False, False): "M", (True, True): "Q", (True, False): "H"}[bits]


@given(st.text(max_size=60), st.integers(0, 20), st.integers(1, 4))
def test_wrapped_text_fits_and_loses_nothing_silently(text: str, room: int, most: int) -> None:
    found = wrapped(text, room, most, len)
    assert len(found) <= most
    assert all(len(line) <= room for line in found)
    kept = "".join("".join(found).split())
    # Where not even the ellipsis fits there is nothing, rather than a beginning that looks whole.
    assert kept.endswith("…") or kept == "".join(text.split()) or (room < 1 and not found)


def test_text_breaks_between_words_and_ends_in_an_ellipsis() -> None:
    assert wrapped("one two three four", 9, 2, len) == ["one two", "three fo…"]
    assert wrapped("one two", 3, 2, lambda part: 9 if "…" in part or part == "two" else len(part)) == []
    assert wrapped("incomprehensible", 8, 3, len) == ["incompre", "hensible"]
    assert fitted("abc", 0, len) == ""
    assert fitted("ae\u0301i", 3, lambda part: len(part.replace("\u0301", "")) + 1) == "a…"
