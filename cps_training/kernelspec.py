"""Our own kernelspec, never the user's `python3`: the interpreter the kit runs in, nothing personal. A leaf."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

NAME = "cps-training"
FORKING = "cps-training-forking"
"""The provisioner of served pages, an entry point of this package (pyproject.toml)."""


def write_kernelspec(jupyter: Path, *, is_forking: bool = False) -> Path:
    """Write `<jupyter>/kernels/cps-training/kernel.json`; `jupyter` belongs on JUPYTER_PATH. Gives the kernel's folder.

    is_forking: for the server, whose kernels are forked from a warm parent; JupyterLab starts ordinary ones.
    """
    folder = jupyter / "kernels" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    spec: dict[str, Any] = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "ชุดฝึก CPS",
        "language": "python",
        "metadata": {"debugger": False},
    }
    if is_forking:
        spec["metadata"]["kernel_provisioner"] = {"provisioner_name": FORKING}
    partial = folder / "kernel.json.partial"
    partial.write_text(json.dumps(spec, ensure_ascii=False, indent=1), "utf-8")
    partial.replace(folder / "kernel.json")
    return folder
