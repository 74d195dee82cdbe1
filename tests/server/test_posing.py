"""The probe list: everything a stranger or a colleague might try in order to be somebody else. All of it is refused."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from tornado.httpclient import HTTPClientError

from cps_training.server.app import _library_mark
from tests.kit import Kit
from tests.server.visitor import BINARY_PROTOCOL, Visitor, in_a_thread, say_and_hear

SAFE_HEADERS = (
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Content-Security-Policy",
    "Referrer-Policy",
    "Permissions-Policy",
)


@pytest.fixture
def trainers_id(kit: Kit) -> str:
    return str(next(one for one in kit.said["people"] if one["role_label"] == "trainer")["person_id"])


def is_asked_to_sign_in(visitor: Visitor, path: str, **headers: str) -> bool:
    answer = visitor.get(path, **headers)
    return answer.status == 302 and answer.headers["Location"].startswith("/sign-in")


def test_no_query_signs_anybody_in(visitor: Visitor, trainers_id: str) -> None:
    for query in (
        "token=x",
        f"user={trainers_id}",
        f"person_id={trainers_id}",
        f"session={trainers_id}",
        "cps_session=x",
    ):
        assert is_asked_to_sign_in(visitor, f"/home?{query}")


def test_no_header_signs_anybody_in(visitor: Visitor, trainers_id: str) -> None:
    basic = "Basic " + b64encode(f"{trainers_id}:x".encode()).decode()
    for headers in (
        {"Authorization": "token x"},
        {"Authorization": f"Bearer {trainers_id}"},
        {"Authorization": basic},
        {"X_Remote_User": trainers_id},
        {"X_Forwarded_User": trainers_id},
        {"Remote_User": trainers_id},
    ):
        assert is_asked_to_sign_in(visitor, "/home", **headers)


def test_no_made_up_cookie_signs_anybody_in(visitor: Visitor, trainers_id: str) -> None:
    signed_elsewhere = f'"2|1:0|10:1795397053|11:cps_session|12:{b64encode(trainers_id.encode()).decode()}|{"0" * 64}"'
    for value in (trainers_id, f"0:{trainers_id}", signed_elsewhere, "2|1:0|", "%00", "x" * 4000):
        visitor.cookies = {"cps_session": value}
        assert is_asked_to_sign_in(visitor, "/home")


def test_another_cookies_signature_does_not_open_a_session(learner: Visitor) -> None:
    """Signatures are bound to the cookie's name: the value under another name is worth nothing."""
    session = learner.cookies["cps_session"]
    learner.cookies = {"cps_session": session.replace("cps_session", "cps_locale!")}
    assert is_asked_to_sign_in(learner, "/home")


def test_a_signed_out_session_is_over_even_with_its_cookie(learner: Visitor) -> None:
    kept = dict(learner.cookies)
    assert learner.post("/sign-out").status == 303
    assert "cps_session" not in learner.cookies
    learner.cookies = kept
    assert is_asked_to_sign_in(learner, "/home")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(kit: Kit, visitor: Visitor) -> None:
    visitor.get("/sign-in")
    person = kit.said["people"][0]["person_id"]
    answer = visitor.ask("POST", "/demo/sign-in", {"_xsrf": visitor.cookies["_xsrf"], "person_id": person})
    (session,) = [line for line in answer.headers.get_all("Set-Cookie") if line.startswith("cps_session=")]
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_a_demo_person_who_is_not_offered_cannot_be_entered(visitor: Visitor) -> None:
    assert visitor.post("/demo/sign-in", person_id="0" * 32).status == 403
    assert visitor.post("/demo/sign-in", person_id="' OR 1=1 --").status == 403


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/demo/sign-in", {"person_id": "x"}),
        ("/sign-in", {"code": "a", "password": "b"}),
        ("/sign-out", {}),
        ("/locale", {"locale": "en"}),
        ("/password", {"password": "long enough", "again_password": "long enough"}),
        ("/voila/api/shutdown/11111111-1111-1111-1111-111111111111", {}),
    ],
)
def test_every_form_wants_its_xsrf_field(learner: Visitor, path: str, form: dict[str, str]) -> None:
    assert learner.ask("POST", path, form).status == 403
    assert learner.ask("POST", path, form | {"_xsrf": "2|aaaaaaaa|bbbb|1"}).status == 403
    assert not is_asked_to_sign_in(learner, "/password")


@pytest.mark.parametrize(
    "field", ["https://example.org/", "//example.org", "/\\example.org", "/nowhere", "javascript:alert(1)"]
)
def test_a_sign_in_leads_nowhere_else(kit: Kit, visitor: Visitor, field: str) -> None:
    answer = visitor.post("/demo/sign-in", person_id=kit.said["people"][0]["person_id"], next=field)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert "example.org" not in visitor.get("/sign-in?next=" + field).text


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "", "localhost.example.org"])
def test_a_foreign_host_name_gets_nothing(kit: Kit, learner: Visitor, host: str) -> None:
    stranger = Visitor(kit, host, dict(learner.cookies))
    for path in ("/home", "/sign-in", "/healthz", "/api/kernels/x/channels"):
        assert stranger.get(path).status == 400


