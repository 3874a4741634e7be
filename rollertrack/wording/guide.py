"""The guide in words: spreads as bars on one scale, how many agree, what nobody has measured."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from rollertrack.domain.guidance import Advice, Guidance, Owned, RestAfter, Span, Spread
from rollertrack.domain.guide import AREAS, CONCERNS, NEVER, REMINDER
from rollertrack.domain.guide_table import BESIDE_AREA, BESIDE_CONCERN, SOURCES, UNMEASURED, Pause
from rollertrack.domain.quantities import DAY, plural

TITLE = "what pages and charts say, with their spread"
NOTHING_NAMED = "Choose a concern, an area, or both."
_LONGEST = Decimal("2.5")
_TENTH = Decimal("0.1")

GuideRow = tuple[str, str, str]
"""What it is of, its bar, what the bar says in numbers."""


def mm(length: Decimal) -> str:
    """A length in mm without zeros that say nothing: 0.5."""
    return f"{length.normalize():f}"


def span_text(span: Span) -> str:
    """From where to where: 0.25–0.5; 0.5 for one length; 0.5 to under 1."""
    if span.is_below:
        return f"{mm(span.shortest)} to under {mm(span.longest)}"
    return mm(span.longest) if span.shortest == span.longest else f"{mm(span.shortest)}–{mm(span.longest)}"


def _cell(length: Decimal, step: int) -> int:
    return int((min(length, _LONGEST) / _TENTH * step).to_integral_value())


def axis(step: int = 1) -> str:
    """The scale of the bars: a number for each half of a mm."""
    cells = [" "] * (_cell(_LONGEST, step) + 3)
    for half in range(6):
        text = f"{half / 2:.1f}"
        start = _cell(Decimal(half) / 2, step)
        cells[start : start + 3] = text
    return f"{''.join(cells)} mm"


def bar(span: Span, beyond: Decimal | None = None, step: int = 1) -> str:
    """A span on the scale; what only some name `beyond` it is dotted. An open end is not in it."""
    cells = [" "] * (_cell(_LONGEST, step) + 1)
    first, last = _cell(span.shortest, step), _cell(span.longest, step)
    cells[first : last + 1] = "│" if first == last else f"├{'─' * (last - first - 1)}┤"
    if span.is_below and first != last:
        cells[last] = "╌"
    if beyond is not None and (end := _cell(beyond, step)) > last:
        cells[last + 1 : end + 1] = f"{'┄' * (end - last - 1)}┤"
    return "".join(cells)


def marks(owned: Iterable[Owned], step: int = 1) -> str:
    """Where the rollers of this place lie on the scale; ✗ is for professionals."""
    cells = [" "] * (_cell(_LONGEST, step) + 1)
    for each in owned:
        cells[_cell(each.length, step)] = "✗" if each.is_professional else "▲"
    return "".join(cells)


def guide_rows(advice: Advice, step: int = 1) -> list[GuideRow]:
    """The concern, the area, what they leave together, and the rollers of this place, one above the other."""
    found = advice.found
    rows: list[GuideRow] = []
    if found.concern is not None:
        named = found.concern
        rows.append((named.name, bar(named.span, step=step), _concern_text(named)))
    if found.area is not None:
        named = found.area
        charted = Span(min(named.span.shortest, named.agreed), named.agreed)
        rows.append((named.name, bar(charted, named.span.longest, step), _area_text(named)))
    if (advice.concern or advice.area) and (span := found.together.span) is not None:
        rows.append(("together", bar(span, step=step), _together_text(found, span)))
    if advice.owned and advice.never is None:
        rows.append(("yours", marks(advice.owned, step), ""))
    return rows


def _concern_text(spread: Spread) -> str:
    return f"{span_text(spread.span)}  {plural(len(spread.sources), 'source')}"


def _area_text(spread: Spread) -> str:
    if len(spread.sources) == 1:
        return f"{span_text(spread.span)}  1 source"
    further = [each for each in spread.sources if each.longest > spread.agreed]
    charted = Span(min(spread.span.shortest, spread.agreed), spread.agreed)
    told = f"{span_text(charted)}  all {len(spread.sources)}"
    count = "one" if len(further) == 1 else str(len(further))
    return told + (f"; {count} up to {mm(spread.span.longest)}" if further else "")


def _together_text(found: Guidance, span: Span) -> str:
    counts = [
        f"{spread.agreeing(span)}/{len(spread.sources)}"
        for spread in (found.concern, found.area)
        if spread is not None
    ]
    return f"{span_text(span)}  by {' · '.join(counts)}"


def advice_lines(advice: Advice) -> Iterator[tuple[str, str]]:
    """What else the guide says, each line behind the word that it is about."""
    found, together = advice.found, advice.found.together
    if advice.never is not None:
        yield "Never", f"{advice.never.why}. No length is named for it."
    elif advice.area and found.area is None:
        yield "No source", f"No chart was found that names a length for {_quoted(advice.area)}."
    if together.differ and together.span is not None:
        yield "Apart", f"The charts of both do not meet; the shorter is {span_text(together.span)} mm."
    if advice.profile == "home" and found.limit is not None:
        is_asked = advice.length is not None and advice.length >= found.limit
        if is_asked or together.held_back:
            rest = "." if is_asked or together.span is None else " from there on."
            yield (
                "At home",
                f"Needles from {mm(found.limit)} mm on are for professionals; none is suggested{rest}",
            )
    for beside in (BESIDE_CONCERN.get(advice.concern), BESIDE_AREA.get(advice.area)):
        if beside and advice.never is None:
            yield "Note", beside
    if advice.length is not None and any(advice.named_for):
        concerns, areas = (", ".join(names) or "none" for names in advice.named_for)
        yield "Named for", f"{mm(advice.length)} mm: {concerns} · {areas}"
    for place, each in enumerate(advice.rests):
        yield "" if place else "Rest", _rest_text(each)
    if advice.owned and advice.never is None:
        yield "Yours", owned_text(advice.owned)
    yield "Never", never_text()
    if sources := source_names(advice):
        yield "Sources", " · ".join(sources)


def _quoted(text: str) -> str:
    return text if text in AREAS else f"“{text[:40]}”"


def _rest_text(after: RestAfter) -> str:
    rest = plural(after.rest // DAY, "day")
    said = "; ".join(f"{each.words} ({each.source})" for each in after.pauses)
    spread = f"pages say {said}" if said else "no page was found that names one"
    return f"after {mm(after.length)} mm {rest} by the rules of this place; {spread}"


def _pauses(advice: Advice) -> list[Pause]:
    return [pause for each in advice.rests for pause in each.pauses]


def owned_text(owned: Sequence[Owned]) -> str:
    """The rollers of this place by length: one by its name, several by their number."""
    return " · ".join(
        f"{'✗' if each.is_professional else '▲'} {each.length:.2f} {_whose(each)}"
        + (" (professional)" if each.is_professional else "")
        for each in owned
    )


def _whose(each: Owned) -> str:
    return each.name if each.rollers == 1 and each.name else plural(each.rollers, "roller")


def never_text() -> str:
    """Where makers say that needles never go."""
    return f"{', '.join(NEVER)} (SkinPen’s instructions; kichi.studio and InMode on tattoos)"


def source_names(advice: Advice) -> list[str]:
    """The short names of all that the answer is drawn from, each once."""
    spreads = (advice.found.concern, advice.found.area)
    named = (each.source for spread in spreads if spread is not None for each in spread.sources)
    return list(dict.fromkeys((*named, *(pause.source for pause in _pauses(advice)))))


def source_lines(advice: Advice) -> list[tuple[str, str]]:
    """Every source in full: what it names here, what it is, and where it stands."""
    lines = []
    for name in source_names(advice):
        said = [
            f"{spread.name} {_named_text(each.shortest, each.longest)} mm"
            for spread in (advice.found.concern, advice.found.area)
            if spread is not None
            for each in spread.sources
            if each.source == name
        ]
        said += dict.fromkeys(f"rest {each.words}" for each in _pauses(advice) if each.source == name)
        source = SOURCES[name]
        lines.append((name, f"{' · '.join(said)} · {source.sort} · {source.address}"))
    return lines


def _named_text(shortest: Decimal | None, longest: Decimal) -> str:
    return f"up to {mm(longest)}" if shortest is None else span_text(Span(shortest, longest))


def closing_lines() -> tuple[str, ...]:
    """What nobody knows, and that this is no advice."""
    return (*UNMEASURED, f"{REMINDER} Ask a professional where in doubt.")


def known_words() -> tuple[tuple[str, str], ...]:
    """The concerns and the areas that the guide knows."""
    return ("Concerns", ", ".join(CONCERNS)), ("Areas", ", ".join(AREAS))


def advice_document(advice: Advice) -> dict[str, Any]:
    """The answer as JSON; lengths in mm, rests in days."""
    found, span = advice.found, advice.found.together.span
    return {
        "concern": _spread_document(found.concern),
        "area": _spread_document(found.area),
        "asked": {"concern": advice.concern or None, "area": advice.area or None,
                  "length": None if advice.length is None else float(advice.length)},
        "together": None if span is None else {
            "shortest": float(span.shortest), "longest": float(span.longest), "below": span.is_below,
        },
        "charts_differ": found.together.differ,
        "held_back": found.together.held_back,
        "professional_from": None if found.limit is None else float(found.limit),
        "never": None if advice.never is None else advice.never.why,
        "never_areas": list(NEVER),
        "rest_days": advice.rests[-1].rest // DAY if advice.rests else None,
        "rests_named": _pause_documents(advice.rests[-1].pauses) if advice.rests else [],
        "rests": [
            {"after": float(each.length), "days": each.rest // DAY, "named": _pause_documents(each.pauses)}
            for each in advice.rests
        ],
        "yours": [
            {"length": float(each.length), "rollers": each.rollers, "professional": each.is_professional}
            for each in advice.owned
        ],
        "named_for": {"concerns": list(advice.named_for[0]), "areas": list(advice.named_for[1])},
        "unmeasured": list(UNMEASURED),
        "reminder": REMINDER,
    }  # fmt: skip


def _pause_documents(pauses: Sequence[Pause]) -> list[dict[str, str]]:
    return [{"source": each.source, "says": each.words} for each in pauses]


def _spread_document(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    return {
        "name": spread.name,
        "shortest": float(spread.span.shortest), "longest": float(spread.span.longest),
        "agreed": float(spread.agreed),
        "sources": [
            {"source": each.source, "address": SOURCES[each.source].address,
             "shortest": None if each.shortest is None else float(each.shortest),
             "longest": float(each.longest)}
            for each in spread.sources
        ],
    }  # fmt: skip
