"""Files of other programs: bytes in, tables of text out, and back. Every bound on what is read stands here.

Knows formats and no rule of what a table means; never imported in a learner's kernel.
"""

from __future__ import annotations

from cps_training.exchange.tables import TableRead, read_table
from cps_training.exchange.writing import write_table

__all__ = ["TableRead", "read_table", "write_table"]
