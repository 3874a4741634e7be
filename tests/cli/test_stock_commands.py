"""Stock on the command line: a box with two calls, what to open, what to order, and every bad input."""

import json
from pathlib import Path

import pytest
from harness.command_calls import World, ago, copy_of

GTIN = "09506000134352"
BOX = f"]d201{GTIN}17351231"
FACTS = ("--length", "0.5", "--sterile", "--single-use", "--pack-size", "10")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Three products and no pack, made once."""
    world = World(tmp_path_factory.mktemp("stocked"))
    world.done("add", "--length", "0.25")
    world.names["me"] = world.done("person", "list", "--json").document["persons"][0]["code"]
    world.done("product", "add", "Titan 192", *FACTS, "--at", ago(days=200))
    world.done("product", "add", "Crown 540", "--length", "0.25")
    world.done("product", "bind", "Crown 540", "012345678905")
    tip = ("--length", "1.5", "--kind", "cartridge", "--sterile", "--single-use", "--uncoded")
    world.done("product", "add", "Pen tip", *tip)
    return world


@pytest.fixture
def world(stocked: World, tmp_path: Path) -> World:
    return copy_of(stocked, tmp_path)


def receive(world: World, *words: str) -> str:
    """The pack that came."""
    return str(world.done("receive", *words, "--json").document["pack"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scan", "]d201095060001343531728123110A1"],
         "barcode: the check digit of 09506000134353 does not fit; scan it again or type it from the pack"),
        (["--scan", f"01{GTIN}17281301"], "barcode: 28-13-01 is no date"),
        (["--scan", f"01{GTIN}17280231"], "barcode: 28-02-31 is no date"),
        (["Titan 192", "--scan", f"{BOX}10A123421S0001", "--compared"],
         "lot: it may be A123421S0001, or A1234 + serial S0001; give --lot as the pack reads"),
        (["Titan 192", "--scan", f"{BOX}10A1"],
         "lot: the barcode says A1; give --compared if the pack reads the same, else --lot"),
        (["Titan 192", "--scan", "012345678905", "--lot", "A"],
         "barcode: belongs to Crown 540; receive that, or `product bind`"),
        (["--scan", f"{BOX}10A1", "--lot", "A1"], "product: this barcode is not known yet"),
        (["--lot", "A1"], "product: name the product that came, or scan its box"),
        (["Titan 129", "--lot", "A1"], "product: “Titan 129” is not known; did you mean Titan 192?"),
        (["Titan 192", "--scan", f"]d201{GTIN}3050\x1d10A1", "--lot", "A1"],
         "pieces: the barcode says 50, and 10 are usual of Titan 192; give --pieces"),
        (["Titan 192", "--scan", f"]d201{GTIN}112701011726010110A1", "--compared"],
         "expiry: 1 Jan 2026 lies before 1 Jan 2027, when it was made; compare"),
        (["Titan 192", "--expiry", "2090-12"], "expiry: 31 Dec 2090 is more than 15 years ahead; compare"),
        (["Titan 192", "--expiry", "soon"], "expiry: “soon” is not a date"),
        *((["Titan 192", f"--pieces={text}"], "1 to 1,000 is right")
          for text in ("0", "-1", "1.5", "1000000000", "ten", "1001")),
        *((["Titan 192", f"--price={text}"], "price: ") for text in ("12,9,0", "-1", "NaN", "1.299")),
        (["Titan 192", "--currency", "Euro", "--price", "1"], "currency: “Euro” is no currency"),
        (["Titan 192", "--lot", "A\u202e1"], "lot: holds the invisible character U+202E"),
        (["Titan 192", "--lot", "A" * 81], "lot: has 81 characters"),
    ],
)  # fmt: skip
def test_a_receipt_that_cannot_be_is_one_sentence_and_writes_nothing(
    words: list[str], said: str, world: World
) -> None:
    before = world.journal()
    answer = world.call("receive", *words)
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert said in answer.err
    assert world.call("receive", *words, "--json").document["exit_status"] == 2
    assert world.journal() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "TITAN 192", *FACTS], "name: is taken by Titan 192"),
        (["add", "Titan 192 ", *FACTS], "name: is taken by Titan 192"),
        (["add", "Ｔｉｔａｎ　１９２", *FACTS], "name: is taken by Titan 192"),
        (["add", "Tit\u200ban", *FACTS], "name: holds the invisible character U+200B"),
        (["add", "Bare"], "length: a roller needs its needle length"),
        (["add", "Long", "--length", "9"], "length: “9” is out of range"),
        (["add", "X", "--length", "1", "--delivery-days", "999"], "delivery-days: 999 is out of range"),
        (["edit", "Titan 192"], "edit: nothing to change was given"),
        (["edit", "Nobody", "--price", "1"], "product: “Nobody” is not known"),
        (["bind", "Titan 192", "hello"], "barcode: not a barcode that RollerTrack reads"),
        (["bind", "Titan 192", "012345678905"], "barcode: belongs to Crown 540"),
        (["bind", "Titan 192", "1728123110A1"], "barcode: names no product"),
        (["show", "M·BTJ-NPF-SS"], "product: no product is registered under M·BTJ-NPF-SS"),
    ],
)
def test_a_product_that_cannot_be_is_one_sentence_and_writes_nothing(
    words: list[str], said: str, world: World
) -> None:
    before = world.journal()
    answer = world.call("product", *words)
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert said in answer.err
    assert world.journal() == before


def test_needles_that_rollers_carry_are_not_changed(world: World) -> None:
    receive(world, "Titan 192", "--lot", "A1", "--pieces", "28")
    answer = world.call("product", "edit", "Titan 192", "--length", "0.3")
    assert answer.status == 2
    assert answer.err == "length: 28 rollers carry 0.50 mm; make a new product\n"


def test_the_readings_are_shown_to_whoever_must_choose(world: World) -> None:
    answer = world.call("receive", "Titan 192", "--scan", f"{BOX}10A123421S0001")
    assert "lot A1234 · serial S0001" in answer.out


def test_a_box_prints_its_codes_and_the_labels_wait_for_their_printer(world: World, tmp_path: Path) -> None:
    world.settings(f'[printers.office]\nplace = "pdf:{tmp_path / "nowhere"}"\nmedia = "58mm"\n')
    said = world.done("receive", "Titan 192", "--scan", f"{BOX}10A1", "--compared", "--pieces", "3")
    assert said.out.startswith("Received 3 pieces of Titan 192: lot A1, until 31 Dec 2035.")
    codes = said.out.split()[-3:]
    assert all(world.done("check", code).out.startswith("✓ USE") for code in codes)
    (tmp_path / "nowhere").mkdir()
    printed = world.done("receive", "Titan 192", "--lot", "A2", "--pieces", "2", "--printer", "office")
    assert "2 labels" in printed.out
    assert len(world.done("queue", "--json").document["jobs"]) == 2


def test_a_printer_or_paper_that_is_not_known_is_refused_before_the_box_is_taken_in(
    world: World, tmp_path: Path
) -> None:
    world.settings(f'[printers.office]\nplace = "pdf:{tmp_path}"\n[printers.desk]\nplace = "tcp://h"\n')
    before = world.journal()
    for words, said in (
        (("--printer", "nope"), "printer: “nope” is not known"),
        (("--printer", "office", "--media", "nope"), "media: "),
        (("--media", "58mm"), "printer: name one of office, desk"),
        (("--printer", "desk", "--media", "l7651"), "media: l7651 is a sheet"),
    ):
        for more in ((), ("--json",)):
            answer = world.call("receive", "Titan 192", "--lot", "A1", *words, *more)
            assert answer.status == 2
            assert answer.err.startswith(said)
    assert world.journal() == before


def test_a_box_stays_received_and_told_where_its_labels_cannot_be_printed(
    world: World, tmp_path: Path
) -> None:
    world.settings(f'[printers.office]\nplace = "pdf:{tmp_path / "nowhere"}"\nmedia = "58mm"\n')
    words = ("receive", "Titan 192", "--lot", "A1", "--pieces", "2", "--printer", "office")
    said = world.call(*words, "--json")
    assert said.status == said.document["exit_status"] == 3
    assert said.document["error"].startswith("The box is received, do not enter it again; but its labels: ")
    assert len(said.document["codes"]) == 2
    told = world.call(*words)
    assert told.status == 3
    assert "do not enter it again" in told.err
    assert all(world.done("show", code) for code in told.out.split()[-2:])
    (tmp_path / "nowhere").mkdir()
    assert "2 labels" in world.done("queue", "retry").out
    assert "labels" in world.done(*words, "--json").document


def test_labels_of_pieces_without_codes_are_not_printed_in_silence(world: World, tmp_path: Path) -> None:
    world.settings(f'[printers.office]\nplace = "pdf:{tmp_path}"\nmedia = "58mm"\n')
    answer = world.done("receive", "Pen tip", "--lot", "T7", "--printer", "office")
    assert "no label was printed now" in answer.err


def test_a_box_of_more_labels_than_one_order_holds_prints_them_all(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rollertrack.services.labels.labelling.MOST_LABELS", 2)
    world.settings(f'[printers.office]\nplace = "pdf:{tmp_path}"\nmedia = "58mm"\n')
    world.done("receive", "Titan 192", "--lot", "A1", "--pieces", "5", "--printer", "office")
    jobs = world.done("queue", "--json").document["jobs"]
    assert len({job["code"] for job in jobs}) == 5


def test_an_expired_box_is_taken_in_with_a_word(world: World) -> None:
    answer = world.done("receive", "Titan 192", "--lot", "A1", "--expiry", "2020-01")
    assert "It has expired: every piece of it is STOP" in answer.err


@pytest.mark.parametrize("spoil", ["empty", "held", "expired", "coded"])
def test_a_piece_that_must_not_be_used_is_a_stop(spoil: str, world: World) -> None:
    expiry = ("--expiry", "2020-01") if spoil == "expired" else ()
    product = "Titan 192" if spoil == "coded" else "Pen tip"
    pack = receive(world, product, "--lot", "T7", "--pieces", "1", *expiry)
    if spoil == "empty":
        world.done("use", "--pack", pack, "--person", "{me}", "--ack")
    elif spoil == "held":
        world.done("pack", "hold", pack, "--reason", "wet")
    before = world.journal()
    words = ("use", "--pack", pack, "--person", "{me}", "--ack")
    answer = world.call(*words, "--json")
    assert (answer.status, answer.document["word"]) == (1, "STOP")
    told = {
        "empty": "empty since",
        "held": "put aside: wet",
        "expired": "expired on",
        "coded": "of their own",
    }
    assert told[spoil] in answer.document["error"]
    assert world.journal() == before
    used = world.done(*words, "--despite", "so it was", "--json").document
    assert world.done("log", used["code"]).out.count("used") >= 1
    assert world.done("verify").out.startswith("All agree")


def test_a_use_names_a_roller_or_a_box_and_not_both(world: World) -> None:
    for words in ((), ("RKDTLBNEB", "--pack", "T7")):
        answer = world.call("use", *words)
        assert answer.status == 2
        assert answer.err.startswith("code: name the roller by its code, or with --pack")


def test_low_stock_is_status_one_and_says_why(world: World) -> None:
    receive(world, "Titan 192", "--lot", "A1", "--pieces", "20", "--at", ago(days=120))
    codes = [row["code"] for row in world.done("list", "--search", "Titan", "--json").document["rollers"]]
    assert world.call("stock", "--low").status == 0
    for place, code in enumerate(codes[:14]):
        world.done("open", code, "--at", ago(days=1 + 6 * place))
    world.done("product", "edit", "Titan 192", "--delivery-days", "21")
    answer = world.call("stock", "--low")
    assert answer.status == 1
    assert "6 sealed, order point" in answer.out
    assert "Order now: the last safe day was" in answer.out
    assert "14 taken in 91 days; the last 4 weeks 5" in answer.out
    (row,) = world.call("stock", "--low", "--json").document["stock"]
    assert (row["low"], row["advice"], row["taken"], row["sealed"]) == (True, "order now", 14, 6)
    world.done("order", "Titan 192", "--pieces", "40", "--expected", "2099-01-31")
    assert world.call("stock", "--low").status == 0
    world.done("order", "end", "Titan 192", "--reason", "sold out")
    assert world.call("stock", "--low").status == 1


def test_too_few_to_forecast_says_so(world: World) -> None:
    receive(world, "Titan 192", "--lot", "A1", "--at", ago(days=40))
    for row in world.done("list", "--search", "Titan", "--json").document["rollers"][:2]:
        world.done("open", row["code"])
    assert "Too few to forecast (2 in 91 days)" in world.done("stock", "--product", "Titan 192").out


def test_next_names_the_piece_and_why_and_is_status_one_without_one(world: World) -> None:
    assert world.call("next", "Titan 192").status == 1
    receive(world, "Titan 192", "--lot", "late", "--expiry", "2035-01", "--pieces", "1")
    receive(world, "Titan 192", "--lot", "soon", "--expiry", "2034-01", "--pieces", "1")
    receive(world, "Titan 192", "--lot", "old", "--expiry", "2020-01", "--pieces", "1")
    answer = world.done("next", "Titan 192")
    assert "(lot soon, until 31 Jan 2034): it expires first." in answer.out
    assert "lot old, until 31 Jan 2020: no longer good." in answer.out


@pytest.mark.parametrize("words", [("Titan 192",), ("end",), ("a", "b"), ("end", "Titan 192")])
def test_an_order_that_names_too_little_is_bad_input(words: tuple[str, ...], world: World) -> None:
    answer = world.call("order", *words)
    assert (answer.status, answer.err.count("\n")) == (2, 1)


def test_a_count_tells_apart_what_it_saw_and_writes_only_when_told(world: World, tmp_path: Path) -> None:
    pack = receive(world, "Titan 192", "--lot", "A1", "--pieces", "3")
    codes = world.done("pack", "show", pack, "--json").document["codes"]
    other = world.done("list", "--search", "0.25", "--json").document["rollers"]
    scans = tmp_path / "scans.txt"
    me = world.names["me"]
    scans.write_bytes(
        b"\n".join([*[codes[0].encode()] * 9, b"\xff\x00 garbage", me.encode(), b"", b"4006381333931"])
    )
    before = world.journal()
    answer = world.done("count", "--scanned", str(scans), "--json").document
    assert (answer["found"], answer["expected"], answer["missing"]) == (1, 3, sorted(codes[1:]))
    assert (answer["other"], answer["twice"], len(answer["unknown"])) == ([me], [codes[0]], 2)
    assert world.journal() == before
    assert other == []
    assert "Nothing was written; --commit" in world.done("count", "--scanned", str(scans)).out
    world.done("count", "--scanned", str(scans), "--commit")
    (entry,) = [json.loads(line) for line in world.journal().splitlines() if '"counted"' in line]
    assert (entry["data"]["expected"], entry["data"]["found"]) == (3, 1)
    assert world.done("verify").out.startswith("All agree")


@pytest.mark.parametrize("name", ["nowhere.txt", ".", "/dev/zero"])
def test_scans_that_cannot_be_read_are_a_sentence(name: str, world: World) -> None:
    receive(world, "Titan 192", "--lot", "A1")
    answer = world.call("count", "--scanned", name)
    assert answer.status == 2
    assert answer.err.startswith("scanned: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_count_that_is_written_and_not_told_is_done(world: World, tmp_path: Path) -> None:
    (tmp_path / "scans").write_text("nothing")
    for more, said in (((), "The answer"), (("--commit",), "It is done, but the answer")):
        with Path("/dev/full").open("w") as full:
            found = world.run("count", "--scanned", str(tmp_path / "scans"), *more, out=full.fileno())
        assert (found.status, found.err.startswith(said)) == (4, True)


def test_only_the_ends_of_lines_part_scans(world: World, tmp_path: Path) -> None:
    receive(world, "Pen tip", "--scan", f"]d201{GTIN}10T7\x1d21S1", "--compared")
    code = world.done("list", "--json").document["rollers"][0]["code"]
    path = tmp_path / "scans"
    path.write_bytes(f"]d201{GTIN}10T7\x1d21S1\r\n{code}\0x\rab\x85\u2028c\n".encode())
    found = world.done("count", "--scanned", str(path), "--json").document
    # Signs that nobody sees are not shown.
    assert (found["found"], found["unknown"]) == (1, [f"{code}␀x", "abc"])


def test_a_pack_is_named_by_its_lot_where_only_one_carries_it(world: World) -> None:
    pack = receive(world, "Titan 192", "--lot", "A-1")
    assert world.done("pack", "show", "a1", "--json").document["lot"] == "A-1"
    receive(world, "Titan 192", "--lot", "A 1")
    answer = world.call("pack", "show", "A1")
    assert answer.status == 2
    assert f"{pack[0]}·{pack[1:4]}-{pack[4:7]}-{pack[7:]}" in answer.err
    assert world.call("pack", "show", "Z9").err.startswith("pack: “Z9” is neither a pack nor its lot")


def test_what_people_typed_is_data_and_no_order_to_a_terminal_or_a_spreadsheet(world: World) -> None:
    world.done("product", "add", "=cmd|'x' [red]", "--length", "1")
    receive(world, "=cmd|'x' [red]", "--lot", "[/]", "--supplier", "=1+1")
    assert "=cmd|'x' [red]" in world.done("stock").out
    assert world.call("product", "add", "a\x1b[31m", "--length", "1").status == 2
