"""Needle lengths as pages, makers' charts and papers name them, source by source; nothing here is ours."""

from decimal import Decimal
from typing import NamedTuple


class Source(NamedTuple):
    """Where a number was read: its short name, what it is, and its address."""

    name: str
    sort: str
    address: str


class Named(NamedTuple):
    """The needles that one source names, in mm; `shortest` is None where it only says up to."""

    source: str
    shortest: Decimal | None
    longest: Decimal


class Pause(NamedTuple):
    """The rest that one source names after needles of some lengths, in mm, in its own words."""

    source: str
    shortest: Decimal
    longest: Decimal
    words: str


_MAKER, _PAGE, _PAPER = "maker or seller", "health page", "paper"
SOURCES = {
    source.name: source
    for source in (
        Source("glow-refinery.com", _MAKER, "https://www.glow-refinery.com/blogs/microneedling-resources/microneedling-depth-guide-for-different-areas-of-your-face"),
        Source("microneedlingbeforeafter.com", _PAGE, "https://microneedlingbeforeafter.com/es/blog"),
        Source("drpen.net", _MAKER, "https://drpen.net/blogs/how-it-works/needle-depth-guide"),
        Source("SkinPen", _MAKER, "https://www.theeliteclinic.com/copy-of-alumier-peel"),
        Source("scribd.com", _PAGE, "https://www.scribd.com/presentation/882322951/Dermaroller"),
        Source("ssuc.ca", _PAGE, "https://www.ssuc.ca/contentai/length-micro-needling-depth-chart"),
        Source("necolebitchie.com", _PAGE, "https://necolebitchie.com/what-size-derma-roller-should-i-use"),
        Source("drdivyasharma.com", _PAGE, "https://www.drdivyasharma.com/dermaroller/"),
        Source("e1515.com.tw", _PAGE, "https://www.e1515.com.tw/post/length-micro-needling-depth-chart"),
        Source("klaramicroneedling.com", _PAGE, "https://klaramicroneedling.com/microneedling-depth-for-face"),
        Source("pg.feau.com", _PAGE, "https://pg.feau.com/article/dermaroller-mm-vs-other-needle-sizes-choosing-the-best-option"),
        Source("jaishreesharad.com", _PAGE, "http://www.jaishreesharad.com/microneedling/"),
        Source("researchgate.net", _PAPER, "https://www.researchgate.net/publication/46108349_Microneedling_with_Dermaroller"),
        Source("scandinavianbiolabs.com", _MAKER, "https://scandinavianbiolabs.com/en-nl/blogs/hair-questions-database/can-i-use-a-0-5-mm-derma-roller-every-week-optimizing-treatment-frequency-for-maintenance-growth"),
        Source("jm.ruli.com", _PAGE, "https://jm.ruli.com/article/understanding-different-needle-sizes-choosing-the-right-dermaroller-for"),
        Source("medic8.com", _PAGE, "https://www.medic8.com/cosmetic-surgery/dermaroller/what-is-dermaroller.html"),
        Source("droracle.ai", _PAGE, "https://www.droracle.ai/articles/282821/what-is-the-optimal-needle-depth-for-micro-needling"),
        Source("PMC8776974", _PAPER, "https://pmc.ncbi.nlm.nih.gov/articles/PMC8776974"),
        Source("vdocuments.us", _PAPER, "https://vdocuments.us/a-randomized-controlled-single-observer-blinded-study-to-a-derma-roller.html"),
        Source("healthbeautyandskincareproducts.com", _PAGE, "http://healthbeautyandskincareproducts.com/skin-needling-lesson-4-needle-size-and-frequency"),
        Source("trendingindia.com", _PAGE, "https://www.trendingindia.com/2019/09/derma-roller-uses-and-benefits-for-your-skin-care.html"),
        Source("instyle.com", _PAGE, "https://www.instyle.com/news/how-to-use-dermarollers"),
        Source("drpmg.com", _PAGE, "https://drpmg.com/2016/06/21/microneedling-whats-the-buzz/"),
        Source("dermacosm.com", _PAGE, "https://dermacosm.com/procedures/dermaroller"),
        Source("karidis.co.uk", _PAGE, "https://www.karidis.co.uk/Our-Blog/10-things-you-should-know-about-dermaroller-micro-needling/19"),
        Source("SkinPen label", _MAKER, "https://manualslib.fr/manual/363305/Bellus-Medical-Skinpen-Precision.html?page=5"),
        Source("bestgiftshopper.com", _MAKER, "http://www.bestgiftshopper.com/derma-roller-for-stretch-marks/"),
        Source("PMC3746236", _PAPER, "https://pmc.ncbi.nlm.nih.gov/articles/PMC3746236/"),
    )
}  # fmt: skip


def _named(source: str, shortest: str, longest: str = "") -> Named:
    return Named(source, Decimal(shortest) if shortest else None, Decimal(longest or shortest))


