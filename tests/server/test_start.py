"""The start command itself: what it says, what it leaves behind, and what happens when something under it breaks."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from cps_training import __version__
from cps_training.errors import KitError
from cps_training.server.app import _require_limits
from cps_training.server.identity import cookie_secret
from tests.kit import Kit, is_kernel
from tests.server.visitor import Visitor, in_a_thread, message, page_state, say_and_hear

COMMAND = [sys.executable, "-m", "cps_training.cli", "serve", "--no-browser"]


@pytest.fixture
def own_kit(tmp_path: Path) -> Iterator[Kit]:
    running = Kit(tmp_path / "kit", "--demo")
    yield running
    running.stop()


@pytest.fixture
def new_office(tmp_path: Path) -> Iterator[Kit]:
    """A kit nobody has used yet."""
    running = Kit(tmp_path / "kit")
    yield running
    assert running.stop() == 0


def desk_of(kit: Kit) -> psutil.Process:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for child in psutil.Process(kit.process.pid).children():
            if "cps_training.desk.service" in child.cmdline():
                return child
        time.sleep(0.05)
    raise AssertionError("no desk runs")


def test_health_is_told_to_anybody_and_says_nothing_else(kit: Kit) -> None:
    answer = Visitor(kit).get("/healthz")
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok", "version": __version__}
    assert "Set-Cookie" not in answer.headers


def test_the_start_is_described_in_one_line(kit: Kit) -> None:
    said = kit.said
    assert set(said) == {"url", "pages", "demo", "people", "data_dir", "sign_in"}
    assert said["pages"]["trainer"] == "/trainer"
    assert {frozenset(person) for person in said["people"]} == {frozenset(("person_id", "name", "role_label", "roles"))}
    assert urlsplit(said["url"]).hostname == "127.0.0.1"


def test_the_described_way_of_signing_in_works(kit: Kit) -> None:
    how = kit.said["sign_in"]
    visitor = Visitor(kit)
    visitor.get("/sign-in")
    values = {"person_id": kit.said["people"][0]["person_id"], "_xsrf": visitor.cookies["_xsrf"]}
    assert visitor.ask(how["method"], how["path"], {name: values[name] for name in how["fields"]}).status == 303
    assert visitor.get("/password").status == 200


def test_a_port_in_use_is_refused_with_a_way_out(kit: Kit, tmp_path: Path) -> None:
    command = [*COMMAND, "--data-dir", str(tmp_path), "--port", str(kit.port), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "port-in-use"
    assert "--port" in error["message"]


def test_a_data_folder_in_use_is_refused(kit: Kit) -> None:
    command = [*COMMAND, "--demo", "--data-dir", str(kit.root), "--port", "0", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "data-folder-in-use"
    assert Visitor(kit).get("/healthz").status == 200


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.thorough)])
def test_ending_leaves_no_process_and_no_socket(tmp_path: Path, number: signal.Signals) -> None:
    kit = Kit(tmp_path / "kit", "--demo")
    in_a_thread(page_state(Visitor(kit).enter_as("learner"), "/home"))
    family = psutil.Process(kit.process.pid).children(recursive=True)
    assert any(is_kernel(process) for process in family)
    assert len(family) >= 2  # a desk besides
    kit.process.send_signal(number)
    assert kit.stop() == 0
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
    assert not list((kit.root / "demo" / "run").glob("kernels-*"))
    assert "Traceback" not in kit.errors.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: signals of POSIX")
@pytest.mark.parametrize("number_of_pages", [*(pytest.param(n, marks=pytest.mark.thorough) for n in (0, 1)), 5])
def test_ending_while_pages_open_leaves_nothing(tmp_path: Path, number_of_pages: int) -> None:
    kit = Kit(tmp_path / "kit", "--demo")
    visitors = [Visitor(kit).enter_as("learner") for _ in range(number_of_pages)]
    for visitor in visitors:
        visitor.open("/lessons/cps-cycle")  # sent before its kernel runs
    family = psutil.Process(kit.process.pid).children(recursive=True)
    kit.process.send_signal(signal.SIGTERM)
    while kit.process.poll() is None:
        with suppress(psutil.Error):
            family += psutil.Process(kit.process.pid).children(recursive=True)
        time.sleep(0.01)
    assert kit.stop() == 0
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    said = kit.errors.read_text("utf-8") + (kit.root / "demo" / "logs" / "server.log").read_text("utf-8")
    assert "Traceback" not in said
    assert not list((kit.root / "demo" / "run").glob("kernels-*"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="2026-11-23: kills are POSIX")
def test_when_the_server_is_killed_nothing_lives_on(tmp_path: Path) -> None:
    kit = Kit(tmp_path / "kit", "--demo")
    in_a_thread(page_state(Visitor(kit).enter_as("learner"), "/home"))
    family = psutil.Process(kit.process.pid).children(recursive=True)
    assert any(is_kernel(process) for process in family)
    kit.process.kill()
    kit.stop()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []


def test_a_killed_desk_comes_back_by_itself(own_kit: Kit) -> None:
    visitor = Visitor(own_kit).enter_as("learner")
    first = desk_of(own_kit)
    first.kill()
    first.wait(10)
    assert visitor.get("/password").status == 200  # waits until it can be asked again
    assert desk_of(own_kit).pid != first.pid


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="2026-11-23: stopping a process is POSIX")
def test_health_notices_a_desk_that_does_not_answer(own_kit: Kit) -> None:
    desk = desk_of(own_kit)
    desk.suspend()
    try:
        answer = Visitor(own_kit).get("/healthz")
    finally:
        desk.resume()
    assert answer.status == 503
    assert json.loads(answer.body)["status"] == "desk-down"


def test_the_log_keeps_no_secret_of_a_visit(own_kit: Kit) -> None:
    visitor = Visitor(own_kit)
    visitor.get("/sign-in?next=/quiz%3Fform%3Dlog-canary-1")
    visitor.post("/sign-in", code="log-canary-2", password="log-canary-3")
    visitor.enter_as("learner")
    in_a_thread(page_state(visitor, "/quiz?form=cps-practice&x=log-canary-4"))
    visitor.get("/nowhere?log-canary-5=1", Referer="http://log-canary-6/")
    Visitor(own_kit, "log-canary-7").get("/")
    secrets = [*visitor.cookies.values(), visitor.cookies["cps_session"].split("|")[-2].split(":")[-1]]
    own_kit.stop()
    text = "".join(path.read_text("utf-8") for path in (own_kit.root / "demo" / "logs").iterdir())
    text += own_kit.errors.read_text("utf-8")
    assert "Connecting to kernel" in text  # the log is there at all
    assert re.findall("log-canary-[^7]", text) == []
    assert [secret for secret in secrets if secret in text] == []


def test_half_a_cookie_secret_is_made_anew_and_a_whole_one_kept(tmp_path: Path) -> None:
    made = cookie_secret(tmp_path)
    assert len(made) == 48
    assert cookie_secret(tmp_path) == made
    path = tmp_path / "cookie-secret"
    path.write_bytes(made[:7])  # as a power cut leaves it
    (tmp_path / "cookie-secret.partial").write_bytes(b"")
    again = cookie_secret(tmp_path)
    assert len(again) == 48
    assert again != made
    assert [name.name for name in tmp_path.iterdir()] == ["cookie-secret"]


def test_a_cookie_secret_comes_to_its_name_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="No space"):
        cookie_secret(tmp_path)
    assert not (tmp_path / "cookie-secret").exists()


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: file modes are POSIX")
def test_secrets_are_the_owners_only_and_cookies_outlive_a_restart(tmp_path: Path) -> None:
    kit = Kit(tmp_path / "kit", "--demo")
    visitor = Visitor(kit).enter_as("learner")
    kit.stop()
    folder = tmp_path / "kit" / "demo" / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    again = Kit(tmp_path / "kit", "--demo")
    visitor.kit = again
    assert visitor.get("/password").status == 200
    again.stop()


def test_people_are_told_one_address_in_thai(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--demo", "--data-dir", str(tmp_path), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert len(re.findall(r"http://127\.0\.0\.1:\d+/", first + rest)) == 1
    assert "เปิดชุดฝึกที่" in first


def test_the_page_a_new_trainer_is_told_of_is_in_their_menu(new_office: Kit) -> None:
    visitor = Visitor(new_office)
    told = re.search("เปิดหน้า “([^”]+)”", visitor.get("/first-trainer").text)
    assert told
    visitor.post("/first-trainer", **fields(new_office))
    menu = dict(re.findall(r'<a [^>]*href="(/\w+)"[^>]*>(.*?)</a>', visitor.get("/password").text, re.DOTALL))
    assert told[1] in menu["/people"]


# A new office ----------------------------------------------------------------------------------------------------


def setup_code(kit: Kit) -> str:
    code = (kit.root / "secrets" / "first-trainer-code").read_text("ascii").strip()
    assert code in kit.errors.read_text("utf-8")  # printed in the terminal
    return code


def fields(kit: Kit, **changed: str) -> dict[str, str]:
    given = {"setup_code": setup_code(kit), "code": "T1", "name": "อารี ตัวอย่าง", "password": "a long phrase"}
    return given | {"again_password": "a long phrase"} | changed


def test_the_first_visitor_makes_the_trainers_account_once(new_office: Kit) -> None:
    visitor = Visitor(new_office)
    assert visitor.get("/sign-in").headers["Location"] == "/first-trainer"
    given = fields(new_office)
    assert visitor.post("/first-trainer", **given).status == 303
    assert visitor.get("/").headers["Location"] == "/trainer"
    second = Visitor(new_office)
    assert second.get("/first-trainer").headers["Location"] == "/sign-in"
    assert second.post("/first-trainer", **given | {"code": "T2"}).headers["Location"] == "/sign-in"
    assert Visitor(new_office).post("/sign-in", code="T1", password="a long phrase").status == 303


def test_what_is_wrong_with_the_first_account_is_said_in_the_form(new_office: Kit) -> None:
    for changed, said in (
        ({"setup_code": "AAAA-BBBB-CCCC"}, "รหัสเริ่มต้นไม่ถูกต้อง"),
        ({"password": "short", "again_password": "short"}, "รหัสผ่านสั้นเกินไป"),
        ({"again_password": "another phrase"}, "ไม่เหมือนกัน"),
        ({"name": ""}, "กรอกให้ครบทุกช่อง"),
    ):
        answer = Visitor(new_office).post("/first-trainer", **fields(new_office, **changed))
        assert answer.status == 400
        assert said in answer.text
        assert "a long phrase" not in answer.text
        assert 'value="T1"' in answer.text  # nobody types everything twice


def test_wrong_sign_ins_say_the_same_whatever_was_wrong(new_office: Kit) -> None:
    Visitor(new_office).post("/first-trainer", **fields(new_office))
    wrong_password = Visitor(new_office).post("/sign-in", code="T1", password="wrong")
    nobody = Visitor(new_office).post("/sign-in", code="T9", password="wrong")
    assert (wrong_password.status, nobody.status) == (401, 401)
    (one,), (two,) = (re.findall(r'role="alert">([^<]+)<', answer.text) for answer in (wrong_password, nobody))
    assert one == two
    assert Visitor(new_office).post("/sign-in", code="", password="x").status == 400


def test_markup_in_a_name_stays_text(new_office: Kit) -> None:
    visitor = Visitor(new_office)
    visitor.post("/first-trainer", **fields(new_office, name='<script>alert("x")</script>'))
    for path in ("/password", "/home"):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_one_time_code_leads_to_choosing_a_password_and_nowhere_else(new_office: Kit) -> None:
    from datetime import UTC, datetime

    from cps_training.places import DataFolder
    from cps_training.records import accounts
    from cps_training.records.engine import Records

    Visitor(new_office).post("/first-trainer", **fields(new_office))
    with Records.open(DataFolder(new_office.root).database) as records, records.write() as conn:
        now = datetime.now(UTC)
        person_id = accounts.add_person(
            conn, code="L1", name="ธนา ตัวอย่าง", roles=("learner",), at=now, entropy=os.urandom
        )
        code = accounts.make_one_time_code(conn, person_id, now, os.urandom)
    visitor = Visitor(new_office)
    assert visitor.post("/sign-in", code="L1", password=code).headers["Location"] == "/password"
    assert visitor.get("/home").headers["Location"] == "/password"
    assert visitor.get("/").headers["Location"] == "/password"
    assert visitor.post("/password", password="short", again_password="short").status == 400
    assert visitor.post("/password", password="my own phrase", again_password="my own phrase").status == 303
    assert visitor.get("/").headers["Location"] == "/home"
    assert Visitor(new_office).post("/sign-in", code="L1", password=code).status == 401
    assert Visitor(new_office).post("/sign-in", code="L1", password="my own phrase").status == 303


def test_answering_in_an_open_page_keeps_a_shared_devices_session_alive(new_office: Kit) -> None:
    """Thirty idle minutes end it; a long quiz in one page is not idle, though no new page is asked for."""
    from datetime import UTC, datetime, timedelta

    from sqlalchemy import select, update

    from cps_training.places import DataFolder
    from cps_training.records.engine import Records
    from cps_training.records.tables import session

    Visitor(new_office).post("/first-trainer", **fields(new_office))
    visitor = Visitor(new_office)
    assert visitor.post("/sign-in", code="T1", password="a long phrase", shared="yes").status == 303
    kernel = visitor.open("/home")
    soon = datetime.now(UTC) + timedelta(minutes=5)

    with Records.open(DataFolder(new_office.root).database) as records:

        async def answer() -> None:
            async with visitor.channels(kernel) as link:
                await say_and_hear(link, [])
                with records.write() as conn:  # connecting counts as use; what is asked is whether answering does
                    ages = {"seen_at": datetime.now(UTC) - timedelta(minutes=25), "expires_at": soon}
                    conn.execute(update(session).where(session.c.kind == "shared").values(**ages))
                await say_and_hear(link, [message("comm_msg", {"comm_id": "x", "data": {}})])

        in_a_thread(answer())
        deadline = time.monotonic() + 10
        expires = soon
        while expires <= soon and time.monotonic() < deadline:
            with records.read() as conn:
                expires = conn.execute(select(session.c.expires_at).where(session.c.kind == "shared")).scalar_one()
    assert expires > soon + timedelta(minutes=20)


# Refusing to start -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("allowed", [[], ["comm_msg", "execute_request"], None])
def test_a_server_whose_browsers_could_run_code_does_not_start(allowed: list[str] | None) -> None:
    with pytest.raises(KitError) as caught:
        _require_limits(allowed)
    assert caught.value.code == "not-safe"


def test_a_missing_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('tls_cert = "missing.pem"\ntls_key = "missing.key"\n', "utf-8")
    command = [*COMMAND, "--data-dir", str(tmp_path), "--port", "0", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "bad-certificate"
    assert "missing.pem" in error["message"]


def test_broken_content_of_the_office_is_told_with_every_place(tmp_path: Path) -> None:
    bank = tmp_path / "content" / "quizzes" / "banks" / "office.yaml"
    bank.parent.mkdir(parents=True)
    bank.write_text("bank: office\ntitle: {th: ก, en: A}\nitems: none\nextra: 1\n", "utf-8")
    command = [*COMMAND, "--data-dir", str(tmp_path), "--port", "0", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "content"
    assert {(found["file"], found["line"]) for found in error["errors"]} == {
        ("content/quizzes/banks/office.yaml", 3),
        ("content/quizzes/banks/office.yaml", 4),
    }
