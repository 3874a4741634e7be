"""The default policy, a row a value: what it is, its unit, home and clinic, and where the number comes from.

A source is an address or a name; *convention* means that no study or rule was found behind the number.
"""

from typing import NamedTuple

from rollertrack.domain.quantities import plural

CONVENTION = "convention"
_CDC4 = "cdc.gov/infectioncontrol/guidelines/disinfection/tables/table4.html"
_ALCOHOL = "CDC Guideline for Disinfection and Sterilization: 60–90 %, fails under 50 %"
_DE_NOVO = "510k.innolitics.com/search/DEN160029 (FDA: not to be reused)"
_MT = "mtdermaroller.com: disinfect before and after each use"
_OKLAHOMA = "okrules.elaws.us/oac/175:10-7-6"
_PORES = "pmc.ncbi.nlm.nih.gov/articles/PMC3160154: closed after 18 h at 0.77 mm (rat), rounded up to a day"
_RCT = "pmc.ncbi.nlm.nih.gov/articles/PMC3746236: weekly, 1.5 mm, trial of 100"
_SINGLE = "MHRA and FDA: a single-use device is used once"
_LOW = "facefirma.co.uk 8–10 uses; theglamorouswoman.com 12–15; buylumni.com 5"
_COMPARE = "trendingindia.com, necolebitchie.com, questions.ansvers.com"
_CHLORHEXIDINE = "a skin antiseptic; no contact time for rollers found"


_UNITS = {"hours": "h", "days": "d", "minutes": "min", "percent": "%"}
_BARE = ("yes/no", "role", "agent", "home/clinic", "text")


def with_unit(value: str, unit: str) -> str:
    """A value of the policy with its unit, as people say it: 72 h, 1 use, none."""
    if value == "none" or unit in _BARE:
        return value
    return plural(int(value), "use") if unit == "uses" else f"{value} {_UNITS.get(unit, unit)}"


_SECTIONS = {
    "uses": "Life of a roller", "age": "Life of a roller", "due": "Life of a roller",
    "freshness": "Disinfection", "clinic": "Disinfection", "soak": "Disinfection",
    "floor": "Skin", "session": "Skin", "interval": "Skin", "length": "Skin",
    "use": "What must be on record", "reaction": "What must be on record",
    "ask": "What must be on record",
    "notice": "Said, and not to be set",
}  # fmt: skip
_EVERY_AGENT = "agent.usual"


def section(key: str) -> str:
    """The heading that a value of the policy stands under; each agent has its own."""
    wing, _, rest = key.partition(".")
    if wing == "agent":
        return "Disinfection" if key == _EVERY_AGENT else f"Agent: {rest.partition('.')[0]}"
    return _SECTIONS.get(wing, "")


class Row(NamedTuple):
    """One value of the policy in both profiles; `none` means that the rule is off."""

    key: str
    title: str
    unit: str
    home: str
    clinic: str
    source: str

    def usual(self, profile: str) -> str:
        """The value in a profile where nothing was changed."""
        return self.clinic if profile == "clinic" else self.home


def _agent(name: str, *facts: tuple[str, str, str, str, str, str]) -> tuple[Row, ...]:
    return tuple(Row(f"agent.{name}.{facet}", *rest) for facet, *rest in facts)


def _cleaner(name: str, role: str, source: str) -> Row:
    return Row(f"agent.{name}.role", f"What {name} does", "role", role, role, source)


# Name, minutes, days of life, strength as sold, least strength (the table's MEC).
_HLD = (
    ("glutaraldehyde", "20", "14", "2", "1.5"),
    ("opa", "12", "14", "0.55", "0.3"),
    ("peroxide-hld", "30", "21", "7.5", "6"),
)
_UNKNOWN = "never assumed: mixed by hand"
_MIX = "CDC 1985: 1:10; pdf4pro.com safety fact sheet: 5.25 % mixed 1:10 is 0.53 %, and weaker is too weak"
_QUAT = f"{CONVENTION}; scribd.com/document/74177714: 15.36 % mixed 1:256 is 0.06 %"
_RINSE = "CDC Guideline for Disinfection and Sterilization: rinse off what stays on the instrument"
_STEAM = (
    "CDC Guideline for Disinfection and Sterilization, steam: 30 min at 121 °C, 4 min at 132 °C prevacuum"
)


