"""Planning the CPS cycle: the plan, its workflow through two gates, and the rules it is checked against. Pure: no clock, database or widget."""
