"""Every command, for people and as one JSON document, with its help and its exit status."""

import json
from pathlib import Path

import pytest
from harness.command_calls import World, ago, copy_of

from rollertrack.deeds.table import DEEDS
from rollertrack.domain.trace import Question
from rollertrack.services import phones, recalling, registering
from rollertrack.settings import Settings
from rollertrack.wiring import open_station

BOX = "]d201095060001343521735123110"
"""A maker's barcode up to the lot."""
REPORTS = ("uses", "washing", "life", "stock", "cost")
EXAMPLES: dict[str, tuple[str, ...]] = {
    "demo": ("--write", "{new}", "--rollers", "3"),
    "add": ("--length", "0.5", "--count", "2", "--maker", "Dr. X", "--expiry", "2099-12"),
    "edit": ("{ready}", "--lot", "L7", "--single-use"),
    "check": ("{ready}", "--person", "{person}", "--area", "face"),
    "open": ("{sealed}",),
    "use": ("{ready}", "--area", "face", "--concern", "pores", "--note", "fine"),
    "soak": ("{dirty}", "{plain}", "--solution", "{solution}"),
    "done": ("{soaked}",),
    "disinfect": ("{dirty}", "--agent", "alcohol", "--minutes", "10", "--strength", "70", "--cleaned"),
    "inspect": ("{ready}", "--fail", "a bent needle"),
    "quarantine": ("{ready}", "--reason", "fell"),
    "release": ("{held}", "--reason", "looked at"),
    "retire": ("{dirty}", "--reason", "worn", "--bin", "{bin}"),
    "note": ("{ready}", "soft handle"),
    "undo": ("{dirty}", "--reason", "wrong roller"),
    "person add": ("--label", "you", "--contraindication", "eczema", "--contraindication", "rosacea"),
    "person edit": ("{person}", "--label", "ann"),
    "person ask": ("{person}", "--contraindication", "rosacea", "cold sore"),
    "person show": ("{person}",),
    "person forget": ("{person}",),
    "person react": ("{person}", "--text", "red for a week"),
    "person list": (),
    "operator add": ("--label", "bob"),
    "operator edit": ("{operator}", "--label", "anna"),
    "operator close": ("{operator}",),
    "operator reopen": ("{closed_operator}",),
    "operator list": (),
    "bin add": ("--label", "red"),
    "bin edit": ("{bin}", "--label", "blue"),
    "bin close": ("{bin}",),
    "bin reopen": ("{closed_bin}",),
    "bin list": (),
    "bin into": ("{bin}", "{dirty}"),
    "bin collect": ("{bin}", "--hauler", "Clean & Co", "--receipt", "R 44"),
    "bin show": ("{bin}",),
    "snooze": ("{dirty}", "--what", "disinfect", "--until", "{in a week}", "--reason", "on holiday"),
    "solution add": ("--agent", "alcohol", "--strength", "70", "--lot", "A", "--expiry", "2099-01"),
    "solution edit": ("{solution}", "--strength", "80"),
    "solution test": ("{solution}", "--pass"),
    "solution top-up": ("{solution}",),
    "solution discard": ("{solution}", "--reason", "old"),
    "solution list": (),
    "trace": ("--lot", "a 12"),
    "recall": ("--roller", "{ready}", "--reason", "a needle broke", "--mates", "--cause", "injury"),
    "incident list": (),
    "incident show": ("{incident}",),
    "incident tell": ("{incident}", "--person", "{person}", "--how", "by telephone"),
    "incident close": ("{incident}", "--outcome", "all are well"),
    "show": ("{ready}",),
    "log": ("{ready}",),
    "list": ("--state", "dirty", "--search", "dirty"),
    "due": ("--within", "90"),
    "label": ("{ready}", "{dirty}", "--to", "{picture}", "--copies", "2", "--media", "80mm"),
    "queue list": (),
    "queue retry": (),
    "queue cancel": ("--all",),
    "queue clear": (),
    "printer find": (),
    "printer list": (),
    "printer add": ("desk", "--place", "tcp://192.168.1.30", "--media", "50x25", "--offset-x", "1.5"),
    "printer edit": ("office", "--scale", "99.5", "--media", ""),
    "printer remove": ("office",),
    "printer test": ("office",),
    "prove": ("{sealed}",),
    "unproven": (),
    "cards": ("--to", "{page}"),
    "outage": ("--to", "{page}", "--search", "dirty"),
    "calibrate": ("--to", "{page}", "--media", "l7651"),
    "doctor all": (),
    "doctor printer": ("--to", "{picture}", "--media", "80mm"),
    "doctor scanner": ("--to", "{picture}"),
    "serve": ("--look",),
    "phone pair": ("--operator", "{operator}"),
    "phone list": (),
    "phone revoke": ("1",),
    "stock": (),
    "next": ("Titan",),
    "receive": ("--scan", f"{BOX}B7", "--compared", "--price", "€ 12,90", "--supplier", "Medishop"),
    "count": ("--scanned", "{scans}", "--commit"),
    "order": ("Titan", "--pieces", "40", "--expected", "2099-01-31"),
    "product add": ("Crown", "--length", "0.3", "--currency", "EUR", "--reorder-level", "3"),
    "product list": (),
    "product show": ("titan",),
    "product edit": ("Titan", "--delivery-days", "21"),
    "product close": ("Titan", "--reason", "sold no more"),
    "product reopen": ("Shut",),
    "product bind": ("Tip", "012345678905", "--pieces", "20"),
    "pack list": ("--product", "Titan"),
    "pack show": ("{pack}",),
    "pack edit": ("{pack}", "--lot", "A-2", "--certificate", "C 7"),
    "pack hold": ("{pack}", "--reason", "wet"),
    "pack release": ("{aside}", "--reason", "dry"),
    "pack write-off": ("{box}", "--pieces", "2", "--reason", "fell"),
    "pack found": ("{box}", "--pieces", "1", "--reason", "behind the shelf"),
    "pack undo": ("{pack}", "--reason", "twice"),
    "read": ("]d201095060001343521728123110A1",),
    "guide": ("--concern", "wrinkles", "--area", "forehead", "--sources"),
    "care": ("after", "--person", "{person}", "--how", "in the room"),
    "report uses": ("--from", "2026-01-01"),
    "report washing": (),
    "report life": (),
    "report stock": ("--csv", "{rows}"),
    "report cost": (),
    "report inspection": ("--from", "2026-01-01", "--place", "Studio", "--pdf", "{page}"),
    "policy show": (),
    "policy set": ("age.days", "30"),
    "export": (),
    "import": ("{table}", "--column", "Ding=name", "--commit"),
    "backup": ("{new}",),
    "restore": ("{backup}",),
    "verify": (),
    "rebuild": (),
}
STATUSES = {"due": 1}
"""Something is overdue there; every other command succeeds."""
READS = {
    "demo": {"path", "rollers"},
    "add": {"codes"},
    "check": {
        "code", "word", "findings", "next_step", "valid_until", "uses", "uses_limit", "replace_on",
        "replace_because", "disinfected_at", "fresh_until",
    },
    "show": {"code", "word", "state", "facts", "history", "first_used", "label_printed_at", "label"},
    "unproven": {"unproven"}, "queue list": {"jobs"}, "printer list": {"printers"},
    "printer find": {"found", "notes"},
    "log": {"entries"}, "list": {"rollers"},
    "due": {"due", "snoozed", "overdue"}, "policy show": {"policy"},
    "person show": {"code", "label", "rests_until", "advised_rests", "sessions", "reactions"},
    "person list": {"persons"}, "operator list": {"operators"}, "bin list": {"bins"},
    "bin show": {"code", "label", "collected_at", "rollers"},
    "doctor all": {"ok", "checks"}, "doctor printer": {"message", "printer", "modules"},
    "doctor scanner": {"message"}, "solution list": {"solutions"}, "export": {"entries"},
    "import": {"rows", "columns", "encoding", "new", "known", "wrong", "committed", "codes"},
    "verify": {"ok", "streams", "events", "fault", "seal", "sealed"},
    "serve": {"address", "link_base", "notes"},
    "count": {"expected", "found", "missing", "unexpected", "unknown", "twice"},
    "read": {"readings"}, "stock": {"stock"}, "next": {"next", "others", "passed"},
    "receive": {"pack", "codes", "message", "warnings"}, "product list": {"products"},
    "product show": {"product", "name", "length"}, "pack list": {"packs"},
    "pack show": {"pack", "lot", "codes"},
    "trace": {"question", "sets", "rows", "solutions"}, "incident list": {"incidents"},
    "incident show": {"code", "cause", "reason", "rollers", "persons", "untold", "closed_at"},
    "guide": {"concern", "area", "together", "never", "rest_days", "yours", "unmeasured"},
    **{f"report {name}": {"report", "from", "to", "rows", "notes", "seal", "written"} for name in REPORTS},
    "report inspection": {"message", "from", "to", "seal"},
    "care": {"which", "title", "lines", "footer", "sources", "written"},
    "phone pair": {"address", "code", "ends_at"}, "phone list": {"phones"},
}  # fmt: skip
DEED = {"deed", "codes", "entries", "at", "message", "warnings"}