_A, _B, _C = "glow-refinery.com", "microneedlingbeforeafter.com", "drpen.net"
BY_AREA: dict[str, tuple[Named, ...]] = {
    "face": (_named("SkinPen", "", "1.5"),),
    "forehead": (_named(_A, "0.25", "0.5"), _named(_B, "0.25", "0.5"), _named(_C, "0.25", "0.75")),
    "between the brows": (_named(_C, "0.25", "1.0"),),
    "under eye": (_named(_A, "0.25", "0.3"), _named(_B, "0.2", "0.3"), _named(_C, "0.25", "0.5")),
    "nose": (_named(_A, "0.25", "0.5"), _named(_B, "0.25", "0.75"), _named(_C, "0.25", "0.5")),
    "upper lip": (_named(_A, "0.25", "0.5"), _named(_B, "0.25", "0.5"), _named(_C, "0.25", "0.75")),
    "cheeks": (_named(_A, "0.5", "1.0"), _named(_B, "0.5", "1.0"), _named(_C, "0.5", "2.0")),
    "chin": (_named(_A, "0.5", "1.0"), _named(_B, "0.5", "1.0"), _named(_C, "0.5", "2.0")),
    "scalp": (_named("PMC8776974", "0.5", "2.5"),),
    "abdomen": (
        _named("healthbeautyandskincareproducts.com", "1.5"), _named(_C, "1.5", "2.0"),
        _named("necolebitchie.com", "1.0", "2.5"),
    ),
    "thighs": (
        _named("healthbeautyandskincareproducts.com", "1.5"), _named(_C, "1.5", "2.0"),
        _named("droracle.ai", "2.0", "2.5"),
    ),
}  # fmt: skip
"""What charts name for an area; an area that is not here has no source."""

BY_CONCERN: dict[str, tuple[Named, ...]] = {
    "product absorption": (
        _named("ssuc.ca", "0.25"), _named("necolebitchie.com", "0.2", "0.25"),
        _named("drdivyasharma.com", "0.13"), _named("scribd.com", "0.2", "0.3"),
    ),
    "fine lines": (
        _named("ssuc.ca", "0.5"), _named("e1515.com.tw", "0.5", "1.0"),
        _named("klaramicroneedling.com", "0.5", "1.0"), _named("necolebitchie.com", "0.75", "1.5"),
    ),
    "acne scars": (
        _named("e1515.com.tw", "0.5", "1.5"), _named("pg.feau.com", "1.0"),
        _named("klaramicroneedling.com", "1.5", "2.0"), _named("jaishreesharad.com", "2.0"),
        _named("researchgate.net", "0.5", "1.5"),
    ),
    "hyperpigmentation": (
        _named("e1515.com.tw", "0.5", "1.0"), _named("scribd.com", "0.5"),
        _named("necolebitchie.com", "0.25", "0.5"),
    ),
    "uneven tone": (
        _named("necolebitchie.com", "0.25", "0.5"), _named("scandinavianbiolabs.com", "0.5"),
        _named("jm.ruli.com", "0.5", "1.0"),
    ),
    "pores": (
        _named("ssuc.ca", "0.5"), _named("necolebitchie.com", "0.5", "1.5"), _named("pg.feau.com", "1.0"),
        _named("glow-refinery.com", "0.25", "0.5"),
    ),
    "stretch marks": (
        _named("medic8.com", "1.0", "2.0"), _named("e1515.com.tw", "1.0", "1.5"),
        _named("necolebitchie.com", "1.0", "2.5"), _named("droracle.ai", "2.0", "2.5"),
    ),
    "hair": (
        _named("PMC8776974", "0.5", "2.5"), _named("vdocuments.us", "1.5"),
        _named("drdivyasharma.com", "0.2"),
    ),
}  # fmt: skip
"""What pages name for what somebody wants."""

BESIDE_CONCERN = {
    "hyperpigmentation": "Needling can cause it too, more often in darker skin (a listed adverse effect).",
    "hair": "Longer is not better: 0.6 mm every two weeks beat 1.2 mm.",
    "acne scars": "Pages disagree widely here; the 2 mm are a dermatologist's own.",
}
BESIDE_AREA = {
    "between the brows": "One chart only; up to 0.5 mm is where the charts of the forehead agree.",
    "under eye": "Never inside the bony rim of the eye socket.",
    "neck": "For professionals only: one pen is cleared for lines of the neck.",
}
"""What must be said beside the numbers."""


def _pause(source: str, shortest: str, longest: str, words: str) -> Pause:
    return Pause(source, Decimal(shortest), Decimal(longest), words)


PAUSES = (
    _pause("trendingindia.com", "0.2", "0.3", "daily or every second day"),
    _pause("necolebitchie.com", "0.05", "0.49", "2 to 3 times a week"),
    _pause("instyle.com", "0.31", "0.5", "once a week"),
    _pause("scandinavianbiolabs.com", "0.5", "0.5", "once a week"),
    _pause("necolebitchie.com", "0.5", "0.5", "1 to 4 weeks"),
    _pause("trendingindia.com", "0.5", "0.5", "3 weeks"),
    _pause("trendingindia.com", "0.75", "0.75", "4 weeks"),
    _pause("necolebitchie.com", "0.75", "0.75", "2 to 4 weeks"),
    _pause("necolebitchie.com", "1.0", "1.5", "4 to 6 weeks"),
    _pause("drpmg.com", "0.51", "2.5", "4 to 6 weeks"),
    _pause("dermacosm.com", "0.51", "2.0", "4 to 8 weeks"),
    _pause("SkinPen label", "0.51", "1.5", "30 days"),
    _pause("bestgiftshopper.com", "1.5", "1.5", "2 or 3 times a week (a seller)"),
    _pause("karidis.co.uk", "1.51", "2.5", "6 to 8 weeks"),
)
SCALP_PAUSE = _pause("PMC3746236", "0.5", "1.5", "weekly in a trial of 100 men")
"""The one rest that was tried against another, and of the scalp alone."""

UNMEASURED = (
    "Nobody has measured which length suits home use.",
    "In the US no roller is cleared for sale to the public; Auckland asks single use above 0.5 mm in salons.",
)
"""What nobody knows, said plainly."""
