"""Sessions end when they should, tickets work once, failed sign-ins make only the right ones wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cps_training.records import accounts
from cps_training.records.backoff import wait_after
from cps_training.records.engine import Records
from cps_training.records.sessions import forget_tickets

Entropy = Callable[[int], bytes]
SECOND = timedelta(seconds=1)
DAYS_30, HALF_HOUR, HOURS_12 = timedelta(days=30), timedelta(minutes=30), timedelta(hours=12)


@pytest.mark.parametrize(
    ("kind", "lifetime", "max_age"),
    [
        ("own", DAYS_30, 30 * 24 * 3600),
        ("shared", HALF_HOUR, None),
        ("staff", HOURS_12, 12 * 3600),
        ("demo", HOURS_12, 12 * 3600),
    ],
)
def test_a_session_lives_as_long_as_its_kind(
    records: Records, anna: str, entropy: Entropy, now: datetime, kind: str, lifetime: timedelta, max_age: int | None
) -> None:
    with records.write() as conn:
        token, told = accounts.open_session(conn, anna, kind, now, entropy)
        assert told == max_age
        last = accounts.session(conn, token, now + lifetime - SECOND)
        assert last is not None
        assert (last.person.code, last.kind) == ("A01", kind)
        assert accounts.session(conn, last.session_hash, now, is_hash=True) is not None
        assert accounts.session(conn, token, now + lifetime) is None
        assert accounts.session(conn, last.session_hash, now + lifetime, is_hash=True) is None


def test_a_hash_is_no_token(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    """Whoever reads the database cannot sign in with what stands there."""
    with records.write() as conn:
        token, _ = accounts.open_session(conn, anna, "own", now, entropy)
        assert accounts.session(conn, accounts.token_hash(token), now) is None
        assert accounts.session(conn, token, now, is_hash=True) is None
        assert accounts.session(conn, "", now) is None


@pytest.mark.parametrize(("kind", "lifetime", "delay"), [("own", DAYS_30, 60), ("shared", HALF_HOUR, 20)])
def test_use_keeps_a_session_alive_without_a_write_a_request(
    records: Records, anna: str, entropy: Entropy, now: datetime, kind: str, lifetime: timedelta, delay: int
) -> None:
    with records.write() as conn:
        token, _ = accounts.open_session(conn, anna, kind, now, entropy)
        early, due = now + timedelta(seconds=delay), now + timedelta(seconds=delay + 1)
        fresh, old = accounts.session(conn, token, early), accounts.session(conn, token, due)
        assert fresh is not None
        assert old is not None
        assert (fresh.needs_slide, old.needs_slide) == (False, True)
        accounts.slide(conn, old.session_hash, early)
        assert accounts.session(conn, token, now + lifetime) is None
        accounts.slide(conn, old.session_hash, due)
        slid = accounts.session(conn, token, due)
        assert slid is not None
        assert not slid.needs_slide
        assert accounts.session(conn, token, due + lifetime - SECOND) is not None
        assert accounts.session(conn, token, due + lifetime) is None


@pytest.mark.parametrize("kind", ["staff", "demo"])
def test_fixed_sessions_do_not_slide(records: Records, anna: str, entropy: Entropy, now: datetime, kind: str) -> None:
    with records.write() as conn:
        token, _ = accounts.open_session(conn, anna, kind, now, entropy)
        view = accounts.session(conn, token, now + timedelta(hours=11))
        assert view is not None
        assert not view.needs_slide
        accounts.slide(conn, view.session_hash, now + timedelta(hours=11))
        assert accounts.session(conn, token, now + HOURS_12) is None


def test_an_ended_session_cannot_be_slid_back(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        expired, _ = accounts.open_session(conn, anna, "shared", now, entropy)
        revoked, _ = accounts.open_session(conn, anna, "shared", now, entropy)
        accounts.revoke_session(conn, accounts.token_hash(revoked), now + SECOND)
        accounts.slide(conn, accounts.token_hash(expired), now + HALF_HOUR)
        accounts.slide(conn, accounts.token_hash(revoked), now + timedelta(minutes=1))
        assert accounts.session(conn, expired, now + HALF_HOUR) is None
        assert accounts.session(conn, revoked, now + timedelta(minutes=1)) is None


def test_a_clock_that_goes_back_shortens_nothing(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        token, _ = accounts.open_session(conn, anna, "own", now, entropy)
        accounts.slide(conn, accounts.token_hash(token), now - timedelta(days=20))
        assert accounts.session(conn, token, now + DAYS_30 - SECOND) is not None


def test_closing_an_account_ends_its_sessions_for_good(
    records: Records, anna: str, add: Callable[..., str], entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        boon = add(conn, "B02")
        tokens = [accounts.open_session(conn, anna, "own", now, entropy)[0] for _ in range(2)]
        other, _ = accounts.open_session(conn, boon, "own", now, entropy)
        accounts.set_disabled(conn, anna, True, now)
        assert [accounts.session(conn, token, now) for token in tokens] == [None, None]
        accounts.set_disabled(conn, anna, False, now)
        assert [accounts.session(conn, token, now) for token in tokens] == [None, None]
        assert accounts.session(conn, other, now) is not None


def test_a_closed_account_has_no_session(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        accounts.set_disabled(conn, anna, True, now)
        token, _ = accounts.open_session(conn, anna, "own", now, entropy)
        assert accounts.session(conn, token, now) is None


def test_all_sessions_but_the_present_one_can_be_ended(
    records: Records, anna: str, entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        tokens = [accounts.open_session(conn, anna, "own", now, entropy)[0] for _ in range(3)]
        accounts.revoke_sessions_of(conn, anna, now, keep=accounts.token_hash(tokens[1]))
        assert [accounts.session(conn, token, now) is not None for token in tokens] == [False, True, False]
        accounts.revoke_sessions_of(conn, anna, now)
        assert accounts.session(conn, tokens[1], now) is None


def test_a_changed_role_is_seen_at_once(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        token, _ = accounts.open_session(conn, anna, "staff", now, entropy)
        accounts.set_roles(conn, anna, ("trainer",))
        view = accounts.session(conn, token, now)
        assert view is not None
        assert view.person.roles == ("trainer",)


def test_an_unknown_kind_is_a_mistake(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn, pytest.raises(ValueError, match="'eternal'"):
        accounts.open_session(conn, anna, "eternal", now, entropy)


@pytest.fixture
def session_hash(records: Records, anna: str, entropy: Entropy, now: datetime) -> str:
    with records.write() as conn:
        return accounts.token_hash(accounts.open_session(conn, anna, "own", now, entropy)[0])


def test_a_ticket_works_once_and_gives_a_way_back(
    records: Records, session_hash: str, entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        ticket = accounts.mint_ticket(conn, session_hash, "kernel-1", now, entropy)
        redeemed = accounts.redeem_ticket(conn, ticket, now + timedelta(seconds=119), entropy)
        assert redeemed is not None
        assert redeemed[0] == session_hash
        assert accounts.redeem_ticket(conn, ticket, now + timedelta(seconds=119), entropy) is None
        assert accounts.session_of_resume(conn, redeemed[1]) == session_hash
        assert accounts.session_of_resume(conn, ticket) is None
        assert accounts.session_of_resume(conn, "anything") is None


def test_an_old_or_unknown_ticket_is_refused(
    records: Records, session_hash: str, entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        ticket = accounts.mint_ticket(conn, session_hash, "kernel-1", now, entropy)
        assert accounts.redeem_ticket(conn, ticket, now + timedelta(minutes=2), entropy) is None
        assert accounts.redeem_ticket(conn, "anything", now, entropy) is None


def test_tickets_are_kept_for_two_days_and_no_longer(
    records: Records, session_hash: str, entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        accounts.mint_ticket(conn, session_hash, "kernel-1", now - timedelta(days=2, seconds=1), entropy)
        kept = accounts.mint_ticket(conn, session_hash, "kernel-2", now - timedelta(days=1), entropy)
        given = accounts.redeem_ticket(conn, kept, now - timedelta(days=1), entropy)
        assert given is not None
        assert forget_tickets(conn, now) == 1
        assert accounts.session_of_resume(conn, given[1]) == session_hash  # the page of yesterday still comes back


def test_a_ticket_tried_by_many_at_once_works_once(
    records: Records, session_hash: str, entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        ticket = accounts.mint_ticket(conn, session_hash, "kernel-1", now, entropy)
    outcomes: list[tuple[str, str] | None] = []
    start = threading.Barrier(8)

    def try_it() -> None:
        start.wait()
        with records.write() as conn:
            outcomes.append(accounts.redeem_ticket(conn, ticket, now, entropy))

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 8
    assert len([outcome for outcome in outcomes if outcome is not None]) == 1


# Waiting after failures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "n_free", "waits"),
    [
        ("pair:a01@192.0.2.7", 5, [30, 60, 120, 240, 480, 900, 900, 900]),
        ("person:a01", 20, [30, 60, 120, 240, 300, 300, 300, 300]),
        ("address:192.0.2.7", 50, [30, 60, 120, 240, 480, 900, 900, 900]),
    ],
)
def test_waits_double_from_the_first_failure_that_counts(key: str, n_free: int, waits: list[int]) -> None:
    assert {wait_after(key, n) for n in range(1, n_free)} == {None}
    assert [wait_after(key, n) for n in range(n_free, n_free + 8)] == [timedelta(seconds=wait) for wait in waits]
    assert wait_after(key, 10**9) == timedelta(seconds=waits[-1])


def test_failures_make_the_account_wait_at_that_device_and_neither_its_owner_nor_a_colleague(
    records: Records, now: datetime
) -> None:
    keys = accounts.sign_in_keys("A01", "192.0.2.7")
    owner = accounts.sign_in_keys("A01", "192.0.2.8")
    colleague = accounts.sign_in_keys("B02", "192.0.2.7")
    with records.write() as conn:
        for _ in range(4):
            accounts.note_failure(conn, keys, now)
        assert accounts.locked_until(conn, keys, now) is None
        accounts.note_failure(conn, keys, now)
        assert accounts.locked_until(conn, keys, now) == now + timedelta(seconds=30)
        assert accounts.locked_until(conn, keys, now + timedelta(seconds=30)) is None
        for _ in range(14):
            accounts.note_failure(conn, keys, now)
        assert accounts.locked_until(conn, owner, now) is None
        accounts.note_failure(conn, keys, now)
        assert accounts.locked_until(conn, owner, now) == now + timedelta(seconds=30)
        for _ in range(29):
            accounts.note_failure(conn, keys, now)
        assert accounts.locked_until(conn, colleague, now) is None
        accounts.note_failure(conn, keys, now)
        assert accounts.locked_until(conn, colleague, now) == now + timedelta(seconds=30)


def test_guessing_from_many_addresses_gets_fewer_than_three_hundred_tries_a_day(
    records: Records, now: datetime
) -> None:
    tries = 0
    at = now
    with records.write() as conn:
        while at < now + timedelta(days=2):
            keys = accounts.sign_in_keys("A01", f"192.0.2.{tries}")  # never the same address again
            until = accounts.locked_until(conn, keys, at)
            if until is not None:
                at = until
                continue
            accounts.note_failure(conn, keys, at)
            tries += 1
    assert 400 < tries < 20 + 2 * 300


def test_spelling_a_code_otherwise_gives_no_more_tries() -> None:
    assert len({accounts.sign_in_keys(code, "") for code in ("AB-07", "ab-07", " AB-๐๗ ")}) == 1


def test_no_code_or_address_makes_a_key_the_database_cannot_hold() -> None:
    assert max(map(len, accounts.sign_in_keys("ß" * 200, "f" * 200))) <= 300


def test_a_success_clears_the_account(records: Records, now: datetime) -> None:
    keys = accounts.sign_in_keys("A01", "192.0.2.7")
    with records.write() as conn:
        for _ in range(5):
            accounts.note_failure(conn, keys, now)
        accounts.clear_failures(conn, keys[:2])
        assert accounts.locked_until(conn, keys, now) is None
        for _ in range(4):
            accounts.note_failure(conn, keys, now)
        assert accounts.locked_until(conn, keys, now) is None


def test_failures_are_forgotten_after_a_day(records: Records, now: datetime) -> None:
    keys = accounts.sign_in_keys("A01", "192.0.2.7")
    with records.write() as conn:
        for _ in range(9):
            accounts.note_failure(conn, keys, now)
        later = now + timedelta(hours=24, seconds=1)
        accounts.note_failure(conn, accounts.sign_in_keys("B02", ""), later)
        kept = conn.exec_driver_sql("SELECT key, n FROM failed_sign_in ORDER BY key").all()
        assert kept == [("pair:b02@", 1), ("person:b02", 1)]