def _high_level(name: str, minutes: str, days: str, sold: str, least: str) -> tuple[Row, ...]:
    return _agent(
        name,
        ("role", f"What {name} ({sold} %) does", "role", "not-offered", "disinfects", _CDC4),
        ("minutes", f"Contact time of {name}, or the label's if longer", "minutes", minutes, minutes, _CDC4),
        ("strength-min", f"Weakest {name} accepted", "percent", least, least, _CDC4),
        ("strength-assumed", f"Strength of {name}, sold ready to use", "percent", sold, sold, _CDC4),
        ("solution-days", "Life of the opened solution", "days", days, days, _CDC4),
        (
            "strip-test",
            "A test strip must have passed within the 24 hours before",
            "yes/no",
            "yes",
            "yes",
            _CDC4,
        ),
        ("rinse", f"A rinse after {name} must be logged", "yes/no", "yes", "yes", _RINSE),
    )


LIMITS = (
    Row("uses.to-0.30", "Uses, needles up to 0.30 mm", "uses", "10", "1", f"{CONVENTION}; {_LOW}"),
    Row("uses.to-0.50", "Uses, over 0.30 up to 0.50 mm", "uses", "8", "1", f"{CONVENTION}; {_LOW}"),
    Row("uses.to-1.00", "Uses, over 0.50 up to 1.00 mm", "uses", "3", "1",
        f"{CONVENTION}; necolebitchie.com 1–3 uses at 2.5 mm, interpolated"),
    Row("uses.over-1.00", "Uses, over 1.00 mm", "uses", "1", "1",
        "J Cutan Aesthet Surg 2009, researchgate.net/publication/46108349"),
    Row("uses.cartridge", "Uses, pen cartridge", "uses", "1", "1", _DE_NOVO),
    Row("age.days", "Days after the first use", "days", "90", "1",
        f"{CONVENTION}; beautytipsblog.org 6 weeks, levintel.com 3–4 months; clinic: same day"),
    Row("due.uses-percent", "Due soon from this share of the uses", "percent", "80", "80", CONVENTION),
    Row("due.days", "Due soon from this many days left", "days", "14", "14", CONVENTION),
    Row("freshness.hours", "A disinfection stays fresh", "hours", "24", "24",
        "by analogy: HTM 01-05, unwrapped 1 day (isopharm.co.uk)"),
    Row("clinic.sterile-needles", "Needles must come sterile, from a pack opened within the window", "yes/no",
        "no", "yes", "Toronto Public Health: sterile, opened before the client; FDA: 21 CFR 878.4430"),
    Row("soak.longest", "A soak counts up to", "hours", "12", "12", CONVENTION),
    Row("agent.usual", "The agent proposed first", "agent", "alcohol", "alcohol",
        "the agent most pages name for rollers"),
    Row("soak.cleaned", "Cleaned first, unless it is said that it was not", "yes/no", "no", "no",
        "your habit; debris shields germs (biologyinsights.com)"),
)  # fmt: skip

