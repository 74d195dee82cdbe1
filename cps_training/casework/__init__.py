"""Working a case: what was put on the board, and what it is worth. Pure: no clock, no database, no widget."""
