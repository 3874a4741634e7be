"""Labels as files: to a queue of CUPS, to a command, into a folder."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from rollertrack.domain.text import printable
from rollertrack.errors import DeviceFailed
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.files import png, write_whole
from rollertrack.labels.media import Media
from rollertrack.labels.places import FILE, CupsPlace, FolderPlace, Form, PipePlace
from rollertrack.labels.printer import BrokenOff, NotSent, Outcome, Printer, Sent
from rollertrack.labels.printers.alignment import on_paper
from rollertrack.labels.printers.transport import Clock
from rollertrack.wording import discovery as say

_LONGEST = 160
"""Characters of a program's own words that are shown."""
_MOST = 100_000
"""Bytes of them that are looked at."""


class Ended(NamedTuple):
    """How a program ended, and what it wrote to its two outputs."""

    status: int
    said: str
    complained: str

    @property
    def why(self) -> str:
        """Its last words, on one line and without what could act on a terminal."""
        lines = [*self.said.splitlines(), *self.complained.splitlines()]
        shown = (printable(line, "").strip() for line in reversed(lines))
        return next(filter(None, shown), "it does not say why")[:_LONGEST]


def run(words: Sequence[str], given: bytes, timeout: float, *, plain: bool = False) -> Ended:
    """Run a program on some bytes; NotSent when there is none of that name, TimeoutError when it hangs.

    One that hangs is ended with all that it started. `plain` makes it speak English.
    """
    environment = _plainly() if plain else None
    with _outputs() as (said, complained):
        try:
            process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=said, stderr=complained, env=environment,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise NotSent(_not_started(words[0], error)) from None
        with process:
            try:
                process.communicate(given, timeout)
            except subprocess.TimeoutExpired:
                raise TimeoutError from None
            finally:
                _end(process)
        return Ended(process.returncode, _text(said), _text(complained))


def _plainly() -> dict[str, str]:
    # CUPS takes its language from these two before LC_ALL.
    kept = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "SOFTWARE")}
    return {**kept, "LC_ALL": "C"}


