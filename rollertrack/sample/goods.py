"""What the people of the sample buy, call their rollers, pour and say; every maker is made up."""

from dataclasses import dataclass
from decimal import Decimal

from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import DAY
from rollertrack.wording.dates import local_day


@dataclass(frozen=True, slots=True)
class Product:
    """One product as its pack describes it; `names` are what people call it at home."""

    maker: str
    model: str
    lengths: tuple[str, ...]
    names: tuple[str, ...]
    areas: tuple[str, ...]
    concerns: tuple[str, ...]
    form: str = "roller"
    needles: int = 540
    material: str = "steel"
    sterile: bool = False
    single_use: bool = False
    max_uses: int | None = None
    max_days: int | None = None

    def limit(self, length: str) -> int:
        """The uses a home allows at one of its lengths."""
        if self.single_use:
            return 1
        band = Policy().uses_band(self.form, Decimal(length))
        return self.max_uses or band or 1

    def typed(self, length: str) -> dict[str, str | bool]:
        """The facts that its pack gives, as typed into a registration."""
        return {
            "form": self.form,
            "length": length,
            "maker": self.maker,
            "model": self.model,
            "needles": str(self.needles),
            "material": self.material,
            "sterile": self.sterile,
            "single_use": self.single_use,
            "max_uses": str(self.max_uses or ""),
            "max_days": str(self.max_days or ""),
        }


class Packs:
    """The packs that pieces come out of: five to twenty of one product and length, which share their lot."""

    def __init__(self) -> None:
        self._begun: dict[tuple[Product, str], tuple[str, int]] = {}

    def lot(self, product: Product, length: str, number: int) -> str:
        """The lot of the next piece; `number` is that of a new pack, where the last piece was taken."""
        lot, left = self._begun.get((product, length), ("", 0))
        if not left:
            lot, left = f"{product.maker[0]}{number}", _LEAST_IN_A_PACK + number % _PACK_SIZES
        self._begun[product, length] = lot, left - 1
        return lot


_LEAST_IN_A_PACK, _PACK_SIZES = 5, 16

_FACE = ("face", "forehead", "cheeks", "under eye", "neck")
_FACE_CONCERNS = ("", "", "product absorption", "fine lines", "acne scars", "pores", "uneven tone")
_BODY_CONCERNS = ("", "stretch marks", "uneven tone")
_BODY = ("thighs", "abdomen", "back", "arms")

FINE = (
    Product("Velmora", "Daily 540", ("0.20", "0.25", "0.30"),
            ("evening", "travel", "morning", "under eye", "gym bag"), _FACE, _FACE_CONCERNS),
)  # fmt: skip
REUSABLE = (
    *FINE,
    Product("Ostrand", "Classic 192", ("0.25", "0.50"),
            ("evening", "weekend", "old blue", "bathroom", "spare"), _FACE, _FACE_CONCERNS, needles=192),
    Product("Tivrek", "Crown", ("0.25", "0.50"), ("scalp", "hairline", "crown"), ("scalp",), ("", "hair")),
    Product("Pellaine", "Titan T9", ("0.50",), ("weekend", "chin", "titan", "Sunday"), _FACE, _FACE_CONCERNS,
            material="titanium", max_uses=12, max_days=180),
    Product("Tivrek", "Dot 80", ("0.50", "0.75"), ("stamp", "scars", "cheeks"), ("cheeks", "nose", "chin"),
            _FACE_CONCERNS, form="stamp", needles=80),
)  # fmt: skip
LONG = (
    Product("Norrvale", "Body 1200", ("1.00",), ("body", "thighs", "stretch marks"), _BODY, _BODY_CONCERNS,
            needles=1200),
)  # fmt: skip
STERILE = (
    Product("Quillmere", "Sealed", ("1.50", "2.00"), ("body", "scars", ""), _BODY, _BODY_CONCERNS,
            sterile=True, single_use=True),
    Product("Ostrand", "Pen tip 12", ("0.25", "0.50", "1.00"), ("pen tip", ""), _FACE, _FACE_CONCERNS,
            form="cartridge", sterile=True, needles=12),
    Product("Velmora", "Sealed 0.5", ("0.50",), ("new", "spare", ""), _FACE, _FACE_CONCERNS, sterile=True),
)  # fmt: skip

OPERATORS = ("Kim", "Robin", "Alex")
CONTRAINDICATIONS = (("rosacea",), ("eczema", "metal allergy"), ("anticoagulant",))
CONTRAINDICATION_SHARES = (88, 4, 4, 4)

# Agent, strength, days that a bottle lasts: one of each stands open at any time.
BOTTLES = (("alcohol", "70", 60), ("peroxide", "3", 150))

# What is mixed by hand, and how strong.
MIXED = {"quat": "0.3"}

WEAK = ("50", "40")
DESPITE_USED_UP = ("one last time, the new one is in the post", "needles still look fine")
DESPITE_OTHERWISE = ("in a hurry", "felt fine yesterday", "thought it was clean")
DESPITE_SHARED = ("took the wrong one from the shelf", "only wanted to try it")
RETIRED = ("dropped on the tiles", "head wobbles", "rust at the rim", "needles feel blunt")
LOST = ("left in a hotel", "lost in the move", "cannot be found any more")
QUARANTINED = ("fell out of its case", "box came wet", "lent out, not sure to whom")
FAILED = ("two needles bent", "snags on cotton", "a spot of rust")
NOTES = ("new head feels sharper than the last", "a little redness the next day", "keep in the blue case")
MISTAKEN = ("scanned the wrong one", "logged twice")


_INITIALS = "AMJKSLRNTEDCPHBGFVIOWYZUQX"


def initials(number: int) -> str:
    """The short label of the person of a number: one initial while they last, then two, then three."""
    letters = ""
    left = number + 1
    while left:
        left, letter = divmod(left - 1, len(_INITIALS))
        letters = _INITIALS[letter] + letters
    return " ".join(f"{letter}." for letter in letters)


def iso_day(instant: int) -> str:
    """The date of an instant, as packs print it."""
    return local_day(instant).isoformat()


def month_after(instant: int, days: int) -> str:
    """The month some days after an instant, as bottles print it."""
    return iso_day(instant + days * DAY)[:7]
