"""Labels to a file: a picture, a sheet to print, or the very bytes of a print job."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from pathlib import Path

from rollertrack.domain.print_jobs import check_copies
from rollertrack.errors import BadInput, DeviceFailed, FileThere
from rollertrack.files import written_beside
from rollertrack.labels.bitmap import Bitmap, strip
from rollertrack.labels.media import Media

PRIVATE = 0o600
"""The rights of a new file: a label says what somebody uses on their skin."""
_STRIP_GAP_MM = 3.0
_MAY_WRITE = 0o222
_DATABASE = b"SQLite format 3\0"
_WRITE_AHEAD = {bytes.fromhex("377f0682"), bytes.fromhex("377f0683")}
_ROLLBACK = bytes.fromhex("d9d505f920a163d7")


def write(
    path: Path, bitmaps: Sequence[Bitmap], media: Media, copies: int = 1, start: int = 1, *,
    force: bool = False,
) -> None:  # fmt: skip
    """Write labels to a file whose suffix says how.

    `.png` is one strip, as it would come off a roll; `.pdf` is pages at true size, from the `start`-th
    place of a sheet on; `.bin` is the bytes for an ESC/POS printer. The copies of one label come together.
    Raises BadInput for another suffix and for copies that cannot be, and as `write_whole` does.
    """
    check_copies(copies)
    form = form_of(path)
    write_whole(path, form([each for each in bitmaps for _ in range(copies)], media, start), force=force)


Form = Callable[[Sequence[Bitmap], Media, int], bytes]


def form_of(path: Path) -> Form:
    """What turns labels into the bytes of a file of that suffix; BadInput lists the known ones."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise BadInput("to", f"{path.name!r} has no known ending; {', '.join(_FORMS)} are right")
    return form


def png(bitmap: Bitmap, dpi: int) -> bytes:
    """The picture as a PNG that knows how large it is."""
    from rollertrack.labels.raster import to_image

    file = BytesIO()
    to_image(bitmap).save(file, "PNG", dpi=(dpi, dpi))
    return file.getvalue()


def _png(bitmaps: Sequence[Bitmap], media: Media, start: int) -> bytes:  # noqa: ARG001 - one shape for all
    return png(strip(bitmaps, media.dots(_STRIP_GAP_MM)), media.dpi)


def _pdf(bitmaps: Sequence[Bitmap], media: Media, start: int) -> bytes:
    from rollertrack.labels.pages.sheet import pdf

    return pdf(bitmaps, media, start=start)


def _bin(bitmaps: Sequence[Bitmap], media: Media, start: int) -> bytes:  # noqa: ARG001 - as above
    from rollertrack.labels.printers.alignment import turned
    from rollertrack.labels.printers.escpos import encode

    return encode([turned(each) if media.turned else each for each in bitmaps])


_FORMS: dict[str, Form] = {".png": _png, ".pdf": _pdf, ".bin": _bin}


def check_target(path: Path, *, field: str = "to", force: bool = False) -> None:
    """Refuse a name that no file of the user's may be written under, before anything is done for it.

    FileThere for a file that is there already, unless `force` says to replace it. Whatever is said, BadInput
    for a folder, a device, a link, a database and a file that is set read-only.
    """
    try:
        if path.is_symlink():
            raise BadInput(field, f"{path} is a link; name the file itself")
        if not path.exists():
            return
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "a device"
            raise BadInput(field, f"{path} is {kind}, not a file; name a file in an existing folder")
        if _is_database(path):
            raise BadInput(field, f"{path} is a database; name another file")
        if not path.stat().st_mode & _MAY_WRITE:
            raise BadInput(field, f"{path} is read-only; name another file")
    except OSError as error:
        raise _unwritten(path, error) from error
    if not force:
        raise FileThere(field, path)


def _is_database(path: Path) -> bool:
    """Whether a file is a database of whatever name, or one of the files SQLite keeps beside one."""
    with suppress(PermissionError), path.open("rb") as file:
        head = file.read(len(_DATABASE))
        return head == _DATABASE or head[:4] in _WRITE_AHEAD or head[:8] == _ROLLBACK
    return False


def write_whole(
    path: Path, data: bytes | Iterable[bytes], *, force: bool = False, mode: int = PRIVATE
) -> None:
    """Write beside the file and give it its name in the end, so that a full disk leaves nothing half done.

    A new file has the rights `mode`, one that is replaced keeps its own. Raises what `check_target` does, and
    DeviceFailed with the file's name when it cannot be written.
    """
    write_all({path: data}, force=force, mode=mode)


def write_all(
    contents: Mapping[Path, bytes | Iterable[bytes]], *, force: bool = False, mode: int = PRIVATE
) -> None:
    """Write several files so: none has its name before all of them are written."""
    with ExitStack() as parts:
        written = []
        for path, data in contents.items():
            check_target(path, force=force)
            with _said_of(path):
                written.append((parts.enter_context(written_beside(path, data, mode)), path))
        for part, path in written:
            with _said_of(path):
                _name(part, path, force=force)


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """What the system says against a file, in a sentence that names it."""
    try:
        yield
    except OSError as error:
        raise _unwritten(path, error) from error


def _name(part: Path, path: Path, *, force: bool) -> None:
    """Give a finished file its name; one that came there meanwhile is replaced only by `force`."""
    if force:
        if path.exists():
            before = path.stat()
            part.chmod(stat.S_IMODE(before.st_mode))
            with suppress(OSError, AttributeError):
                os.chown(part, before.st_uid, before.st_gid)
        part.replace(path)
        return
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise FileThere("to", path) from None
    except OSError:
        # Sticks and some network drives know no links.
        check_target(path)
        part.replace(path)


def _unwritten(path: Path, error: OSError) -> DeviceFailed:
    return DeviceFailed(f"{path}: it could not be written: {_reason(error)}")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "its folder does not exist"
    return (error.strerror or str(error)).lower()
