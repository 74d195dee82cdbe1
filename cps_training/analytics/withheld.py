"""From how many people on a statistic is told; below it is NaN, with its n beside it. Knows no statistic.

Each function takes `at_least`, whose default stands here. Below it a figure is noise that would be read as a finding.
"""

MIN_FACILITY = 10
"""People an item. At 10 the standard error of a share of one half is already 0.16."""

MIN_CORRELATION = 30
"""People behind a correlation or covariance of an item. At 30 a correlation under 0.36 cannot be told from 0 at the 5 % level
(t = r·√(n−2)/√(1−r²), df 28); good items have 0.2 to 0.4, with fewer people they could not be told from bad ones."""

MIN_RELIABILITY = 20
"""People a form. At 20 the 95 % interval (Feldt) of an alpha of 0.7 over 20 items is 0.40 wide already."""

MIN_CLASS = 5
"""People who chose a distractor, before what they scored elsewhere is told: a mean of fewer tells of persons."""

MIN_PAIRS = 10
"""People with both scores. The same standard error as for MIN_FACILITY, and fewer could be recognised."""

MIN_2PL = 200
"""Responses an item. Two parameters an item need 200 and more (Drasgow 1989, Applied Psychological Measurement 13, 77–90, for
marginal maximum likelihood of the 2PL); with fewer the slopes run to their bound."""

MIN_2PL_ITEMS = 3
"""Items together. Two items leave one correlation for two slopes: nothing is determined."""
