"""What kind of disk a file lies on: on a drive of the network the locks of SQLite do not hold."""

import os
import re
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
_NETWORK = {
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
    "nfs4", "orangefs", "pvfs2", "smb2", "smb3", "smbfs", "vboxsf", "webdav", "afpfs", "fuse.afp",
    "fuse.ceph", "fuse.curlftpfs", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse",
    "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse",
}  # fmt: skip
_DRIVE_REMOTE = 4


def network_kind(path: Path) -> str:
    """The kind of network drive a file lies on, such as nfs or cifs; empty for a disk of this computer.

    Empty as well where the system does not say.
    """
    try:
        if sys.platform == "win32":
            return _windows_kind(path)
        kind = _kind_of_mount(path.resolve(), MOUNTS.read_bytes().decode("utf-8", "surrogateescape"))
    except (OSError, ValueError, RuntimeError):
        return ""
    return kind if kind in _NETWORK else ""


def _kind_of_mount(path: Path, mounts: str) -> str:
    """The file system of the nearest mount above a path; of two on one folder the later one covers."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, place, found, *_ = line.split(" ")
        mount = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), place))
        if path.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), found
    return kind


def _windows_kind(path: Path) -> str:  # pragma: no cover - seen on Windows alone
    import ctypes

    drive = os.path.splitdrive(path.absolute())[0]
    if drive.startswith("\\\\"):
        return "a share"
    remote = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE  # type: ignore[attr-defined, unused-ignore]
    return "a share" if remote else ""


def network_warning(path: Path) -> str:
    """A sentence to set behind a failure of a file on a network drive; empty elsewhere."""
    kind = network_kind(path)
    if not kind:
        return ""
    return (
        f" It lies on a network drive ({kind}), where the locks of SQLite do not hold:"
        " keep it on a disk of this computer."
    )