@contextmanager
def _outputs() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    # Files, not pipes: a program left in the background may hold a pipe open for ever.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        yield said, complained


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that still runs, and what it started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _not_started(program: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return say.no_program(program)
    return f"{program} cannot be run: {(error.strerror or str(error)).lower()}"


def _text(output: IO[bytes]) -> str:
    output.seek(0)
    return output.read(_MOST).decode("utf-8", "replace")


# Through its own programs: pycups has no wheel and needs a compiler and the headers of CUPS.
_LP, _LPSTAT = "lp", "lpstat"
_TRUE_SIZE = "print-scaling=none"
_SCALES = re.compile("print-scaling|fit-to-page|fitplot|scaling|natural-scaling|ppi")
_TITLE = "RollerTrack label"
_SPEED = 2_000
"""Bytes of a picture a second; some programs end only when the label is out, so a large one gets longer."""
_REQUEST = re.compile(r"request id is (\S+)")
_NUMBER = re.compile(r"label-(\d+)\.")


FilesPlace = CupsPlace | PipePlace | FolderPlace
"""A printer, or what stands for one, that takes files."""


def hand_over(
    printer: Printer, place: FilesPlace, pictures: Sequence[Bitmap], media: Media, timeout: float, start: int
) -> Outcome:
    """Make files of the pictures and hand them over; `start` is the first free position of a sheet.

    A program has `timeout` seconds for each file, and more for a large one.
    """
    wished = Form.PNG if isinstance(place, CupsPlace) else place.form
    form, files = _documents(printer, pictures, media, wished, start)
    dots = sum(len(picture.rows) for picture in pictures)
    limit = timeout + dots / len(files) / _SPEED
    match place:
        case CupsPlace():
            if printer.is_asked and shutil.which(_LPSTAT) is not None:
                # lp hands labels to a stopped queue too, and there they lie.
                _ask_queue(place, timeout)
            return _to_queue(place, files, limit)
        case PipePlace():
            return _to_command(place, form, files, limit)
        case FolderPlace():
            return _to_folder(place, form, files)


def stands(place: FilesPlace, clock: Clock) -> str:
    """How a place that takes files stands, in one sentence; NotSent says why it takes none."""
    match place:
        case CupsPlace():
            return _queue_stands(place, clock)
        case PipePlace():
            return _command_stands(place)
        case FolderPlace():
            return _folder_stands(place)


def _to_queue(place: CupsPlace, files: Sequence[bytes], limit: float) -> Outcome:
    """Hand each file to a queue of CUPS; SENT names the job it became."""
    # Unless told otherwise CUPS may shrink a picture to the page, and labels would miss their places.
    asked = (
        place.options
        if any(_SCALES.match(option) for option in place.options)
        else (*place.options, _TRUE_SIZE)
    )
    options = [word for option in asked for word in ("-o", option)]
    said = _each(files, lambda file: _lp(["-d", place.queue, "-t", _TITLE, *options], file, limit))
    job = _REQUEST.search(said)
    took = f"CUPS took it as {job[1]}" if job else "CUPS took it"
    return Outcome(Sent.SENT, f"{took} and does not say whether it printed")


def _to_command(place: PipePlace, form: Form, files: Sequence[bytes], limit: float) -> Outcome:
    """Run the command on each file; SENT once it ended well each time."""
    _each(files, lambda file: _command(place, form, file, limit))
    return Outcome(Sent.SENT, "its command ended well and does not say whether it printed")


def _to_folder(place: FolderPlace, form: Form, files: Sequence[bytes]) -> Outcome:
    """Write each file into the folder under a new name; SENT names the last one."""
    written = _each(files, lambda file: _new_file(place.folder, form, file))
    return Outcome(Sent.SENT, f"written to {written}; a file is not yet a label")


def _queue_stands(place: CupsPlace, clock: Clock) -> str:
    """What CUPS says of a queue, in one sentence; NotSent when it would not print a label."""
    if shutil.which(_LPSTAT) is None:
        raise NotSent(say.NO_CUPS)
    said = _ask_queue(place, clock.left())
    return "printing" if "now printing" in said else "ready, as far as CUPS knows"


def _ask_queue(place: CupsPlace, timeout: float) -> str:
    """What lpstat says of a queue; NotSent when there is none of that name, or it is stopped or refuses."""
    queue = place.queue
    ended = run([_LPSTAT, "-p", queue, "-a", queue], b"", timeout, plain=True)
    if ended.status:
        raise NotSent(f"CUPS knows no queue {queue}: {ended.why}")
    if stopped := _STOPPED(queue).search(ended.said):
        raise NotSent(f"CUPS has stopped the queue{_reason(stopped[1])}; cupsenable {queue} is right")
    if refusing := _REFUSING(queue).search(ended.said):
        raise NotSent(f"CUPS takes nothing for the queue{_reason(refusing[1])}; cupsaccept {queue} is right")
    return ended.said


def _line_of(words: str) -> Callable[[str], re.Pattern[str]]:
    """A line of lpstat on a queue, with the reason that it indents below."""
    return lambda queue: re.compile(
        rf"^{words.format(re.escape(queue))}\b[^\n]*(?:\n[ \t]+(\S[^\n]*))?", re.MULTILINE
    )


_STOPPED, _REFUSING = _line_of("printer {} disabled"), _line_of("{} not accepting requests")


def _reason(said: str | None) -> str:
    reason = printable(said or "", "").strip()[:_LONGEST]
    return f" ({reason})" if reason and reason != "reason unknown" else ""


def _command_stands(place: PipePlace) -> str:
    """Whether the program of a command is there; NotSent when it is not."""
    program = place.words[0]
    if shutil.which(program) is None:
        raise NotSent(say.no_program(program))
    return f"{program} is installed; whether its printer is ready is not known"


def _folder_stands(place: FolderPlace) -> str:
    """Whether a folder takes files; NotSent says why not."""
    if not place.folder.is_dir():
        raise NotSent("there is no such folder" if not place.folder.exists() else "it is not a folder")
    try:
        tempfile.TemporaryFile(dir=place.folder).close()
    except OSError as error:
        raise NotSent(f"nothing can be written there: {(error.strerror or str(error)).lower()}") from None
    return "ready"


def _each(files: Sequence[bytes], hand_over: Callable[[bytes], str]) -> str:
    """Hand over file after file; after a failure in the middle the sentence says how many went out."""
    said = ""
    for done, file in enumerate(files):
        try:
            said = hand_over(file)
        except (DeviceFailed, OSError) as error:
            if not done:
                raise
            why = error.message if isinstance(error, DeviceFailed) else error.strerror or str(error)
            raise BrokenOff(f"{why}; {done} of {len(files)} went out before") from error
    return said


def _lp(words: Sequence[str], file: bytes, limit: float) -> str:
    if shutil.which(_LP) is None:
        raise NotSent(say.NO_CUPS)
    ended = _run([_LP, *words], file, limit, plain=True)
    if ended.status:
        raise NotSent(f"CUPS refused it: {ended.why}")
    return ended.said


def _command(place: PipePlace, form: Form, file: bytes, limit: float) -> str:
    words = place.words
    if not any(FILE in word for word in words):
        return _run_command(words, file, limit)
    with tempfile.TemporaryDirectory(prefix="rollertrack-") as folder:
        path = Path(folder) / f"label.{form}"
        path.write_bytes(file)
        return _run_command([word.replace(FILE, str(path)) for word in words], b"", limit)


def _run_command(words: Sequence[str], given: bytes, limit: float) -> str:
    ended = _run(words, given, limit)
    if ended.status:
        why = f"{words[0]} failed with status {ended.status}: {ended.why}"
        raise BrokenOff(f"{why}; part of it may be printed")
    return ended.said


def _run(words: Sequence[str], given: bytes, limit: float, *, plain: bool = False) -> Ended:
    try:
        return run(words, given, limit, plain=plain)
    except TimeoutError:
        raise BrokenOff(
            f"{words[0]} did not end (waited {limit:.3g} s) and was stopped; part of it may be printed"
        ) from None


def _new_file(folder: Path, form: Form, file: bytes) -> str:
    if not folder.is_dir():
        raise NotSent("there is no such folder")
    path = _free_name(folder, form)
    try:
        # The name was taken just now; who empties the folder may be another user.
        write_whole(path, file, force=True)
    except DeviceFailed as error:
        path.unlink(missing_ok=True)
        raise NotSent(error.message) from None
    return path.name


def _free_name(folder: Path, form: Form) -> Path:
    """The next name in the folder, taken at once, so that no other station can take it too."""
    known = [found for each in folder.iterdir() if (found := _NUMBER.match(each.name))]
    number = max((int(found[1]) for found in known), default=0)
    while True:
        number += 1
        path = folder / f"label-{number:04}.{form}"
        with suppress(FileExistsError):
            path.open("xb").close()
            return path


def _documents(
    printer: Printer, pictures: Sequence[Bitmap], media: Media, form: Form, start: int
) -> tuple[Form, list[bytes]]:
    """The files to hand over, and of which form they are: a sheet of labels is a PDF whatever was wished.

    `start` is the first free position of the sheet.
    """
    if form is Form.PNG and media.grid is None:
        return form, [png(picture, media.dpi) for picture in on_paper(printer, pictures, media)]
    # Its PDF writer is not needed for labels that go out one by one.
    from rollertrack.labels.pages.sheet import pdf

    offset = (printer.offset_x, printer.offset_y)
    return Form.PDF, [pdf(pictures, media, start=start, offset=offset, scale=printer.scale)]
