"""The names of agents: what people call them, and the one name each has in the policy."""

import unicodedata

AUTOCLAVE = "autoclave"

_SYNONYMS = {
    "alcohol": (
        "isopropanol", "isopropyl", "isopropyl alcohol", "rubbing alcohol", "ipa", "2 propanol",
        "propan 2 ol", "propanol", "ethanol", "ethyl alcohol",
    ),
    "peroxide": ("hydrogen peroxide", "h2o2"),
    "quat": (
        "quats", "qac", "quaternary ammonium", "quaternary ammonium compound", "benzalkonium",
        "benzalkonium chloride", "barbicide",
    ),
    "bleach": (
        "sodium hypochlorite", "hypochlorite", "naocl", "household bleach", "chlorine bleach",
    ),
    "glutaraldehyde": ("glutaral",),
    "opa": (
        "ortho phthalaldehyde", "orthophthalaldehyde", "o phthalaldehyde", "phthalaldehyde", "cidex opa",
    ),
    "peroxide-hld": ("peroxide hld", "hydrogen peroxide hld", "high level peroxide"),
    "autoclave": ("steam", "autoclaved", "steam autoclave", "steam sterilizer", "steam steriliser"),
    "chlorhexidine": ("chlorhexidine gluconate", "chx"),
    "denture": ("denture tablet", "denture tablets"),
    "ultrasonic": ("ultrasonic bath", "ultrasound"),
    "soap": ("soap and water", "dish soap"),
    "uv": ("uv c", "uvc", "uv light", "uv box"),
    "boiling": ("boil", "boiled", "boiling water"),
}  # fmt: skip
_NAMES = {said: name for name, others in _SYNONYMS.items() for said in others}


def agent_name(text: str) -> str:
    """The name in the policy of an agent as people call it; an unknown one in small letters as it is.

    A maker's brand stands for an agent only where it is never sold as another one.
    """
    said = unicodedata.normalize("NFKC", text).casefold().replace("-", " ")
    return _NAMES.get(" ".join(said.split()), text.strip().lower())