def test_every_answer_carries_the_safe_headers(kit: Kit, learner: Visitor) -> None:
    home = learner.get("/home")
    style = re.search(r'href="(/assets/[^"]+\.css)"', home.text)
    script = re.search(r'src="(/assets/[^"]+\.js)"', home.text)
    assert style
    assert script
    library = f"/libraries/{_library_mark()}/voila/voila.js"
    assert learner.get(library).status == 200
    answers = [
        home,
        *(
            learner.get(path)
            for path in ("/trainer", "/nowhere", "/", "/healthz", "/favicon.ico", library, style[1], script[1])
        ),
    ]
    answers += [learner.get("/api/kernels/11111111-1111-1111-1111-111111111111"), Visitor(kit, "example.org").get("/")]
    answers += [
        learner.get("/api/kernels/11111111-1111-1111-1111-111111111111/channels"),
        learner.ask("POST", "/sign-out", {}),
    ]
    for answer in answers:
        assert [name for name in SAFE_HEADERS if name not in answer.headers] == [], answer.status
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "'unsafe-eval'" not in answer.headers["Content-Security-Policy"]


def test_personal_pages_are_kept_by_no_cache_and_files_for_long(learner: Visitor) -> None:
    home = learner.get("/home")
    assert "no-store" in home.headers["Cache-Control"]
    style = re.search(r'href="(/assets/[^"]+\.css)"', home.text)
    assert style
    assert "immutable" in learner.get(style[1]).headers["Cache-Control"]


def test_pages_name_no_address_outside_this_machine(learner: Visitor) -> None:
    for path in ("/home", "/lessons/cps-cycle", "/password", "/nowhere"):
        page = learner.get(path).text
        style = re.search(r'href="(/assets/[^"]+\.css)"', page)
        assert style
        for address in re.findall(r"https?://[^\s\"'<)]+", page + learner.get(style[1]).text):
            assert address.startswith("http://www.w3.org/"), address


# Somebody else's kernel ------------------------------------------------------------------------------------------


def test_a_kernel_belongs_to_the_session_that_opened_it(kit: Kit, learner: Visitor, trainer: Visitor) -> None:
    kernel = learner.open("/home")
    wanted = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Protocol": BINARY_PROTOCOL}
    for path in (f"/api/kernels/{kernel}", f"/api/kernels/{kernel}/channels"):
        assert trainer.get(path, **wanted).status == 403
    assert trainer.post(f"/voila/api/shutdown/{kernel}").status == 403
    for action in ("interrupt", "restart"):
        assert trainer.post(f"/api/kernels/{kernel}/{action}").status == 404
    assert trainer.ask("DELETE", f"/api/kernels/{kernel}", {"_xsrf": trainer.cookies["_xsrf"]}).status in (403, 405)
    assert learner.get(f"/api/kernels/{kernel}").status == 200


def test_another_session_of_the_same_person_is_another_session(kit: Kit, learner: Visitor) -> None:
    kernel = learner.open("/home")
    second_device = Visitor(kit).enter_as("learner")
    assert second_device.get(f"/api/kernels/{kernel}").status == 403
    second_device.post("/sign-out")


def refused(visitor: Visitor, kernel: str, **headers: str) -> int:
    async def connect() -> int:
        try:
            async with visitor.channels(kernel, **headers):
                return 101
        except HTTPClientError as error:
            return error.code

    return in_a_thread(connect())


def test_a_websocket_opens_for_its_owner_from_its_own_origin_only(kit: Kit, learner: Visitor, trainer: Visitor) -> None:
    kernel = learner.open("/home")
    own = f"http://127.0.0.1:{kit.port}"
    assert refused(learner, kernel, Origin=own) == 101
    assert refused(learner, kernel, Origin="https://example.org") == 403
    assert refused(learner, kernel, Origin=f"{own}.example.org") == 403
    assert refused(trainer, kernel, Origin=own) == 403
    assert refused(Visitor(kit), kernel, Origin=own) == 403


def test_a_page_that_is_left_frees_its_kernel(learner: Visitor) -> None:
    kernel = learner.open("/home")
    assert learner.post(f"/voila/api/shutdown/{kernel}").status == 204
    assert learner.get(f"/api/kernels/{kernel}").status == 403
    assert learner.post(f"/voila/api/shutdown/{kernel}").status == 204


def test_the_owner_is_heard(learner: Visitor) -> None:
    """The counterpart of every refusal above: the same way works for the owner."""

    async def talk() -> list[str]:
        async with learner.channels(kernel) as link:
            return [heard["msg_type"] for heard in await say_and_hear(link, [])]

    kernel = learner.open("/home")
    assert in_a_thread(talk())[-1] == "comm_msg"
