"""The desk's promises, in process: each person their own records, keys only after release, roles at every message."""

from __future__ import annotations

import json
import random
import secrets

import pytest

from cps_training.desk import protocol as p
from cps_training.desk.asker import NOBODY, SERVER, Asker, KeptRefusal
from cps_training.errors import KitError
from cps_training.items.simulated import guess
from cps_training.records import accounts, attempts, passwords, roster


def ask(desk, asker, message):
    prepared = desk.prepare(message)
    with desk.records.write() as conn:
        value = desk.handle(conn, asker, message, prepared)
    if isinstance(value, KeptRefusal):
        raise value.error
    return value


def refused(code):
    return pytest.raises(KitError, check=lambda error: error.code == code)


@pytest.fixture
def person(desk, clock, entropy):
    def make(code="A001", roles=("learner",), password=None):
        with desk.records.write() as conn:
            person_id = accounts.add_person(
                conn, code=code, name=f"คน {code}", roles=roles, at=clock(), entropy=entropy
            )
            if password:
                accounts.set_password(conn, person_id, passwords.make_hash(password))
        return Asker(person_id=person_id, roles=roles)

    return make


def raw_response(item, which=0):
    """A response to a presented item as a browser sends it."""
    shown = item["presentation"]
    options = [option["id"] for option in shown["options"]]
    options = options[which:] + options[:which]
    if shown["interaction"] == "choose_one":
        return {"choice": options[0]}
    plain = {"choose_many": {"choices": options[:1]}, "order": {"order": options}}
    return plain.get(shown["interaction"]) or guess(shown, random.Random(which))


def give(desk, asker, view, n, *, answer_id=None, seq=None, which=0):
    item = view["items"][n]
    return ask(
        desk,
        asker,
        p.Answer(
            attempt_id=view["attempt_id"],
            item_id=item["item"],
            response=raw_response(item, which),
            answer_id=answer_id or secrets.token_hex(8),
            expect_seq=seq,
        ),
    )


def secrets_of(library):
    """Everything about shipped items that no browser may see before its release."""
    words = set()

    def gather(value):
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in ("rationale", "misconception", "headline", "explanation", "hints", "model_answer"):
                    words.update(inner if isinstance(inner, list) else [inner])
                else:
                    gather(inner)
        elif isinstance(value, list):
            for inner in value:
                gather(inner)

    for item in library.items.values():
        gather(item.author_view())
    return words - {"", None}


def test_an_unanswered_exam_tells_nothing_at_any_step(desk, person, library):
    me, hidden = person(), secrets_of(library)
    view = ask(desk, me, p.OpenAttempt(form_id="cps-exam"))
    told = [view] + [give(desk, me, view, n) for n in range(len(view["items"]))]
    told += [ask(desk, me, p.Forms()), ask(desk, me, p.Progress())]
    seen = json.dumps(told, ensure_ascii=False)
    assert not [word for word in hidden if word in seen]
    assert '"fraction"' not in seen
    finished = ask(desk, me, p.Finish(attempt_id=view["attempt_id"], answer_id="finish-1"))
    assert all(item["judgement"] for item in finished["items"])
    assert finished["result"]["maximum"] == 12


def test_practice_releases_exactly_the_answered_item(desk, person, library):
    me = person()
    view = ask(desk, me, p.OpenAttempt(form_id="cps-practice"))
    receipt = give(desk, me, view, 3)
    answered = receipt["item"]["item"]
    again = ask(desk, me, p.OpenAttempt(form_id="cps-practice"))
    assert [item["item"] for item in again["items"] if item["judgement"]] == [answered]
    seen = json.dumps([receipt, again], ensure_ascii=False)
    others = [item for item_id, item in library.items.items() if item_id != answered]
    judged = [item for item in others if item.is_scored]
    assert not [item.id for item in judged if item.headline in seen or item.explanation in seen]


def test_reopening_finds_the_same_order_names_and_answers(desk, person):
    me = person()
    first = ask(desk, me, p.OpenAttempt(form_id="cps-exam"))
    give(desk, me, first, 0)
    again = ask(desk, me, p.OpenAttempt(form_id="cps-exam", fresh=True))  # fresh means nothing while one is open
    assert again["attempt_id"] == first["attempt_id"]
    assert [i["presentation"] for i in again["items"]] == [i["presentation"] for i in first["items"]]
    assert again["items"][0]["response"] == raw_response(first["items"][0])
    assert again["seq"] == 1


def test_two_people_get_different_names_and_orders(desk, person):
    one = ask(desk, person("A001"), p.OpenAttempt(form_id="cps-exam"))
    two = ask(desk, person("A002"), p.OpenAttempt(form_id="cps-exam"))
    names = [{o["id"] for i in view["items"] for o in i["presentation"]["options"]} for view in (one, two)]
    assert names[0].isdisjoint(names[1])
    assert [i["item"] for i in one["items"]] != [i["item"] for i in two["items"]]


