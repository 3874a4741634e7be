"""Labels: which one is current, when it is proven, and what a scanned one is."""

from itertools import pairwise

import pytest
from harness.histories import DAY, NOON, ROLLER, Step, lives, registered, roller, told
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain.code import MARKS, next_mark
from rollertrack.domain.events import Event
from rollertrack.domain.labelled import Labels, LabelSight, labels_of
from rollertrack.domain.roller import fold

NEW: Step = (NOON - DAY, registered())


def printed(mark: str = "", place: str = "bench") -> ev.LabelPrinted:
    return ev.LabelPrinted(media="62", place=place, payload=mark + ROLLER, mark=mark)


def proven(mark: str = "") -> ev.LabelProven:
    return ev.LabelProven(mark=mark)


def test_without_a_label_there_is_no_mark() -> None:
    assert roller(NEW).label_mark is None
    assert roller(NEW).labels == Labels()


def test_a_label_is_unproven_until_it_is_scanned_back() -> None:
    assert roller(NEW, (1, printed())).labels == Labels(("",), 1, None, "bench")
    folded = roller(NEW, (1, printed()), (2, proven()))
    assert (folded.label_mark, folded.label_printed_at, folded.label_proven_at) == ("", 1, 2)


def test_a_reprint_is_a_new_label_that_the_scan_of_the_old_one_does_not_prove() -> None:
    steps: list[Step] = [NEW, (1, printed()), (2, proven()), (3, printed("D"))]
    assert roller(*steps).labels == Labels(("", "D"), 3, None, "bench")
    assert roller(*steps, (4, proven())).label_proven_at is None
    assert roller(*steps, (4, proven("D")), (5, proven("D"))).label_proven_at == 4


def test_the_label_entered_last_is_the_current_one_whenever_it_was_printed() -> None:
    folded = roller(NEW, (5, printed("D")), (3, printed("E")))
    assert (folded.label_mark, folded.label_printed_at) == ("E", 3)
    assert roller(NEW, (5, printed()), (3, printed())).label_printed_at == 5


def test_a_label_whose_printing_was_undone_gives_way_to_the_one_before() -> None:
    steps: list[Step] = [NEW, (1, printed()), (2, proven()), (3, printed("D", "shelf"))]
    folded = roller(*steps, (4, ev.Voided(entry=4, reason="paper jam")))
    assert folded.labels == Labels(("",), 1, 2, "bench")


def test_as_of_a_moment_later_labels_are_left_out() -> None:
    steps: list[Step] = [NEW, (1, printed()), (2, proven()), (3, printed("D"))]
    assert roller(*steps, until=2).labels == Labels(("",), 1, 2, "bench")
    assert roller(*steps, until=1).label_proven_at is None


@pytest.mark.parametrize(
    ("labels", "mark", "sight"),
    [
        (Labels(), "", LabelSight.NONE),
        (Labels(), "D", LabelSight.AHEAD),
        (Labels(("",), 1), "", LabelSight.UNPROVEN),
        (Labels(("",), 1, 2), "", LabelSight.PROVEN),
        (Labels(("",), 1, 2), "D", LabelSight.AHEAD),
        (Labels(("", "D"), 1, 2), "", LabelSight.OLD),
        (Labels(("", "D", "E"), 1), "D", LabelSight.OLD),
        (Labels(("", "D", "E"), 1), "E", LabelSight.UNPROVEN),
        (Labels(("D",), 1), "", LabelSight.AHEAD),
        (Labels(("D", "E", "D"), 1, 2), "D", LabelSight.PROVEN),
    ],
)
def test_what_a_scanned_label_is(labels: Labels, mark: str, sight: LabelSight) -> None:
    assert labels.sight(mark) is sight


@given(st.integers(1, 40), st.booleans())
def test_of_any_number_of_reprints_only_the_last_is_current(count: int, scanned: bool) -> None:
    mark, steps = next_mark(None), [NEW]
    for time in range(count):
        steps.append((time, printed(mark)))
        last, mark = mark, next_mark(mark)
    if scanned:
        steps.append((count, proven(last)))
    labels = roller(*steps).labels
    assert labels.sight(last) is (LabelSight.PROVEN if scanned else LabelSight.UNPROVEN)
    assert all(labels.sight(each) is LabelSight.OLD for each in labels.marks if each != last)
    assert all(before != after for before, after in pairwise(labels.marks))


@given(lives(), st.sampled_from(("", *MARKS)))
def test_a_life_and_its_labels_alone_agree_on_the_label(events: list[Event], mark: str) -> None:
    assert fold(ROLLER, events).labels == labels_of(ev.effective(events))
    again = [*events, *told(ROLLER, [(NOON, printed(mark))])]
    again[-1] = Event(ROLLER, len(again), NOON, NOON, printed(mark))
    assert fold(ROLLER, again).labels.sight(mark) is LabelSight.UNPROVEN
