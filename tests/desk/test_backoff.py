"""Wrong passwords: who has to wait, where and how long. Nobody is kept out by somebody else's mistakes."""

from __future__ import annotations

import pytest

from cps_training.desk import protocol as p
from cps_training.desk.asker import SERVER
from cps_training.errors import AccessError
from cps_training.records import accounts, passwords

OWN, OTHER = "10.0.0.7", "10.0.0.8"
PASSWORD = "long enough"


@pytest.fixture
def office(desk, clock, entropy):
    """Two people, A001 and A002; gives enter(code, password, address) → who came in, or the refusal's code."""
    hashed = passwords.make_hash(PASSWORD)
    with desk.records.write() as conn:
        for code in ("A001", "A002"):
            person_id = accounts.add_person(
                conn, code=code, name=f"คนที่ {code}", roles=("learner",), at=clock(), entropy=entropy
            )
            accounts.set_password(conn, person_id, hashed)

    def enter(code, password=PASSWORD, address=OWN):
        request = p.SignIn(code=code, password=password, address=address)
        prepared = password == PASSWORD  # what hashing would find: half a second each is not the point here
        try:
            with desk.records.write() as conn:
                value = desk.handle(conn, SERVER, request, prepared)
        except AccessError as refusal:
            return refusal.code
        return value["person"]["code"] if isinstance(value, dict) else value.error.code

    return enter


def test_five_wrong_passwords_make_the_account_wait_at_that_device_for_half_a_minute(office, clock):
    assert [office("A001", "guess") for _ in range(6)] == ["not-accepted"] * 5 + ["too-many-tries"]
    assert office("A001") == "too-many-tries"  # the right password as well: or guessing would tell
    clock.move(seconds=31)
    assert office("A001") == "A001"


def test_a_colleagues_mistakes_on_another_device_do_not_lock_the_owner_out(office, clock):
    for _ in range(100):  # an hour and more of trying, as often as the desk lets them
        office("A001", "guess", OTHER)
        clock.move(seconds=45)
    assert office("A001", address=OTHER) == "too-many-tries"
    assert office("A001") == "A001"


def test_one_persons_mistakes_do_not_lock_the_next_person_at_that_device_out(office):
    for _ in range(6):
        office("A001", "guess")
    assert office("A002") == "A002"


def test_guessing_from_ever_new_addresses_is_slowed_and_the_owner_waits_five_minutes_at_most(office, clock):
    outcomes = [office("A001", "guess", f"10.0.1.{n}") for n in range(40)]
    assert outcomes == ["not-accepted"] * 20 + ["too-many-tries"] * 20
    for n in range(2000):
        office("A001", "guess", f"10.1.{n // 250}.{n % 250}")
        clock.move(seconds=10)
    assert office("A001") == "too-many-tries"
    clock.move(minutes=5)
    assert office("A001") == "A001"


def test_one_device_cannot_try_every_account(office):
    outcomes = [office(f"B{n:03}", "guess") for n in range(60)]
    assert outcomes == ["not-accepted"] * 50 + ["too-many-tries"] * 10
    assert office("A001") == "too-many-tries"
    assert office("A001", address=OTHER) == "A001"


def test_success_forgets_the_accounts_mistakes_but_not_the_devices(office):
    for _ in range(12):
        for _ in range(4):
            assert office("A001", "guess") == "not-accepted"
        assert office("A001") == "A001"
    assert [office("A002", "guess") for _ in range(3)] == ["not-accepted", "not-accepted", "too-many-tries"]


def test_the_wait_is_told_in_whole_minutes_rounded_up(desk, office, clock):
    def told():
        with desk.records.write() as conn, pytest.raises(AccessError) as caught:
            desk.handle(conn, SERVER, p.SignIn(code="A001", password="guess", address=OWN), False)
        return caught.value.message

    for failures, minutes in ((5, "1"), (1, "1"), (1, "5"), (1, "5"), (1, "15")):
        for _ in range(failures):
            assert office("A001", "guess") == "not-accepted"
        assert f"โปรดรอ {minutes} นาที" in told()
        clock.move(minutes=int(minutes))
