"""Statistics over rows the desk hands out: DataFrame in, DataFrame or a small frozen result out. Knows no store, no widget.

Imports pandas, so a learner's kernel never imports this package.
"""
