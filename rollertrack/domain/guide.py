"""Words people choose from: areas, concerns, the question before a use."""

from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.spelling import Vocabulary, key_of
from rollertrack.domain.words import Word

AREAS = (
    "face", "forehead", "between the brows", "under eye", "nose", "upper lip", "cheeks", "chin", "neck",
    "scalp", "chest", "abdomen", "back", "arms", "hands", "thighs",
)  # fmt: skip


class Lengths(NamedTuple):
    """Needles for an area, in mm: up to where every chart agrees, and the longest that any of them names."""

    agreed: Decimal
    longest: Decimal


def _lengths(agreed: str, longest: str) -> Lengths:
    return Lengths(Decimal(agreed), Decimal(longest))


LENGTHS = {
    "face": _lengths("1.5", "1.5"),  # SkinPen: not evaluated above (theeliteclinic.com)
    "forehead": _lengths("0.5", "0.75"),
    "between the brows": _lengths("0.5", "1.0"),  # one chart only
    "under eye": _lengths("0.3", "0.5"),
    "nose": _lengths("0.5", "0.75"),
    "upper lip": _lengths("0.5", "0.75"),
    "cheeks": _lengths("1.0", "2.0"),
    "chin": _lengths("1.0", "2.0"),
    "scalp": _lengths("2.5", "2.5"),  # trials used 0.5 to 2.5 (pmc.ncbi.nlm.nih.gov/articles/PMC8776974)
    "abdomen": _lengths("1.5", "2.5"),  # home pages 0.5 to 1.5
    "thighs": _lengths("1.5", "2.5"),
}
"""By charts of glow-refinery.com, microneedlingbeforeafter.com and drpen.net; other areas have no source."""

PARTS = {
    "face": frozenset(
        {"forehead", "between the brows", "under eye", "nose", "upper lip", "cheeks", "chin", "eyelid",
         "inside the orbital rim", "lips"}
    ),
    "legs": frozenset({"thighs", "knees", "feet"}),
}  # fmt: skip
"""Areas that hold other areas."""


class Never(NamedTuple):
    """Where needles never go: how hard the gate says so, and why."""

    word: Word
    why: str


_EYE = "Needles never go on the eyelid or inside the rim of the eye socket"
NEVER = {
    "eyelid": Never(Word.STOP, _EYE),
    "inside the orbital rim": Never(Word.STOP, _EYE),
    "lips": Never(Word.CARE, "Needles do not go on the lips themselves"),
    "tattoo": Never(Word.CARE, "Needles do not go over a tattoo"),
    "permanent make-up": Never(Word.CARE, "Needles do not go over permanent make-up"),
}
"""SkinPen's instructions (theeliteclinic.com); kichi.studio and InMode's manual on tattoos and make-up."""

_BESIDE = frozenset(
    {"above", "around", "away", "below", "beneath", "beside", "near", "next", "no", "not", "outside",
     "surrounding", "under", "without"}
)  # fmt: skip

AREA_WORDS = Vocabulary(
    (*AREAS, "hips", "buttocks", "legs", "knees", "shoulders", "feet"),
    {
        "face": ("whole face", "full face", "entire face", "facial", "the face"),
        "forehead": ("the forehead",),
        "between the brows": ("between brows", "between the eyebrows", "between eyebrows", "glabella",
                              "frown line", "frown lines", "eleven lines"),
        "under eye": ("undereye", "undereyes", "under eyes", "under the eye", "under the eyes",
                      "below the eye", "below the eyes", "below eye", "below eyes", "tear trough",
                      "tear troughs", "dark circles", "eye bags", "crow's feet", "crows feet",
                      "around the eye", "around the eyes", "around eyes", "periorbital"),
        "nose": ("the nose",),
        "upper lip": ("upper lips", "above the lip", "above the lips", "above lip", "above the upper lip",
                      "over the lip", "moustache", "mustache"),
        "cheeks": ("cheek", "the cheeks"),
        "chin": ("jaw", "jaws", "jawline", "jaw line", "jaws line", "the chin"),
        "neck": ("throat", "nape", "the neck", "back of the neck", "back of neck"),
        "scalp": ("the scalp", "hairy scalp"),
        "chest": ("décolleté", "décolletage", "decollette", "cleavage", "the chest"),
        "abdomen": ("belly", "stomach", "tummy", "the abdomen"),
        "back": ("the back", "upper back", "lower back"),
        "arms": ("arm", "upper arm", "upper arms", "forearm", "forearms"),
        "hands": ("hand", "back of the hand", "backs of the hands", "back of hand"),
        "thighs": ("thigh", "upper leg", "upper legs"),
        "hips": ("hip",), "buttocks": ("buttock", "bottom"), "legs": ("leg", "calf", "calves"),
        "knees": ("knee",), "shoulders": ("shoulder",), "feet": ("foot",),
        "eyelid": ("eyelids", "eye lid", "eye lids", "lid", "lids", "upper lid", "upper lids", "lower lid",
                   "lower lids", "upper eyelid", "upper eyelids", "lower eyelid", "lower eyelids", "eyelash",
                   "eyelashes", "lash line"),
        "inside the orbital rim": ("inside orbital rim", "within the orbital rim", "orbital rim", "orbit",
                                   "orbital", "inside the bony rim", "eye socket", "inside the eye socket",
                                   "inside the rim of the eye socket", "eye", "eyes", "eyeball"),
        "lips": ("lip", "lower lip", "lower lips", "the lips", "vermilion", "vermillion"),
        "tattoo": ("tattoos", "tattooed", "tattooed skin", "over tattoo", "over a tattoo", "over the tattoo",
                   "over tattoos", "tatoo", "tatoos", "on a tattoo"),
        "permanent make-up": ("permanent makeup", "over permanent make-up", "over permanent makeup", "pmu",
                              "microblading", "microbladed", "microbladed brows", "permanent eyeliner"),
    },
)  # fmt: skip