SKIN = (
    Row("floor.hours", "Shortest rest between sessions, any length", "hours", "24", "24", _PORES),
    Row("floor.over-0.50.days", "Shortest rest after over 0.50 mm", "days", "7", "7",
        f"{CONVENTION}; the shortest that any page names"),
    Row("session.minutes", "Pieces used within this time of the first are one session", "minutes",
        "120", "120", CONVENTION),
    Row("interval.to-0.30.days", "Rest after needles up to 0.30 mm", "days", "2", "2",
        f"{CONVENTION}; {_COMPARE}"),
    Row("interval.to-0.50.days", "Rest after over 0.30 up to 0.50 mm", "days", "14", "28",
        f"{CONVENTION}; {_COMPARE}"),
    Row("interval.under-2.00.days", "Rest after over 0.50 and under 2.00 mm", "days", "28", "28",
        f"{CONVENTION}; drpmg.com 4–6 weeks, dermacosm.com 4–8"),
    Row("interval.from-2.00.days", "Rest after 2.00 mm and more", "days", "42", "42",
        f"{CONVENTION}; karidis.co.uk 6–8 weeks"),
    Row("interval.scalp.days", "Rest of the scalp, where the usual rest is longer", "days", "7", "7", _RCT),
    Row("interval.scalp.max-length", "The scalp's rest holds up to", "mm", "1.5", "1.5", _RCT),
    Row("length.notice", "Say so when needles are longer than", "mm", "0.3", "none",
        "health pages disagree on 0.3 or 0.5 mm for home"),
    Row("length.professional", "Needles from this length need care", "mm", "1.0", "none",
        "home: depth charts; clinic: the local limit of scope, such as 0.5 or 1.5"),
)  # fmt: skip

RECORD = (
    Row("use.operator", "A use and a disinfection must name the operator", "yes/no", "no", "yes",
        "toronto.ca tattooing infection control; wechu.org/node/4702"),
    Row("use.lot", "Say so when no lot is on record", "yes/no", "no", "yes",
        "toronto.ca tattooing infection control: lot of each cartridge"),
    Row("ask.days", "The health questions are asked anew after", "days", "none", "180", CONVENTION),
    Row("reaction.days", "A skin reaction is traced back for", "days", "90", "90", CONVENTION),
)  # fmt: skip

AGENTS = (
    *_agent(
        "alcohol",
        ("role", "What alcohol does", "role", "disinfects", "disinfects", _ALCOHOL),
        ("minutes", "Contact time of alcohol", "minutes", "10", "10",
         f"{CONVENTION}; republicworld.com 10 min, pages spread 1–60"),
        ("strength-min", "Weakest alcohol accepted", "percent", "60", "60", _ALCOHOL),
        ("strength-max", "Strongest alcohol accepted", "percent", "90", "90", _ALCOHOL),
        ("strength-assumed", "Strength of alcohol, sold ready to use", "percent", "70", "70",
         f"{CONVENTION}; the bottle that most pages name"),
    ),
    *_agent(
        "peroxide",
        ("role", "What peroxide (3 %) does", "role", "disinfects", "not-offered", "CDC 1985, clspectrum.com"),
        ("minutes", "Contact time of peroxide", "minutes", "10", "10", "CDC 1985, clspectrum.com: 5–10 min"),
        ("strength-min", "Weakest peroxide accepted", "percent", "3", "3", "CDC 1985, clspectrum.com"),
        ("strength-max", "Strongest peroxide accepted", "percent", "6", "6",
         "ehs.research.uiowa.edu/825: 3–6 %"),
        ("strength-assumed", "Strength of peroxide, sold ready to use", "percent", "3", "3",
         f"{CONVENTION}; the bottle that pharmacies sell"),
        ("solution-warn-days", "Warn when the bottle is open longer", "days", "180", "180",
         f"{CONVENTION}; thoughtco.com: about 6 months useful"),
    ),
    *_agent(
        "quat",
        ("role", "What quat does (low level only)", "role", "disinfects", "disinfects",
         "PMC7134755: low level; barbicide.com"),
        ("minutes", "Contact time of quat", "minutes", "10", "10", "barbicide.com: 10 min immersion"),
        ("strength-min", "Weakest quat accepted", "percent", "0.06", "0.06", _QUAT),
        ("strength-assumed", "Strength of quat when none is given", "percent", "none", "none", _UNKNOWN),
        ("solution-days", "Life of the mixed solution", "days", "1", "1", f"{_OKLAHOMA}: daily"),
    ),
    *_agent(
        "bleach",
        ("role", "What bleach 1:10 does (corrodes steel; look for rust)", "role", "disinfects", "not-offered",
         "clspectrum.com; rdworldonline.com on corrosion"),
        ("minutes", "Contact time of bleach", "minutes", "10", "10", "CDC 1985, clspectrum.com: 5–10 min"),
        ("strength-min", "Weakest bleach accepted", "percent", "0.5", "0.5", _MIX),
        ("strength-assumed", "Strength of bleach when none is given", "percent", "none", "none", _UNKNOWN),
        ("solution-days", "Life of the mixed solution", "days", "1", "1",
         "duckeggcontent.com: discard after 24 h"),
        ("rinse", "A rinse after bleach must be logged", "yes/no", "yes", "yes", _RINSE),
    ),
    *(row for agent in _HLD for row in _high_level(*agent)),
    *_agent(
        "autoclave",
        ("role", "What an autoclave does (most rollers do not stand it)", "role", "disinfects", "disinfects",
         _STEAM),
        ("minutes", "Time in the autoclave, at 121 °C", "minutes", "30", "30", _STEAM),
        ("indicator", "The load's indicator must be read and have passed", "yes/no", "yes", "yes",
         "CDC Guideline for Disinfection and Sterilization: an indicator in each load"),
    ),
    _cleaner("chlorhexidine", "cleans", _CHLORHEXIDINE),
    _cleaner("denture", "cleans", "a cleaner: wikihow.it, cvpharmacy.in"),
    _cleaner("ultrasonic", "cleans", "racgp.org.au: cleans without scratching, a cleaning step only"),
    _cleaner("soap", "cleans", "the first step; debris shields germs (biologyinsights.com)"),
    _cleaner("uv", "refused", f"{_OKLAHOMA}: prohibited as sanitation"),
    _cleaner("boiling", "refused", "levintel.com, lolysenta.com: ruins needles and plastic"),
)  # fmt: skip

