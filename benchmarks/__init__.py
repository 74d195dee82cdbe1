"""Benchmarks, run by hand: `python benchmarks/run.py --json` (docs/performance.md). No test asserts a time."""
