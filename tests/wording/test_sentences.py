"""Sentences: one capital, one stop; and nothing unseen comes out of what is cleaned for display."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rollertrack.domain.quantities import article, plural
from rollertrack.domain.text import all_seen, ended, excerpt, printable
from rollertrack.wording.sentences import capitalised, clause, error_sentence, note_sentence, sentence


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", ""), ("paper is out", "Paper is out."), ("Paper is out.", "Paper is out."),
        ("is the port right?", "Is the port right?"), ("ölpapier", "Ölpapier."),
        ("“x” is odd", "“x” is odd."),
    ],
)  # fmt: skip
def test_words_become_a_sentence(words: str, said: str) -> None:
    assert sentence(words) == said


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", ""), ("no paper", "No paper."), ("desk: no paper", "desk: no paper."),
        ("tcp://10.0.0.2:9100 does not answer", "tcp://10.0.0.2:9100 does not answer."),
    ],
)  # fmt: skip
def test_a_place_before_a_note_stays_as_it_is_written(note: str, said: str) -> None:
    assert note_sentence(note) == said


def test_an_error_is_told_without_the_name_of_its_field() -> None:
    assert error_sentence("code: no roller is registered") == "No roller is registered."


@given(st.text(max_size=60))
def test_a_sentence_of_a_sentence_is_itself(text: str) -> None:
    assert sentence(sentence(text)) == sentence(text)
    assert ended(ended(text)) == ended(text)
    assert capitalised(text).endswith(text[1:])


def test_a_clause_is_a_sentence_taken_into_another() -> None:
    assert clause("It was printed before.") == "it was printed before"


@pytest.mark.parametrize(
    ("word", "said"),
    [("operator", "an operator"), ("roller", "a roller"), ("AZERTY", "an AZERTY"), ("QWERTY", "a QWERTY")],
)
def test_a_noun_has_its_article(word: str, said: str) -> None:
    assert article(word) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 rollers"), (1, "1 roller"), (2, "2 rollers"), (1_001, "1,001 rollers")]
)
def test_one_is_one_and_all_else_is_many(count: int, said: str) -> None:
    assert plural(count, "roller") == said


@given(st.text())
def test_no_control_no_bidi_and_no_unseen_character_comes_out(text: str) -> None:
    for shown in (printable(text), printable(text, " "), excerpt(text)):
        assert all_seen(shown)
        assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text())
def test_what_is_seen_stays(text: str) -> None:
    assert printable(printable(text)) == printable(text)
    assert [char for char in printable(text) if char not in "\ufffd "] == [
        char for char in text if all_seen(char) and char not in "\ufffd "
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "�[2J"), ("a\u202eb", "a�b"), ("a\u200db", "a�b"), ("a\ud800b", "a�b"),
        ("a\u00a0b", "a b"),
        ("a\u3000b", "a  b"), ("a\ufe0fb", "a�b"), ("a\tb\n", "a�b�"),
    ],
)  # fmt: skip
def test_what_is_unseen_shows_as_such(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(alphabet=st.characters(categories=["Zs"])))
def test_odd_spaces_keep_their_width(text: str) -> None:
    assert cell_len(printable(text)) == cell_len(text)


@pytest.mark.parametrize(("length", "shown"), [(40, 40), (41, 40), (400, 40)])
def test_an_excerpt_ends_where_one_has_seen_enough(length: int, shown: int) -> None:
    said = excerpt("x" * length)
    assert len(said) == shown
    assert said.endswith("…") is (length > shown)
