"""What the long run judges: samples in, findings out."""

from __future__ import annotations

from typing import Any

from benchmarks.soak import findings

IDLE: dict[str, Any] = {"kernels": 0, "descriptors": {"server": 60, "desk": 20}}
ROWS = {"person": 5, "step": 0}


def samples(server_mb: Any, kernels_mb: float = 12.0) -> list[dict[str, Any]]:
    return [
        {
            "at": 5.0 * n,
            "own_mb": {"server": server_mb(n), "desk": 40.0},
            "descriptors": {"server": 800 + n % 7, "desk": 320},
            "kernels": 300,
            "kernel_pss_mb": kernels_mb,
        }
        for n in range(120)
    ]


def judged(server_mb: Any = lambda n: 100.0, after: Any = IDLE, rows: Any = ROWS, expected: Any = None) -> list[str]:
    return findings(samples(server_mb), IDLE, after, ROWS, rows, expected or {})


def test_a_steady_server_has_no_finding() -> None:
    assert judged() == []


def test_growing_into_its_size_is_no_growth() -> None:
    assert judged(lambda n: min(100.0, 60.0 + 2 * n)) == []


def test_steady_growth_is_found() -> None:
    [found] = judged(lambda n: 100.0 + n / 4)
    assert found.startswith("own_mb of the server grew")


def test_what_stays_behind_is_found() -> None:
    after = {"kernels": 2, "descriptors": {"server": 90, "desk": 25}}
    assert judged(after=after) == ["2 kernels stayed behind", "30 descriptors stayed open in the server"]


def test_rows_nobody_accounts_for_are_found() -> None:
    assert judged(rows={"person": 5, "step": 10}, expected={"step": 10}) == []
    assert judged(rows={"person": 6, "step": 12}, expected={"step": 10}) == [
        "1 rows more in person, 0 are accounted for",
        "12 rows more in step, 10 are accounted for",
    ]
