"""What to do before and after a session, as clinics, makers and papers say it, each with its spread."""

from typing import NamedTuple

from rollertrack.errors import BadInput

BEFORE, AFTER = "before", "after"
_LONGEST_WORD = 40


class CareLine(NamedTuple):
    """One line of the slip: what of, what is printed, and the spread itself."""

    topic: str
    printed: str
    spread: str


SLIPS = {
    BEFORE: (
        CareLine("Retinoids, acids, benzoyl peroxide", "stop 7 days before",
                 "12 h tmrwformen.com · 24 h SkinPen · 5 to 7 days aeternaaesthetics.com · "
                 "7 days refined-glow.com · 10 days agelessbeautysa.com"),
        CareLine("Sun", "no sunburn; keep out of strong sun for 2 weeks",
                 "24 h SkinPen · 2 weeks aeternaaesthetics.com · 4 weeks agelessbeautysa.com"),
        CareLine("Waxing, depilation there", "not within 7 days", "clinics’ pages: 5 to 7 days · 14 days"),
        CareLine("Filler, botox, peel, laser there", "ask; not within 2 weeks",
                 "clinics’ pages: 2 weeks · 30 days after a peel · 3 to 12 months"),
        CareLine("Isotretinoin", "ask your doctor; most clinics wait 6 months",
                 "clinics’ pages: 3 months · 6 months, SkinPen too · 12 months"),
        CareLine("Cold sores before", "ask your doctor first", "SkinPen · aeternaaesthetics.com"),
        CareLine("Medicines", "never stop a prescribed medicine for this; ask who prescribed it",
                 "clinics’ pages: 48 h to 7 days without anti-inflammatories"),
        CareLine("Skin today", "broken, inflamed or spotty: not today",
                 "named by 4 of the lists of what to ask about first"),
    ),
    AFTER: (
        CareLine("Hands, towels, pillow", "clean; do not touch, pick or scratch",
                 "all of the pages below"),
        CareLine("Make-up", "not for 24 h", "rest of the day SkinPen · 24 h albertalchemy.com · "
                 "clinics’ pages: 24 to 48 h"),
        CareLine("Products", "only plain ones; nothing under the needles that is not meant for broken skin",
                 "granulomas in 3 women after a vitamin C serum (jamanetwork.com 1783057)"),
        CareLine("Sun", "shade and hat at once; mineral sunscreen from the next day",
                 "none the same day SkinPen · clinics’ pages: at once · "
                 "from day 2 monarchbrowandfacials.com"),
        CareLine("Sweat, pool, sauna", "not for 48 h",
                 "clinics’ pages: 24 h · 24 to 48 h · 48 to 72 h faciallyconscious.com"),
        CareLine("Retinoids, acids", "back after 7 days", "clinics’ pages: 5 days · 5 to 7 days · 7 days"),
        CareLine("See a doctor", "redness, warmth or swelling that grows; pus; fever; blisters; "
                 "pain that rises; lumps, also weeks later; still red after 7 days",
                 "SkinPen's label: “increase in redness, warmth, itching, or pus” · usual reactions end "
                 "within 7 days (Chu 2021) · mycobacteria and granulomas in case reports"),
    ),
}  # fmt: skip
"""The lines of each slip."""

SOURCES = (
    "tmrwformen.com/treatments/microneedling/care/pre-care",
    "elleskinandbeautyco.com/skinpen-microneedling-pre-post-care (SkinPen)",
    "aeternaaesthetics.com/microneedling-prepost-care",
    "refined-glow.com/pre-post-care/microneedling-pre-and-post-care-in-new-york-ny",
    "agelessbeautysa.com/microneedling",
    "albertalchemy.com/index-871.html (dermatologists)",
    "archderm.jamanetwork.com/article.aspx?articleid=1783057",
    "monarchbrowandfacials.com/blog//microneedling-aftercare-instructions",
    "faciallyconscious.com/blog/how-to-care-for-your-skin-after-microneedling",
    "manualslib.fr/manual/363305/Bellus-Medical-Skinpen-Precision.html (SkinPen's label)",
    "ouci.dntb.gov.ua/en/works/7X1Z3mr4 (Chu 2021)",
)
"""What the texts were collected from."""

REVIEWED_BY = ""
"""The qualified person who has read the texts; as long as nobody has, every slip says so."""


def which_slip(text: str) -> str:
    """The slip that a word names; BadInput for another word."""
    word = text.strip().lower()
    if word not in SLIPS:
        raise BadInput("which", f"“{text[:_LONGEST_WORD]}” is not known; {BEFORE} or {AFTER} is right")
    return word
