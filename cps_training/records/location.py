"""Whether a folder can hold an SQLite database: on a disk of this machine and writable. Knows no SQL.

SQLite's write-ahead log needs shared memory between processes, which network shares do not give; there it loses data.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path, PurePosixPath

NETWORK_TYPES = frozenset(
    ("nfs", "nfs3", "nfs4", "9p", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "beegfs")
)
NETWORK_HELPERS = frozenset(("sshfs", "rclone", "davfs", "davfs2", "glusterfs", "smbnetfs", "gvfsd-fuse"))
_MOUNTS = Path("/proc/self/mounts")


def mount_type(folder: PurePosixPath, mounts: str) -> str:
    """The file system type of a folder in the text of a mounts table; "" when none matches.

    The deepest mount point counts, and of several on one point the last.
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = PurePosixPath(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1]))
        if (folder == point or point in folder.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def is_network_type(kind: str) -> bool:
    """Whether a file system type of the mounts table is a network one, also through FUSE (`fuse.sshfs`)."""
    kind = kind.lower()
    return kind in NETWORK_TYPES or kind.removeprefix("fuse.") in NETWORK_HELPERS


def is_on_network_share(folder: Path) -> bool:
    """Whether the folder (existing or not) is on a network share. Linux and Windows; elsewhere False: not known."""
    if sys.platform == "win32":
        return _is_remote_drive(folder)
    try:
        mounts = _MOUNTS.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return False
    return is_network_type(mount_type(PurePosixPath(folder.resolve()), mounts))


if sys.platform == "win32":

    def _is_remote_drive(folder: Path) -> bool:
        import ctypes

        root = folder.resolve().anchor
        drive_remote = 4
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == drive_remote


def prove_writable(folder: Path) -> None:
    """Write and remove a file in the folder. Raises OSError. Permissions alone tell nothing on Windows and as root."""
    with tempfile.TemporaryFile(prefix=".cps-", dir=folder):
        pass
