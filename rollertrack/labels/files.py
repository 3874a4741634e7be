"""Labels to a file: a picture, a sheet to print, or the very bytes of a print job."""

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels.bitmap import Bitmap, strip
from rollertrack.labels.job import print_job, repeated
from rollertrack.labels.papers.media import Media

_STRIP_GAP_MM = 3.0


def write(path: Path, bitmaps: Sequence[Bitmap], media: Media, copies: int = 1, start: int = 1) -> None:
    """Write labels to a file whose suffix says how; one that is there already is replaced.

    `.png` is one strip, as it would come off a roll; `.pdf` is pages at true size, from the `start`-th
    place of a sheet on; `.bin` is the bytes for an ESC/POS printer. The file appears whole or not at all.
    Raises BadInput for another suffix, DeviceFailed with the file's name when it cannot be written.
    """
    form = form_of(path)
    write_whole(path, form(repeated(bitmaps, copies), media, start))


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
    from rollertrack.labels.printers.paper import turned

    return print_job([turned(each) if media.turned else each for each in bitmaps])


_FORMS: dict[str, Form] = {".png": _png, ".pdf": _pdf, ".bin": _bin}


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file and rename over it, so that a full disk leaves nothing half done.

    Raises DeviceFailed with the file's name.
    """
    # A link goes on pointing where it pointed.
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        kind = "a folder" if target.is_dir() else "a device"
        raise DeviceFailed(f"{path}: it is {kind}, not a file; name a file in an existing folder")
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise DeviceFailed(f"{path}: it could not be written: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "its folder does not exist"
    return (error.strerror or str(error)).lower()
