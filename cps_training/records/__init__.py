"""What is kept: attempts and their steps, accounts, the roster. The only package that knows SQL.

engine (open, read, write, back up) → attempts, accounts, roster, frames (functions over a Connection) → tables.
Knows no message, widget, view or file format of content. Time is passed in as aware instants, randomness as a function.
"""