def names() -> list[str]:
    """Every command and subcommand of the table."""
    return [deed.words for deed in DEEDS if deed.words]


def add_stock(world: World) -> None:
    """A product whose pieces have codes, one whose pieces have none, and a pack of each."""
    sterile = ("--sterile", "--single-use", "--pack-size", "2", "--length")
    world.done("product", "add", "Titan", *sterile, "0.5")
    world.done("product", "add", "Tip", *sterile, "0.25", "--kind", "cartridge", "--uncoded")
    world.done("product", "add", "Shut", *sterile, "1.5")
    world.done("product", "close", "Shut")
    names = world.names
    names["pack"] = world.done("receive", "Titan", "--scan", f"{BOX}A1", "--compared", "--json").document[
        "pack"
    ]
    names["box"] = world.done("receive", "Tip", "--lot", "T7", "--pieces", "9", "--json").document["pack"]
    names["aside"] = world.done("receive", "Tip", "--lot", "T8", "--json").document["pack"]
    world.done("pack", "hold", "{aside}", "--reason", "wet")
    names["table"] = str(world.folder / "table.csv")
    (world.folder / "table.csv").write_text("Ding;Länge\nabends;0,5\n", "utf-8")
    names["rows"] = str(world.folder / "rows.csv")
    names["scans"] = str(world.folder / "scans.txt")
    (world.folder / "scans.txt").write_text(f"{names['ready']}\n{names['box']}\nnothing\n", "utf-8")


