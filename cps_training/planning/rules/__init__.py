"""The rules a plan is checked against, R01 … R48, one class each, listed in `registry.RULES`."""
