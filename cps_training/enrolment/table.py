"""A table as it came from a file: texts with the row numbers a spreadsheet shows. Knows no file format."""

from __future__ import annotations

from dataclasses import dataclass, field

Values = dict[str, str]


@dataclass(frozen=True)
class RosterTable:
    """header: the column names as typed; rows: (row number as Excel shows it, cells as text), blank rows left out.

    header_row: the number of the header's own row.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int = 1

    def cell(self, cells: tuple[str, ...], at: int | None) -> str:
        """The text of a cell, "" where the row is shorter or the column is not there."""
        return cells[at].strip() if at is not None and at < len(cells) else ""


@dataclass(frozen=True, order=True)
class RowFinding:
    """One thing found in a table. row: as Excel shows it, 0 = the whole file; column: the header as typed, "" = the row.

    code: stable; severity: "error" keeps the whole file out, "warning" is only said; text: Thai message id, filled by values.
    """

    row: int
    column: str
    code: str
    severity: str
    text: str
    values: Values = field(default_factory=dict, compare=False)

    @property
    def message(self) -> str:
        """The Thai text with its values."""
        return self.text % self.values

    def as_json(self) -> dict[str, object]:
        """Everything above and the filled Thai "message"."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": self.severity,
            "text": self.text,
            "values": self.values,
            "message": self.message,
        }