@pytest.fixture(scope="module")
def stocked(template: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world with stock, a phone and an incident, made once."""
    world = copy_of(template, tmp_path_factory.mktemp("stocked"))
    add_stock(world)
    station = open_station(Settings(database=str(world.database)))
    phones.pair(station, phones.begin_pairing(station).code, "mine")
    registering.add(station, {"length": "0.25", "lot": "A-12"})
    world.names["incident"] = recalling.recall(station, Question("lot", "A-12"), "a letter").codes[0]
    station.store.close()
    return world


@pytest.fixture
def world(stocked: World, tmp_path: Path) -> World:
    world = copy_of(stocked, tmp_path)
    world.settings(f'[printers.office]\nplace = "pdf:{tmp_path}"\nmedia = "58mm"\n')
    return world


def test_every_command_of_the_table_is_called_here() -> None:
    missing = set(names()) - set(EXAMPLES)
    assert missing == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_command_speaks_to_people(name: str, world: World) -> None:
    answer = world.done(*name.split(), *EXAMPLES[name], status=STATUSES.get(name, 0))
    assert answer.out.strip()
    assert name == "export" or not answer.out.startswith("{")
    assert world.done("verify").out.startswith("All agree")


@pytest.mark.parametrize(
    "name",
    ["edit", "open", "soak", "done", "quarantine", "release", "retire", "person edit", "person forget",
     "operator edit", "operator close", "operator reopen", "bin edit", "bin close", "bin reopen", "bin into",
     "bin collect", "snooze", "solution edit", "solution discard", "incident close", "product edit",
     "product close", "product reopen", "product bind", "pack edit", "pack hold", "pack release", "pack undo",
     "policy set", "phone revoke"],
)  # fmt: skip
def test_what_is_so_already_is_said_and_not_written_again(name: str, world: World) -> None:
    world.done(*name.split(), *EXAMPLES[name])
    before = world.rows()
    again = world.call(*name.split(), *EXAMPLES[name])
    assert (again.status, again.out) == (2, "")
    assert again.err.count("\n") == 1
    assert world.rows() == before


@pytest.mark.parametrize("name", ["quarantine", "snooze", "pack hold"])
def test_another_reason_for_what_is_so_already_is_written(name: str, world: World) -> None:
    world.done(*name.split(), *EXAMPLES[name])
    before = world.rows()
    refused = world.call(*name.split(), *EXAMPLES[name])
    assert "already" in refused.err
    assert EXAMPLES[name][-1] in refused.err
    world.done(*name.split(), *EXAMPLES[name][:-1], "another one")
    assert world.rows() != before


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_command_answers_with_one_json_document(name: str, world: World) -> None:
    answer = world.done(*name.split(), *EXAMPLES[name], "--json", status=STATUSES.get(name, 0))
    assert answer.document.keys() >= READS.get(name, DEED)
    # What a deed leaves open stands in the document as well as beside it; only these leave something.
    left = answer.document["warnings"] if name in {"incident tell", "incident close"} else []
    assert answer.err == "".join(f"Note: {each}\n" for each in left)
    assert bool(left) is (name in {"incident tell", "incident close"})


@pytest.mark.parametrize("name", [*names(), "", "person", "operator", "bin", "solution", "policy"])
def test_every_command_has_help(name: str, world: World) -> None:
    answer = world.call(*name.split(), "--help")
    assert (answer.status, answer.err) == (0, "")
    assert f"rollertrack {name}".strip() in answer.out
    assert world.call("--database", str(world.database), *name.split(), "--help").status == 0


def test_help_and_version_touch_no_database(tmp_path: Path) -> None:
    world = World(tmp_path)
    for words in (["--help"], ["-h"], ["help"], ["--version"], ["person", "--help"], ["use", "--help"]):
        assert world.done(*words).out
    assert list(tmp_path.iterdir()) == []


def test_add_prints_its_codes_a_line_each_and_as_one_list(world: World) -> None:
    spoken = world.done("add", "--length", "0.5", "--count", "3").out.split("\n")
    assert [len(line) for line in spoken] == [9, 9, 9, 0]
    document = world.done("add", "--length", "0.5", "--count", "3", "--json").document
    assert list(document) == ["codes"]
    assert len(set(document["codes"])) == 3


@pytest.mark.parametrize(
    ("words", "word", "status"),
    [
        (["{ready}"], "USE", 0),
        (["{ready}", "--person", "{person}"], "USE", 0),
        (["{dirty}"], "WASH FIRST", 1),
        (["{soaking}"], "WAIT", 1),
        (["{soaked}"], "WAIT", 1),
        (["{held}"], "STOP", 1),
        (["{sealed}"], "USE", 0),
        (["{ready}", "--at", "{two days ago}"], "WASH FIRST", 1),
    ],
)
def test_check_answers_with_the_word_and_its_status(
    words: list[str], word: str, status: int, world: World
) -> None:
    answer, spoken = world.call("check", *words, "--json"), world.call("check", *words)
    assert (answer.document["word"], answer.status, spoken.status) == (word, status, status)
    assert spoken.out.split("\n")[0][2:].startswith(f"{word}   ")
    for finding in answer.document["findings"]:
        assert set(finding) == {"rule", "word", "message"}
        assert finding["message"] in spoken.out
    assert answer.document["next_step"] in spoken.out
    assert "not medical advice" in spoken.out


@pytest.mark.parametrize("damage", ["a wrong letter", "two swapped", "a letter lost", "not registered"])
def test_an_unknown_or_damaged_code_is_a_stop_and_bad_input(damage: str, world: World) -> None:
    code = world.names["ready"]
    place = next(i for i in range(1, 8) if code[i] != code[i + 1])
    typed = {
        "a wrong letter": code[:4] + ("B" if code[4] != "B" else "D") + code[5:],
        "two swapped": code[:place] + code[place + 1] + code[place] + code[place + 2 :],
        "a letter lost": code[1:],
        "not registered": "RKDTLBNEB",
    }[damage]
    answer, spoken = world.call("check", typed, "--json"), world.call("check", typed)
    assert (answer.status, answer.document["word"]) == (2, "STOP")
    assert spoken.out.startswith("✗ STOP")
    assert spoken.err.startswith("code: ")
    assert spoken.err.count("\n") == 1
    assert answer.document.keys() >= READS["check"]
    if damage == "a wrong letter":
        assert code in answer.document["nearest"]
        assert f"{code[:3]}-{code[3:6]}-{code[6:]}" in spoken.err


@pytest.mark.parametrize("form", ["{0}", "{1}", "  {1} ", "http://10.0.0.7:8765/r/{1}", "HTTP://H/R/{0}\r"])
def test_a_code_is_read_as_typed_shown_or_scanned(form: str, world: World) -> None:
    code = world.names["ready"]
    typed = form.format(code, f"{code[:3]}-{code[3:6]}-{code[6:]}".lower())
    assert world.done("check", typed, "--json").document["code"] == code


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("{two days ago}", None),
        ("2026-01-02T03:04:05+05:45", None),
        ("2026-01-02T03:04:05-23:59:30", None),
        ("2026-01-02 03:04", None),
        ("2026-01-02", "lacks the time of day"),
        ("{in an hour}", "lies in the future"),
        ("2099-01-01T00:00", "lies in the future"),
        ("1999-12-31T23:59", "the year 1999 is out of range"),
        ("yesterday", "is not a moment"),
        ("02.01.2026", "is not a moment"),
        ("2026-13-01", "is not a moment"),
        ("2026-01-02T03:04+25:00", "is not a moment"),
        ("", "is not a moment"),
    ],
)
@pytest.mark.parametrize("command", [["note", "{ready}", "late"], ["check", "{ready}"]])
def test_times_are_read_strictly(at: str, told: str | None, command: list[str], world: World) -> None:
    before = world.rows()
    answer = world.call(*command, "--at", at)
    if told is None:
        assert answer.status < 2
        assert world.call("check", "{ready}").status == 0
    else:
        assert answer.status == 2
        assert answer.err.startswith("at: ")
        assert told in answer.err
        assert world.rows() == before


def test_a_local_time_is_local(world: World) -> None:
    world.run("note", "{ready}", "naive", "--at", "2026-07-01T12:00", more={"TZ": "Asia/Kathmandu"})
    notes = [json.loads(line) for line in world.journal().splitlines() if '"noted"' in line]
    assert [(note["at"], note["data"]["offset"]) for note in notes] == [(1782886500000000, 345)]


def test_done_before_soak_is_the_wrong_order(world: World) -> None:
    answer = world.call("done", "{soaked}", "--at", ago(days=1))
    assert (answer.status, answer.err.split(":")[0]) == (2, "at")


def test_done_before_the_time_is_up_needs_early_and_does_not_count(world: World) -> None:
    before = world.rows()
    refused = world.call("done", "{soaking}")
    assert refused.status == 1
    assert "must soak for another" in refused.err
    assert world.call("done", "{soaking}", "--json").document["exit_status"] == 1
    assert world.rows() == before
    assert "incomplete" in world.done("done", "{soaking}", "--early").out
    assert world.call("check", "{soaking}", "--json").document["word"] == "WASH FIRST"


def test_done_of_several_is_all_or_nothing(world: World) -> None:
    before = world.rows()
    assert world.call("done", "{soaked}", "{soaking}").status == 1
    assert world.rows() == before


def test_a_use_the_gate_refuses_is_logged_only_despite(world: World) -> None:
    before = world.rows()
    refused = world.call("use", "{dirty}", "--ack")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("WASH FIRST: ")
    assert "--despite REASON logs it anyway" in refused.err
    document = world.call("use", "{dirty}", "--json").document
    assert (document["word"], bool(document["findings"])) == ("WASH FIRST", True)
    assert world.rows() == before
    logged = world.done("use", "{dirty}", "--despite", "no other at hand")
    assert logged.err.startswith("Note: Logged against WASH FIRST: ")
    assert "no other at hand" in world.done("log", "{dirty}").out


def test_a_use_with_care_needs_the_acknowledgement(world: World) -> None:
    code = world.done("add", "--length", "1.0").out.strip()
    world.done("disinfect", code, "--agent", "alcohol", "--minutes", "10")
    assert world.done("check", code, "--json").document["word"] == "USE WITH CARE"
    refused = world.call("use", code)
    assert (refused.status, "--ack acknowledges it" in refused.err) == (1, True)
    world.done("use", code, "--ack")
    assert "acknowledged" in world.done("log", code).out


def test_a_use_logs_the_answers_to_the_health_questions_with_it(world: World) -> None:
    world.done("policy", "set", "profile", "clinic")
    world.done("policy", "set", "use.operator", "no")
    person = world.done("person", "add", "--label", "you", "--json").document["code"]
    codes = world.done("add", "--length", "0.25", "--sterile", "--count", "3", "--json").document["codes"]
    call = ("use", codes[0], "--person", person)
    refused = world.call(*call)
    assert refused.status == 1
    assert "never asked" in refused.err
    assert refused.err.endswith(
        "Nothing was logged; --none or --contraindication NAME logs the answers, --ack acknowledges it.\n"
    )
    for wrong in (("--none", "--contraindication", "eczema"), ("--contraindication", "")):
        bad = world.call(*call, *wrong)
        assert (bad.status, bad.err.split(":")[0]) == (2, "contraindication")
    held = ("--contraindication", "Acne", "--contraindication", "eczema")
    unread = world.call(*call, *held)
    assert unread.status == 1
    assert "active acne" in unread.err
    assert "--none" not in unread.err
    assert "asked" not in world.done("log", person).out  # all of it, or nothing of it
    world.done(*call, *held, "--ack")
    assert "asked: active acne, eczema" in world.done("log", person).out
    assert world.call("use", codes[1], "--person", person, "--ack").status == 0  # asked only once


def test_that_nothing_holds_is_answered_with_a_piece_out_of_a_box_too(world: World) -> None:
    world.done("policy", "set", "profile", "clinic")
    world.done("policy", "set", "use.operator", "no")
    person = world.done("person", "add", "--label", "you", "--json").document["code"]
    world.done("product", "add", "tips", "--length", "0.25", "--sterile", "--uncoded")
    world.done("receive", "tips", "--pieces", "2", "--lot", "Q77")
    assert world.call("use", "--pack", "Q77", "--person", person).status == 1
    world.done("use", "--pack", "Q77", "--person", person, "--none")
    assert "asked: nothing holds" in world.done("log", person).out


def test_whose_session_it_is_must_be_said_among_two_and_in_a_clinic(world: World) -> None:
    second = world.done("person", "add", "--label", "you", "--json").document["code"]
    unnamed = world.call("use", "{ready}")
    assert (unnamed.status, unnamed.err.split(":")[0]) == (2, "person")
    world.done("use", "{ready}", "--person", second)
    assert world.call("check", "{ready}", "--person", "{person}", "--json").document["word"] == "STOP"


def test_in_a_clinic_person_and_operator_are_named(world: World) -> None:
    world.done("policy", "set", "profile", "clinic")
    use = ["use", "{sealed}", "--ack"]
    assert world.call(*use).err.split(":")[0] == "person"
    refused = world.call(*use, "--person", "{person}").err
    assert refused.split(":")[0] == "operator"
    assert "`operator list`" in refused
    world.done(*use, "--person", "{person}", "--operator", "{operator}")
    world.settings('operator = "{}"'.format(world.names["operator"]))
    world.done("soak", "{sealed}", "--agent", "alcohol")


def test_a_solution_is_listed_with_what_its_newest_strip_said(world: World) -> None:
    row = world.done("solution", "list").out
    assert "strip" not in row
    for said, verb in (("--pass", "passed"), ("--fail", "failed")):
        world.done("solution", "test", "{solution}", said)
        assert f"strip {verb} " in world.done("solution", "list").out
        assert f"test strip  {verb} " in world.done("show", "{solution}").out
    world.done("solution", "test", "{solution}", "--pass", "--at", "2020-01-01T10:00")
    assert "strip failed " in world.done("solution", "list").out
    assert "test strip  failed " in world.done("show", "{solution}").out


def test_undo_takes_the_session_back_and_redo_brings_it_again(world: World) -> None:
    def sessions() -> int:
        rows = world.done("person", "list", "--json").document["persons"]
        return int(rows[0]["sessions"])

    used = world.done("use", "{ready}", "--json").document["entries"][0]
    assert sessions() == 2
    undone = world.done("undo", "{ready}", "--reason", "wrong roller", "--json").document["entries"][0]
    assert (sessions(), world.call("check", "{ready}").status) == (1, 0)
    again = world.call("undo", "{ready}", "--reason", "twice", "--entry", str(used))
    assert (again.status, again.err.split(":")[0]) == (2, "entry")
    world.done("undo", "{ready}", "--reason", "right after all", "--entry", str(undone))
    assert (sessions(), world.call("check", "{ready}").status) == (2, 1)
    history = world.done("log", "{ready}", "--json").document["entries"]
    assert {entry["entry"] for entry in history if entry["undone"]} == {undone}


def test_list_and_due_agree_with_check(world: World) -> None:
    for row in world.done("list", "--json").document["rollers"]:
        asked = world.call("check", row["code"], "--json").document
        assert (row["uses"], row["replace_on"]) == (asked["uses"], asked["replace_on"])
        assert asked["word"] in {
            "ready": {"USE", "USE WITH CARE", "WAIT"}, "soaking": {"WAIT"}, "take out": {"WAIT"},
            "stop": {"STOP"},
            "dirty": {"WASH FIRST"}, "stale": {"WASH FIRST"}, "new": {"WASH FIRST"},
        }[row["state"]]  # fmt: skip
    lines = world.done("due", "--json", status=1).document["due"]
    assert {(line["code"], line["what"]) for line in lines} >= {
        (world.names["dirty"], "wash"), (world.names["soaking"], "take out"),
    }  # fmt: skip


def test_a_list_without_rollers_says_so(tmp_path: Path) -> None:
    world = World(tmp_path)
    open_station(Settings(database=str(world.database))).store.close()
    assert "`add` registers one" in world.done("list").out
    assert world.done("list", "--json").document == {"rollers": [], "warnings": []}
    assert "Nothing is due" in world.done("due").out
    assert "No roller fits" in world.done("list", "--search", "x").out
    assert "No solutions on record" in world.done("solution", "list").out