CONCERNS = (
    "product absorption", "fine lines", "acne scars", "hyperpigmentation", "uneven tone", "pores",
    "stretch marks", "hair",
)  # fmt: skip

CONCERN_WORDS = Vocabulary(
    CONCERNS,
    {
        "product absorption": ("absorption",),
        "fine lines": ("fine line", "wrinkle", "wrinkles", "lines"),
        "acne scars": ("acne scar", "acne scarring", "scar", "scars"),
        "hyperpigmentation": ("pigment", "pigmentation", "dark spots", "melasma"),
        "uneven tone": ("tone", "texture", "uneven texture", "uneven skin tone"),
        "pores": ("pore", "large pores", "enlarged pores"),
        "stretch marks": ("stretch mark", "striae"),
        "hair": ("hair loss", "hair growth", "alopecia"),
    },
)

INSPECTION_QUESTIONS = (
    "Under a loupe: is every needle straight and free of rust?",
    "Rolled over cotton: does nothing snag?",
    "Spun by a finger: does it run free, with the head tight?",
)

REMINDER = "A reminder, not medical advice. Disinfected is not sterile."


def never(area: str) -> Never | None:
    """What forbids needles on an area as typed, also inside a longer text or misspelt.

    A text that only lies beside such a place (“outside the orbital rim”), and a slip of its name, ask for
    care: the place itself was not surely meant.
    """
    if AREA_WORDS.knows(area):
        return NEVER.get(AREA_WORDS.spelled(area))
    held = [NEVER[name] for name in AREA_WORDS.held(area) if name in NEVER]
    if _BESIDE & set(key_of(area).split()):
        held = [each._replace(word=Word.CARE) for each in held]
    slips = [NEVER[name]._replace(word=Word.CARE) for name in AREA_WORDS.slips(area) if name in NEVER]
    return max((*held, *slips), key=lambda each: each.word.rank, default=None)


def lengths_for(area: str) -> tuple[str, Lengths] | None:
    """The area and the needles that charts name for it; of several in one text the one with the shortest.

    A slip is read as what it is near to; None without a source.
    """
    names = (*AREA_WORDS.held(area), *AREA_WORDS.slips(area))
    held = [(name, LENGTHS[name]) for name in names if name in LENGTHS]
    return min(held, key=lambda pair: pair[1], default=None)


def differ(one: str, other: str) -> bool:
    """Whether two areas are surely two places: both named, neither a part nor a slip of the other."""
    first, second = _places(one), _places(other)
    return bool(first and second) and not first & second


def _places(area: str) -> frozenset[str]:
    """Every known place that an area as typed may stand for; the text itself for a stranger."""
    names = {*AREA_WORDS.held(area), *AREA_WORDS.slips(area)} or {key_of(area)} - {""}
    return frozenset(names).union(*(PARTS.get(name, frozenset()) for name in names))


def inspection_question(uses: int) -> str:
    """The one question asked before a use; they take turns with the uses."""
    return INSPECTION_QUESTIONS[uses % len(INSPECTION_QUESTIONS)]
