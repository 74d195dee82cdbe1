"""Content files → frozen models, every mistake at once with its place. Pure.

Knows file formats and items; knows no learner, attempt, clock, store or widget. `handbook` may be imported anywhere
below apps; `banks` and `library` hold keys, for the desk and the command line only, so nothing is imported here.
"""
