"""ZPL and TSPL from the printer's side: read back into pictures, and printers that answer in them."""

import re
from collections.abc import Callable

from hypothesis import strategies as st

from harness.label_printers import Emulated
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.places import Language

pictures = st.integers(1, 40).flatmap(
    lambda width: st.lists(st.integers(0, 2**width - 1), min_size=1, max_size=20).map(
        lambda rows: Bitmap(
            width,
            len(rows),
            b"".join((row << -width % 8).to_bytes((width + 7) // 8) for row in rows),
        )
    )
)

_ZPL = re.compile(
    rb"\^XA\n\^PW(\d+)\n(?:\^MNN\n)?\^LL(\d+)\n\^LH0,0\n"
    rb"\^FO0,0\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS\n\^PQ1\n\^XZ\n"
)
_TSPL = re.compile(
    rb"SIZE ([\d.]+) mm,([\d.]+) mm\r\nGAP [02] mm,0 mm\r\nDIRECTION 0\r\nCLS\r\nBITMAP 0,0,(\d+),(\d+),0,"
)
_TSPL_END = b"\r\nPRINT 1,1\r\n"


def read_zpl(job: bytes) -> tuple[list[Bitmap], bytes]:
    """The pictures of whole formats, and what is left; every other byte is refused."""
    pictures = []
    while (found := _ZPL.match(job)) is not None:
        width, height, total, again, stride = map(int, found.groups()[:5])
        rows = bytes.fromhex(found[6].decode())
        assert len(rows) == total == again == stride * height, "the lengths contradict each other"
        pictures.append(Bitmap(width, height, rows))
        job = job[found.end() :]
    return pictures, job


def read_tspl(job: bytes) -> tuple[list[Bitmap], bytes]:
    """The pictures of whole labels, as wide as whole bytes, and what is left."""
    pictures = []
    while (found := _TSPL.match(job)) is not None:
        stride, height = int(found[3]), int(found[4])
        end = found.end() + stride * height
        if len(job) < end + len(_TSPL_END):
            break
        assert job[end:].startswith(_TSPL_END), "the picture is longer or shorter than it says"
        # Here 0 burns a dot.
        rows = bytes(byte ^ 0xFF for byte in job[found.end() : end])
        pictures.append(Bitmap(stride * 8, height, rows))
        job = job[end + len(_TSPL_END) :]
    return pictures, job


class EmulatedZebra(Emulated):
    """A ZPL printer; each question after a label finds it one step further."""

    language = Language.ZPL

    def __init__(self, *, paper: bool = True, head_up: bool = False, ends: bool = True) -> None:
        super().__init__()
        self.paper, self.head_up, self.ends, self.lasts = paper, head_up, ends, 99
        self.left = 0
        self._unread = b""

    def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
        self._unread += said
        while True:
            pictures, self._unread = read_zpl(self._unread)
            self.printed += pictures
            self.left += len(pictures)
            if not self._unread.startswith(b"~HS"):
                return
            self._unread = self._unread.removeprefix(b"~HS")
            answer(self.status())
            if self.left and len(self.printed) >= self.lasts:
                self.paper = False
            self.left = max(0, self.left - 1) if self.ends and self.paper else self.left

    def status(self) -> bytes:
        strings = (
            f"030,{not self.paper:d},0,0240,{self.left:03},0,0,0,000,0,0,0",
            f"001,0,{self.head_up:d},0,0,2,4,0,{self.left:08},1,000",
            "1234,0",
        )
        return "".join(f"\x02{string}\x03\r\n" for string in strings).encode()


class EmulatedTsc(Emulated):
    """A TSPL printer; `steps` are its status bytes after a label came, the last one for good."""

    language = Language.TSPL

    def __init__(self, before: int = 0x00, steps: tuple[int, ...] = (0x00, 0x20, 0x00)) -> None:
        super().__init__()
        self.before, self.steps = before, list(steps)
        self._unread = b""

    def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
        self._unread += said
        while True:
            pictures, self._unread = read_tspl(self._unread)
            self.printed += pictures
            if not self._unread.startswith(b"\x1b!?"):
                return
            self._unread = self._unread[3:]
            if not self.printed:
                answer(bytes((self.before,)))
            else:
                answer(bytes((self.steps.pop(0) if len(self.steps) > 1 else self.steps[0],)))
