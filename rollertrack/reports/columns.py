"""Which column of a foreign table means what: by names in English and German, and by what somebody said."""

import re
from collections.abc import Mapping, Sequence

from rollertrack.domain.text import excerpt
from rollertrack.errors import BadInput

FIELDS: dict[str, tuple[str, ...]] = {
    "code": ("code", "rollertrack code"),
    "ref": (
        "ref",
        "import ref",
        "imported as",
        "asset tag",
        "asset id",
        "external id",
        "external ref",
        "reference",
        "referenz",
        "inventarnummer",
        "inventar nr",
        "anlagennummer",
        "id",
        "pk",
        "stock item id",
    ),
    "name": (
        "name",
        "item name",
        "asset name",
        "bezeichnung",
        "artikelbezeichnung",
        "artikel",
        "gegenstand",
        "titel",
        "title",
        "part name",
        "part",
        "teil",
    ),
    "kind": ("kind", "art", "form", "geräteart"),
    "length": (
        "length",
        "length mm",
        "needle length",
        "needle length mm",
        "needle size",
        "nadellänge",
        "nadellänge mm",
        "nadellaenge",
        "länge",
        "länge mm",
        "laenge",
        "mm",
    ),
    "maker": ("maker", "manufacturer", "manufacturer name", "brand", "hersteller", "marke"),
    "model": (
        "model",
        "model name",
        "model number",
        "modell",
        "modellname",
        "modellnummer",
        "ipn",
        "part ipn",
        "typ",
    ),
    "needles": ("needles", "needle count", "number of needles", "nadeln", "anzahl nadeln", "nadelzahl"),
    "material": ("material", "needle material", "werkstoff"),
    "lot": (
        "lot",
        "lot number",
        "lot no",
        "batch",
        "batch code",
        "batch number",
        "charge",
        "charge nr",
        "chargennummer",
        "ch b",
        "los",
        "losnummer",
    ),
    "expiry": (
        "expiry",
        "expiry date",
        "expiration",
        "expiration date",
        "expires",
        "expires on",
        "use by",
        "best before",
        "verfall",
        "verfallsdatum",
        "verfalldatum",
        "ablaufdatum",
        "haltbar bis",
        "verwendbar bis",
        "mhd",
    ),
    "sterile": ("sterile", "steril"),
    "single-use": ("single use", "disposable", "einmalprodukt", "einmalgebrauch", "einweg"),
    "max-uses": ("max uses", "maximum uses", "maker s uses", "max anwendungen", "anwendungen max"),
    "max-days": ("max days", "maximum days", "maker s days", "max tage"),
    "count": ("quantity", "qty", "count", "menge", "anzahl", "stück", "stückzahl", "bestand"),
    "category": ("category", "kategorie", "tags", "labels"),
    "archived": (
        "archived",
        "archiviert",
        "state",
        "status",
        "status text",
        "status label",
        "status name",
        "zustand",
        "condition",
    ),
    "uses": (
        "uses",
        "number of uses",
        "use count",
        "usage count",
        "usage",
        "times used",
        "used",
        "anwendungen",
        "anzahl anwendungen",
        "benutzungen",
        "anzahl benutzungen",
        "nutzungen",
        "anzahl nutzungen",
        "einsätze",
        "anzahl einsätze",
        "verwendungen",
        "anzahl verwendungen",
        "benutzt",
        "verwendet",
        "gebraucht",
    ),
    "last-used": (
        "last used",
        "last used at",
        "last use",
        "zuletzt benutzt",
        "zuletzt verwendet",
        "letzte anwendung",
        "letzte benutzung",
        "letzte verwendung",
    ),
    "in-service": ("in service at", "in service", "opened", "geöffnet"),
    "note": (
        "note",
        "notes",
        "notiz",
        "notizen",
        "bemerkung",
        "bemerkungen",
        "anmerkung",
        "comment",
        "description",
        "beschreibung",
        "asset notes",
        "model notes",
    ),
}
"""What is taken of a row, each with the names of columns that mean it, the surest first."""
ALL_OF = frozenset({"archived", "uses", "note", "category"})
"""What every column is read for that means it, and not the surest one that says anything."""
_PREFIX = re.compile(r"^hb[ .](field[ .])?", re.IGNORECASE)


def plain(column: str) -> str:
    """A column's name as it is compared: small letters, no signs, without Homebox's prefix."""
    bare = _PREFIX.sub("", column.strip())
    return " ".join(re.sub(r"[^\w]+|_", " ", bare.casefold()).split())


def matched(columns: Sequence[str], said: Sequence[str] = ()) -> Mapping[str, tuple[int, ...]]:
    """For each field the places of its columns, the surest first; `said` are "column=field", which win.

    A column said to be nothing, as in "column=", is left out. Of two columns of one name neither can be taken
    for what a row says once.
    """
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for each in said:
        same, field = _read(each, columns)
        taken.update(same)
        if field:
            found.setdefault(field, []).extend(same)
    own = set(found)
    for field, names in FIELDS.items():
        if field in own:
            continue
        known: dict[str, list[int]] = {}
        for place, column in enumerate(columns):
            if place not in taken:
                known.setdefault(plain(column), []).append(place)
        if places := [place for name in names for place in known.get(name, ())]:
            found[field] = places
            taken.update(places)
    for field in found.keys() - ALL_OF:
        _once(columns, found[field])
    return {field: tuple(places) for field, places in found.items()}


def _once(columns: Sequence[str], places: Sequence[int]) -> None:
    """Refuse two columns of one name."""
    first: dict[str, int] = {}
    for place in places:
        name = columns[place]
        if (before := first.setdefault(name.casefold(), place)) != place:
            apart = (
                f"columns {before + 1} and {place + 1} are both “{excerpt(name, 30)}”; name them apart, or"
            )
            raise BadInput(
                "column",
                f"{apart} leave both out by “{excerpt(name, 30)}=”",
                at_prompt=f"{apart} leave both out by --column “{excerpt(name, 30)}=”",
            )


def _read(said: str, columns: Sequence[str]) -> tuple[list[int], str]:
    name, sign, field = (part.strip() for part in said.rpartition("="))
    if not sign:
        raise BadInput("column", f"“{excerpt(said, 30)}” names no field; Bezeichnung=name is right")
    places = [place for place, column in enumerate(columns) if column.casefold() == name.casefold()]
    if not places:
        some = ", ".join(filter(None, columns))
        raise BadInput("column", f"“{excerpt(name, 30)}” is not in the file; it has {excerpt(some, 200)}")
    wanted = field.lower().replace("_", "-").replace(" ", "-")
    if wanted and wanted not in FIELDS:
        raise BadInput("column", f"“{excerpt(field, 30)}” is no field; one of {', '.join(FIELDS)} is right")
    return places, wanted
