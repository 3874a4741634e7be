"""The boot clock of this computer: it counts through sleep, and nobody puts it forward or back."""

import sys
import time
from functools import cache
from pathlib import Path

from rollertrack.domain.beat import NO_BEAT, Beat

_SYSTEM: str = sys.platform
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def system_beat() -> Beat:
    """The boot clock's reading now; empty on a system without one that counts through sleep."""
    ticks = _ticks()
    return NO_BEAT if ticks is None else Beat(_machine(), _boot(), ticks)


def _ticks() -> int | None:
    """Microseconds since this computer was started, its sleep counted."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000
    if _SYSTEM == "darwin":  # unlike CLOCK_MONOTONIC, setting the date does not move it there
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW) // 1_000
    return time.monotonic_ns() // 1_000 if _SYSTEM == "win32" else None


@cache
def _boot() -> str:
    """What tells one start of this computer from the next; empty where the system does not say."""
    return _bootsession() if _SYSTEM == "darwin" else _first_line(_BOOT_ID)


@cache
def _machine() -> str:
    """What tells this computer from another; never its own id, which is nobody's business."""
    from hashlib import sha256

    known = next(filter(None, map(_first_line, _MACHINE_IDS)), "") or _network_card()
    return sha256(f"rollertrack {known}".encode()).hexdigest()[:16] if known else ""


def _network_card() -> str:
    if _SYSTEM == "linux":
        return ""  # a container: its card is made anew at each start
    import uuid

    address = uuid.getnode()
    is_made_up = address >> 40 & 1
    return "" if is_made_up else str(address)


def _first_line(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _bootsession() -> str:
    import ctypes

    size, text = ctypes.c_size_t(64), ctypes.create_string_buffer(64)
    try:
        failed = ctypes.CDLL(None).sysctlbyname(b"kern.bootsessionuuid", text, ctypes.byref(size), None, 0)
    except (OSError, AttributeError):
        return ""
    return "" if failed else text.value.decode("ascii", "replace")