def test_a_repeated_answer_is_one_step_and_a_page_behind_is_shown_what_is_stored(desk, person):
    me = person()
    view = ask(desk, me, p.OpenAttempt(form_id="cps-exam"))
    first = give(desk, me, view, 0, answer_id="same-same-1", seq=0)
    assert give(desk, me, view, 0, answer_id="same-same-1", seq=0) == first
    with refused("out-of-sequence") as told:
        give(desk, me, view, 1, seq=0)
    assert told.value.details["attempt"]["seq"] == 1
    assert told.value.details["attempt"]["items"][0]["response"] == raw_response(view["items"][0])
    with desk.records.read() as conn:
        assert len(attempts.attempt_by_id(conn, view["attempt_id"]).steps) == 1


def test_nobody_reaches_another_persons_attempt(desk, person):
    mine = ask(desk, person("A001"), p.OpenAttempt(form_id="cps-exam"))
    other = person("A002")
    for message in (
        p.Answer(
            attempt_id=mine["attempt_id"],
            item_id=mine["items"][0]["item"],
            response=raw_response(mine["items"][0]),
            answer_id="steal-it-1",
        ),
        p.Finish(attempt_id=mine["attempt_id"], answer_id="steal-it-2"),
    ):
        with refused("not-yours"):
            ask(desk, other, message)


FRAMES = p.Frames(names=("roster",))


@pytest.mark.parametrize(
    ("roles", "is_allowed"), [(("learner",), False), (("approver",), False), (("trainer",), True), (("admin",), True)]
)
def test_rows_are_for_trainers(desk, person, roles, is_allowed):
    asker = person(roles=roles)
    if is_allowed:
        assert ask(desk, asker, FRAMES) == {"roster": []}
    else:
        with refused("not-allowed"):
            ask(desk, asker, FRAMES)


def signed_in(desk, code, password, **how):
    return ask(desk, SERVER, p.SignIn(code=code, password=password, address="10.0.0.7", **how))


def kernel_of(desk, opened):
    session_hash = ask(desk, SERVER, p.WhoIs(session=opened["session"]))["session_hash"]
    return Asker(session_hash=session_hash)


def test_a_changed_role_and_a_closed_account_take_effect_at_the_next_message(desk, person, clock):
    trainer = person("T001", roles=("trainer",), password="long enough")
    kernel = kernel_of(desk, signed_in(desk, "T001", "long enough"))
    assert ask(desk, kernel, FRAMES)
    with desk.records.write() as conn:
        accounts.set_roles(conn, trainer.person_id, ("learner",))
    with refused("not-allowed"):
        ask(desk, kernel, FRAMES)
    assert ask(desk, kernel, p.Forms())
    with desk.records.write() as conn:
        accounts.set_disabled(conn, trainer.person_id, True, clock())
    with refused("not-signed-in"):
        ask(desk, kernel, p.Forms())


def test_every_person_message_needs_a_person_and_every_server_message_the_server(desk, person):
    me = person()
    for message in p.PersonRequest.__args__:
        with refused("not-signed-in"):
            ask(desk, NOBODY, message.model_construct())  # refused before anything of it is read
    for message in (p.Situation(), p.WhoIs(session="x"), p.MintTicket(session_hash="x", kernel_id="k"), p.Health()):
        with refused("not-allowed"):
            ask(desk, me, message)


def test_a_one_time_code_lets_in_once_and_asks_for_a_password(desk, person, clock, entropy):
    me = person("A001")
    with desk.records.write() as conn:
        code = accounts.make_one_time_code(conn, me.person_id, clock(), entropy)
    opened = signed_in(desk, "A001", code)
    assert opened["must_choose_password"] is True
    with refused("weak-password"):
        ask(desk, SERVER, p.ChoosePassword(session=opened["session"], password="short"))
    ask(desk, SERVER, p.ChoosePassword(session=opened["session"], password="a long one"))
    with refused("not-accepted"):
        signed_in(desk, "A001", code)
    again = signed_in(desk, "A001", "a long one")
    assert again["must_choose_password"] is False
    ask(desk, SERVER, p.ChoosePassword(session=opened["session"], password="another long one"))
    assert ask(desk, SERVER, p.WhoIs(session=again["session"]))["person"] is None  # other devices sign in anew
    assert ask(desk, SERVER, p.WhoIs(session=opened["session"]))["person"] is not None


def test_the_first_trainer_needs_the_code_and_only_the_first(desk, clock):
    from hashlib import sha256

    with desk.records.write() as conn:
        roster.put_setting(conn, "setup_code_hash", sha256(b"ABCD-EFGH-JKLM").hexdigest())
    assert ask(desk, SERVER, p.Situation())["needs_setup"] is True
    form = {"code": "T001", "name": "วิทยากร", "password": "long enough"}
    with refused("wrong-setup-code"):
        ask(desk, SERVER, p.FirstTrainer(setup_code="ABCD-EFGH-XXXX", **form))
    for _ in range(4):
        with refused("wrong-setup-code"):
            ask(desk, SERVER, p.FirstTrainer(setup_code="guess", **form))
    with refused("too-many-tries"):
        ask(desk, SERVER, p.FirstTrainer(setup_code="ABCD-EFGH-JKLM", **form))
    clock.move(seconds=31)
    opened = ask(desk, SERVER, p.FirstTrainer(setup_code=" abcd-efgh-jklm ", **form))
    assert opened["person"]["roles"] == ["trainer", "admin"]
    assert ask(desk, SERVER, p.Situation())["needs_setup"] is False
    with refused("already-set-up"):
        ask(desk, SERVER, p.FirstTrainer(setup_code="ABCD-EFGH-JKLM", **form | {"code": "T002"}))


def test_one_click_sign_in_exists_in_a_demo_store_only(desk, person):
    me = person("demo-officer")
    with refused("not-a-demo"):
        ask(desk, SERVER, p.DemoSignIn(person_id=me.person_id))
    assert ask(desk, SERVER, p.Situation())["people"] == []


def test_a_ticket_is_redeemed_once_and_resumes_after_that(desk, person):
    person("A001", password="long enough")
    kernel = kernel_of(desk, signed_in(desk, "A001", "long enough"))
    ticket = ask(desk, SERVER, p.MintTicket(session_hash=kernel.session_hash, kernel_id="k1"))["ticket"]
    welcome = ask(desk, NOBODY, p.Redeem(ticket=ticket))
    assert welcome["person"]["code"] == "A001"
    with refused("ticket-refused"):
        ask(desk, NOBODY, p.Redeem(ticket=ticket))
    assert ask(desk, NOBODY, p.Resume(resume=welcome["resume"]))["person"] == welcome["person"]


def test_exams_are_refused_and_hidden_in_the_lab(tmp_path, desk, person):
    from dataclasses import replace

    me, lab = person(), replace(desk, place="lab")
    with refused("not-here"):
        ask(lab, me, p.OpenAttempt(form_id="cps-exam"))
    assert "exam" not in {form["policy"] for form in ask(lab, me, p.Forms())["forms"]}


def test_a_lesson_is_complete_when_every_checkpoint_was_answered_right_or_wrong(desk, person):
    me = person()

    def told():
        return next(one for one in ask(desk, me, p.Progress())["lessons"] if one["lesson_id"] == "cps-cycle")

    view = ask(desk, me, p.OpenAttempt(form_id="lesson:cps-cycle"))
    for n in range(len(view["items"])):
        assert told()["is_complete"] is False
        give(desk, me, view, n, which=n % 3)
    lesson = told()
    assert (lesson["n_answered"], lesson["is_complete"]) == (len(view["items"]), True)


def test_an_item_edited_during_an_attempt_is_judged_in_the_version_the_attempt_saw(desk, person, library):
    from dataclasses import replace
    from types import MappingProxyType

    me = person()
    view = ask(desk, me, p.OpenAttempt(form_id="cps-practice"))
    target = next(n for n, item in enumerate(view["items"]) if library.items[item["item"]].type == "multiple_choice")
    item = library.items[view["items"][target]["item"]]
    other_key = next(choice.id for choice in item.choices if choice.id != item.key)
    edited = dict(library.items) | {item.id: item.model_copy(update={"key": other_key})}
    later = replace(desk, library=replace(library, items=MappingProxyType(edited)))
    disguise_names = [option["id"] for option in view["items"][target]["presentation"]["options"]]
    fractions = []
    with desk.records.read() as conn:
        attempt = attempts.attempt_by_id(conn, view["attempt_id"])
    right = attempt.disguise(item.id).hide(item.key)
    assert right in disguise_names
    receipt = ask(
        later,
        me,
        p.Answer(attempt_id=view["attempt_id"], item_id=item.id, response={"choice": right}, answer_id="edited-key-1"),
    )
    fractions.append(receipt["item"]["judgement"]["fraction"])
    assert fractions == [1.0]


def test_a_corrected_explanation_reaches_those_who_answer_the_same_version(desk, person, library):
    from dataclasses import replace
    from types import MappingProxyType

    me = person()
    view = ask(desk, me, p.OpenAttempt(form_id="cps-practice"))
    item = library.items[view["items"][0]["item"]]
    corrected = dict(library.items) | {item.id: item.model_copy(update={"headline": "แก้แล้ว"})}
    assert corrected[item.id].version == item.version
    later = replace(desk, library=replace(library, items=MappingProxyType(corrected)))
    assert give(later, me, view, 0)["item"]["judgement"]["headline"] == "แก้แล้ว"


def test_a_clock_set_back_does_not_hide_the_open_attempt(desk, person, clock):
    me = person()
    first = ask(desk, me, p.OpenAttempt(form_id="cps-exam"))
    ask(desk, me, p.Finish(attempt_id=first["attempt_id"], answer_id="finish-1"))
    clock.move(hours=-2)
    second = ask(desk, me, p.OpenAttempt(form_id="cps-exam", fresh=True))
    give(desk, me, second, 0)
    assert ask(desk, me, p.OpenAttempt(form_id="cps-exam"))["attempt_id"] == second["attempt_id"]
    assert ask(desk, me, p.OpenAttempt(form_id="cps-exam", fresh=True))["attempt_id"] == second["attempt_id"]
