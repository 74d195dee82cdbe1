"""What can be explored in the lessons: pictures, boards and small exercises, one module a family. Nothing is scored or stored.

`texts` reads data/explorables/, the families are what notebooks call (through apps); which widget a function shows stands in
`views.lesson_widgets`.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module


def prepare() -> None:
    """Import every family and let each read its files: once before kernels are forked, for reading costs half of a lesson."""
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        module = import_module(found.name)
        if hasattr(module, "prepare"):
            module.prepare()
