"""Accounts, passwords and one-time codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cps_training.errors import AccessError
from cps_training.records import accounts, passwords
from cps_training.records.accounts import Person
from cps_training.records.engine import Records
from cps_training.records.people import CODE_ALPHABET

Entropy = Callable[[int], bytes]


def test_an_account_comes_back_as_it_was_made(records: Records, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        person_id = accounts.add_person(
            conn, code=" สสก.12 ", name="สมศรี", roles={"trainer", "learner"}, at=now, entropy=entropy, locale="en"
        )
    wanted = Person(person_id, "สสก.12", "สมศรี", ("learner", "trainer"), "en", is_disabled=False, has_password=False)
    with records.read() as conn:
        assert accounts.person_by_id(conn, person_id) == wanted
        assert accounts.people(conn) == [wanted]
        assert accounts.person_by_id(conn, "nobody") is None


@pytest.mark.parametrize("typed", ["ab-07", "AB-07", " Ab-07 ", "AB-๐๗", "AB-07\u200b"])
def test_a_code_is_found_however_it_is_typed(records: Records, add: Callable[..., str], typed: str) -> None:
    with records.write() as conn:
        add(conn, "AB-07")
        found = accounts.person_by_code(conn, typed)
        assert found is not None
        assert found.code == "AB-07"
        assert accounts.person_by_code(conn, "AB-7") is None
        with pytest.raises(AccessError) as caught:
            add(conn, typed)
    assert caught.value.code == "code-taken"


def test_a_blank_code_is_refused(records: Records, add: Callable[..., str]) -> None:
    with records.write() as conn, pytest.raises(AccessError) as caught:
        add(conn, " \u200b ")
    assert caught.value.code == "code-missing"


def test_roles_locale_and_password_change(records: Records, anna: str) -> None:
    with records.write() as conn:
        accounts.set_roles(conn, anna, ("admin", "trainer"))
        accounts.set_locale(conn, anna, "en")
        accounts.set_password(conn, anna, "some-hash")
        person = accounts.person_by_id(conn, anna)
        assert person is not None
        assert (person.roles, person.locale, person.has_password) == (("trainer", "admin"), "en", True)
        assert accounts.password_hash_of(conn, "a01") == "some-hash"
        accounts.set_roles(conn, anna, ("admin", "approver", "trainer", "learner"))
        person = accounts.person_by_id(conn, anna)
        assert person is not None
        assert person.roles == accounts.ROLES
        accounts.set_roles(conn, anna, ())
        accounts.set_password(conn, anna, None)
        person = accounts.person_by_id(conn, anna)
        assert person is not None
        assert (person.roles, person.has_password) == ((), False)
        with pytest.raises(ValueError, match="'boss'"):
            accounts.set_roles(conn, anna, ("boss",))


def test_roles_stay_with_their_person(records: Records, add: Callable[..., str]) -> None:
    with records.write() as conn:
        add(conn, "T1", roles=("trainer",))
        add(conn, "L1", roles=("learner",))
        assert [(person.code, person.roles) for person in accounts.people(conn)] == [
            ("L1", ("learner",)),
            ("T1", ("trainer",)),
        ]


def test_nobody_and_the_disabled_have_no_password_to_try(records: Records, anna: str, now: datetime) -> None:
    with records.write() as conn:
        accounts.set_password(conn, anna, "some-hash")
        accounts.set_disabled(conn, anna, True, now)
        assert accounts.password_hash_of(conn, "A01") is None
        assert accounts.password_hash_of(conn, "A99") is None
        accounts.set_disabled(conn, anna, False, now)
        assert accounts.password_hash_of(conn, "A01") == "some-hash"


def test_a_password_is_known_again_and_no_other(entropy: Entropy) -> None:
    stored = passwords.make_hash("น้ำใจงาม 2569", entropy)
    assert stored.startswith("$argon2id$")
    assert "น้ำใจ" not in stored
    assert passwords.verify(stored, "น้ำใจงาม 2569")
    assert not passwords.verify(stored, "น้ำใจงาม 2570")
    assert passwords.make_hash("น้ำใจงาม 2569", entropy) != stored


@pytest.mark.parametrize("password", ["", "A", "anything"])
@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"])
def test_without_a_usable_hash_every_password_is_wrong(stored: str | None, password: str) -> None:
    assert passwords.verify(stored, password) is False


def test_an_unknown_person_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same parameters are worked through, not skipped."""
    seen: list[str] = []

    class Watching:
        def verify(self, stored: str, password: str) -> bool:
            seen.append(stored)
            return True

    known = passwords.make_hash("right")
    monkeypatch.setattr(passwords, "_HASHER", Watching())
    assert passwords.verify(known, "right")
    assert not passwords.verify(None, "right")
    assert seen[0].split("$")[:4] == seen[1].split("$")[:4]
    assert [len(part) for part in seen[0].split("$")] == [len(part) for part in seen[1].split("$")]


def test_a_one_time_code_works_once(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        code = accounts.make_one_time_code(conn, anna, now, entropy)
        assert not accounts.use_one_time_code(conn, anna, "23456-23456", now)
        assert accounts.use_one_time_code(conn, anna, code, now + timedelta(days=6, hours=23))
        assert not accounts.use_one_time_code(conn, anna, code, now + timedelta(days=6, hours=23))


def test_a_one_time_code_can_be_read_from_paper(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        code = accounts.make_one_time_code(conn, anna, now, entropy)
        left, _, right = code.partition("-")
        assert (len(left), len(right)) == (5, 5)
        assert set(left + right) <= set(CODE_ALPHABET)
        assert not set(CODE_ALPHABET) & set("01OILU")
        assert accounts.use_one_time_code(conn, anna, f" {left.lower()} {right.lower()} ", now)


def test_a_one_time_code_ends_after_seven_days(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        code = accounts.make_one_time_code(conn, anna, now, entropy)
        assert not accounts.use_one_time_code(conn, anna, code, now + timedelta(days=7))


def test_a_new_one_time_code_ends_the_earlier(records: Records, anna: str, entropy: Entropy, now: datetime) -> None:
    with records.write() as conn:
        first = accounts.make_one_time_code(conn, anna, now, entropy)
        second = accounts.make_one_time_code(conn, anna, now + timedelta(seconds=1), entropy)
        assert not accounts.use_one_time_code(conn, anna, first, now + timedelta(seconds=2))
        assert accounts.use_one_time_code(conn, anna, second, now + timedelta(seconds=2))


def test_a_one_time_code_is_for_one_person(
    records: Records, anna: str, add: Callable[..., str], entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        boon = add(conn, "B02")
        theirs = accounts.make_one_time_code(conn, boon, now, entropy)
        code = accounts.make_one_time_code(conn, anna, now, entropy)
        assert not accounts.use_one_time_code(conn, boon, code, now)
        assert accounts.use_one_time_code(conn, boon, theirs, now)


def test_neither_codes_nor_tokens_stand_in_the_database(
    records: Records, anna: str, entropy: Entropy, now: datetime
) -> None:
    with records.write() as conn:
        code = accounts.make_one_time_code(conn, anna, now, entropy)
        token, _ = accounts.open_session(conn, anna, "own", now, entropy)
        ticket = accounts.mint_ticket(conn, accounts.token_hash(token), "kernel-1", now, entropy)
        redeemed = accounts.redeem_ticket(conn, ticket, now, entropy)
    assert redeemed is not None
    assert records.path is not None
    records.close()
    kept = records.path.read_bytes()
    for secret in (code, code.replace("-", ""), token, ticket, redeemed[1]):
        assert secret.encode() not in kept
    assert accounts.token_hash(token).encode() in kept
