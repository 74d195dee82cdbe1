"""Pins: `constraint-dependencies` of pyproject.toml is the one list; constraints.txt for pip is written from it.

    python docs/tools/constraints.py            write constraints.txt from pyproject.toml
    python docs/tools/constraints.py --check    fail when they differ
    python docs/tools/constraints.py --from-lock  take the versions uv has resolved (uv.lock) into pyproject.toml first

Only names, versions and markers; never a download address.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT, CONSTRAINTS, LOCK = ROOT / "pyproject.toml", ROOT / "constraints.txt", ROOT / "uv.lock"
HEAD = "# Written from [tool.uv] constraint-dependencies in pyproject.toml by docs/tools/constraints.py; for pip install -c.\n"


def pinned() -> list[str]:
    """The pins of pyproject.toml, in order."""
    return list(tomllib.loads(PYPROJECT.read_text("utf-8"))["tool"]["uv"]["constraint-dependencies"])


def resolved() -> list[str]:
    """name==version of everything in uv.lock; a package resolved to several versions is left to the resolver."""
    versions: dict[str, set[str]] = {}
    for package in tomllib.loads(LOCK.read_text("utf-8"))["package"]:
        if "version" in package and "editable" not in package.get("source", {}):
            versions.setdefault(package["name"], set()).add(package["version"])
    return sorted(f"{name}=={next(iter(found))}" for name, found in versions.items() if len(found) == 1)


def main(arguments: list[str]) -> int:
    if "--from-lock" in arguments:
        text = PYPROJECT.read_text("utf-8")
        block = "constraint-dependencies = [\n" + "".join(f'  "{pin}",\n' for pin in resolved()) + "]"
        PYPROJECT.write_text(re.sub(r"constraint-dependencies = \[[^\]]*\]", block, text), "utf-8")
    wanted = HEAD + "".join(f"{pin}\n" for pin in pinned())
    if "--check" in arguments:
        if not CONSTRAINTS.exists() or CONSTRAINTS.read_text("utf-8") != wanted:
            print("constraints.txt differs from pyproject.toml: run python docs/tools/constraints.py", file=sys.stderr)
            return 1
        return 0
    CONSTRAINTS.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
