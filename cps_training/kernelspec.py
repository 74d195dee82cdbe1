"""Our own kernelspec, never the user's `python3`: the interpreter the kit runs in, nothing personal. A leaf."""

from __future__ import annotations

import json
import sys
from pathlib import Path

NAME = "cps-training"


def write_kernelspec(jupyter: Path) -> Path:
    """Write `<jupyter>/kernels/cps-training/kernel.json`; `jupyter` belongs on JUPYTER_PATH. Gives the kernel's folder."""
    folder = jupyter / "kernels" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "ชุดฝึก CPS",
        "language": "python",
        "metadata": {"debugger": False},
    }
    partial = folder / "kernel.json.partial"
    partial.write_text(json.dumps(spec, ensure_ascii=False, indent=1), "utf-8")
    partial.replace(folder / "kernel.json")
    return folder
