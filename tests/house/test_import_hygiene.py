"""What a fresh interpreter loads: static contracts cannot see imports made while running."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "PIL", "qrcode", "escpos", "biip", "icalendar", "reportlab")
REPORTS = (
    "rollertrack.reports", "rollertrack.services.guiding", "rollertrack.services.caring",
    "rollertrack.services.reporting", "rollertrack.services.inspecting", "rollertrack.services.sealing",
    "rollertrack.services.care_papers", "rollertrack.services.spans",
    "rollertrack.domain.guide_table", "rollertrack.domain.guidance", "rollertrack.domain.care",
    "rollertrack.domain.reports", "rollertrack.domain.seal",
)  # fmt: skip
"""What is told of the guide, of care and in reports: no gate and no first screen waits for it."""
PAGES = ("starlette", "uvicorn", "jinja2", "h11", "rollertrack.phone")
DRIVERS = ("psycopg", "psycopg2", "pymysql", "MySQLdb", "pysqlite3")


def loaded_after(code: str, names: tuple[str, ...]) -> list[str]:
    """Which of the modules a fresh interpreter holds after running some code."""
    report = f"import sys\n{code}\nprint([n for n in {names!r} if sys.modules.get(n) is not None])"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    found: list[str] = eval(done.stdout.strip().splitlines()[-1])
    return found


def test_the_package_itself_imports_nothing() -> None:
    assert loaded_after("import rollertrack", ("argparse", "sqlite3", "peewee", *HEAVY)) == []


@pytest.mark.parametrize(
    "words",
    [["--version"], ["check", "RKDTLBNEB"], ["list"], ["use", "RKDTLBNEB"], ["stock"], ["product", "list"]],
)
def test_a_command_loads_no_screen_no_picture_and_no_printer(words: list[str], tmp_path: Path) -> None:
    database = str(tmp_path / "station.db")
    call = ["--database", database, *words] if words != ["--version"] else words
    assert (
        loaded_after(f"from rollertrack.cli.main import main; main({call!r})", HEAVY + DRIVERS + PAGES) == []
    )


@pytest.mark.parametrize("words", [["guide"], ["care", "after"], ["report", "uses"], ["verify"]])
def test_what_is_told_on_a_terminal_loads_no_library_of_paper(words: list[str], tmp_path: Path) -> None:
    call = ["--database", str(tmp_path / "station.db"), *words]
    main = "from rollertrack.cli.main import main"
    code = f"{main}; main({[*call[:2], 'add', '--length', '0.2']!r}); main({call!r})"
    assert loaded_after(code, HEAVY) == []


@pytest.mark.parametrize("words", [["check", "RKDTLBNEB"], ["use", "RKDTLBNEB"], ["list"]])
def test_the_gate_loads_nothing_of_reports(words: list[str], tmp_path: Path) -> None:
    call = ["--database", str(tmp_path / "station.db"), *words]
    assert loaded_after(f"from rollertrack.cli.main import main; main({call!r})", REPORTS) == []


STORE = ("sqlite3", "peewee", "rollertrack.store", "rollertrack.services", "rollertrack.domain.events")
SLOW = ("dataclasses", "inspect", "logging", "socket", "uuid", "secrets", "pathlib", "json", "decimal")


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["person", "--help"], ["chek"]])
def test_what_needs_no_arguments_reads_none(words: list[str]) -> None:
    names = ("argparse", "rollertrack.cli.context", *STORE, *SLOW)
    assert loaded_after(f"from rollertrack.cli.main import main; main({words!r})", names) == []


@pytest.mark.parametrize("words", [["check"], ["check", "--help"], ["use", "--persn", "x"]])
def test_a_usage_error_loads_neither_the_store_nor_the_rules(words: list[str]) -> None:
    names = ("rollertrack.cli.context", *STORE, *SLOW)
    assert loaded_after(f"from rollertrack.cli.main import main; main({words!r})", names) == []


WRITING = (
    "rollertrack.store.writing", "rollertrack.store.derived", "rollertrack.store.recalculation",
    "rollertrack.store.copies", "rollertrack.store.holder", "rollertrack.services.labels",
    "rollertrack.settings_file", "rollertrack.domain.incident", "rollertrack.domain.solution", "calendar",
)  # fmt: skip
"""What only writes, prints or repairs."""


def test_a_check_builds_no_query_generates_no_class_and_loads_nothing_that_writes(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "rollertrack", "--database", str(tmp_path / "station.db")]
    done = subprocess.run([*program, "add", "--length", "0.2"], capture_output=True, text=True, check=True)
    call = [*program[3:], "check", done.stdout.strip()]
    names = (*SLOW[:6], "peewee", "platformdirs", "shutil", "hashlib", *WRITING, "argparse", "sqlite3")
    found = loaded_after(f"from rollertrack.cli.main import main; main({call!r})", names)
    assert found == ["argparse", "sqlite3"]


def test_the_terminal_app_loads_no_picture_and_no_printer() -> None:
    code = "import rollertrack.tui.app"
    names = (
        "PIL",
        "qrcode",
        "escpos",
        "biip",
        "icalendar",
        "reportlab",
        "rollertrack.domain.demand",
        "rollertrack.services.products",
    )
    assert loaded_after(code, (*names, *DRIVERS, *PAGES, *REPORTS)) == []


@pytest.mark.parametrize("module", ["tables", "queries", "print_queue", "upkeep"])
def test_a_driver_of_another_database_is_not_loaded_even_when_it_is_installed(
    module: str, tmp_path: Path
) -> None:
    (tmp_path / "psycopg2.py").write_text("raise SystemExit('psycopg2 was imported')")
    code = f"sys.path.insert(0, {str(tmp_path)!r}); import rollertrack.store.{module}"
    assert loaded_after(code, ("peewee", "psycopg2")) == ["peewee"]


def test_importing_any_module_has_no_effect_on_disk_or_streams(tmp_path: Path) -> None:
    root = Path(__file__).parents[2] / "rollertrack"
    modules = [
        ".".join(path.relative_to(root.parent).with_suffix("").parts)
        for path in sorted(root.rglob("*.py"))
        if path.stem.isidentifier() and path.stem != "__main__"
    ]
    code = "import importlib\n" + "\n".join(f"importlib.import_module({name!r})" for name in modules)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=tmp_path, env={"HOME": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []
