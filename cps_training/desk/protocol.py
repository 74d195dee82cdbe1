"""Messages between the desk and those who ask it: frozen models, one JSON object a line. Knows no store, key or widget.

Two kinds of asker: the *server* (proved by a secret) and a *person* (a kernel that redeemed a one-use ticket, or the local
person of a desk in this process). Which message belongs to whom stands in SERVER_OPS and PERSON_OPS; the desk refuses the rest.
Messages about the office's people, roster and sessions stand in desk.office, those about cases and plans
in desk.case_messages and desk.plan_messages.
A reply is {"ok": true, "value": {…}} or {"ok": false, "error": {"code", "message", "place"}}.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from cps_training.desk.case_messages import CASE_WRITES, CaseRequest
from cps_training.desk.case_messages import Cases as Cases
from cps_training.desk.case_messages import MatchFinding as MatchFinding
from cps_training.desk.case_messages import OpenCase as OpenCase
from cps_training.desk.case_messages import TakeCaseStep as TakeCaseStep
from cps_training.desk.office import OFFICE_OPS, OfficeRequest
from cps_training.desk.plan_messages import PLAN_WRITES, PlanRequest
from cps_training.desk.wire import AnswerId, Secret, Word
from cps_training.desk.wire import Message as Message  # the askers type what they send with protocol.Message

MAX_LINE = 1 << 24
"""Longest line either side accepts, bytes: the roster of a large office and everybody's attendance fit."""


# Who asks: the first line of every connection ------------------------------------------------------------------


class ServerHello(Message):
    """The supervising server proves itself with the secret it gave the desk at start."""

    op: Literal["server_hello"] = "server_hello"
    secret: Secret


class Redeem(Message):
    """A kernel redeems its ticket, once. Value: {"person": PersonView, "resume": str, "demo": bool}."""

    op: Literal["redeem"] = "redeem"
    ticket: Secret


class Resume(Message):
    """The same kernel comes back after its connection or the desk was gone. Value as for Redeem."""

    op: Literal["resume"] = "resume"
    resume: Secret


# The server's messages -----------------------------------------------------------------------------------------


class Situation(Message):
    """Value: {"demo": bool, "needs_setup": bool, "office": str, "people": [{"person_id","name","role_label","roles"}]}.

    people is filled in a demo store only."""

    op: Literal["situation"] = "situation"


class SignIn(Message):
    """Value: {"session": token, "person": PersonView, "must_choose_password": bool, "max_age": seconds | null}.

    password may be a one-time code. Errors: not-accepted, too-many-tries (both tell nothing about which was wrong)."""

    op: Literal["sign_in"] = "sign_in"
    code: Word
    password: Secret
    address: Word = ""
    is_shared_device: bool = False


class DemoSignIn(Message):
    """One click in a demo store; refused elsewhere (not-a-demo). Value as for SignIn."""

    op: Literal["demo_sign_in"] = "demo_sign_in"
    person_id: Word


class FirstTrainer(Message):
    """Makes the first trainer account against the code printed in the terminal. Value as for SignIn.

    Errors: wrong-setup-code, already-set-up, weak-password."""

    op: Literal["first_trainer"] = "first_trainer"
    setup_code: Secret
    code: Word
    name: Word
    password: Secret
    address: Word = ""


class WhoIs(Message):
    """Asked at every request. Value: {"person": PersonView | null, "session_hash": str | null, "needs_slide": bool}."""

    op: Literal["who_is"] = "who_is"
    session: Secret


class Slide(Message):
    """Move a session's end on; asked when WhoIs says so, so that not every request writes."""

    op: Literal["slide"] = "slide"
    session_hash: Word


class SignOut(Message):
    op: Literal["sign_out"] = "sign_out"
    session: Secret


class ChoosePassword(Message):
    """Errors: weak-password (fewer than 8 characters)."""

    op: Literal["choose_password"] = "choose_password"
    session: Secret
    password: Secret


class SetLocale(Message):
    op: Literal["set_locale"] = "set_locale"
    session: Secret
    locale: Literal["th", "en"]


class MintTicket(Message):
    """A one-use ticket for one kernel of one session (named by its hash, which is what the server keeps as kernel owner).

    Value: {"ticket": str}. Errors: not-signed-in."""

    op: Literal["mint_ticket"] = "mint_ticket"
    session_hash: Word
    kernel_id: Word


class Health(Message):
    """Value: {"status": "ok"}; proves that the store answers."""

    op: Literal["health"] = "health"


# A person's messages -------------------------------------------------------------------------------------------


class OpenAttempt(Message):
    """The open attempt of a form, or a new one. Value: AttemptView. Lessons are forms named `lesson:<lesson id>`.

    fresh: start anew when the last one is finished; else the last one is shown. Errors: unknown-form, not-here."""

    op: Literal["open_attempt"] = "open_attempt"
    form_id: Word
    fresh: bool = False


class Answer(Message):
    """Value: {"seq": int, "answer_id": str, "item": ItemView, "is_complete": bool}; sent only after COMMIT.

    Errors: those of assessment.attempt.answer and of the item type; a refused out-of-sequence, already-answered or
    attempt-finished carries "attempt": AttemptView in the error."""

    op: Literal["answer"] = "answer"
    attempt_id: Word
    item_id: Word
    response: dict[str, Any] | None
    answer_id: AnswerId
    expect_seq: int | None = None
    certainty: int | None = None


class Finish(Message):
    """Value: AttemptView of the finished attempt."""

    op: Literal["finish"] = "finish"
    attempt_id: Word
    answer_id: AnswerId
    expect_seq: int | None = None


class ReadAgain(Message):
    """The reading of a failed section was gone through. Value: AttemptView. Errors: not-yet."""

    op: Literal["read_again"] = "read_again"
    attempt_id: Word
    section: Word
    answer_id: AnswerId


class Waiting(Message):
    """Essays this person may mark now. Value: see marking.waiting."""

    op: Literal["waiting"] = "waiting"


class Mark(Message):
    """Score an essay by its rubric. levels: level id by criterion id. Value: {"n_left"}. Errors: not-yours, incomplete-mark."""

    op: Literal["mark"] = "mark"
    attempt_id: Word
    item_id: Word
    levels: Annotated[dict[Word, Word], Field(max_length=10)]
    comment: Annotated[str, Field(max_length=1000)] = ""
    answer_id: AnswerId


class Regrade(Message):
    """Score a form's stored responses again under today's keys; role admin, or the command line. Value: see regrading.regrade."""

    op: Literal["regrade"] = "regrade"
    form_id: Word
    is_dry_run: bool = True


class Forms(Message):
    """Value: {"forms": [FormView]}: the quizzes a learner may take and where each stands."""

    op: Literal["forms"] = "forms"


class Progress(Message):
    """Value: {"clauses": {id: state}, "lessons": [LessonView], "sections": [{"id","title","teachable","clauses":[ClauseView]}]}."""

    op: Literal["progress"] = "progress"


class Frames(Message):
    """Rows for the trainer's room; roles trainer and admin. Value: {name: [row, …]}, see overview.frames."""

    op: Literal["frames"] = "frames"
    names: Annotated[tuple[Word, ...], Field(max_length=10)]


class Handbook(Message):
    """The handbook for reading: clauses, context units, glossary, values. Value: see reading.handbook.

    ids: only these clauses, unknown ones left out; () = everything."""

    op: Literal["handbook"] = "handbook"
    ids: Annotated[tuple[Word, ...], Field(max_length=100)] = ()


class Standing(Message):
    """How the asker stands with some clauses: items met, mastery, when due. Value: see standing.standing."""

    op: Literal["standing"] = "standing"
    ids: Annotated[tuple[Word, ...], Field(min_length=1, max_length=100)]


class Refresher(Message):
    """What to go over before a visit to a cooperative by a method; both "" = what there is to choose. Value: see refresher.refresher."""

    op: Literal["refresher"] = "refresher"
    cooperative: Word = ""
    method: Word = ""


class Certificate(Message):
    """The asker's certificate of the course, or what is missing for it. Value: see certificates.certificate."""

    op: Literal["certificate"] = "certificate"


class VerifyCertificate(Message):
    """Whether a code is that of a certificate earned here; staff, or the command line. Value: see certificates.verify_certificate."""

    op: Literal["verify_certificate"] = "verify_certificate"
    code: Annotated[str, Field(min_length=1, max_length=60)]


Hello = Annotated[ServerHello | Redeem | Resume, Field(discriminator="op")]
ServerRequest = (
    Situation
    | SignIn
    | DemoSignIn
    | FirstTrainer
    | WhoIs
    | Slide
    | SignOut
    | ChoosePassword
    | SetLocale
    | MintTicket
    | Health
)
PersonRequest = (
    OpenAttempt
    | Answer
    | Finish
    | ReadAgain
    | Waiting
    | Mark
    | Regrade
    | Forms
    | Progress
    | Frames
    | Handbook
    | Standing
    | Refresher
    | Certificate
    | VerifyCertificate
    | CaseRequest
    | PlanRequest
    | OfficeRequest
)
Request = Annotated[ServerRequest | PersonRequest, Field(discriminator="op")]

SERVER_OPS = frozenset(m.model_fields["op"].default for m in ServerRequest.__args__)
PERSON_OPS = frozenset(m.model_fields["op"].default for m in PersonRequest.__args__)
WRITES = frozenset(
    {
        "sign_in",
        "demo_sign_in",
        "first_trainer",
        "slide",
        "sign_out",
        "choose_password",
        "set_locale",
        "mint_ticket",
        "redeem",
        "resume",
        "open_attempt",
        "answer",
        "finish",
        "read_again",
        "mark",
        "regrade",
        *CASE_WRITES,
        *PLAN_WRITES,
        *OFFICE_OPS,
    }
)
"""Messages that go through the one writer, unless they only ask what they would do (is_write)."""


def is_write(request: Any) -> bool:
    """Whether a message may change the store; a dry run is read like any other question and keeps nobody waiting."""
    return request.op in WRITES and not getattr(request, "is_dry_run", False)


ROLES_OF: dict[str, frozenset[str]] = dict.fromkeys(
    ("frames", "verify_certificate", "plan_errors", *OFFICE_OPS), frozenset(("trainer", "admin"))
) | {"regrade": frozenset(("admin",))}
"""Person messages that need a role; the others are open to everybody signed in, each for their own records."""

read_hello: TypeAdapter[ServerHello | Redeem | Resume] = TypeAdapter(Hello)
read_request: TypeAdapter[Any] = TypeAdapter(Request)


class PersonView(Message):
    """A person as the pages know them; person_id is random and means nothing outside."""

    person_id: str
    code: str
    name: str
    roles: tuple[str, ...]
    locale: str = "th"
    office: str = ""
    must_choose_password: bool = False
