"""The kernelspecs of this kit, which point at this very Python so that an environment needs no installed `python3` kernel. A leaf."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

NAME = "cps-training"
"""An ordinary kernel: JupyterLab, and pages of the full template."""
PAGE = "cps-page"
"""The kernel of a light page, forked from a warm parent where that can be."""
FORKING = "cps-training-forking"
"""The provisioner of light pages, an entry point of this package (pyproject.toml)."""

_SPECS: dict[str, dict[str, Any]] = {
    NAME: {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "metadata": {"debugger": False},
    },
    PAGE: {
        "argv": [sys.executable, "-m", "cps_training.server.page_kernel", "-f", "{connection_file}"],
        "metadata": {"debugger": False, "kernel_provisioner": {"provisioner_name": FORKING}},
    },
}


def write_kernelspec(jupyter: Path, name: str = NAME) -> Path:
    """Write `<jupyter>/kernels/<name>/kernel.json`; `jupyter` belongs on JUPYTER_PATH. Gives the kernel's folder."""
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    spec = {"display_name": "ชุดฝึก CPS", "language": "python", **_SPECS[name]}
    partial = folder / "kernel.json.partial"
    partial.write_text(json.dumps(spec, ensure_ascii=False, indent=1), "utf-8")
    partial.replace(folder / "kernel.json")
    return folder
