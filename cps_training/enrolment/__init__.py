"""Who belongs to the unit when: tables of an office → people and stays, compared with what is known. Pure; imports leaves only.

Nothing here reads a file, a clock or a store; all that is wrong with a table is told at once, with row and column.
"""

from __future__ import annotations

from cps_training.enrolment.attendance import AttendanceRead, AttendanceRow, read_attendance
from cps_training.enrolment.comparing import compare
from cps_training.enrolment.difference import Change, Difference, Known, Present, Stay
from cps_training.enrolment.duplicates import Duplicate, duplicates
from cps_training.enrolment.names import folded
from cps_training.enrolment.reading import RosterRead, RosterRow, read_roster
from cps_training.enrolment.table import RosterTable, RowFinding

__all__ = [
    "AttendanceRead",
    "AttendanceRow",
    "Change",
    "Difference",
    "Duplicate",
    "Known",
    "Present",
    "RosterRead",
    "RosterRow",
    "RosterTable",
    "RowFinding",
    "Stay",
    "compare",
    "duplicates",
    "folded",
    "read_attendance",
    "read_roster",
]