EDITABLE = (*LIMITS, *SKIN, *RECORD, *AGENTS)

NOTICES = (
    Row("notice.persons", "Persons a roller", "text", "1, hard block", "1, hard block",
        "CPSA standard; NSW Public Health Regulation 2022 s 38; ora.it.com"),
    Row("notice.single-use", "From 0.5 mm", "text",
        "the maker of the original calls 0.5 mm and more single use",
        _SINGLE, "prlog.org/11760914; MHRA; FDA"),
    Row("notice.never", "Needles never go", "text",
        "on the eyelid or inside the orbital rim; lips, tattoo, permanent make-up: care",
        "on the eyelid or inside the orbital rim; lips, tattoo, permanent make-up: care",
        "SkinPen (theeliteclinic.com); kichi.studio; InMode manual (easymanua.ls)"),
    Row("notice.area", "Needles for an area", "text",
        "care over the longest that any chart names; told from where charts disagree",
        "care over the longest that any chart names; told from where charts disagree",
        "glow-refinery.com; microneedlingbeforeafter.com; drpen.net"),
    Row("notice.after-use", "After a use", "text", "clean, soak, rinse, dry, store; owed until logged",
        "discard; a handpiece is disinfected between persons", _MT),
    Row("notice.rinse", "Last rinse", "text", "sterile or boiled and cooled water, not tap water",
        "sterile water", "mediceen.com: M. abscessus after tap water"),
    Row("notice.retire-now", "Retire at once", "text",
        "bent, rusty, loose, jerky, dropped, or used by another person",
        "the same; pack torn, wet or expired: do not open", "theglamorouswoman.com; shopnewspa.com"),
    Row("notice.unopened", "Unopened", "text", "until the printed expiry; none printed: check the pack",
        "until the printed expiry, then blocked", "novosurgical.com: event-related"),
    Row("notice.end", "End of life", "text", "sharps container, do not take the head off by hand",
        "the same, with the bin's code", "PHE Health Protection Report 11(1); safeneedledisposal.org"),
    Row("notice.records", "Records", "text", "never deleted",
        "never deleted; at least 3 years asked, often 10",
        "wechu.org/node/4702; americanmedspa.org"),
    Row("notice.wording", "What it is", "text", "a reminder, not medical advice; disinfected is not sterile",
        "a reminder, not medical advice; disinfected is not sterile", "no home roller is FDA-authorised"),
)  # fmt: skip
