"""Tools for authors: items as YAML blocks and as tables, questions about a new item, schemas for editors. Pure but for `proposing`.

Everything is derived from the models of items and content; a field added there is asked for, exported and described here
without another line, but for its Thai words in `words`. Knows no spreadsheet format, terminal, learner or store.
"""
